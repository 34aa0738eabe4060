"""Check workbooks that LibreOffice printed: each printed cell of the matrix is on the pages, at least its beginning
(hidden columns and those outside the print area are not printed).

    python .ci/rendered.py BOOKS PDFS
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pypdfium2
from openpyxl.utils import column_index_from_string, range_boundaries

#: A cell's text is broken over lines after as many characters at the earliest.
FIRST = 4


def text_of(path: Path) -> tuple[int, str]:
    """Number of pages, and all text without white space."""
    pdf = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return len(pdf), "".join(text.split())


def main() -> int:
    books, pdfs = map(Path, sys.argv[1:3])
    faults = 0
    for book in sorted(books.glob("*.xlsx")):
        sheet = openpyxl.load_workbook(book).worksheets[0]
        pages, text = text_of(pdfs / f"{book.stem}.pdf")
        hidden = {column for letter, look in sheet.column_dimensions.items() if look.hidden
                  for column in range(look.min or column_index_from_string(letter), (look.max or column_index_from_string(letter)) + 1)}
        width = range_boundaries(str(sheet.print_area).rpartition("!")[2])[2] if sheet.print_area else sheet.max_column
        cells = [cell.value for row in sheet.iter_rows(max_col=width) for cell in row
                 if cell.column not in hidden and isinstance(cell.value, str) and cell.value.strip()]
        lost = [value for value in cells if value.split()[0][:FIRST] not in text]
        faults += bool(lost) or not cells
        print(f"{book.name}: {pages} pages, {len(lost)} of {len(cells)} cells are not on them {lost[:3] or ''}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
