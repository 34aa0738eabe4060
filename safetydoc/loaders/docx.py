"""Word .docx: paragraphs and table cells in reading order."""

from __future__ import annotations

from io import BytesIO

from safetydoc.loaders.records import Loaded
from safetydoc.messages import Language, translate
from safetydoc.model import SafetydocError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def load_docx(data: bytes, name: str, language: Language) -> Loaded:
    """The text of a .docx, one line a paragraph; raises SafetydocError where the file is broken."""
    import docx

    try:
        body = docx.Document(BytesIO(data)).element.body
    except Exception:  # python-docx raises KeyError, ValueError, BadZipFile … on broken packages
        raise SafetydocError("docx-broken", translate(
            "{name}: this Word file is damaged or locked. Open it in Word or WPS and save it again.", language, name=name)) from None
    lines = []
    for paragraph in body.iter(f"{_W}p"):
        out = []
        for element in paragraph.iter():
            if element.tag == f"{_W}t":
                out.append(element.text or "")
            elif element.tag in (f"{_W}br", f"{_W}cr"):
                out.append("\n")
            elif element.tag == f"{_W}tab":
                out.append("\t")
        lines.append("".join(out))
    return Loaded("\n".join(lines))
