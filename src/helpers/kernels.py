"""Ordinary kernels that listen on no network: sockets in a private folder, gone afterwards."""

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
    quiet = {"cwd": root, "extra_arguments": ["--log-level=ERROR"]}
    if os.name == "nt":
        yield quiet
        return
    with TemporaryDirectory(prefix="kernel-") as folder:

        class PrivateKernelManager(AsyncKernelManager):
            def __init__(self, **options: Any) -> None:  # noqa: ANN401 - jupyter_client's own
                super().__init__(**options)
                self.transport, self.ip = "ipc", str(Path(folder) / "socket")

        yield quiet | {"kernel_manager_class": PrivateKernelManager}
