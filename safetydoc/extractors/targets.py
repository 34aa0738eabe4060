"""Quantitative targets (rules/targets.toml): comparator, value, unit, change, indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.extractors.clauses import last_mark
from safetydoc.extractors.conditions import CLAUSE, SENTENCE, Conditions, Quantity, around
from safetydoc.rulebook import Patterns, Rulebook, Words
from safetydoc.segmenters.numerals import value as numeral

#: How far back words of comparison are looked for.
_LEFT_REACH = 40
#: What a word of comparison says, by its group in the pattern target-left.
_COMPARATORS = {"ge": ">=", "ge0": ">=", "le": "<=", "le0": "<=", "gt": ">", "lt": "<", "eq": "="}
#: Digits that damage destroyed (□00%).
_LOST_HUNDRED = ("□00", "?00")


@dataclass(frozen=True, slots=True)
class Found:
    """One target in the clean view."""

    start: int
    end: int
    indicator: str | None
    comparator: str
    value: float | int | None
    value2: float | int | None
    unit: str | None
    change: str | None
    damaged: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before a number: comparator, change, where the text begins, whether a comparison was printed."""

    comparator: str | None
    change: str | None
    start: int
    bounded: bool


class TargetFinder:
    """Judges every number of a notice: target or not, and which."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns, self.words = Patterns(book, "target"), Words(book)
        self.verb = re.compile(book.trie("target-verb"))
        self.grant = re.compile(book.trie("grant"))
        self.conditions = Conditions(book)
        self.up = book.set("change-up")

    def run(self, s: str, quotes: Spans, skip: Spans, goals: Spans) -> list[Found]:
        """All targets of `s`. `skip` are stretches that hold none (deadlines, labels, furniture); `goals` goal sections."""
        found: list[Found] = []
        at = 0
        p = self.patterns
        for anchor in p.anchor.finditer(s):
            start = anchor.start()
            if start < at or skip.at(start):
                continue
            match = p.number.match(s, start)
            if not match:
                continue
            at = max(match.end(), anchor.end())
            if quotes.at(start) or skip.at(match.end() - 1):
                continue
            hit = self._judge(s, match, goals, found[-1] if found else None)
            if hit:
                found.append(hit)
                at = hit.end
        found += self._chinese(s, quotes, skip)
        found += self._ranks(s, quotes)
        found.sort(key=lambda hit: hit.start)
        return _apart(found)

    # --- one number ------------------------------------------------------------------------

    def _judge(self, s: str, match: re.Match[str], goals: Spans, before: Found | None) -> Found | None:
        if self._is_no_quantity(s, match):
            return None
        number = around(s, match, self.words.right_cut)
        comparator, start = self._compare(number, self._left(s, number.clause_start, number.start), before)
        if self.conditions.holds(number):
            return None
        rule = "target.comparison" if number.bounded else "target.change" if number.change else self._plain(number, before, goals)
        if not rule:
            return None
        value, value2, unit = self._values(match)
        damaged = value is None
        if damaged and number.percent and match["a"] in _LOST_HUNDRED:
            value = 100
        end = number.end - (len(number.right) if number.right in self.words.right_gt else 0)
        indicator = self._indicator(s, number.clause_start, start, end, rule)
        return Found(start, end, indicator, comparator or "=", value, value2, unit, number.change, damaged, rule)

    def _is_no_quantity(self, s: str, match: re.Match[str]) -> bool:
        """Whether a number is part of a name, date, label or figure, by what stands next to it."""
        p, words = self.patterns, self.words
        start, end = match.span()
        unit, previous, following = match["unit"] or "", s[start - 1:start], s[end:end + 1]
        right = match["right"] if match["right"] not in words.right_cut else None
        if (previous and previous in "〔·+.-/_=") or (previous.isascii() and previous.isalpha()) or (following and following in "+〕·:"):
            return True
        if s.endswith(words.number_not_after, 0, start):
            return True
        if unit == "月" or (unit in words.unit_day and previous == "月"):
            return True
        if unit == "年" and (len(match["a"]) == 4 or p.year_not_before.match(s, end, end + 2)):
            return True
        if s.endswith(words.range_from, 0, start) and p.range_to.match(s, end, end + 12):
            return True
        if p.basis.match(s, end, end + 50) and p.basis_start.search(s, last_mark(s, start, SENTENCE) + 1, start):
            return True
        if unit in words.unit_piece and following == "月":
            return True
        loose = not unit and not match["pct"] and not match["sa"]
        dated = (unit in words.unit_date and not right) or unit in words.unit_order
        if unit and unit.isascii() and not right:
            if len(unit) == 1:
                return True
            loose = True
        return (loose or dated) and not self._bounded(s, start)

    def _compare(self, number: Quantity, left: _Left, before: Found | None) -> tuple[str | None, int]:
        """Comparator by the words on both sides, and where the text begins; sets `bounded` and `change` of the number."""
        words, match = self.words, number.match
        comparator, start, number.bounded, number.change = left.comparator, left.start, left.bounded, left.change
        if number.right in words.right_ge:
            comparator = ">=" if comparator not in (">", "<", "<=") else comparator
        elif number.right in words.right_le:
            comparator = "<="
        elif number.right in words.right_about:
            comparator = "~" if comparator in ("=", None) else comparator
        if comparator in ("=", None) and (about := self.patterns.about.search(number.s, max(0, number.start - 4), number.start)):
            comparator, start = "~", min(start, about.start())
        if match["b"] or match["b2"]:
            comparator = "range" if comparator in (None, "=", "~") else comparator
        if not number.bounded and before and before.comparator == "<=" and before.end == number.start - 1 and number.s[before.end] == "、":
            comparator, number.bounded = "<=", True
        if number.right in words.right_ge and (none := self.patterns.none.search(number.s, max(0, number.start - 6), number.start)):
            comparator, start, number.bounded = "<", none.start(), True
        if number.unit and not number.change and not number.bounded and (new := self.patterns.newly.match(number.clause)):
            number.change, start = "increase", number.clause_start + new.start("new")
        return comparator, start

    def _bounded(self, s: str, start: int) -> bool:
        """Whether a word of comparison stands next to the number."""
        return self.patterns.bounded.search(s, max(0, start - 10), start) is not None

    def _left(self, s: str, clause_start: int, start: int) -> _Left:
        """What the words between the start of the clause and the number say."""
        p, words = self.patterns, self.words
        low = begin = max(clause_start, start - _LEFT_REACH)
        while opening := p.left_start.search(s, begin, start):
            place, begin = opening.start(), opening.start() + 1
            match = p.left.match(s, place, start)
            if not match:
                continue
            change = match["change"]
            comparator = next((sign for group, sign in _COMPARATORS.items() if match[group]), None)
            if not (change or comparator):
                continue
            if change in words.change_short and not comparator and s.endswith(words.change_not_after, low, place):
                continue
            if match["base"] and self._is_other_base(match["base"], comparator, change):
                continue
            direction = None
            if change and not match["to"]:
                direction = "increase" if change in self.up else "decrease"
            if comparator is None:
                place -= max((len(word) for word in words.forbidden if s.endswith(word, low, place)), default=0)
            return _Left(comparator or "=", direction, place, bool(comparator or match["to"]))
        return _Left(None, None, start, False)

    def _is_other_base(self, base: str, comparator: str | None, change: str | None) -> bool:
        """Whether what stands between comparison and number makes the comparison speak of something else."""
        words = self.words
        if self.patterns.base_of_those.search(base):
            return True
        if comparator:
            return False
        return base.endswith(words.base_amount) or (base.endswith(words.base_part) and not (change or "").startswith(words.change_by_part))

    # --- numbers without a word of comparison ----------------------------------------------

    def _plain(self, number: Quantity, before: Found | None, goals: Spans) -> str | None:
        """The rule for a number without a word of comparison, or None."""
        p, words, unit, clause = self.patterns, self.words, number.unit, number.clause
        after = number.s[number.end:number.end + 20]
        right = number.match["right"]
        if number.percent:
            return self._rate(number, after)
        if unit in words.unit_span:
            if p.term_before.search(clause) or (right and unit in words.unit_granted and self.grant.search(clause[-12:])):
                return "target.count"
            return "target.comparison" if right in words.right_ge and p.having.search(clause) else None
        if unit in words.unit_times and p.cycle.search(number.sentence[-30:]):
            return None
        if unit in words.unit_money:
            granted = self.grant.search(clause) or self.grant.match(after) or self.grant.search(number.sentence[-30:]) or p.money_verb.search(clause)
            return "target.count" if granted else None
        if p.whole_before.search(clause):
            return None
        ends = not after or after[0] in ",、;。)\n"
        gap = number.s[before.end:number.start] if before else ""
        near = before if len(gap) < 40 and "\n" not in gap else None
        if near and ends and (p.parts.search(number.sentence[-26:]) or (near.rule == "target.parts" and len(gap) < 16)):
            return "target.parts"
        if not unit and not number.match["sa"]:
            return None
        if self.verb.search(clause) or (right and ends and unit not in words.unit_person):
            return "target.count"
        if near and unit == (near.unit or "") and "。" not in gap and ";" not in gap:
            return "target.count"
        return "target.count" if goals.at(number.start) and (ends or p.goal_before.match(after, 0, 2)) else None

    def _rate(self, number: Quantity, after: str) -> str | None:
        """A percentage is a rate, save before 的 (50%的企业)."""
        p, clause = self.patterns, number.clause
        if not p.of_rate.match(after):
            return "target.rate"
        given = (p.share_start.fullmatch(clause) or p.by_before.search(clause) or self.grant.search(clause + after) or p.rate_before.search(clause)
                 or number.match["right"])
        return "target.rate" if given else None

    def _values(self, match: re.Match[str]) -> tuple[float | int | None, float | int | None, str | None]:
        """Value, upper value and unit; 万元 and 亿元 become 元, a percentage its figure."""
        unit, scale = match["unit"], ""
        if unit in self.words.unit_scaled:
            scale, unit = unit[0], unit[1:]
        if match["pct"]:
            unit = match["pct"]
        first = numeral(match["a"] + match["sa"] + scale) if match["a"][0].isdecimal() else None
        second_text = match["b"] or match["b2"]
        second = numeral(second_text + (match["sb"] or "") + scale) if second_text else None
        if second is not None and match["sb"] and not match["sa"]:
            first = numeral(match["a"] + match["sb"] + scale)
        return first, second, unit

    # --- Chinese numerals --------------------------------------------------------------------

    def _chinese(self, s: str, quotes: Spans, skip: Spans) -> list[Found]:
        """建设一个基地, 确定两名联络员: Chinese numerals with a counter after a verb of building."""
        found: list[Found] = []
        for match in self.patterns.chinese_number.finditer(s):
            start = match.start()
            if quotes.at(start) or skip.at(start) or s.endswith(self.words.chinese_not_after, 0, start):
                continue
            hit = self._chinese_count(s, match, found[-1] if found else None)
            if hit:
                found.append(hit)
        return found

    def _chinese_count(self, s: str, match: re.Match[str], before: Found | None) -> Found | None:
        p, words = self.patterns, self.words
        start, end = match.start(), match.end() + 1
        clause_start = last_mark(s, start, CLAUSE + "、") + 1
        clause, unit = s[clause_start:start], s[end - 1:end]
        number = numeral(match[0])
        if number is None or (unit in words.unit_days and not self._bounded(s, start)) or (match["many"] and not p.many_before.search(clause)):
            return None
        chained = before is not None and start - before.end < 14 and "、" in s[before.end:start]
        if not (match["many"] or chained or p.built_before.search(clause) or self._bounded(s, start)):
            return None
        if (unit == "年" and s.startswith(words.year_units, end)) or p.chinese_not_before.match(s, end, end + 7):
            return None
        left = self._left(s, clause_start, start)
        if not left.bounded and number not in (1, 2) and not match["many"] and not p.sure_build_before.search(clause):
            return None
        begin = left.start if left.bounded else start
        rule = "target.comparison" if left.bounded else "target.chinese-count"
        indicator = self._indicator(s, clause_start, begin, end, rule)
        return Found(begin, end, indicator, left.comparator or "=", number, None, unit, left.change, False, rule)

    def _ranks(self, s: str, quotes: Spans) -> list[Found]:
        """进入全国前十, 位居全省前3名: a rank is at most its figure."""
        found = []
        for match in self.patterns.rank.finditer(s):
            number = numeral(match["n"])
            if number is None or quotes.at(match.start()):
                continue
            clause_start = last_mark(s, match.start(), CLAUSE) + 1
            verb = self.patterns.rank_verb.search(s, clause_start, match.start())
            if verb:
                indicator = s[clause_start:verb.start()]
                found.append(Found(match.start(), match.end(), indicator or None, "<=", number, None, None, None, False, "target.comparison"))
        return found

    # --- the indicator ----------------------------------------------------------------------

    def _indicator(self, s: str, clause_start: int, start: int, end: int, rule: str) -> str | None:
        """The noun phrase that is measured: before a rate or comparison, behind a counted thing."""
        p = self.patterns
        before = p.indicator_tail.sub("", p.indicator_lead.sub("", s[clause_start:start]))
        if rule in ("target.count", "target.chinese-count") or not before:
            stop = p.indicator_end.search(s, end, end + 64)
            noun = s[end:stop.start() if stop and stop.start() - end < 60 else end + 40]
            noun = p.noun_tail.sub("", p.noun_lead.sub("", noun))
            if len(noun) >= 2:
                return noun
        verb = p.indicator_verb.match(before)
        if verb and len(before) - verb.end() >= 2:
            before = before[verb.end():]
        if not before and clause_start > 1 and s[clause_start - 1] in ",;":
            before = s[last_mark(s, clause_start - 1, CLAUSE) + 1:clause_start - 1]
        return before[-50:] or None


def _apart(found: list[Found]) -> list[Found]:
    """Without overlaps: the first stays."""
    kept: list[Found] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
