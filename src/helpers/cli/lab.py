"""The command that opens JupyterLab where one starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from helpers.cli.group import cli, help_option

START = "notebooks/00-start.ipynb"
CONFIGURED = Path(__file__).with_name("jupyter")
"""Settings by which it asks nobody for news or for a newer version."""


@cli.command(options_metavar="[选项]")
@click.option("--port", default=8888, show_default=True, metavar="端口", help="被占用时换一个。")
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只给出网址。")
@help_option
def lab(port: int, no_browser: bool) -> None:  # noqa: FBT001 - click gives them by name
    """打开 JupyterLab，从 00-start.ipynb 开始：不用命令行，逐格往下做。

    只有本机能访问。按 Ctrl-C 停止。
    """
    from helpers.inputs.project import find_project

    root = find_project().root
    jupyter = str(Path(sys.executable).parent / "jupyter")
    settings = [f"--port={port}", f"--ServerApp.root_dir={root}"]
    shown = ["--no-browser"] if no_browser else []
    paths = [os.environ.get("JUPYTER_CONFIG_PATH", ""), str(CONFIGURED)]
    env = {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}
    sys.exit(subprocess.call([jupyter, "lab", *settings, *shown, START], cwd=root, env=env))  # noqa: S603 - our own words
