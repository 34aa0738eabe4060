"""The clean view: the text without white space and markup, with a map back to the source.

Rules run on the view, so that a line break in mid-sentence, a blank in `2026 年` or a pair of
`**` never hides a word. Full-width ASCII (，：（）％ and digits) becomes half-width, one
character for one, so every place in the view has one place in the text.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

_CODES = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CODES.update({ord("〔"): ord("〔"), ord("﹝"): ord("〔"), ord("﹞"): ord("〕"), ord("【"): ord("("), ord("】"): ord(")"),
              ord("["): ord("("), ord("]"): ord(")"), 0xFF3B: ord("("), 0xFF3D: ord(")"), 0xFF1B: ord(";"),
              ord("〇"): ord("零"), ord("○"): ord("零"), ord("–"): ord("-"), ord("—"): ord("-"), ord("～"): ord("~"),
              ord("〜"): ord("~"), ord("∶"): ord(":"), ord("﹪"): ord("%"), ord("„"): ord("“"),
              ord("〈"): ord("《"), ord("〉"): ord("》")})

#: White space (and characters without width) and, where the text has them, tags, entities, Markdown marks.
_BLANK = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x1f\x7f]+")
_MARKUP = re.compile(r"(?:[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x1f\x7f]|</?[A-Za-z][^<>]{0,400}>"
                     r"|&(?:[a-z]{2,8}|#\d{1,7});|\*\*|^#{1,6}(?=\s)|^>(?=\s)|^-{3,}$)+", re.MULTILINE)


def noise_pattern(text: str) -> re.Pattern[str]:
    """The pattern of what the view leaves out; the larger one only where there is markup."""
    return _MARKUP if "**" in text or "&" in text or "</" in text or "\n#" in text or text[:1] == "#" else _BLANK


@dataclass(frozen=True, slots=True)
class View:
    """`s` is the clean text, paragraphs joined by "\\n"; `pos[i]` the place of `s[i]` in the source."""

    s: str
    pos: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the source of `s[start:end]` (not empty)."""
        return self.pos[start], self.pos[end - 1] + 1


_PAIRS = [(chr(wide), chr(narrow)) for wide, narrow in _CODES.items() if wide != narrow]


def fold(text: str) -> str:
    """`text` with full-width ASCII made half-width, character for character.

    One `replace` a character: each is one fast scan, where `translate` looks every character up.
    """
    for wide, narrow in _PAIRS:
        if wide in text:
            text = text.replace(wide, narrow)
    return text


def clean(text: str, start: int, end: int, noise: re.Pattern[str], out: list[str], pos: array[int]) -> None:
    """Append the clean characters of `text[start:end]` and their places.

    One blank stays between two digits on a line, so that a date and a time do not run together.
    """
    at = start
    for gap in noise.finditer(text, start, end):
        left, right = gap.span()
        if left > at:
            out.append(text[at:left])
            pos.extend(range(at, left))
        if left > start and right < end and text[left - 1].isdecimal() and text[right].isdecimal() and "\n" not in gap[0]:
            out.append(" ")
            pos.append(left)
        at = right
    if at < end:
        out.append(text[at:end])
        pos.extend(range(at, end))
