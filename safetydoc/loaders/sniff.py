"""Which loader reads a file: by its first bytes and, for text, by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable

from safetydoc.loaders.records import Loaded
from safetydoc.messages import Language

Loader = Callable[[bytes, str, Language], Loaded]
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|meta)\b", re.IGNORECASE)
_CONTROLS = bytes(code for code in range(32) if code < 9 or 13 < code < 27 or code > 27)
_BINARY = (b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BM", b"II*\0", b"MM\0*", b"\x7fELF",
           b"MZ", b"SQLite format",
           b"{\\rtf", b"OggS", b"RIFF", b"\0\0\0\x18ftyp", b"\xca\xfe\xba\xbe")


def sniff(data: bytes, name: str) -> tuple[str, Loader] | None:
    """Media type and loader for `data`; None for a binary that no loader reads."""
    head = data[:4096]
    if head.startswith(b"%PDF") or b"%PDF-" in head[:1024]:
        from safetydoc.loaders.pdf import load_pdf
        return "application/pdf", load_pdf
    if head.startswith(b"PK\x03\x04"):
        if b"word/" in data:
            from safetydoc.loaders.docx import load_docx
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document", load_docx
        return None
    if (head.startswith(_BINARY) and b"\0" in head) or head.startswith(b"{\\rtf") or _is_binary(data):
        return None
    from safetydoc.loaders.text import load_html, load_text
    if _is_page(data, name):
        return "text/html", load_html
    return "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain", load_text


def _is_page(data: bytes, name: str) -> bool:
    """A saved page begins with markup; text with debris of markup in it does not."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and (name.lower().endswith((".html", ".htm", ".shtml", ".mht")) or bool(_HTML.match(start)))


def _is_binary(data: bytes) -> bool:
    """Control characters that no text has, beyond what UTF-16 explains."""
    sample = data[:8192]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    nul = sample.count(0)
    if controls - nul > len(sample) // 20:
        return True
    if nul > len(sample) // 20:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        return min(even, odd) * 4 > max(even, odd)
    return False
