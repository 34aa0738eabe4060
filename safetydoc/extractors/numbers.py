"""Every number of a notice with its class (rules/numbers.toml): nothing numeric is overlooked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.rulebook import Patterns, Rulebook, Words

#: The class of a token by its group in the pattern number-token; the other groups are judged by what stands around them.
_FIXED = {"cite": "citation", "standard": "citation", "time": "contact", "phone": "contact", "sum": "name"}
#: No number is longer, and how far a slogan reaches.
_LONGEST, _SLOGAN_REACH = 30, 24
#: A longer run of digits is cut, so that its unit still fits.
_PIECE = 24


@dataclass(frozen=True, slots=True)
class Found:
    """One number in the clean view."""

    start: int
    end: int
    kind: str
    rule: str | None


class NumberFinder:
    """Finds all numbers and classes them."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns, self.words = Patterns(book, "number"), Words(book)
        self.ordinary = re.compile(book.trie("ordinary"))
        self.rules = []
        for rule in book.rules["numbers"]:
            before = rule.get("before")
            self.rules.append((rule.id, rule["class"], book.regex(rule.pattern), re.compile(before) if before else None))

    def run(self, s: str, quotes: Spans, targets: Spans, deadlines: Spans, labels: Spans, absolutes: Spans) -> list[Found]:
        """All numbers of `s` that are no label, in order, not overlapping, each at most 30 characters."""
        found: list[Found] = []
        at = past = 0
        ordinary = Spans([match.span() for match in self.ordinary.finditer(s)])
        token = self.patterns.token
        for first in self.patterns.first.finditer(s):
            match = token.match(s, first.start()) if first.start() >= past else None
            if match is None:
                continue
            start, past = match.span()
            label = labels.at(start)
            if label:
                past = label[1]
            if label or start < at:
                continue
            for left, right in self._cut(s, start, past, targets, deadlines):
                if right <= at or left < at:
                    continue
                hit = self._classify(s, left, right, match.lastgroup or "", quotes, targets, deadlines, absolutes, ordinary)
                if hit:
                    hit = _before(hit, targets, deadlines)
                    found.append(hit)
                    at = hit.end
        return found

    def _cut(self, s: str, start: int, end: int, targets: Spans, deadlines: Spans) -> list[tuple[int, int]]:
        """A token that runs over the edge of a target or deadline is cut there."""
        for spans in (deadlines, targets):
            inside = spans.at(start) or spans.at(end - 1)
            if inside:
                left, right = max(start, inside[0]), min(end, inside[1])
                pieces = [(start, left), (left, right), (right, end)]
                return _short([(a, b) for a, b in pieces if b > a and self.patterns.numeral.search(s, a, b)])
        return _short([(start, end)])

    def _classify(self, s: str, start: int, end: int, group: str, quotes: Spans, targets: Spans, deadlines: Spans,
                  absolutes: Spans, ordinary: Spans) -> Found | None:
        if targets.at(start) or targets.at(end - 1):
            return Found(start, self._with_unit(s, end, targets.at(end - 1)), "target", None)
        if deadlines.at(start) or deadlines.at(end - 1):
            return Found(start, self._with_unit(s, end, deadlines.at(end - 1)), "deadline", None)
        if group == "cn":
            return self._chinese(s, start, end, quotes, absolutes, ordinary)
        end = min(end, start + _LONGEST)
        kind = _FIXED.get(group)
        if group == "date":
            p = self.patterns
            edition = p.edition.match(s, end, end + 3) or (s[start - 1:start] == "(" and p.edition_in_bracket.match(s, end, end + 3))
            kind = "citation" if edition else "date"
        return Found(start, end, kind, f"number.{kind}") if kind else self._digits(s, start, end, quotes)

    def _digits(self, s: str, start: int, end: int, quotes: Spans) -> Found:
        quote = quotes.at(start)
        if quote and s[quote[0]] == "“":
            return Found(start, end, "name", "number.quoted")
        for rule, kind, pattern, before in self.rules:
            if before and before.search(s[max(0, start - 24):start]):
                return Found(start, end, kind, rule)
            if kind == "condition":
                continue
            hit = pattern.match(s, start)
            if hit and hit.end() > start:
                return Found(start, max(hit.end(), min(end, start + _LONGEST)) if kind == "date" else end, kind, rule)
        p = self.patterns
        if p.code_before.search(s, max(0, start - 6), start) or p.letter.match(s, end):
            return Found(start, end, "name" if quote else "other", None)
        if p.campaign.match(s, end, end + 5) or p.campaign_years.match(s, end, end + 4) or p.articles.match(s, end, end + 8):
            return Found(start, end, "name", "number.name")
        if p.thing.match(s, end):
            return Found(start, self._with_unit(s, end, None), "condition", "number.condition")
        return Found(start, end, "other", None)

    def _chinese(self, s: str, start: int, end: int, quotes: Spans, absolutes: Spans, ordinary: Spans) -> Found | None:
        p, text, quote = self.patterns, s[start:end], quotes.at(start)
        word = ordinary.at(start) or ordinary.at(end - 1)
        if word and word[0] < end and word[1] > start and (len(text) == 1 or (word[0] <= start and end <= word[1])):
            return None
        if not quote and p.factor.fullmatch(text):
            return None
        if text in self.words.zero and absolutes.at(start):
            return Found(start, end, "target", "absolute.zero")
        in_marks = quote is not None and s[quote[0]] == "“"
        hit = self._by_rule(s, start, end, in_marks)
        if hit:
            return hit
        stop = self._slogan_end(s, start, end) if quote is None or in_marks else end
        if (text in self.words.pair and stop <= end + 2) or p.factor_start.match(text) or (text in self.words.zero and not quote):
            return None
        return Found(start, stop, "name", "number.name")

    def _by_rule(self, s: str, start: int, end: int, in_marks: bool) -> Found | None:
        """A Chinese numeral that one of the rules speaks of; in “…” only names, grades and ordinals are looked for."""
        for rule, kind, pattern, before in self.rules:
            if kind in ("date", "contact"):
                continue
            if kind == "ordinal" and before and before.search(s[max(0, start - 6):start]):
                return Found(start, end, kind, rule)
            hit = pattern.match(s, start)
            if not hit or hit.end() > end + 1 or (in_marks and kind in ("indefinite", "condition")):
                continue
            if kind == "indefinite" and self._slogan_end(s, start, end) > end + 3:
                continue
            return Found(start, end, kind, rule)
        return None

    def _slogan_end(self, s: str, start: int, end: int) -> int:
        """Where a slogan of several numerals ends (一岗双责, 两客一危一货)."""
        at = end
        for _ in range(6):
            match = self.patterns.slogan_part.match(s, at)
            if not match or match.end() - start > _SLOGAN_REACH:
                break
            at = match.end()
        if at == end:
            return end
        tail = self.patterns.slogan_tail.match(s, at)
        return min(tail.end() if tail else at, start + _LONGEST)

    def _with_unit(self, s: str, end: int, span: tuple[int, int] | None) -> int:
        """The end with the unit that follows, within the span where there is one."""
        match = self.patterns.unit.match(s, end)
        if match and (span is None or match.end() <= span[1]):
            return match.end()
        return end


def _before(hit: Found, *spans: Spans) -> Found:
    """The number, cut where a target or deadline begins inside it."""
    ends = [start for span in spans if (start := span.next_start(hit.start)) is not None and start < hit.end]
    return Found(hit.start, min(ends), hit.kind, hit.rule) if ends else hit


def _short(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces longer than a number of the contract may be, cut."""
    return [(at, min(at + _PIECE, end)) for start, end in pieces for at in range(start, end, _PIECE)]
