"""PDF with a text layer: the text of each page, in order, with the page's place in the layout."""

from __future__ import annotations

from safetydoc.loaders.records import Loaded
from safetydoc.messages import Language, translate
from safetydoc.model import Place, SafetydocError


def load_pdf(data: bytes, name: str, language: Language) -> Loaded:
    """The text layer of a PDF; raises SafetydocError where it cannot be opened."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise SafetydocError("pdf-broken", translate(
            "{name}: this PDF is damaged or protected by a password. Print it to a new PDF, or ask for the Word file.", language,
            name=name)) from None
    try:
        texts, layout, length = [], [], 0
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "")
            page.close()
            layout.append(Place(length, length + len(text), page=number + 1))
            texts.append(text)
            length += len(text) + 1
        return Loaded("\n".join(texts), None, (), tuple(layout), len(pdf))
    finally:
        pdf.close()
