"""The sheets of a workbook as plain tables, cleaned of what cells cannot hold, with findings about that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from safetydoc.matrix import rows
from safetydoc.matrix.cells import ROW_LIMIT, clean, column_width, longest_word, row_height
from safetydoc.matrix.rows import Row, Texts, Value
from safetydoc.matrix.words import word
from safetydoc.model import Notice, SafetydocError

#: Rows down to the column heads on the sheet of tasks: title, facts, legend, heads. Other sheets have heads only.
TASK_HEAD_ROW = 4
_EXCEL_ROWS = 1_048_576

#: Least and most width of each column in characters; what no row needs is left to the others on the A4 sheet.
_WIDTHS: dict[str, tuple[float, float]] = {
    "number": (5, 7), "file": (12, 22), "section": (8, 13), "path": (8, 10), "title": (10, 13), "text": (30, 90),
    "lead": (6, 14), "support": (6, 14), "responsible": (6, 14), "agents": (12, 14), "deadlines": (6, 12),
    "due": (12, 12), "frequency": (5, 8), "targets": (8, 20), "category": (6, 10), "place": (8, 24),
    "check": (8, 18), "name": (14, 36), "canonical": (16, 44), "role": (6, 12), "group": (12, 12),
    "printed": (12, 36), "type": (8, 14), "value": (18, 28), "period": (12, 18), "start_date": (12, 12), "end_date": (12, 12),
    "event": (10, 24), "year_from": (10, 18), "indicator": (12, 40), "comparator": (12, 14), "amount": (9, 24),
    "upper": (9, 24), "unit": (10, 14), "change": (6, 10), "label": (14, 20), "content": (74, 100),
    "kind": (10, 20), "code": (14, 30), "severity": (6, 10), "message": (40, 70),
}  # fmt: skip
#: How much wider bold letters are.
BOLD_SCALE = 1.2
#: Beside the tasks, where little else stands, titles have more room.
_WIDE_TITLE = (12, 24)
#: What an A4 page takes across without being made small; the whole text gets what the other columns leave of it.
_PAGE_WIDTH = 150.0
_LEAST_TEXT = 44.0
#: The column of the whole text grows until the tallest row fits.
_TEXT_WIDTHS = (58.0, 70.0, 84.0)
#: A column in which fewer of the rows than this say anything is narrower by the scale.
_SELDOM, _SELDOM_SCALE = 1 / 3, 0.75
#: Columns of the tasks that are never hidden, and the one beside the paper.
_ALWAYS_SHOWN = {"number", "path", "title", "text", "category"}
_NOT_PRINTED = "place"
#: Of the headings above a task, how many are shown, innermost last, and how many characters of each.
_HEADINGS, _HEADING_LENGTH = 2, 12


@dataclass(slots=True)
class Table:
    """One sheet: its columns, the rows' values, what each row is about; the room that they need.

    `heights` are in points, and may be more than Excel's tallest row.
    """

    key: str
    columns: tuple[str, ...]
    rows: list[list[Value]]
    about: list[Row]
    lang: str
    widths: list[float] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return word(f"sheet.{self.key}", self.lang)

    @property
    def head_row(self) -> int:
        """The sheet row of the column heads, counted from 1."""
        return TASK_HEAD_ROW if self.key == "tasks" else 1

    @property
    def heads(self) -> list[str]:
        """The column heads in words."""
        return [word(f"column.{name}", self.lang) for name in self.columns]

    @property
    def hidden(self) -> set[str]:
        """Columns of the tasks in which no row says anything."""
        if self.key != "tasks" or not self.rows:
            return set()
        return {
            name
            for place, name in enumerate(self.columns)
            if name not in _ALWAYS_SHOWN and all(row[place] in (None, "") for row in self.rows)
        }

    @property
    def printed(self) -> list[tuple[int, str]]:
        """Place and name of the columns that come on paper."""
        hidden = self.hidden | {_NOT_PRINTED} if self.key == "tasks" else set()
        return [(place, name) for place, name in enumerate(self.columns) if name not in hidden]

    def measure(self) -> None:
        """Set widths and heights from the values; the text grows wider while a row would be too tall."""
        self.widths = [
            self._width(place, name, head)
            for place, (name, head) in enumerate(zip(self.columns, self.heads, strict=True))
        ]
        if self.key != "tasks":
            self.heights = self._heights()
            return
        text = self.columns.index("text")
        others = sum(self.widths[place] for place, name in self.printed if name != "text")
        self.widths[text] = min(self.widths[text], max(_PAGE_WIDTH - others, _LEAST_TEXT))
        self.heights = self._heights()
        for width in _TEXT_WIDTHS:
            if max(self.heights, default=0) <= ROW_LIMIT:
                break
            self.widths[text] = max(self.widths[text], width)
            self.heights = self._heights()

    def _heights(self) -> list[float]:
        """The heights of the rows; dates and numbers take one line, they are never broken."""
        return [
            row_height((value, width) for value, width in zip(values, self.widths, strict=True) if isinstance(value, str))
            for values in self.rows
        ]

    def _width(self, place: int, name: str, head: str) -> float:
        least, most = _WIDE_TITLE if name == "title" and self.key != "tasks" else _WIDTHS[name]
        if self.key == "tasks" and sum(row[place] not in (None, "") for row in self.rows) < _SELDOM * len(self.rows):
            most *= _SELDOM_SCALE
        least = max(least, longest_word(head) * BOLD_SCALE + 2)
        return column_width((shown(row[place]) for row in self.rows), least, max(least, most))


def letter(place: int) -> str:
    """The letter of a column counted from 0; no sheet has more than 26."""
    return chr(ord("A") + place)


def shown(value: Value) -> str:
    """A value as the sheet shows it."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def build_tables(notices: Sequence[Notice], lang: str = "zh") -> list[Table]:
    """The sheets of the workbook, measured and ready to be drawn.

    Whatever was changed or cannot be seen whole is a row of its own in the last table.
    Raises SafetydocError `too-many-rows` where Excel has not enough rows.
    """
    tables = [
        _table(key, names, records, notices, lang)
        for key, names, records in (
            ("tasks", rows.TASK_COLUMNS, rows.task_rows(notices, lang)),
            ("units", rows.UNIT_COLUMNS, rows.unit_rows(notices, lang)),
            ("deadlines", rows.DEADLINE_COLUMNS, rows.deadline_rows(notices, lang)),
            ("targets", rows.TARGET_COLUMNS, rows.target_rows(notices, lang)),
            ("metadata", rows.METADATA_COLUMNS, rows.metadata_rows(notices, lang)),
            ("findings", rows.FINDING_COLUMNS, rows.finding_rows(notices, lang)),
        )
    ]
    *measured, findings = tables
    problems = [problem for table in tables for problem in _clean(table)]
    for table in measured:
        table.measure()
    problems += [problem for table in measured for problem in _too_tall(table)]
    if _mark(tables[0], problems):
        tables[0].measure()
    _report(findings, problems)
    findings.measure()
    for table in tables:
        _check_size(table)
    return tables


def _table(key: str, names: tuple[str, ...], records: Sequence[Row], notices: Sequence[Notice], lang: str) -> Table:
    names = rows.columns(names, notices)
    return Table(key, names, [[_in_cell(name, getattr(row, name)) for name in names] for row in records], list(records), lang)


def _in_cell(name: str, value: Value | Texts) -> Value:
    """Several texts one a line; of the headings above a task the inner ones, shortened."""
    if not isinstance(value, tuple):
        return value
    if name == "section":
        value = tuple(
            text if len(text) <= _HEADING_LENGTH else text[: _HEADING_LENGTH - 1] + "…" for text in value[-_HEADINGS:]
        )
    return "\n".join(value)


@dataclass(frozen=True, slots=True)
class _Problem:
    """Something that a cell cannot hold or show: what, how bad, and in which row of which table."""

    code: str
    severity: str
    message: str
    table: Table
    index: int
    cell: str


def _clean(table: Table) -> Iterator[_Problem]:
    for index, values in enumerate(table.rows):
        for place, value in enumerate(values):
            if not isinstance(value, str):
                continue
            text, replaced, cut_from = clean(value, table.lang)
            values[place] = text
            if replaced:
                yield _problem("cell-illegal-characters", "warning", table, index, place, replaced)
            if cut_from:
                yield _problem("cell-truncated", "warning", table, index, place, cut_from)


def _too_tall(table: Table) -> Iterator[_Problem]:
    for index, values in enumerate(table.rows):
        if table.heights[index] > ROW_LIMIT:
            heights = [row_height([(shown(value), width)]) for value, width in zip(values, table.widths, strict=True)]
            yield _problem("row-too-tall", "info", table, index, heights.index(max(heights)))


def _problem(code: str, severity: str, table: Table, index: int, place: int, count: int = 0) -> _Problem:
    row = table.head_row + 1 + index
    message = word(code, table.lang, sheet=table.sheet, row=row, column=table.heads[place], count=count)
    return _Problem(code, severity, message, table, index, f"{table.sheet}!{letter(place)}{row}")


def _mark(tasks: Table, problems: list[_Problem]) -> bool:
    """Say a problem also in the row of the task where it is; whether there was one to say."""
    check = tasks.columns.index("check")
    own = [problem for problem in problems if problem.table is tasks]
    for problem in own:
        values, about = tasks.rows[problem.index], tasks.about[problem.index]
        values[check] = clean("\n".join(filter(None, (shown(values[check]), problem.message)))).text
        level = min(filter(None, (about.level, problem.severity)), key=rows.SEVERITIES.index)
        tasks.about[problem.index] = replace(about, level=level)
    return bool(own)


def _report(findings: Table, problems: list[_Problem]) -> None:
    """A row of the last table for each problem."""
    for number, problem in enumerate(problems, len(findings.rows) + 1):
        known = dict(zip(problem.table.columns, problem.table.rows[problem.index], strict=True))
        values: dict[str, Value] = {
            "number": number,
            "file": known.get("file"),
            "kind": word(f"kind.{problem.code}", findings.lang),
            "code": problem.code,
            "severity": word(f"severity.{problem.severity}", findings.lang),
            "message": problem.message,
            "path": known.get("path"),
            "place": problem.cell,
        }
        findings.rows.append([values[name] for name in findings.columns])
        findings.about.append(replace(problem.table.about[problem.index], level=problem.severity))


def _check_size(table: Table) -> None:
    if table.head_row + len(table.rows) > _EXCEL_ROWS:
        message = word("too-many-rows", table.lang, sheet=table.sheet, count=len(table.rows))
        raise SafetydocError("too-many-rows", message)
