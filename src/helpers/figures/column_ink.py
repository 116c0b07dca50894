"""Exact numbers for matplotlib, which places ink by floats."""
# ruff: noqa: ANN401 - matplotlib hands over anything

from __future__ import annotations

import sys
from typing import Any

from helpers.figures.number import Number, ink


def register_with_matplotlib() -> None:
    """Teach matplotlib to place numbers, once it is in use; it is slow to import."""
    units = sys.modules.get("matplotlib.units")
    if units is None or Number in units.registry:
        return

    class Inks(units.ConversionInterface):  # type: ignore[misc, name-defined]
        """Numbers as ink."""

        @staticmethod
        def convert(value: Any, unit: object, axis: object) -> Any:
            """Floats for numbers, one or many; a number without value is not drawn."""
            del unit, axis
            return _inks(value)

    units.registry[Number] = Inks()


def _inks(value: Any) -> Any:
    if isinstance(value, Number):
        return ink(value) if value.defined else float("nan")
    return [_inks(each) for each in value] if hasattr(value, "__iter__") else value
