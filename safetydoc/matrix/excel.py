"""The workbook: six sheets that can be sorted, filtered, followed by links and printed on A4."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from safetydoc.matrix.atomic import write_atomically
from safetydoc.matrix.cells import ROW_LIMIT, clean, display_width, row_height
from safetydoc.matrix.looks import TITLE_SCALE, Looks, link
from safetydoc.matrix.rows import SEVERITIES
from safetydoc.matrix.tables import BOLD_SCALE, Table, build_tables, letter
from safetydoc.matrix.words import word
from safetydoc.model import Notice

_CENTRED = {
    "number", "path", "due", "frequency", "category", "role", "group", "type", "value", "start_date", "end_date",
    "comparator", "unit", "change", "severity", "place", "period",
}  # fmt: skip
_LOOKS = {"content": "left", "amount": "right", "upper": "right"}
#: The columns before this one stay in sight when one scrolls to the right.
_FIRST_SCROLLED = "text"
_LEGEND_ROW = 3
#: Excel's limit of links on a sheet is 65,530; rows beyond it have none.
_MOST_LINKS = 65_000
_CM = 1 / 2.54


def write_excel(notices: Sequence[Notice], path: str | os.PathLike[str], lang: str = "zh") -> None:
    """Write the workbook of `notices` to `path`, whole or not at all.

    Raises SafetydocError as `write_atomically` and `build_tables` do.
    """
    write_atomically(path, excel_bytes(notices, lang), lang)


def excel_bytes(notices: Sequence[Notice], lang: str = "zh") -> bytes:
    """The workbook (.xlsx) of `notices` as bytes; the same notices give the same bytes."""
    from openpyxl import Workbook  # type: ignore[import-untyped,unused-ignore]

    tables = build_tables(notices, lang)
    book = Workbook()
    looks = Looks(book.active.cell(1, 1))
    for table in tables:
        _draw(book.create_sheet(table.sheet), table, notices, looks)
    book.remove(book.worksheets[0])
    book.properties.creator = "safetydoc"
    _link(book, tables[0], tables[-1])
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def _timeless(package: bytes) -> bytes:
    """The zip package without the times of its making."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", content)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _draw(sheet: Any, table: Table, notices: Sequence[Notice], looks: Looks) -> None:
    for place, width in enumerate(table.widths):
        sheet.column_dimensions[letter(place)].width = width
        sheet.column_dimensions[letter(place)].hidden = table.columns[place] in table.hidden
    if table.key == "tasks":
        title, facts = _title_lines(table, notices)
        _line(sheet, table, 1, title, "title", looks)
        _line(sheet, table, 2, facts, "facts", looks)
        _legend(sheet, table, looks)
    _heads(sheet, table, looks)
    for index in range(len(table.rows)):
        _row(sheet, table, index, looks)
    if not table.rows:
        _line(sheet, table, table.head_row + 1, word(f"empty.{table.key}", table.lang), "empty", looks)
    _set_up_view(sheet, table)
    _set_up_print(sheet, table)


def _title_lines(table: Table, notices: Sequence[Notice]) -> tuple[str, str]:
    """The title over the matrix, and the line of facts below it."""
    lang = table.lang
    tasks = word("block.tasks", lang, tasks=len(table.rows))
    if len(notices) != 1:
        return word("block.several", lang, notices=len(notices)), tasks
    metadata = notices[0].metadata
    published = metadata.date_published and not metadata.date_issued
    dated = "date_published" if published else "date_issued"
    facts = [
        word("block.facts", lang, label=word(f"meta.{key}", lang), value=getattr(metadata, key) or word("none", lang))
        for key in ("doc_number", dated)
    ]
    title = metadata.title or notices[0].source.name
    return clean(title, lang).text, clean("　　".join([*facts, tasks]), lang).text


def _legend(sheet: Any, table: Table, looks: Looks) -> None:
    """A sample of each colour that the rows below wear, or a line saying that none does."""
    levels = {row.level for row in table.about}
    worn = [level for level in SEVERITIES if level in levels]
    samples = [place for place, name in table.printed if name not in ("number", "text")]
    for place, level in zip(samples, worn, strict=False):
        cell = sheet.cell(_LEGEND_ROW, place + 1)
        looks.put(cell, word(f"legend.{level}", table.lang), "legend", level)
    if table.rows:
        cell = sheet.cell(_LEGEND_ROW, table.columns.index("text") + 1)
        looks.put(cell, word("legend.hint" if worn else "legend.clean", table.lang), "note")
    sheet.row_dimensions[_LEGEND_ROW].height = 20


def _line(sheet: Any, table: Table, row: int, text: str, look: str, looks: Looks) -> None:
    """One text across all columns that are printed."""
    looks.put(sheet.cell(row, 1), text, look)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=table.printed[-1][0] + 1)
    scale = TITLE_SCALE if look == "title" else 1.0
    height = row_height([(text, sum(table.widths[place] for place, _ in table.printed) / scale)]) * scale
    sheet.row_dimensions[row].height = min(height, ROW_LIMIT)


def _heads(sheet: Any, table: Table, looks: Looks) -> None:
    heads = [
        head.replace("（", "\n（") if display_width(head) > width - 2 else head
        for head, width in zip(table.heads, table.widths, strict=True)
    ]
    for place, head in enumerate(heads, 1):
        looks.put(sheet.cell(table.head_row, place), head, "head")
    sheet.row_dimensions[table.head_row].height = row_height(
        (head, width / BOLD_SCALE) for head, width in zip(heads, table.widths, strict=True)
    )


def _row(sheet: Any, table: Table, index: int, looks: Looks) -> None:
    row = table.head_row + 1 + index
    level = table.about[index].level
    for place, (name, value) in enumerate(zip(table.columns, table.rows[index], strict=True), 1):
        look = "centred" if name in _CENTRED else _LOOKS.get(name, "text")
        looks.put(sheet.cell(row, place), value, look, level)
    sheet.row_dimensions[row].height = min(table.heights[index], ROW_LIMIT)


def _set_up_view(sheet: Any, table: Table) -> None:
    scrolled = table.columns.index(_FIRST_SCROLLED) if table.key == "tasks" else 0
    sheet.freeze_panes = f"{letter(scrolled)}{table.head_row + 1}"
    if table.rows:
        last = f"{letter(len(table.columns) - 1)}{table.head_row + len(table.rows)}"
        sheet.auto_filter.ref = f"A{table.head_row}:{last}"


def _set_up_print(sheet: Any, table: Table) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{table.head_row}:{table.head_row}"
    sheet.print_options.horizontalCentered = True
    last = letter(table.printed[-1][0])
    sheet.print_area = f"A1:{last}{table.head_row + max(len(table.rows), 1)}"
    margins = sheet.page_margins
    margins.left = margins.right = 1.0 * _CM
    margins.top, margins.bottom = 1.3 * _CM, 1.6 * _CM
    margins.header = margins.footer = 0.7 * _CM
    sheet.oddFooter.center.text = word("footer", table.lang)


def _link(book: Any, tasks: Table, findings: Table) -> None:
    """Links from each finding to its task's row, and from the task to its first finding.

    They are on the 序号 cells: LibreOffice does not wrap the text of a link.
    """
    task_sheet, finding_sheet = book[tasks.sheet], book[findings.sheet]
    rows: dict[tuple[int, str | None], int] = {}
    for index, row in enumerate(tasks.about):
        rows.setdefault((row.notice, row.task), tasks.head_row + 1 + index)
    number = letter(tasks.columns.index("number"))
    linked: set[int] = set()
    for index, row in enumerate(findings.about[:_MOST_LINKS]):
        there = rows.get((row.notice, row.task))
        if there is None:
            continue
        here = findings.head_row + 1 + index
        link(finding_sheet[f"{number}{here}"], tasks.sheet, f"{number}{there}")
        if there not in linked:
            link(task_sheet[f"{number}{there}"], findings.sheet, f"{number}{here}")
            linked.add(there)
