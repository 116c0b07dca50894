"""The whole campaign: faults caused, inputs spoilt, attacks tried, reported as a table.

Run with `python tests/campaign.py` from a checkout with `.venv` and the test extra installed,
Chromium, faketime and LibreOffice. `FUZZ_SEED=…` spoils other inputs. The suite runs a short form
of every part; this takes some ten minutes on two cores.
"""

from __future__ import annotations

import os
import platform
import sys
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PARTS = {
    "faults": (
        *("test_faults.py", "test_interruptions.py", "test_surroundings.py"),
        *("test_limits.py", "test_net.py", "test_special_files.py"),
    ),
    "inputs": ("test_fuzzing.py", "test_traps.py", "test_readers.py"),
    "attacks": (
        *("test_attacks.py", "test_working_folder.py"),
        *("test_neighbours.py", "test_record.py"),
        *("test_export.py", "test_given_fonts.py", "test_page_fingerprint.py"),
    ),
}
TRAPS = "classic traps"


class Tally:
    """Adds up what the tests say they have tried."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.survived: Counter[str] = Counter()
        self.skipped: list[str] = []
        self.inputs: list[dict[str, object]] = []
        self.wrong = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test by what it recorded, or as one."""
        properties = dict(report.user_properties)
        file = report.nodeid.partition("::")[0].rpartition("/")[2]
        if report.skipped:
            self.skipped.append(report.nodeid)
        if report.when != "call" and not report.failed:
            return
        if "inputs" in properties:
            self.inputs.append(dict(properties["inputs"]))  # type: ignore[call-overload] # as recorded
            self.wrong += int(str(properties["wrong"]))
            return
        part = next(part for part, files in PARTS.items() if file in files)
        count = int(str(properties.get(part, 1)))
        self.tried[part] += count
        self.survived[part] += count if report.passed else 0


def main() -> int:
    """Run everything and print the table."""
    os.environ["REPORT_NEED_BROWSER"] = "1"
    tally = Tally()
    files = [
        str(found) for files in PARTS.values() for file in files for found in TESTS.rglob(file)
    ]
    options = ["--campaign", "-m", "", "--dist", "load", "-o", "faulthandler_timeout=0"]
    code = pytest.main([*options, *files], plugins=[tally])
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, CPython {platform.python_version()}\n")
    print("| what | tried | outcome |\n|---|---|---|")
    for part, outcome in (("faults", "survived"), ("attacks", "stopped")):
        print(f"| {part} | {tally.tried[part]} | {tally.survived[part]} {outcome} |")
    print(f"| {TRAPS} | {tally.tried['inputs']} | {tally.survived['inputs']} as promised |")
    print("\n| inputs | seed | tried | read right | refused |\n|---|---|---|---|---|")
    totals = Counter[str]()
    for inputs in sorted(tally.inputs, key=lambda inputs: str(inputs["kind"])):
        right, refused = (int(str(inputs.get(key, 0))) for key in ("read right", "refused"))
        totals += Counter(right=right, refused=refused)
        print(f"| {inputs['kind']} | {inputs['seed']} | {right + refused} | {right} | {refused} |")
    whole = totals["right"] + totals["refused"]
    print(f"| all | | {whole} | {totals['right']} | {totals['refused']} |")
    print(f"\nsilently wrong, crashed or hung: {tally.wrong}; skipped: {len(tally.skipped)}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
