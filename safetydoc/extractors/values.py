"""Runs all extractors over an outline's view and gives what they found, as records of the model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors import agents, deadlines, numbers, targets, units
from safetydoc.extractors.brackets import Spans, brackets, quoted
from safetydoc.extractors.names import setting
from safetydoc.model import Agent, Deadline, Mention, Metadata, Number, Target, Unit
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.categories import Categories
from safetydoc.segmenters.outline import Outline, label_end
from safetydoc.segmenters.paragraphs import Paragraph
from safetydoc.segmenters.view import View

_LEADS = re.compile(r"(?:下列|以下|如下|主要包括|职责)[^。;:\n]{0,14}[:：](?=\n|$)")
_SPACE = re.compile(r"\s+")


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
        self.numbers = numbers.NumberFinder(book)
        self.categories = Categories(book)


def engines(book: Rulebook) -> Engines:
    """The engines of `book`, compiled on first use."""
    if "engines" not in book.memo:
        book.memo["engines"] = Engines(book)
    return book.memo["engines"]  # type: ignore[no-any-return]


def extract_values(outline: Outline, metadata: Metadata, book: Rulebook) -> Values:
    """Units, agents, deadlines, targets, absolutes and numbers of a segmented notice."""
    tools, view, text = engines(book), outline.view, outline.text
    s = _body_only(outline)
    pairs, unclosed = brackets(s)
    quotes = quoted(s)
    where = setting(metadata.region, book, metadata.issuers, (metadata.subject_title or "") + (metadata.title or ""), metadata.year)
    titles = Spans(_titles(outline))
    unit_hits = tools.units.run(s, pairs, quotes, where, [p.c1 for p in outline.paragraphs])
    unit_hits = [hit for hit in unit_hits if not titles.at(hit.start)]
    deadline_hits = [hit for hit in tools.deadlines.run(s, quotes, metadata.year) if not titles.at(hit.start)]
    labels = Spans([(p.c0, label_end(p, view)) for p in outline.paragraphs if p.label])
    skip = Spans([(hit.start, hit.end) for hit in deadline_hits] + labels.spans + [(hit.start, hit.end) for hit in unit_hits])
    goals = Spans([(b.paragraph.c0, max([b.paragraph.c1, *(p.c1 for p in b.body)])) for b in outline.branches
                   if tools.categories.of_heading(b.title or "")[0] == "目标"])
    target_hits = [hit for hit in tools.targets.run(s, quotes, skip, goals) if not titles.at(hit.start)]
    absolute_hits = [hit for hit in tools.targets.absolutes(s, quotes, labels) if not titles.at(hit.start)]
    agent_hits = tools.agents.run(s, quotes, Spans(pairs))
    taken = Spans([(hit.start, hit.end) for hit in unit_hits])
    agent_hits = [hit for hit in agent_hits if not taken.at(hit.start) and not titles.at(hit.start)]

    grounder = _Grounder(text, view, tools)
    found_units = grounder.units(unit_hits)
    found_agents = grounder.agents(agent_hits)
    found_deadlines = grounder.deadlines(deadline_hits, metadata)
    found_targets = grounder.targets(target_hits)
    absolutes = tuple(Mention(*span, grounder.text(span), hit.rule) for hit in absolute_hits if (span := grounder.span(hit.start, hit.end)))
    number_hits = tools.numbers.run(view.s, quoted(view.s), _kept(target_hits, grounder), _kept(deadline_hits, grounder), labels,
                                    Spans([(hit.start, hit.end) for hit in absolute_hits]))
    found_numbers = tuple(Number(*span, grounder.text(span), hit.kind, hit.rule) for hit in number_hits if (span := grounder.span(hit.start, hit.end)))
    lead_ins = {}
    for branch in outline.branches:
        if branch.children:
            p = (branch.body or [branch.paragraph])[-1]
            hits = tools.agents.lead_in(s, label_end(p, view), p.c1) or _named_in_lead_in(agent_hits, s, p)
            if hits:
                lead_ins[branch.id] = grounder.agents(hits)
    open_ = tuple(span for place in unclosed if (span := grounder.span(place, place + 1)))
    clauses = tuple(span for a, b in pairs if tools.units.keyword.search(s, a, b) and (span := grounder.span(a, b)))
    return Values(found_units, found_agents, found_deadlines, found_targets, absolutes, found_numbers, lead_ins, open_, clauses)


def _named_in_lead_in(hits: list[agents.Found], s: str, p: Paragraph) -> list[agents.Found]:
    """The subjects of a last sentence that ends …下列…： and so holds for the rows below."""
    if not _LEADS.search(s, p.c0, p.c1):
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
        self.source, self.view, self.tools = text, view, tools

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        if end <= start:
            return None
        left, right = self.view.span(start, end)
        if right - left > end - start:
            held = _SPACE.sub("", self.source[left:right])
            if len(held) != end - start:
                return None
        return left, right

    def text(self, span: tuple[int, int]) -> str:
        return _SPACE.sub("", self.source[span[0]:span[1]])

    def units(self, hits: list[units.Found]) -> tuple[Unit, ...]:
        return tuple(Unit(*span, self.text(span), hit.canonical, hit.role, hit.group, hit.open_ended, hit.rule)
                     for hit in hits if (span := self.span(hit.start, hit.end)))

    def agents(self, hits: list[agents.Found]) -> tuple[Agent, ...]:
        return tuple(Agent(*span, self.text(span), hit.group, hit.rule) for hit in hits if (span := self.span(hit.start, hit.end)))

    def deadlines(self, hits: list[deadlines.Found], metadata: Metadata) -> tuple[Deadline, ...]:
        return tuple(Deadline(*span, self.text(span), hit.type, hit.value, self.tools.deadlines.due_date(hit, self.text(span), metadata.date_issued), hit.event, hit.year_from, hit.rule)
                     for hit in hits if (span := self.span(hit.start, hit.end)))

    def targets(self, hits: list[targets.Found]) -> tuple[Target, ...]:
        return tuple(Target(*span, self.text(span), hit.indicator, hit.comparator, hit.value, hit.unit, hit.change, hit.value2, hit.damaged, hit.rule)
                     for hit in hits if (span := self.span(hit.start, hit.end)))
