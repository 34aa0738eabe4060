"""Plain text and Markdown as they are; web pages as the text that a reader sees."""

from __future__ import annotations

from safetydoc.encoding import decode
from safetydoc.loaders.records import Loaded
from safetydoc.messages import Language

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
))
_HIDDEN = frozenset((
    "script", "style", "title", "head", "noscript", "template", "iframe", "svg", "select", "option", "button",
))


def load_text(data: bytes, name: str, language: Language) -> Loaded:
    """A text file, decoded; nothing else changed."""
    decoded = decode(data)
    return Loaded(decoded.text, decoded.encoding, decoded.repairs)


def load_html(data: bytes, name: str, language: Language) -> Loaded:
    """A web page: block elements as lines, without scripts and hidden parts."""
    from lxml import html

    decoded = decode(data)
    text = "".join(ch if ch >= " " or ch in "\n\t" else " " for ch in decoded.text)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (ValueError, html.etree.ParserError):  # nothing but comments or white space
        return Loaded("", decoded.encoding)
    return Loaded(_visible(tree), decoded.encoding)


def _visible(tree) -> str:  # type: ignore[no-untyped-def]  # lxml has no types here
    lines: list[str] = [""]
    stack: list[tuple[object, bool]] = [(tree, False)]
    while stack:
        element, leaving = stack.pop()
        if isinstance(element, str):
            lines[-1] += " ".join(element.split("\n")) if lines[-1] else element.lstrip("\n\r\t ").replace("\n", " ")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""  # type: ignore[attr-defined]
        if leaving:
            if tag in _BLOCKS and lines[-1]:
                lines.append("")
            continue
        hidden = not tag or tag in _HIDDEN or "display:none" in (element.get("style") or "").replace(" ", "").lower()  # type: ignore[attr-defined]
        if hidden:
            continue
        if tag in _BLOCKS and lines[-1]:
            lines.append("")
        below: list[tuple[object, bool]] = []
        if element.text:  # type: ignore[attr-defined]
            below.append((element.text, False))  # type: ignore[attr-defined]
        for child in element:  # type: ignore[attr-defined]
            below.append((child, False))
            if child.tail:
                below.append((child.tail, False))
        stack.append((element, True))
        stack.extend(reversed(below))
    return "\n".join(line.rstrip() for line in lines if line.strip())
