"""How cells look, and how a value gets into one without being read as something else."""

from __future__ import annotations

import re
from copy import copy
from datetime import date
from typing import Any

from safetydoc.matrix.rows import Value

FILLS = {"error": "FFF8D7DA", "warning": "FFFFF3CD", "info": "FFE2EFF9"}
TITLE_SCALE = 1.6
_FONT = "宋体"
_SIZE = 10
_HEAD_FILL = "FFD9E2EC"
_LINE_COLOUR = "FFB0B7BF"
_LINK_COLOUR = "FF1F4E9E"
#: Looks with a border round the cell, with text in the middle, in bold, and of the rows, whose cells begin at the top.
_FRAMED = {"head", "text", "left", "right", "centred", "legend"}
_MIDDLE = {"title", "facts", "head", "centred", "legend", "empty"}
_BOLD = {"title", "head"}
_SIDES = {"left": "left", "right": "right"}
_TOP = {"text", "left", "right", "centred"}
#: Excel shows 15 digits and knows no infinity: what is larger is written as text.
_LARGEST_NUMBER = 1e15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "'")
#: Excel reads _x0041_ in a text as the character A unless its underscore is written as _x005F_.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Looks:
    """Puts values into cells of one workbook; makes each style once."""

    def __init__(self, scratch: Any) -> None:
        self._scratch = scratch
        self._styles: dict[tuple[str, str | None, str, bool], Any] = {}

    def put(self, cell: Any, value: Value, look: str, level: str | None = None) -> None:
        """Set value and style of `cell`: text stays text, dates and numbers are real ones."""
        value = _storable(value)
        text = isinstance(value, str)
        cell.value = _ESCAPE.sub("_x005F_", value) if isinstance(value, str) else value
        if text:
            cell.data_type = "s"
        key = (look, level, number_format(value), isinstance(value, str) and value.startswith(_FORMULA_STARTS))
        if key not in self._styles:
            self._styles[key] = self._style(*key)
        cell._style = copy(self._styles[key])

    def _style(self, look: str, level: str | None, form: str, quoted: bool) -> Any:
        from openpyxl.styles import (  # type: ignore[import-untyped,unused-ignore]
            Alignment,
            Border,
            Font,
            PatternFill,
            Side,
        )

        cell = self._scratch
        cell.font = Font(name=_FONT, size=_SIZE * (TITLE_SCALE if look == "title" else 1), bold=look in _BOLD)
        cell.alignment = Alignment(
            horizontal="center" if look in _MIDDLE else _SIDES.get(look, "general"),
            vertical="top" if look in _TOP else "center",
            indent=1 if look == "right" else 0,
            wrap_text=look != "note",
        )
        colour = _HEAD_FILL if look == "head" else FILLS.get(level or "")
        cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
        side = Side(style="thin", color=_LINE_COLOUR) if look in _FRAMED else Side()
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.number_format = form
        cell.quotePrefix = quoted
        return copy(cell._style)


def link(cell: Any, sheet: str, target: str) -> None:
    """Make `cell` a link to the cell `target` of `sheet` in the same workbook."""
    from openpyxl.styles import Font  # type: ignore[import-untyped,unused-ignore]
    from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped,unused-ignore]

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{target}")
    cell.font = Font(name=_FONT, size=_SIZE, color=_LINK_COLOUR, underline="single")


def number_format(value: Value) -> str:
    """The number format that shows `value`; text is General, for long text in the format @ shows as #####."""
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "#,##0"
    return "#,##0.0#########" if isinstance(value, float) else "General"


def _storable(value: Value) -> Value:
    """`value`, or its words where Excel would show another one."""
    if isinstance(value, (int, float)) and not abs(value) < _LARGEST_NUMBER:
        return str(value)
    # Excel's calendar begins in 1900, and with a leap day that never was
    return value.isoformat() if isinstance(value, date) and value.year < 1901 else value
