"""Runs all extractors over an outline's view and gives what they found, as records of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from safetydoc.extractors import absolutes, agents, deadlines, numbers, targets, units
from safetydoc.extractors.brackets import Spans, brackets, quoted
from safetydoc.extractors.names import setting
from safetydoc.model import Agent, Deadline, Mention, Metadata, Number, Target, Unit
from safetydoc.rulebook import Patterns, Rulebook, Words
from safetydoc.segmenters.categories import GOAL, Categories
from safetydoc.segmenters.outline import Outline, label_end
from safetydoc.segmenters.paragraphs import Paragraph
from safetydoc.segmenters.view import View, noise_pattern

_SPACE = re.compile(r"\s+")


class _Hit(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Values:
    """All values of a notice in order of the text, spans in the source; `unclosed` places of open brackets."""

    units: tuple[Unit, ...]
    agents: tuple[Agent, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    absolutes: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    lead_ins: dict[str, tuple[Agent, ...]]
    unclosed: tuple[tuple[int, int], ...]
    clauses: tuple[tuple[int, int], ...]


class Engines:
    """The compiled engines of a rule book; made once, used for every notice."""

    def __init__(self, book: Rulebook) -> None:
        self.units = units.UnitFinder(book)
        self.agents = agents.AgentFinder(book, self.units)
        self.deadlines = deadlines.DeadlineFinder(book)
        self.targets = targets.TargetFinder(book)
        self.absolutes = absolutes.AbsoluteFinder(book)
        self.numbers = numbers.NumberFinder(book)
        self.categories = Categories(book)
        self.tasks, self.words = Patterns(book, "task"), Words(book)


def engines(book: Rulebook) -> Engines:
    """The engines of `book`, compiled on first use."""
    if "engines" not in book.memo:
        book.memo["engines"] = Engines(book)
    return book.memo["engines"]  # type: ignore[no-any-return]


def extract_values(outline: Outline, metadata: Metadata, book: Rulebook) -> Values:
    """Units, agents, deadlines, targets, absolutes and numbers of a segmented notice."""
    tools, view = engines(book), outline.view
    s = _body_only(outline)
    pairs, unclosed = brackets(s)
    hits = _find(s, pairs, outline, metadata, book)
    grounder = _Grounder(outline.text, view, tools)
    labels = _labels(outline)
    numbers_ = tools.numbers.run(view.s, quoted(view.s), _kept(hits.targets, grounder), _kept(hits.deadlines, grounder), labels,
                                 _spans(hits.absolutes))
    return Values(
        units=grounder.units(hits.units), agents=grounder.agents(hits.agents), deadlines=grounder.deadlines(hits.deadlines, metadata),
        targets=grounder.targets(hits.targets), absolutes=grounder.absolutes(hits.absolutes), numbers=grounder.numbers(numbers_),
        lead_ins=_lead_ins(s, hits.agents, outline, grounder),
        unclosed=tuple(span for place in unclosed if (span := grounder.span(place, place + 1))),
        clauses=tuple(span for a, b in pairs if tools.units.keyword.search(s, a, b) and (span := grounder.span(a, b))))


@dataclass(frozen=True, slots=True)
class _Hits:
    """What the engines found in the clean view."""

    units: list[units.Found]
    agents: list[agents.Found]
    deadlines: list[deadlines.Found]
    targets: list[targets.Found]
    absolutes: list[absolutes.Absolute]


def _find(s: str, pairs: list[tuple[int, int]], outline: Outline, metadata: Metadata, book: Rulebook) -> _Hits:
    """Run the engines over the body text; headings of sections hold no values, and one stretch is not two things."""
    tools, quotes, titles, labels = engines(book), quoted(s), Spans(_titles(outline)), _labels(outline)
    where = setting(metadata.region, book, metadata.issuers, (metadata.subject_title or "") + (metadata.title or ""), metadata.year)
    unit_hits = [hit for hit in tools.units.run(s, pairs, quotes, where) if not titles.at(hit.start)]
    deadline_hits = [hit for hit in tools.deadlines.run(s, quotes, metadata.year) if not titles.at(hit.start)]
    skip = Spans(_spans(deadline_hits).spans + labels.spans + _spans(unit_hits).spans)
    goals = Spans([(b.paragraph.c0, max([b.paragraph.c1, *(p.c1 for p in b.body)])) for b in outline.branches
                   if tools.categories.of_heading(b.title or "")[0] == GOAL])
    target_hits = [hit for hit in tools.targets.run(s, quotes, skip, goals) if not titles.at(hit.start)]
    absolute_hits = [hit for hit in tools.absolutes.run(s, quotes, labels) if not titles.at(hit.start)]
    taken = _spans(unit_hits)
    agent_hits = [hit for hit in tools.agents.run(s, quotes, Spans(pairs)) if not taken.at(hit.start) and not titles.at(hit.start)]
    return _Hits(unit_hits, agent_hits, deadline_hits, target_hits, absolute_hits)


def _labels(outline: Outline) -> Spans:
    return Spans([(p.c0, label_end(p, outline.view)) for p in outline.paragraphs if p.label])


def _spans(hits: Sequence[_Hit]) -> Spans:
    return Spans([(hit.start, hit.end) for hit in hits])


def _lead_ins(s: str, hits: list[agents.Found], outline: Outline, grounder: _Grounder) -> dict[str, tuple[Agent, ...]]:
    """The subjects that a lead-in gives to the rows below, by the id of its branch."""
    found = {}
    for branch in outline.branches:
        if branch.children:
            p = (branch.body or [branch.paragraph])[-1]
            subjects = grounder.tools.agents.lead_in(s, label_end(p, outline.view), p.c1) or _named_in_lead_in(hits, s, p, grounder.tools)
            if subjects:
                found[branch.id] = grounder.agents(subjects)
    return found


def _named_in_lead_in(hits: list[agents.Found], s: str, p: Paragraph, tools: Engines) -> list[agents.Found]:
    """The subjects of a last sentence that ends …下列…： and so holds for the rows below."""
    if not tools.tasks.lead_in.search(s, p.c0, p.c1):
        return []
    start = max(s.rfind("。", p.c0, p.c1), p.c0)
    return [hit for hit in hits if start <= hit.start and hit.end <= p.c1]


def _kept(hits: list[deadlines.Found] | list[targets.Found], grounder: _Grounder) -> Spans:
    return Spans([(hit.start, hit.end) for hit in hits if grounder.span(hit.start, hit.end)])


def _body_only(outline: Outline) -> str:
    """The view's text with labels and all that is no body text (titles, furniture …) blanked to line ends."""
    s = outline.view.s
    out, at = [], 0
    for p in outline.paragraphs:
        blank = p.c1 if p.kind else label_end(p, outline.view)
        if blank > p.c0:
            out.append(s[at:p.c0])
            out.append("\n" * (blank - p.c0))
            at = blank
    out.append(s[at:])
    return "".join(out)


def _titles(outline: Outline) -> list[tuple[int, int]]:
    spans = []
    for branch in outline.branches:
        if branch.children and branch.title:
            start = label_end(branch.paragraph, outline.view)
            spans.append((start, start + len(branch.title)))
    return spans


class _Grounder:
    """Turns places of the view into spans of the source; gives None where a page number cuts through."""

    def __init__(self, text: str, view: View, tools: Engines) -> None:
        self.source, self.view, self.tools, self.noise = text, view, tools, noise_pattern(text)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        if end <= start:
            return None
        left, right = self.view.span(start, end)
        if right - left > end - start:
            held = self.noise.sub("", self.source[left:right])
            if len(held) > end - start:
                return None
        return left, right

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The span of a number; where a page number cuts through it, the spans of its parts that hold digits."""
        whole = self.span(start, end)
        if whole:
            yield whole
            return
        first = start
        for place in range(start + 1, end + 1):
            part = self.span(first, place)
            if part and (place == end or not self.span(first, place + 1)):
                if self.tools.numbers.patterns.numeral.search(self.source, *part):
                    yield part
                first = place

    def text(self, span: tuple[int, int]) -> str:
        return _SPACE.sub("", self.source[span[0]:span[1]])

    def units(self, hits: list[units.Found]) -> tuple[Unit, ...]:
        return tuple(Unit(*span, self.text(span), hit.canonical, hit.role, hit.group, hit.open_ended, hit.rule)
                     for hit in hits if (span := self.span(hit.start, hit.end)))

    def agents(self, hits: list[agents.Found]) -> tuple[Agent, ...]:
        return tuple(Agent(*span, self.text(span), hit.group, hit.rule) for hit in hits if (span := self.span(hit.start, hit.end)))

    def deadlines(self, hits: list[deadlines.Found], metadata: Metadata) -> tuple[Deadline, ...]:
        found = []
        for hit in hits:
            span = self.span(hit.start, hit.end)
            if span:
                text = self.text(span)
                due = self.tools.deadlines.due_date(hit, text, metadata.date_issued)
                found.append(Deadline(*span, text, hit.type, hit.value, due, hit.event, hit.year_from, hit.rule))
        return tuple(found)

    def targets(self, hits: list[targets.Found]) -> tuple[Target, ...]:
        return tuple(Target(*span, self.text(span), hit.indicator, hit.comparator, hit.value, hit.unit, hit.change, hit.value2, hit.damaged, hit.rule)
                     for hit in hits if (span := self.span(hit.start, hit.end)))

    def absolutes(self, hits: list[absolutes.Absolute]) -> tuple[Mention, ...]:
        return tuple(Mention(*span, self.text(span), hit.rule) for hit in hits if (span := self.span(hit.start, hit.end)))

    def numbers(self, hits: list[numbers.Found]) -> tuple[Number, ...]:
        return tuple(Number(*span, self.text(span), hit.kind, hit.rule) for hit in hits for span in self._parts(hit.start, hit.end))
