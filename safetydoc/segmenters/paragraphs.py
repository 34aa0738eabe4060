"""Text → paragraphs, also where line breaks were lost or stand in mid-sentence (PDF copies)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from safetydoc.rulebook import Patterns, Rulebook, Words
from safetydoc.segmenters.labels import Label, LabelFinder
from safetydoc.segmenters.view import noise_pattern

_LINE = re.compile(r"[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAGGED_LINE = re.compile(r"(?:</?[A-Za-z][^<>]{0,400}>|[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])+")
_GAP = re.compile(r"[ \t\u3000\xa0\u2002\u2003]+")
_WIDE_GAP = re.compile(r"(?=\s)(?:\s*(?:\u3000{2,}|[ \xa0\u2003\t]{4,})\s*|\u3000\s+)")
_STOPS = "。；;：:！!？?）)”」』】]》…"
_SENTENCE_ENDS = "。；;！!？?：:"
#: A block longer than this that holds at least three labels has lost its line breaks.
_LOST_LENGTH = 400


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its stretches in the text, and the label that it begins with."""

    parts: list[tuple[int, int]]
    label: Label | None = None
    page_number: bool = False
    blank_before: bool = False
    lost: bool = False
    kind: str = ""
    s: str = ""
    pos: array[int] = field(default_factory=lambda: array("L"))
    c0: int = 0
    c1: int = 0
    inner: list[tuple[int, int]] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


class Splitter:
    """Cuts a text into paragraphs."""

    def __init__(self, book: Rulebook) -> None:
        self.finder = LabelFinder(book)
        self.patterns, self.words = Patterns(book, "paragraph"), Words(book)

    def run(self, text: str) -> list[Paragraph]:
        """The paragraphs of `text` in order; together with white space they cover it exactly."""
        lines = list(self._lines(text))
        if _is_wrapped(text, lines):
            paragraphs = self._join_wrapped(text, lines)
        else:
            paragraphs = [piece for line in lines for piece in self._split_line(text, line)]
        noise = noise_pattern(text)
        for paragraph in paragraphs:
            if not paragraph.page_number and paragraph.label is None:
                start, end = paragraph.parts[0]
                lead = noise.match(text, start, end)
                paragraph.label = self.finder.at(text, lead.end() if lead else start, end)
        return paragraphs

    def _lines(self, text: str) -> Iterator[Paragraph]:
        p, at = self.patterns, 0
        for match in (_TAGGED_LINE if "</" in text else _LINE).finditer(text):
            start, end = trim(text, match.start(), match.end())
            if start < end:
                blank = text.count("\n", at, match.start()) > 1
                number = bool(p.page_number.match(text, start, end)) and bool(p.page_marks.search(text, start, end))
                yield Paragraph([(start, end)], page_number=number, blank_before=blank)
                at = match.end()

    # --- lines that end in mid-sentence ------------------------------------------------------

    def _join_wrapped(self, text: str, lines: list[Paragraph]) -> list[Paragraph]:
        full = _full_width([text[line.start:line.end] for line in lines if not line.page_number])
        paragraphs: list[Paragraph] = []
        open_ = False
        last = ""
        for line in lines:
            content = text[line.start:line.end]
            if line.page_number or (open_ and width(content) < 8 and self.patterns.page_number.match(content)):
                line.page_number = True
                paragraphs.append(line)
                continue
            label = self.finder.at(text, line.start, line.end)
            if not open_ or self._begins(content, label, last):
                line.label = label
                paragraphs.append(line)
                current = line
            else:
                current.parts.append((line.start, line.end))
            open_ = width(content) >= full - 7 and not (len(paragraphs) < 8 and self.patterns.head_line.match(content))
            last = content
        return paragraphs

    def _begins(self, content: str, label: Label | None, last: str) -> bool:
        """Whether a line below a full one begins a paragraph."""
        if last[-1:] in _SENTENCE_ENDS:
            return label is not None or content.startswith(self.words.paragraph_start) or self.patterns.date.match(content) is not None
        return label is not None and last[-1:] in "）)”"

    # --- line breaks that were lost ----------------------------------------------------------

    def _split_line(self, text: str, line: Paragraph) -> list[Paragraph]:
        start, end = line.start, line.end
        if end - start <= 40 or line.page_number:
            return [line]
        breaks = self._wide_breaks(text, start, end)
        if end - start > _LOST_LENGTH:
            lost = self._lost_breaks(text, start, end)
            if lost is not None:
                return _cut(text, start, end, sorted(set(breaks) | set(lost)), line)
        return _cut(text, start, end, breaks, line) if breaks else [line]

    def _wide_breaks(self, text: str, start: int, end: int) -> list[int]:
        """Places after an indent's worth of blanks where a label follows: two paragraphs on one line."""
        places = []
        for gap in _WIDE_GAP.finditer(text, start + 1, end):
            if self.finder.at(text, gap.end(), end) or (len(gap[0]) >= 4 and text[gap.start() - 1] in _SENTENCE_ENDS):
                places.append(gap.end())
        return places

    def _lost_breaks(self, text: str, start: int, end: int) -> list[int] | None:
        """Where paragraphs begin in a line that has lost its line breaks; None where it has not."""
        candidates = list(self._candidates(text, start, end))
        if len(candidates) < 3:
            return None
        gaps = {gap.start(): gap.end() for gap in _GAP.finditer(text, start, end) if self._parts(text, start, end, gap)}
        spaced = set(gaps.values())
        labels = self._in_sequence(text, candidates, spaced, start)
        refused = {label.start for label in candidates} - set(labels)
        behind = {gaps[place] for label in candidates for place in range(label.start + 1, label.end + 1) if place in gaps}
        return sorted((spaced - refused - behind) | set(labels))

    def _parts(self, text: str, start: int, end: int, gap: re.Match[str]) -> bool:
        """Whether a gap can part two paragraphs: none between letters or figures, save behind and before a date or label."""
        date = self.patterns.date
        before, after = text[gap.start() - 1], text[gap.end():gap.end() + 1]
        if before.isascii() and before.isalnum():
            if not (before.isdecimal() and date.search(text, max(start, gap.start() - 12), gap.start())):
                return False
        return not (after.isascii() and after.isalnum()) or bool(date.match(text, gap.end(), end) or self.finder.at(text, gap.end(), end))

    def _candidates(self, text: str, start: int, end: int) -> Iterator[Label]:
        at = start
        while match := self.finder.first.search(text, at, end):
            label = self.finder.at(text, match.start(), end)
            before = text[match.start() - 1] if match.start() > start else "\n"
            if label and not (before.isascii() and before.isalnum()) and before not in self.words.label_not_after:
                yield label
                at = label.end
            else:
                at = match.end()

    def _in_sequence(self, text: str, candidates: list[Label], spaced: set[int], start: int) -> list[int]:
        """The starts of those candidates that number on: 1 opens a level, n+1 follows n."""
        sequence = _Sequence()
        last_end, attached = start, False
        for label in candidates:
            before = text[label.start - 1] if label.start > start else "\n"
            gap = label.start in spaced or before.isspace()
            if text[max(start, label.start - 4):label.start].rstrip().endswith(self.words.attachment_lead):
                attached = True
                continue
            if attached and label.style in ("arabic", "num_paren"):
                continue
            near = bool(sequence.accepted) and label.start - last_end <= 45
            heading = near and not any(ch in "。；，," for ch in text[last_end:label.start])
            strong = before in "。；;：:！!？?）)”》" or gap
            stray = before in self.words.label_stray_after or text[label.end:label.end + 1].isdecimal()
            if (strong or heading) and sequence.takes(label, before, gap, strong, stray):
                last_end, attached = label.end, False
        return sequence.accepted


@dataclass(slots=True)
class _Sequence:
    """The open levels of a run of labels: style, rank and last number of each; `seen` the last number of every style."""

    levels: list[tuple[str, float, int]] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    accepted: list[int] = field(default_factory=list)

    def takes(self, label: Label, before: str, gap: bool, strong: bool, stray: bool) -> bool:
        """Take the label into the run where it numbers on; `strong` is a full stop or gap before it, `stray` what labels rarely stand by."""
        depth = next((place for place, (style, _, _) in enumerate(self.levels) if style == label.style), None)
        if depth is not None:
            number = self.levels[depth][2]
            follows = label.number == number + 1 or (gap and 0 <= label.number - number <= 3)
            restarts = label.number == 1 and (gap or before in "。；;：:") and label.style in ("cn_dun", "article", "chapter", "arabic")
            if not (follows or restarts) or not strong:
                return False
            del self.levels[depth:]
        else:
            if label.number != 1 and label.number != self.seen.get(label.style, -1) + 1:
                return False
            if not strong and (stray or (self.levels and label.rank <= int(self.levels[-1][1]))):
                return False
            while self.levels and int(self.levels[-1][1]) >= label.rank:
                self.levels.pop()
        self.levels.append((label.style, label.rank, label.number))
        self.seen[label.style] = label.number
        self.accepted.append(label.start)
        return True


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def width(text: str) -> int:
    """Columns on paper: two for a wide character, one for ASCII."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _full_width(lines: list[str]) -> int:
    """The width of a full line: wider are only a few."""
    widths = sorted(width(line) for line in lines)
    return widths[int(len(widths) * 0.85)]


def _is_wrapped(text: str, lines: list[Paragraph]) -> bool:
    """Whether most lines are full lines of one width that end in mid-sentence."""
    body = [text[line.start:line.end] for line in lines if not line.page_number]
    if len(body) < 16:
        return False
    full = _full_width(body)
    if not 30 <= full <= 130:
        return False
    long = [line for line in body if width(line) >= full - 6]
    cut = [line for line in long if line[-1] not in _STOPS]
    return len(long) >= 0.4 * len(body) and len(cut) >= 0.6 * len(long)


def _cut(text: str, start: int, end: int, breaks: list[int], line: Paragraph) -> list[Paragraph]:
    pieces: list[Paragraph] = []
    for left, right in zip([start, *breaks], [*breaks, end], strict=True):
        left, right = trim(text, left, right)
        if left < right:
            pieces.append(Paragraph([(left, right)], blank_before=line.blank_before and not pieces, lost=True))
    return pieces
