"""What a cell can hold and how much room its text takes. Pure functions on strings; no workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from safetydoc.matrix.words import word

#: What XML 1.0 (and so a workbook) cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Characters (UTF-16 units) that an Excel cell holds, and the tallest row in points.
CELL_LIMIT = 32_767
ROW_LIMIT = 409.5
LINE_HEIGHT = 14.5
_PADDING = 3.0
#: Half-width letters of 10 points to a unit of column width.
_LETTERS = 1.05
#: For fonts with wider digits than the one asked for: what ASCII takes more of a line, and the width below which
#: a line keeps one letter free.
_ASCII_MORE, _NARROW = 0.2, 30
_OPENING, _CLOSING = "（《“‘〔【(", "，。、；：！？）》”’〕】,.;:!?)%％"
#: An ASCII word (a number with the character after it: 6月), or one character; with the marks that stay beside it.
_TOGETHER = re.compile(rf"[{_OPENING}]*(?:[!-'*-~]*[0-9][^\W\d_]|[!-'*-~]+|[^\n])[{_CLOSING}]*")


class Cleaned(NamedTuple):
    """A text that a cell can hold; how many characters were replaced; the length of a text that was cut, else 0."""

    text: str
    replaced: int
    cut_from: int


def clean(text: str, lang: str = "zh") -> Cleaned:
    """`text` with what no cell can hold replaced by □, and cut with a visible remark where it is too long."""
    legal, replaced = ILLEGAL.subn("□", text)
    legal = legal.replace("\r\n", "\n").replace("\r", "\n")
    if _units(legal) <= CELL_LIMIT:
        return Cleaned(legal, replaced, 0)
    remark = word("cut", lang, count=len(text))
    room = CELL_LIMIT - len(remark)
    kept = legal.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return Cleaned(kept + remark, replaced, len(text))


def replace_illegal(text: str) -> str:
    """`text` with □ for what XML, UTF-8 or a terminal cannot take."""
    return ILLEGAL.sub("□", text)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def display_width(text: str) -> int:
    """Columns that one line of `text` takes: 2 for a Han character and for full-width marks, else 1."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


@lru_cache(maxsize=16_384)
def _char_width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def wrap(text: str, width: int) -> list[str]:
    """`text` as lines of at most `width` columns, broken as Chinese is set.

    A break comes between any two Han characters; not inside a word or number that fits on a line, nor
    before a closing mark, nor after an opening one.
    """
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    if display_width(paragraph) <= width:
        yield paragraph.rstrip()
        return
    line, used = "", 0
    for piece in _pieces(paragraph, width):
        size = display_width(piece)
        if line and used + size > width:
            yield line.rstrip()
            line, used = "", 0
            if piece == " ":
                continue
        line, used = line + piece, used + size
    yield line.rstrip()


def _pieces(paragraph: str, width: int) -> Iterator[str]:
    """The stretches of `paragraph` that stay together on a line; those wider than a line are cut."""
    for match in _TOGETHER.finditer(paragraph):
        piece = match[0]
        if 2 * len(piece) <= width or display_width(piece) <= width:
            yield piece
        else:
            yield from _cut(piece, width)


def _cut(piece: str, width: int) -> Iterator[str]:
    start, used = 0, 0
    for place, char in enumerate(piece):
        size = display_width(char)
        if used + size > width and place > start:
            yield piece[start:place]
            start, used = place, 0
        used += size
    yield piece[start:]


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Height in points that shows every (text, column width) of a row; more than ROW_LIMIT where none does."""
    lines = max((len(wrap(text, _letters(text, width))) for text, width in cells), default=1)
    return lines * LINE_HEIGHT + _PADDING


def _letters(text: str, width: float) -> int:
    """Columns of `text` that are safe to count on for a line."""
    ascii_share = _ascii(text) / max(display_width(text), 1)
    room = width * _LETTERS * (1 - _ASCII_MORE * ascii_share) - (width < _NARROW)
    return max(round(room) if width >= _NARROW else int(room), 2)


def _ascii(text: str) -> int:
    return len(text) if text.isascii() else sum(map(str.isascii, text))


def column_width(texts: Iterable[str], least: float, most: float) -> float:
    """A width between `least` and `most` in which the longest line of `texts` fits as far as may be."""
    widest = 0.0
    for text in texts:
        if widest + 2 >= most:
            break
        widest = max([widest, *(display_width(line) + _ASCII_MORE * _ascii(line) for line in text.split("\n"))])
    return min(max(widest + 2.0, least), most)


def longest_word(text: str) -> int:
    """Columns that the longest unbreakable stretch of `text` takes."""
    return max((display_width(match[0]) for match in _TOGETHER.finditer(text)), default=0)
