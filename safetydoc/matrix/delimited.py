"""The matrix as comma-separated text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from safetydoc.matrix.cells import replace_illegal
from safetydoc.matrix.rows import TASK_COLUMNS, Texts, Value, columns, task_rows
from safetydoc.matrix.words import word
from safetydoc.model import Notice

#: What stands between several texts in one cell.
_MARKS = {"section": " / ", "lead": "、", "support": "、", "responsible": "、", "agents": "、"}
_MARK = "；"
#: A cell that starts so is run as a formula by Excel, WPS or LibreOffice when they open the file.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def to_csv(notices: Sequence[Notice], lang: str = "zh") -> str:
    r"""One line a task under a line of heads, lines ending in \r\n; write it as utf-8-sig so that Excel reads Chinese.

    Dates are ISO 8601. A text that starts like a formula gets an apostrophe in front, so that no program
    runs it; characters that UTF-8 cannot hold and control characters are □.
    """
    names = columns(TASK_COLUMNS, notices)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(word(f"column.{name}", lang) for name in names)
    for row in task_rows(notices, lang):
        writer.writerow(_cell(getattr(row, name), _MARKS.get(name, _MARK)) for name in names)
    return stream.getvalue()


def _cell(value: Value | Texts, mark: str) -> str:
    if isinstance(value, tuple):
        value = mark.join(value)
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = replace_illegal(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
