"""Write the made-up township into the project: three years, and the list of what is planted."""

from __future__ import annotations

from pathlib import Path

from made_up.files import write_project

if __name__ == "__main__":
    write_project(Path(__file__).resolve().parents[2])
