"""What a page weighs, and what makes it heavy."""

from __future__ import annotations

import re
from pathlib import Path

PARTS = {
    "字体": r"@font-face\{.*?\}\n",
    "数据": r'<script type="application/x-deflate".*?</script>',
    "图": r"<svg.*?</svg>",
}


def size_budget(page: Path) -> str:
    """The size of a page in KB, and that of its fonts, facts and charts."""
    text = page.read_text(encoding="utf-8")
    weights = {
        name: sum(len(found.encode()) for found in re.findall(pattern, text, re.DOTALL))
        for name, pattern in PARTS.items()
    }
    breakdown = "、".join(f"{name} {size / 1024:,.0f}" for name, size in weights.items())
    return f"{page.stat().st_size / 1024:,.0f} KB，其中{breakdown}"
