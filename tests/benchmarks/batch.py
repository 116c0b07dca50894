"""What a batch costs, and that it holds: 200 departments, two broken, Dask, a worker killed.

Run with `python tests/benchmarks/batch.py [COUNT]` from a checkout with `.venv` and the test
extra installed; 200 departments take half an hour on two cores. Everything is
made up (虚构数据) and gone afterwards. Prints a Markdown table with the machine it ran on.
"""

from __future__ import annotations

import compileall
import hashlib
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from time import monotonic

from distributed import Client

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
FEW = 20
PORT = 8797
TWO = ("--nworkers", "2", "--nthreads", "1", "--dashboard-address", ":0")

sys.path.insert(0, str(ROOT / "tests"))

from made_up.files import write_departments  # noqa: E402 - found by the line above


def call(*words: object, folder: Path, ends: int = 0) -> tuple[float, int]:
    """Run a command; gives its seconds and the most memory it held itself, in MB."""
    begun, most = monotonic(), 0
    process = subprocess.Popen(
        [str(word) for word in words],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        most = max(most, resident(process.pid))
        time.sleep(0.05)
    assert process.returncode == ends, words
    return monotonic() - begun, most


def resident(pid: int) -> int:
    """Memory of a process in MB; 0 once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(lines[0].split()[1]) // 1024 if lines else 0


def stock(folder: Path, run: str) -> float:
    """`papermill` for each notebook of a run, then `jupyter nbconvert`; seconds."""
    target = folder / "stock"
    target.mkdir(exist_ok=True)
    made = sorted((folder / "outputs" / run / "notebooks").glob("*.ipynb"))
    seconds = 0.0
    for name in (path.name for path in made):
        source, done = folder / "notebooks" / name, target / name
        seconds += call(BIN / "papermill", source, done, "-f", f"params/{run}.yaml", folder=folder)[
            0
        ]
        seconds += call(BIN / "jupyter", "nbconvert", "--to", "html", done, folder=folder)[0]
    return seconds


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler with two workers of one thread, on this machine; gives its address."""
    address = f"tcp://127.0.0.1:{PORT}"
    quiet = {"cwd": folder, "env": ENVIRONMENT, "stdout": -3, "stderr": -3}
    words = ["--host", "127.0.0.1", "--port", str(PORT), "--dashboard-address", ":0"]
    scheduler = subprocess.Popen([BIN / "dask", "scheduler", *words], **quiet)
    may_fork = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    worker = subprocess.Popen([BIN / "dask", "worker", address, *TWO], env=may_fork, **quiet)
    try:
        time.sleep(8)
        yield address
    finally:
        for process in (worker, scheduler):
            process.terminate()
            process.wait(30)


def kill_a_worker(address: str) -> None:
    """Kill one of the processes that do the work, as a machine does that loses its power."""
    with Client(address, set_as_default=False) as client:
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)


def fingerprints(outputs: Path) -> dict[str, str]:
    """Every file of the reports by its fingerprint, but for the summaries."""
    return {
        path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(outputs.glob("*/**/*"))
        if path.is_file()
    }


def row(*cells: str) -> None:
    """Print a row of the table as soon as it is measured."""
    print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    compileall.compile_dir(ROOT / "src", quiet=2)
    print(f"{os.cpu_count()} cores, {platform.machine()}, CPython {platform.python_version()}\n")
    row("what", "measured", "against", "ratio")
    row("---", "---", "---", "---")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        aside = folder / "temporary"
        aside.mkdir()
        ENVIRONMENT["TMPDIR"] = str(aside)
        for part in ("notebooks", "params/rubrics", "params/outlines"):
            shutil.copytree(ROOT / part, folder / part)
        runs = write_departments(folder, count)
        few, few_memory = call(BIN / "report", "batch", *runs[:FEW], folder=folder)
        one = stock(folder, runs[0])
        broken = [runs[count // 3], runs[2 * count // 3]]
        (folder / "data" / broken[0] / "预算执行.csv").unlink()
        (folder / "data" / broken[1] / "人员.csv").write_text("编号\n", encoding="utf-8")
        many, many_memory = call(BIN / "report", "batch", *runs, folder=folder, ends=1)
        each, less = many / count, few / FEW
        built = sum((folder / "outputs" / run / "report.html").is_file() for run in runs)
        row(f"{count} departments, two broken", f"{built} built", "", "")
        row(
            f"batch of {count}, per report",
            f"{each:.2f} s",
            f"stock {one:.1f} s",
            f"{one / each:.1f}",
        )
        row(
            f"cost at {count} against {FEW}", f"{each:.2f} s", f"{less:.2f} s", f"{each / less:.2f}"
        )
        row("memory of the parent", f"{many_memory} MB", f"{few_memory} MB at {FEW}", "")
        whole = [run for run in runs if run not in broken]
        again, _ = call(BIN / "report", "batch", *whole, "--resume", folder=folder)
        row(f"nothing to do, {len(whole)} runs", f"{again:.2f} s", "", "")
        left = subprocess.run(["pgrep", "-fc", name], capture_output=True, text=True, check=False)
        row("processes left", left.stdout.strip(), "", "")
        row("temporary files and sockets left", str(len(list(aside.rglob("*")))), "", "")
        here = fingerprints(folder / "outputs")
        with cluster(folder) as address:
            there = ("--cluster", address)
            dask, _ = call(BIN / "report", "batch", *runs[:FEW], *there, folder=folder)
            row(
                f"Dask, 2 workers, {FEW}",
                f"{dask:.1f} s",
                f"local {few:.1f} s",
                f"{few / dask:.2f}",
            )
            shutil.rmtree(folder / "outputs")
            killer = Timer(many / 2, kill_a_worker, [address])
            killer.start()
            call(BIN / "report", "batch", *runs, *there, folder=folder, ends=1)
            killer.join()
        same = fingerprints(folder / "outputs") == here
        outcome = "the same bytes" if same else "OTHER BYTES"
        row(f"Dask, {count}, a worker killed", outcome, f"{len(here)} files", "")
        left = subprocess.run(["pgrep", "-fc", name], capture_output=True, text=True, check=False)
        row("processes left", left.stdout.strip(), "", "")


if __name__ == "__main__":
    main()
