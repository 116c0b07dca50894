"""A real JupyterLab for tests, on a project of theirs, started by `report lab`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

SETTINGS = """\
c.ServerApp.allow_root = True
c.IdentityProvider.token = ""
c.ServerApp.password = ""
c.LabApp.expose_app_in_browser = True
"""
TALL = {"width": 1400, "height": 3000}
WHOLE = Path("lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings")
"""Where it is told not to leave out the cells that are not in view."""

# What the menu's Run All Cells does; a click on the menu is lost while a slow lab starts.
RUN_ALL = """async () => {
  await jupyterapp.restored;
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await jupyterapp.commands.execute("notebook:run-all-cells");
}"""


@contextmanager
def running_lab(root: Path) -> Iterator[str]:
    """A JupyterLab on a project; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configured = root.with_name(f"{root.name}-jupyter")
    configured.mkdir()
    (configured / "jupyter_server_config.py").write_text(SETTINGS, encoding="utf-8")
    (configured / WHOLE).parent.mkdir(parents=True)
    (configured / WHOLE).write_text('{"windowingMode": "none"}', encoding="utf-8")
    server = subprocess.Popen(
        [Path(sys.executable).parent / "report", "lab", "--no-browser", f"--port={port}"],
        cwd=root,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(configured)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def opened(browser: Browser, address: str, *, dark: bool = False) -> Page:
    """A notebook opened at its address, its kernel ready; the theme is the light one, or not."""
    page = browser.new_page(viewport=TALL)
    page.goto(address, timeout=90_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=90_000)
    if dark:
        page.evaluate(
            "() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
        )
        page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
    return page
