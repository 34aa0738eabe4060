"""Loaders: bytes → Document. One module a format; the format is told by content, not by name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from safetydoc.loaders.sniff import sniff
from safetydoc.messages import Language, translate
from safetydoc.model import Document, SafetydocError, Source


def load(data: bytes, name: str, language: Language = "zh") -> Document:
    """The document in `data`; `name` is shown and helps to tell formats apart.

    Raises SafetydocError with a stable code where the bytes give no text.
    """
    if not data.strip(b" \t\r\n\0\x0b\x0c"):
        raise SafetydocError("empty-file", translate("{name}: the file is empty. Save the notice again and try once more.", language, name=name))
    kind = sniff(data, name)
    if kind is None:
        raise SafetydocError("unknown-format", translate(
            "{name}: this is no text, web page, Word .docx or PDF. Open it in the program that made it and save it as .docx or .txt.",
            language, name=name))
    media_type, module = kind
    loaded = module(data, name, language)
    if not loaded.text.strip():
        raise SafetydocError("no-text", translate(
            "{name}: the file holds no text. If it is a scan, run text recognition (OCR) on it first.", language, name=name))
    source = Source(name, hashlib.sha256(data).hexdigest(), len(data), media_type, loaded.encoding, loaded.pages)
    return Document(loaded.text, source, loaded.repairs, loaded.layout)


def load_path(path: Path, language: Language = "zh") -> Document:
    """The document in a file. Raises SafetydocError where it cannot be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SafetydocError("file-missing", translate("{name}: there is no such file. Check its name and folder.", language,
                                                     name=str(path))) from None
    except IsADirectoryError:
        raise SafetydocError("is-folder", translate("{name}: this is a folder; name the files in it.", language, name=str(path))) from None
    except OSError as error:
        raise SafetydocError("file-unreadable", translate("{name}: cannot be read ({why}).", language, name=str(path),
                                                        why=error.strerror or error)) from None
    return load(data, path.name, language)


def document_of(text: str, name: str = "text") -> Document:
    """A document made of a string (line ends become \\n)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    data = text.encode("utf-8", "surrogatepass")
    return Document(text, Source(name, hashlib.sha256(data).hexdigest(), len(data), "text/plain", "utf-8"))
