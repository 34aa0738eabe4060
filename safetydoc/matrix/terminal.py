"""The matrix for the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from safetydoc.matrix.cells import replace_illegal, wrap
from safetydoc.matrix.rows import clauses_in_words, deadline_words, findings_by_task, shares_in_words, short_title, target_words, units_in_role
from safetydoc.matrix.words import word
from safetydoc.model import Notice, Task

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

#: Column and its share of the width.
_COLUMNS = (
    ("column.path", 3),
    ("column.title", 7),
    ("table.who", 5),
    ("table.support", 4),
    ("table.deadlines", 4),
    ("table.targets", 5),
)
#: Blanks between columns: one is the divider of the box, the others padding.
_GAP = 2
#: ASCII rules only and no upright lines: code page 936 draws box characters two columns wide.
_BOX = "    \n    \n -- \n    \n -- \n -- \n    \n    \n"
#: What a terminal would act on instead of showing.
_CONTROLS = re.compile("[\x1b\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEVEL_STYLES = {"error": "red", "warning": "yellow"}


def to_table(notices: Sequence[Notice], width: int = 80, lang: str = "zh", colour: bool = False) -> str:
    """The matrix of each notice as lines of at most `width` columns, with ANSI colours if `colour`.

    A heading (title, document number, date), a table with one row a task, a line of counts.
    """
    from rich.console import Console

    stream = io.StringIO()
    console = Console(
        file=stream, width=width, force_terminal=colour, color_system="standard" if colour else None,
        legacy_windows=False, markup=False, highlight=False, emoji=False,
    )  # fmt: skip
    for place, notice in enumerate(notices):
        if place:
            console.print()
        _print_notice(console, notice, lang)
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _print_notice(console: Console, notice: Notice, lang: str) -> None:
    metadata = notice.metadata
    console.print(_visible(metadata.title or notice.source.name), style="bold")
    facts = filter(None, (metadata.doc_number, metadata.date_issued or metadata.date_published))
    if line := "  ".join(map(_visible, facts)):
        console.print(line)
    if notice.tasks:
        console.print(_table(notice, console.width, lang))
    else:
        console.print(word("empty.tasks", lang))
    console.print(_counts(notice, lang))
    if notice.completeness:
        shares, clauses = shares_in_words(notice.completeness, lang), clauses_in_words(notice.completeness, lang)
        console.print(word("table.completeness", lang, shares=shares, clauses=clauses))


def _table(notice: Notice, width: int, lang: str) -> Table:
    from rich.box import Box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=Box(_BOX),
        show_lines=True,
        show_edge=False,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),
        header_style="bold",
    )
    widths = _widths(width)
    for (key, _), room in zip(_COLUMNS, widths, strict=True):
        table.add_column(word(key, lang), width=room, overflow="fold")
    concerning = findings_by_task(notice)
    for task in notice.tasks:
        severities = [finding.severity for finding in concerning[task.path]]
        level = next((_LEVEL_STYLES[name] for name in _LEVEL_STYLES if name in severities), "")
        first, *others = (
            Text("\n".join(wrap(_visible(text), room))) for text, room in zip(_texts(task, lang), widths, strict=True)
        )
        first.stylize(level)
        table.add_row(first, *others)
    return table


def _widths(width: int) -> list[int]:
    """The room of each column: its share of what the gaps between them leave."""
    room = width - _GAP * len(_COLUMNS)
    whole = sum(share for _, share in _COLUMNS)
    return [max(room * share // whole, 4) for _, share in _COLUMNS]


def _texts(task: Task, lang: str) -> tuple[str, ...]:
    who = ("、".join(units_in_role(task, role, lang)) for role in ("lead", "responsible"))
    return (
        task.path,
        short_title(task),
        "；".join(filter(None, who)),
        "、".join(units_in_role(task, "support", lang)),
        "；".join(deadline_words(task)),
        "；".join(target_words(task)),
    )


def _counts(notice: Notice, lang: str) -> str:
    """The closing line; a unit counts once, however many tasks name it."""
    return word(
        "table.counts",
        lang,
        tasks=len(notice.tasks),
        units=len({unit.canonical for task in notice.tasks for unit in task.units}),
        deadlines=sum(len(task.deadlines) for task in notice.tasks),
        targets=sum(len(task.targets) for task in notice.tasks),
        findings=len(notice.findings),
    )


def _visible(text: str) -> str:
    """`text` on one line, without what a terminal would obey."""
    return _CONTROLS.sub("□", replace_illegal(" ".join(text.split())))
