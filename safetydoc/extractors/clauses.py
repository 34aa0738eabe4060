"""Clauses and lists of the clean view: where they begin, what parts them, what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN, _CLOSE = "(《“", ")》”"
_BRACKETED_END = re.compile(r"\([^()]*\)$")
#: How far back `last_mark` looks.
_REACH = 120


def last_mark(s: str, place: int, marks: str) -> int:
    """The place of the last of `marks` before `place`, else the place before the 120 characters that are looked at."""
    low = max(0, place - _REACH)
    best = max(s.rfind(mark, low, place) for mark in marks)
    return best if best >= 0 else low - 1


def clause_start(s: str, place: int, low: int, marks: str) -> tuple[int, str]:
    """Where the clause before `place` begins, back over brackets and quotes: behind one of `marks` or an open bracket.

    Gives that character too; it is "" where none stands between `low` and `place`, and the start then is `low`.
    """
    depth = 0
    for at in range(place - 1, low - 1, -1):
        ch = s[at]
        if ch in _CLOSE:
            depth += 1
        elif ch in _OPEN:
            if not depth:
                return at + 1, ch
            depth -= 1
        elif ch in marks and not depth:
            return at + 1, ch
    return low, ""


def pieces(s: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Non-empty stretches of `s[start:end]` between `marks` outside brackets and quotes."""
    depth, left = 0, start
    for place in range(start, end):
        ch = s[place]
        if ch in _OPEN:
            depth += 1
        elif ch in _CLOSE:
            depth = max(0, depth - 1)
        elif ch in marks and not depth:
            if place > left:
                yield left, place
            left = place + 1
    if end > left:
        yield left, end


def mask(text: str) -> str:
    """`text` with what stands in brackets and quotes blanked out, same length."""
    if not any(mark in text for mark in _OPEN):
        return text
    out, depth = [], 0
    for ch in text:
        if ch in _OPEN:
            depth += 1
        out.append("\x00" if depth else ch)
        if ch in _CLOSE:
            depth = max(0, depth - 1)
    return "".join(out)


def unbracket(name: str) -> str:
    """A name without the bracket at its end."""
    return _BRACKETED_END.sub("", name) or name if name.endswith(")") else name
