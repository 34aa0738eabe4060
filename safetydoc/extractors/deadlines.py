"""Deadlines: patterns of rules/deadlines.toml, the guards that tell orders from dates, values as ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from safetydoc.extractors.brackets import Spans
from safetydoc.extractors.guards import Candidate, Guards
from safetydoc.extractors.periods import Groups, Periods, add_duration
from safetydoc.rulebook import Patterns, Rule, Rulebook, Words

#: How far back an event is looked for (自…之日起30日内), and a season (汛期前).
_EVENT_REACH, _SEASON_REACH = 22, 10
#: Stands for the year where none is known.
_NO_YEAR = date.min.year


@dataclass(frozen=True, slots=True)
class Found:
    """One deadline in the clean view."""

    start: int
    end: int
    type: str
    value: str
    event: str | None
    year_from: str | None
    rule: str


class DeadlineFinder:
    """Runs the deadline rules over a clean view: at every place where one can begin, the first that matches and passes its guard."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns = Patterns(book, "deadline")
        self.guards = Guards(book)
        self.periods = Periods(book)
        self.words = Words(book)
        self.events = self.guards.events
        self.season: tuple[Rule, re.Pattern[str]] | None = None
        self.by_first: dict[str, list[tuple[Rule, re.Pattern[str]]]] = {}
        for rule in book.rules["deadlines"]:
            pattern = book.regex(rule.pattern)
            if rule.get("guard") == "season":
                self.season = self.season or (rule, pattern)
                continue
            for ch in rule["first"]:
                self.by_first.setdefault(ch, []).append((rule, pattern))
        own = "".join({ch for rule in book.rules["deadlines"] if rule.own for ch in rule["first"]})
        self.anchor = re.compile(self.patterns.anchor.pattern + (f"|[{re.escape(own)}]".replace("0", r"\d") if own else ""))

    def run(self, s: str, quotes: Spans, year: int | None) -> list[Found]:
        """All deadlines of `s`, in order, without overlaps. `year` is the notice's own."""
        found: list[Found] = []
        at = 0
        for anchor in self.anchor.finditer(s):
            place = anchor.start()
            if place < at:
                continue
            hit = self._before(s, place, at) if anchor.lastgroup == "before" else self._at(s, place, at, quotes, year)
            if hit:
                found.append(hit)
                at = hit.end
        return found

    def due_date(self, hit: Found, text: str, issued: str | None) -> str | None:
        """The day that a within-deadline from the date of issue comes to, in calendar days; None where it cannot be told.

        `text` is the deadline as printed, `issued` the notice's date of issue.
        """
        p = self.patterns
        if hit.type != "within" or not issued or not hit.event or not p.event_issue.search(hit.event) or p.working_days.search(text):
            return None
        due = add_duration(date.fromisoformat(issued), hit.value)
        return due.isoformat() if due else None

    def _before(self, s: str, place: int, floor: int) -> Found | None:
        """汛期前: the words before 前."""
        if self.season is None:
            return None
        rule, pattern = self.season
        for start in range(max(floor, place - _SEASON_REACH), place):
            match = pattern.match(s, start)
            if match and match.end() > place:
                if s.startswith(self.words.season_not_before, match.end()) or s.endswith(self.words.season_not_after, 0, start):
                    return None
                return Found(start, match.end(), "before_event", match[0], None, None, rule.id)
        return None

    def _at(self, s: str, place: int, floor: int, quotes: Spans, year: int | None) -> Found | None:
        ch = s[place]
        if ch.isdecimal() and s[place - 1:place].isdecimal():
            return None
        for rule, pattern in self.by_first.get("0" if ch.isdecimal() else ch, ()):
            match = self._event(s, place, floor, pattern) if rule.get("guard") == "event" else pattern.match(s, place)
            if not match:
                continue
            hit = self._make(s, match, rule, quotes, year)
            if hit and hit.start >= floor:
                return hit
        return None

    def _event(self, s: str, place: int, floor: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """X后N日内: looks back from the number for the event."""
        low = max(floor, place - _EVENT_REACH)
        begin = max(low, *(s.rfind(mark, low, place) + 1 for mark in ",;。:\n、"))
        if not self.patterns.event_link.search(s, begin, place):
            return None
        from_ = self.patterns.event_from.match(s, begin, place)
        return pattern.match(s, from_.start("from") if from_ else begin)

    def _make(self, s: str, match: re.Match[str], rule: Rule, quotes: Spans, year: int | None) -> Found | None:
        groups = match.groupdict()
        start, end = match.span("t") if groups.get("t") else match.span()
        guard = rule.get("guard")
        if guard and not self.guards.passes(guard, Candidate(s, start, end, match, quotes, year)):
            return None
        own, year_from = self.periods.year(groups, year)
        made = self.periods.value(rule["value"], groups, own or _NO_YEAR, match[0])
        if made is None:
            return None
        kind, value = (made[0] or rule["type"]), made[1]
        if own is None and value.startswith(f"{_NO_YEAR:04}"):
            return None
        event = None
        if kind == "within" and groups.get("e"):
            event, skipped = self._event_name(groups, match[0])
            start += skipped
        return Found(start, end, kind, value, event, None if kind in ("within", "every") else year_from, rule.id)

    def _event_name(self, groups: Groups, text: str) -> tuple[str, int]:
        """What a span counts from, as a name (印发之日), and how many characters before it are no part of it (应在)."""
        event, skipped = groups["e"] or "", 0
        lead = self.patterns.event_lead.match(event)
        if lead and self.events.search(event, lead.end()):
            skipped = lead.start("from") if lead["from"] else lead.end()
            event = event[lead.end():]
        bare = self.patterns.event_name.fullmatch(event)
        event = bare["name"] if bare else event
        day = self.patterns.day_of.search(text)
        return event + (day[0] if day else ""), skipped
