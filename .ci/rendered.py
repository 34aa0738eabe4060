"""Check workbooks that LibreOffice printed: each cell of the matrix is on the pages, at least its beginning.

    python .ci/rendered.py BOOKS PDFS
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pypdfium2

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
        cells = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.strip()]
        lost = [value for value in cells if value.split()[0][:FIRST] not in text]
        faults += bool(lost) or not cells
        print(f"{book.name}: {pages} pages, {len(lost)} of {len(cells)} cells are not on them {lost[:3] or ''}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
