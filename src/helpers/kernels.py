"""Ordinary kernels that listen on no network: sockets in a private folder, gone afterwards.

Run as a program (`python -P -m helpers.kernels`) it is such a kernel: ipykernel's own, without
the port by which processes forked from a cell would send what they print, and without what
else its owner lets kernels run when they start. It imports nothing of the folder it stands in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.manager import AsyncKernelManager


@contextmanager
def private_kernel(root: Path) -> Iterator[dict[str, Any]]:
    """Options that make papermill run a kernel in `root`, reached by sockets of its owner alone.

    By default every kernel names its sockets alike, in the working directory; a folder of
    its own keeps kernels apart. Windows has no such sockets and keeps to its loopback.
    """
    with TemporaryDirectory(prefix="kernel-") as folder:

        class PrivateKernelManager(AsyncKernelManager):
            def __init__(self, **options: Any) -> None:  # noqa: ANN401 - jupyter_client's own
                super().__init__(**options)
                if os.name != "nt":
                    self.transport, self.ip = "ipc", str(Path(folder) / "socket")

            def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
                command: list[str] = super().format_kernel_cmd(extra_arguments)
                ours = [__name__ if word == "ipykernel_launcher" else word for word in command]
                return [ours[0], "-P", *ours[1:]] if __name__ in ours else ours

        yield {
            "cwd": root,
            "extra_arguments": ["--log-level=ERROR", f"--ipython-dir={folder}"],
            "kernel_manager_class": PrivateKernelManager,
        }


def main() -> None:
    """Be a kernel; ipykernel has no switch for the port it opens, so its thread is told here."""
    from ipykernel import kernelapp

    app: Any = kernelapp
    thread = app.IOPubThread
    app.IOPubThread = lambda socket, pipe, session: thread(socket, session=session)  # noqa: ARG005 - ipykernel gives it
    app.IPKernelApp.launch_instance(exec_PYTHONSTARTUP=False)


if __name__ == "__main__":
    main()
