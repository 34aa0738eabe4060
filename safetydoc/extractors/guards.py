"""Guards of deadline rules: whether a date that a rule's pattern found is a term of an order.

A rule names its guard (`guard = "month"`); what the guards look for before and behind the
match stands in rules/deadlines.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.rulebook import Patterns, Rulebook, Words

#: How much of a sentence is looked at, before and behind.
_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of a rule's pattern in the clean view `s`; `year` is the notice's own."""

    s: str
    start: int
    end: int
    match: re.Match[str]
    quotes: Spans
    year: int | None

    @property
    def quoted(self) -> bool:
        return self.quotes.at(self.start) is not None

    @property
    def in_title(self) -> bool:
        """Whether the match stands in 《…》."""
        quote = self.quotes.at(self.start)
        return quote is not None and self.s[quote[0]] == "《"

    @property
    def char_before(self) -> str:
        return self.s[self.start - 1:self.start]

    def before(self, pattern: re.Pattern[str], reach: int) -> re.Match[str] | None:
        """`pattern` in the `reach` characters before the match."""
        return pattern.search(self.s, max(0, self.start - reach), self.start)

    def ends_before(self, words: tuple[str, ...]) -> bool:
        """Whether one of `words` stands directly before the match."""
        return self.s.endswith(words, 0, self.start)

    def behind(self, pattern: re.Pattern[str], reach: int) -> re.Match[str] | None:
        """`pattern` at the end of the match, within `reach` characters."""
        return pattern.match(self.s, self.end, self.end + reach)

    def clause_start(self, marks: str) -> int:
        """Where the clause between `marks` begins that holds the match."""
        line = self.s.rfind("\n", 0, self.start) + 1
        return max(line, *(self.s.rfind(mark, line, self.start) + 1 for mark in marks))


class Guards:
    """The guards by their names in the rules: each takes a candidate and says whether it is a deadline."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns = Patterns(book, "deadline")
        self.words = Words(book)
        self.order = re.compile(book.trie("order-verb"))
        self.not_order = re.compile(book.trie("not-order"))
        self.events = re.compile(book.trie("events"))
        self.by_name: dict[str, Callable[[Candidate], bool]] = {
            "date": self._date, "until-day": self._until_day, "until": self._until, "years": self._years, "effect": self._effect,
            "quarter": self._quarter, "month": self._month, "year": self._year, "degree": self._degree, "event": self._event,
            "within": self._within}

    def passes(self, guard: str, found: Candidate) -> bool:
        """Whether the guard of that name lets the candidate pass."""
        return self.by_name[guard](found)

    def _date(self, found: Candidate) -> bool:
        p = self.patterns
        return not (found.in_title
                    or (not p.before_word.search(found.match[0]) and found.behind(p.date_not_before, 8))
                    or found.ends_before(self.words.date_not_after)
                    or found.behind(p.date_of_those, 70)
                    or found.behind(p.date_participle, 14)
                    or found.before(p.date_term, 20))

    def _until_day(self, found: Candidate) -> bool:
        if found.in_title:
            return False
        s = found.s
        sentence = max(s.rfind("。", 0, found.start), s.rfind("\n", 0, found.start)) + 1
        if self.patterns.term_sentence.match(s, sentence, found.start):
            return False
        return found.before(self.patterns.extended, 3) is not None

    def _until(self, found: Candidate) -> bool:
        p = self.patterns
        return not (found.in_title or found.before(p.year_before, 8) or found.ends_before(self.words.term_words)
                    or found.behind(p.until_not_before, 4))

    def _years(self, found: Candidate) -> bool:
        if found.quoted or found.char_before == "(" or found.s[found.end:found.end + 1] == ")":
            return False
        return found.behind(self.patterns.years_before, 4) is not None and int(found.match["y"]) < int(found.match["y2"])

    def _effect(self, found: Candidate) -> bool:
        return not (found.quoted or found.behind(self.patterns.effect_not_before, 8))

    def _quarter(self, found: Candidate) -> bool:
        if found.quoted or found.ends_before(self.words.quarter_not_after):
            return False
        if not (found.match["b"] or found.behind(self.order, 6) or found.s[found.end:found.end + 1] == ","):
            return False
        return not found.behind(self.patterns.quarter_not_before, 6)

    def _month(self, found: Candidate) -> bool:
        p = self.patterns
        if found.quoted or found.ends_before(self.words.month_not_after) \
                or found.behind(p.month_of_taxes, 24) or found.behind(p.month_not_before, 8):
            return False
        if found.match[0].endswith(self.words.month_words) or found.behind(self.order, 8):
            return not found.behind(self.not_order, 8)
        return found.behind(p.month_before, 8) is not None

    def _year(self, found: Candidate) -> bool:
        if found.quoted or found.char_before in ("(", "〔", "-", "~") or found.s[found.end:found.end + 1] == ")":
            return False
        p = self.patterns
        assigned = bool(found.behind(p.year_assigned, 24))
        if found.ends_before(self.words.year_not_after) and not (assigned and found.ends_before(self.words.year_assigned_after)):
            return False
        if (found.behind(p.year_modifier, 12) and not found.behind(self.order, 12)) or self._past_year(found):
            return assigned
        if found.ends_before(self.words.year_goal_verb) and not found.behind(p.year_document, 12):
            return True
        if found.match[0] in self.words.whole_year:
            return not found.behind(p.whole_year_not_before, 12)
        clause = found.clause_start(",;。:、)")
        if clause < found.start and p.year_reported_clause.search(found.s, max(clause, found.start - _SENTENCE), found.start):
            return assigned
        if found.behind(p.year_assigned, 18):
            return True
        if found.behind(p.year_document_name, 26) or found.behind(self.not_order, 12) or found.behind(p.year_not_before, 12):
            return False
        return self._year_of_sentence(found, clause == found.start)

    def _past_year(self, found: Candidate) -> bool:
        return bool(found.year and found.match["y"] and int(found.match["y"]) < found.year)

    def _year_of_sentence(self, found: Candidate, opens_clause: bool) -> bool:
        """Whether the rest of the sentence orders something for the year."""
        p, s, end = self.patterns, found.s, found.end
        stop = p.sentence_end.search(s, end, end + _SENTENCE)
        rest = (stop.start() if stop else min(len(s), end + _SENTENCE)) - end
        comma = s[end:end + 1] == ","
        if comma and found.behind(p.year_principle, rest):
            return False
        starts = opens_clause and (found.behind(p.year_quantity, rest) or found.behind(p.year_manner, rest)
                                   or self.order.search(s, end, end + min(rest, 12)))
        if starts and not p.year_report.search(s, end, end + min(rest, 40)):
            return True
        if comma:
            return self.order.search(s, end + 1, end + min(rest, 40)) is not None and not found.behind(p.year_preamble, rest)
        return found.behind(self.order, 12) is not None and not found.behind(p.year_occasion, rest)

    def _degree(self, found: Candidate) -> bool:
        p = self.patterns
        clause = found.clause_start(",;。:)")
        if found.quoted or p.degree_not_after.search(found.s, clause, found.start) or found.behind(p.degree_not_before, 18):
            return False
        return p.degree_after.search(found.s[clause:found.start]) is not None and found.start - clause < 24

    def _event(self, found: Candidate) -> bool:
        if not self.events.search(found.match["e"]) and not self.patterns.day_of.search(found.match[0]):
            return False
        return not found.behind(self.patterns.event_not_before, 4)

    def _within(self, found: Candidate) -> bool:
        p = self.patterns
        if not found.behind(self.order, 8) and found.behind(p.within_modifier, 16):
            return False
        if found.ends_before(self.words.within_not_after):
            return False
        if found.behind(p.within_not_before, 8):
            return found.s.startswith(self.words.within_ordered, found.end)
        return not found.in_title
