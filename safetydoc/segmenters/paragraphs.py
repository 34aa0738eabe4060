"""Text → paragraphs, also where line breaks were lost or stand in mid-sentence (PDF copies)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from safetydoc.segmenters.labels import Label, LabelFinder
from safetydoc.segmenters.view import noise_pattern

_LINE = re.compile(r"[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAGGED_LINE = re.compile(r"(?:</?[A-Za-z][^<>]{0,400}>|[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])+")
_PAGE_NUMBER = re.compile(r"[-—–－\s·.]*(?:\d{1,4}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3})[-—–－\s·.]*$")
_DASHED = re.compile(r"[-—–－].*[-—–－]|第.*页|/")
_DATE = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_HEAD_LINE = re.compile(r"[^。，；：]{0,30}[〔\[]\s*(?:19|20)\d{2}\s*[〕\]]\s*\d{1,4}\s*号$|[^。，；：]{4,40}文\s*件(?:\s|$)[^。，；：]{0,40}$")
_GAP = re.compile(r"[ \t\u3000\xa0\u2002\u2003]+")
_WIDE_GAP = re.compile(r"\s*(?:\u3000{2,}|[ \xa0\u2003\t]{4,})\s*|\u3000\s+")
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


def split_paragraphs(text: str, finder: LabelFinder) -> list[Paragraph]:
    """The paragraphs of `text` in order; together with white space they cover it exactly."""
    lines = list(_lines(text))
    if _is_wrapped(text, lines):
        paragraphs = _join_wrapped(text, lines, finder)
    else:
        paragraphs = [piece for line in lines for piece in _split_line(text, line, finder)]
    noise = noise_pattern(text)
    for paragraph in paragraphs:
        if not paragraph.page_number and paragraph.label is None:
            start, end = paragraph.parts[0]
            lead = noise.match(text, start, end)
            paragraph.label = finder.at(text, lead.end() if lead else start, end)
    return paragraphs


def _lines(text: str) -> Iterator[Paragraph]:
    at = 0
    for match in (_TAGGED_LINE if "</" in text else _LINE).finditer(text):
        start, end = trim(text, match.start(), match.end())
        if start < end:
            blank = text.count("\n", at, match.start()) > 1
            number = bool(_PAGE_NUMBER.match(text, start, end)) and bool(_DASHED.search(text, start, end))
            yield Paragraph([(start, end)], page_number=number, blank_before=blank)
            at = match.end()


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


def _is_wrapped(text: str, lines: list[Paragraph]) -> bool:
    """Whether most lines are full lines of one width that end in mid-sentence."""
    body = [text[line.start:line.end] for line in lines if not line.page_number]
    if len(body) < 16:
        return False
    widths = sorted(width(line) for line in body)
    full = widths[int(len(widths) * 0.85)]
    if not 30 <= full <= 130:
        return False
    long = [line for line in body if width(line) >= full - 6]
    cut = [line for line in long if line[-1] not in _STOPS]
    return len(long) >= 0.4 * len(body) and len(cut) >= 0.6 * len(long)


def _join_wrapped(text: str, lines: list[Paragraph], finder: LabelFinder) -> list[Paragraph]:
    widths = sorted(width(text[line.start:line.end]) for line in lines if not line.page_number)
    full = widths[int(len(widths) * 0.85)]
    paragraphs: list[Paragraph] = []
    open_ = False
    last = ""
    for line in lines:
        content = text[line.start:line.end]
        if line.page_number or (_PAGE_NUMBER.match(content) and open_ and width(content) < 8):
            line.page_number = True
            paragraphs.append(line)
            continue
        label = finder.at(text, line.start, line.end)
        ended = last[-1:] in _SENTENCE_ENDS
        starts_new = (not open_) or (label is not None and (ended or last[-1:] in "）)”")) \
            or (ended and (content.startswith(("责任单位", "牵头单位", "牵头部门", "附件", "责任部门")) or _DATE.match(content) is not None))
        if starts_new:
            line.label = label
            paragraphs.append(line)
            current = line
        else:
            current.parts.append((line.start, line.end))
        open_ = width(content) >= full - 7 and not (len(paragraphs) < 8 and _HEAD_LINE.match(content))
        last = content
    return paragraphs


def _split_line(text: str, line: Paragraph, finder: LabelFinder) -> list[Paragraph]:
    start, end = line.start, line.end
    if end - start <= 40 or line.page_number:
        return [line]
    breaks = _wide_breaks(text, start, end, finder)
    if end - start > _LOST_LENGTH:
        lost = _lost_breaks(text, start, end, finder)
        if lost is not None:
            return _cut(text, start, end, sorted(set(breaks) | set(lost)), line)
    if not breaks:
        return [line]
    return _cut(text, start, end, breaks, line)


def _cut(text: str, start: int, end: int, breaks: list[int], line: Paragraph) -> list[Paragraph]:
    pieces = []
    for left, right in zip([start, *breaks], [*breaks, end], strict=True):
        left, right = trim(text, left, right)
        if left < right:
            pieces.append(Paragraph([(left, right)], blank_before=line.blank_before and not pieces, lost=True))
    return pieces


def _wide_breaks(text: str, start: int, end: int, finder: LabelFinder) -> list[int]:
    """Places after an indent's worth of blanks where a label follows: two paragraphs on one line."""
    places = []
    for gap in _WIDE_GAP.finditer(text, start + 1, end):
        if finder.at(text, gap.end(), end) or (len(gap[0]) >= 4 and text[gap.start() - 1] in _SENTENCE_ENDS):
            places.append(gap.end())
    return places


def _lost_breaks(text: str, start: int, end: int, finder: LabelFinder) -> list[int] | None:
    """Where paragraphs begin in a line that has lost its line breaks; None where it has not."""
    candidates = list(_candidates(text, start, end, finder))
    if len(candidates) < 3:
        return None
    gaps: dict[int, int] = {}
    for gap in _GAP.finditer(text, start, end):
        before, after = text[gap.start() - 1], text[gap.end():gap.end() + 1]
        if before.isascii() and before.isalnum():
            if not (before.isdecimal() and _DATE.search(text, max(start, gap.start() - 12), gap.start())):
                continue
        if after.isascii() and after.isalnum() and not _DATE.match(text, gap.end(), end) and not finder.at(text, gap.end(), end):
            continue
        gaps[gap.start()] = gap.end()
    spaced = set(gaps.values())
    labels = _in_sequence(text, candidates, spaced, start)
    refused = {label.start for label in candidates} - set(labels)
    behind = {gaps[place] for label in candidates for place in range(label.start + 1, label.end + 1) if place in gaps}
    return sorted((spaced - refused - behind) | set(labels))


def _candidates(text: str, start: int, end: int, finder: LabelFinder) -> Iterator[Label]:
    at = start
    while True:
        match = finder.first.search(text, at, end)
        if not match:
            return
        label = finder.at(text, match.start(), end)
        before = text[match.start() - 1] if match.start() > start else "\n"
        if label and not (before.isascii() and before.isalnum()) and before not in "〔第":
            yield label
            at = label.end
        else:
            at = match.end()


def _in_sequence(text: str, candidates: list[Label], spaced: set[int], start: int) -> list[int]:
    """The starts of those candidates that number on: 1 opens a level, n+1 follows n."""
    stack: list[list[int | str]] = []  # [style, rank, number]
    seen: dict[str, int] = {}
    accepted: list[int] = []
    last_end = start
    attached = False
    for label in candidates:
        before = text[label.start - 1] if label.start > start else "\n"
        gap = label.start in spaced or before.isspace() or before == "\n"
        lead = text[max(start, label.start - 4):label.start].rstrip()
        if lead.endswith(("附件：", "附件:", "附：", "附:")):
            attached = True
            continue
        if attached and label.style in ("arabic", "num_paren"):
            continue
        near = label.start - last_end <= 45 and bool(accepted)
        heading = near and not any(ch in "。；，," for ch in text[last_end:label.start])
        strong = before in "。；;：:！!？?）)”》" or gap
        if not (strong or heading):
            continue
        depth = next((place for place, level in enumerate(stack) if level[0] == label.style), None)
        if depth is not None:
            follows = label.number == int(stack[depth][2]) + 1 or (gap and 1 < label.number - int(stack[depth][2]) <= 3) \
                or (gap and label.number == int(stack[depth][2]))
            restarts = label.number == 1 and (gap or before in "。；;：:")  and label.style in ("cn_dun", "article", "chapter", "arabic")
            if not (follows or restarts) or not strong:
                continue
            del stack[depth:]
        else:
            runs_on = label.number == seen.get(label.style, -1) + 1
            if label.number != 1 and not runs_on:
                continue
            if not strong and (before in "件表图附第至" or text[label.end:label.end + 1].isdecimal() or (stack and label.rank <= int(stack[-1][1]))):
                continue
            while stack and int(stack[-1][1]) >= label.rank:
                stack.pop()
        stack.append([label.style, label.rank, label.number])
        seen[label.style] = label.number
        accepted.append(label.start)
        last_end = label.end
        attached = False
    return accepted
