"""Agents: subjects of ordered actions in running text (rules/agents.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.extractors.clauses import clause_start
from safetydoc.extractors.units import UnitFinder
from safetydoc.rulebook import Patterns, Rulebook, Words, trie_pattern
from safetydoc.segmenters.view import fold

_CLAUSE_MARKS = ",;。:\n!?"
_BRACKETED = re.compile(r"\([^()]*\)")
#: How far back the clause of a subject, and of an earlier one, is looked for.
_LOOK_BACK, _LOOK_FURTHER_BACK = 80, 50
#: How many characters behind a name tell whether it is a subject.
_AFTER = 26


@dataclass(frozen=True, slots=True)
class Found:
    """One agent in the clean view."""

    start: int
    end: int
    group: bool
    rule: str


class AgentFinder:
    """Runs the agent rules over a clean view."""

    def __init__(self, book: Rulebook, units: UnitFinder) -> None:
        self.units = units
        self.patterns, self.words = Patterns(book, "agent"), Words(book)
        self.not_agent = book.set("agent-not")
        self.areas = frozenset(fold(word) for word in book.words["agent-area"])
        areas, ends = trie_pattern(sorted(self.areas)), book.words["agent-end"]
        self.area_start = re.compile(areas)
        self.end = re.compile(trie_pattern([*ends, *sorted(self.areas)]))
        self.end_only = re.compile(f"(?:{trie_pattern([*ends])}|{areas})(?:\\([^()]*\\))?$")

    def run(self, s: str, quotes: Spans, brackets: Spans) -> list[Found]:
        """All agents of `s`, in order, without overlaps."""
        found: list[Found] = []
        at = 0
        p = self.patterns
        for match in self.end.finditer(s):
            end = match.end()
            if match.start() < at or not p.acts.match(s, end) or p.not_end.match(s, end):
                continue
            span = quotes.at(end - 1)
            if (span and span[1] > end) or (brackets.at(end - 1) and match[0] not in self.areas):
                continue
            hits = self._subject(s, at, end)
            if hits:
                found += hits
                at = hits[-1].end
        return self._with_each(s, found, quotes)

    def lead_in(self, s: str, start: int, end: int) -> list[Found]:
        """The subject that a lead-in names (…主要负责人安全生产职责主要包括：)."""
        if start >= end or s[end - 1] != ":":
            return []
        match = self.patterns.lead_in.search(s, start, end)
        if not match or (not self.end_only.search(match["np"]) and not self.patterns.lead_in_end.search(match["np"])):
            return []
        return [self._found(s, a, b, "agent.lead-in") for a, b, _ in self.units.split(s, *match.span("np"), self.end_only)]

    def _found(self, s: str, start: int, end: int, rule: str) -> Found:
        return Found(start, end, self.units.names.is_group(s[start:end]), rule)

    def _with_each(self, s: str, found: list[Found], quotes: Spans) -> list[Found]:
        """Also 各 + any noun before 要 / 应 / 须 (各项目, 各试点城市)."""
        p = self.patterns
        taken = Spans([(hit.start, hit.end) for hit in found])
        for match in p.each.finditer(s):
            start, end = match.span("np")
            if taken.at(start) or taken.at(end - 1) or quotes.at(start) or p.inside.search(match["np"]) or p.of.match(match["np"]):
                continue
            found.append(Found(start, end, True, "agent.subject"))
        return sorted(found, key=lambda hit: hit.start)

    # --- the subject of a clause -------------------------------------------------------------

    def _subject(self, s: str, floor: int, end: int) -> list[Found]:
        """The agents that end at `end` and are subject of what follows; none begins before `floor`."""
        start = self._clause_start(s, max(floor, end - _LOOK_BACK), end)
        if start is None:
            return []
        if start == floor and floor:
            start = s.rfind("、", floor, end) + 1 or start
        start, rule = self._name_start(s, start, end)
        name = s[start:end]
        if not 2 <= len(name) <= 60 or not self._is_subject(name, s[end:end + _AFTER]):
            return []
        hits = []
        for a, b, _ in self.units.split(s, start, end, self.end_only):
            piece = s[a:b]
            if self._verbal(piece):
                return []
            if len(piece) >= 2 and piece not in self.not_agent:
                hits.append(self._found(s, a, b, rule))
        return (self._earlier(s, floor, start) if hits else []) + hits

    def _name_start(self, s: str, start: int, end: int) -> tuple[int, str]:
        """Where the name begins in a clause, behind 由, adverbs, bullets and dates; and the rule that speaks."""
        p, rule = self.patterns, "agent.subject"
        by = p.by.match(s, start, end)
        if by and end - by.start("by") < 30 and not s.endswith(self.words.agent_by_not_after, start, by.start("by")):
            if p.by_unit_verb.match(s, end, end + 4):
                return end, rule
            start, rule = by.end(), "agent.by"
        for opening in (p.lead, p.bullet):
            match = opening.match(s, start, end)
            start = match.end() if match else start
        time = p.time.match(s, start, end)
        return (time.end() if time and time.end() < end else start), rule

    def _verbal(self, name: str) -> bool:
        """Whether a name begins with a verb or preposition, so that it is an object."""
        p = self.patterns
        return bool(p.not_start.match(name) and not p.modifier.match(name) and not p.start_ok.match(name) and not self.area_start.match(name))

    def _earlier(self, s: str, floor: int, start: int) -> list[Found]:
        """A subject in a clause of its own before (A等企业,B企业至2020年底完成): nothing but the noun."""
        if start < 2 or s[start - 1] != ",":
            return []
        begin = self._clause_start(s, max(floor, start - _LOOK_FURTHER_BACK), start - 1)
        if begin is None or (begin and s[begin - 1] not in "。;\n"):
            return []
        name = s[begin:start - 1]
        if not 3 <= len(name) <= 24 or self._verbal(name) or not self._is_subject(name, ""):
            return []
        return [self._found(s, begin, start - 1, "agent.subject")]

    @staticmethod
    def _clause_start(s: str, low: int, end: int) -> int | None:
        """The start of the clause, back over 、 lists and brackets; None where it lies before `low` or in a bracket."""
        start, mark = clause_start(s, end, low, _CLAUSE_MARKS)
        if mark:
            return start if mark in _CLAUSE_MARKS else None
        return low if low == 0 or s[low - 1] == "\n" else None

    def _is_subject(self, name: str, after: str) -> bool:
        """Whether a name, by itself and by what follows, can be subject of an order."""
        p, bare = self.patterns, _BRACKETED.sub("", name)
        if bare in self.not_agent or p.not_before.match(after):
            return False
        if p.compound.match(after) and not p.compound_verb.match(after):
            return False
        if self._verbal(bare) and not self.area_start.match(name):
            return False
        of = p.of.match(bare)
        if of:
            head = of["head"]
            if not of["core"] or (len(head) > 12 and not p.modifier.match(head) and not p.head_start.match(head)):
                return False
        elif p.inside.search(bare[:-2]) or p.verb_inside.search(bare[:-2]):
            return False
        if p.abstract.match(after) and not p.order.match(after):
            return False
        return self.end_only.search(name) is not None
