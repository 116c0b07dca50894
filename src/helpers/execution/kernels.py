"""Ordinary kernels that listen on no network: sockets in a private folder, gone afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from helpers.execution.limits import Limits

PROGRAM = "from helpers.execution.kernel import main; main()"


@contextmanager
def private_kernel(root: Path, limits: Limits) -> Iterator[dict[str, Any]]:
    """Options that make papermill run a kernel in `root`, reached by sockets of its owner alone.

    By default every kernel names its sockets alike, in the working directory; a folder of
    its own keeps kernels apart. Windows has no such sockets and keeps to its loopback. The
    kernel is our own program, and keeps to the limits.
    """
    with TemporaryDirectory(prefix="kernel-") as folder:

        class PrivateKernelManager(AsyncKernelManager):
            def __init__(self, **options: Any) -> None:  # noqa: ANN401 - jupyter_client's own
                super().__init__(**options)
                if os.name != "nt":
                    self.transport, self.ip = "ipc", str(Path(folder) / "socket")

            def start_kernel(self, **options: Any) -> Any:  # noqa: ANN401 - as above
                return super().start_kernel(stdout=DEVNULL, stderr=DEVNULL, **options)

            @property
            def kernel_spec(self) -> KernelSpec:
                """The one kernel there is: our program, whatever is installed by that name."""
                words = f"{limits.memory},{limits.printed},{limits.shown}"
                argv = [sys.executable, "-P", "-c", PROGRAM, words, "-f", "{connection_file}"]
                return KernelSpec(argv=argv, display_name="Python", language="python")

        yield {
            "cwd": root,
            "extra_arguments": ["--log-level=ERROR", f"--ipython-dir={folder}"],
            "kernel_manager_class": PrivateKernelManager,
        }
