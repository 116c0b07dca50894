"""What the fork server has ready before a section starts: imports done, one figure drawn.

Imported by the server alone. Without the first figure most of the gain is lost: fonts are
read, and matplotlib's layout is warm, only once something has been drawn.
"""

from __future__ import annotations

import gc
import warnings

import IPython.core.application
import IPython.core.completerlib
import IPython.core.interactiveshell
import IPython.core.magics
import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib_inline.backend_inline
import pandas as pd

import helpers.execution.shell
import helpers.notebook.charts
import helpers.notebook.report
import helpers.notebook.tables
from helpers import startup
from helpers.notebook.drawing import beside, canvas, use_house_style
from helpers.notebook.svg import svg

LOADED = (
    IPython.core.application,
    IPython.core.completerlib,
    IPython.core.interactiveshell,
    IPython.core.magics,
    plt,
    matplotlib_inline.backend_inline,
    helpers.notebook.charts,
    helpers.notebook.report,
    helpers.notebook.tables,
    helpers.execution.shell,
)

with mpl.rc_context(), warnings.catch_warnings():  # the style begins where a report is opened
    use_house_style()
    _axes = canvas(height=1)
    _axes.barh([0], [1])
    beside(_axes, 1, 0, "预热 1,234.56%")
    svg(_axes.figure, "warm", "预热", "预热")  # type: ignore[arg-type] # a whole figure, as canvas makes it
pd.DataFrame({"a": [1]})._repr_html_()  # type: ignore[operator]
startup.lighten()
gc.freeze()  # else every section goes through all this again whenever it collects
