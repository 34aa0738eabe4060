"""Brackets of the clean view, and what they enclose."""

from __future__ import annotations

import re
from bisect import bisect_right

_MARK = re.compile(r"[()\n]")


def brackets(s: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Outermost brackets (open, end exclusive) of each paragraph, and the places of unclosed ones.

    The last bracket that is left open in a paragraph ends with the paragraph.
    """
    pairs: list[tuple[int, int]] = []
    unclosed: list[int] = []
    stack: list[int] = []
    for match in _MARK.finditer(s):
        mark, place = match[0], match.start()
        if mark == "(":
            stack.append(place)
        elif mark == ")":
            if stack:
                pairs.append((stack.pop(), place + 1))
        elif stack:
            _leave_open(stack, place, pairs, unclosed)
            stack = []
    if stack:
        _leave_open(stack, len(s), pairs, unclosed)
    outer: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer, unclosed


def _leave_open(stack: list[int], end: int, pairs: list[tuple[int, int]], unclosed: list[int]) -> None:
    """Note open brackets; the last one reaches to the paragraph's `end` unless a closed pair stands behind it."""
    unclosed += stack
    if not pairs or pairs[-1][1] <= stack[-1]:
        pairs.append((stack[-1], end))


class Spans:
    """Sorted spans with a quick test whether a place lies inside one."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def at(self, place: int) -> tuple[int, int] | None:
        """The span that holds `place`, or None."""
        index = bisect_right(self.starts, place) - 1
        if index >= 0 and place < self.spans[index][1]:
            return self.spans[index]
        return None

    def next_start(self, place: int) -> int | None:
        """Where the first span behind `place` begins, or None."""
        index = bisect_right(self.starts, place)
        return self.starts[index] if index < len(self.starts) else None


def quoted(s: str) -> Spans:
    """The stretches inside “…” and 《…》 (marks included), within a paragraph, at most 120 characters."""
    spans = [match.span() for match in re.finditer(r"“[^”\n]{0,120}”|《(?:[^《》\n]|《[^《》\n]*》){0,120}》", s)]
    return Spans(spans)
