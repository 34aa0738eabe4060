"""Which numbers are conditions: they say who or what is meant (3人以上的企业), or what already is. Patterns: rules/targets.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors.clauses import last_mark
from safetydoc.rulebook import Patterns, Rulebook, Words

#: What ends a clause, and a sentence.
CLAUSE, SENTENCE = ",;。:\n", "。;\n"


@dataclass(slots=True)
class Quantity:
    """A number with what stands around it. `right` is the word behind it (以上), `bounded` whether a comparison is printed."""

    s: str
    match: re.Match[str]
    start: int
    end: int
    unit: str
    right: str
    percent: str | None
    clause_start: int
    clause: str
    sentence: str
    after: str
    change: str | None = None
    bounded: bool = False


def around(s: str, match: re.Match[str], cut: tuple[str, ...]) -> Quantity:
    """The number of a match with its clause and sentence; a word of `cut` behind it does not count."""
    start, end = match.span()
    right = match["right"] or ""
    clause_start = last_mark(s, start, CLAUSE) + 1
    sentence = s[last_mark(s, start, SENTENCE) + 1:start]
    return Quantity(s, match, start, end, match["unit"] or "", "" if right in cut else right, match["pct"],
                    clause_start, s[clause_start:start], sentence, s[end:end + 14])


class Conditions:
    """Judges by the words around a number. Each step says yes, no, or nothing (None: the next step decides)."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns, self.words = Patterns(book, "target"), Words(book)
        self.verb = re.compile(book.trie("target-verb"))
        self.grant = re.compile(book.trie("grant"))
        self.past = re.compile(book.trie("past"))
        self.steps = (self._describes, self._is_kept, self._is_frequency, self._is_term, self._is_open_condition, self._is_attribute,
                      self._is_size, self._is_meant)

    def holds(self, number: Quantity) -> bool:
        """Whether the number says who or what is meant, or what already is."""
        for step in self.steps:
            decided = step(number)
            if decided is not None:
                return decided
        return not number.unit and self.patterns.ranking_name.match(number.after) is not None

    def _describes(self, number: Quantity) -> bool | None:
        """等5家, 3万元的企业, 每辆车2人, 已完成20%."""
        p, clause = self.patterns, number.clause
        if p.and_others.search(clause) or p.each_thing.search(clause):
            return True
        if number.unit in self.words.unit_of_those and p.of_those.match(number.after) and not self.grant.search(clause):
            return True
        if not number.bounded and not number.change:
            near = clause[-10:]
            if self.past.search(near) and not p.not_past.search(near) and not (number.percent and p.standard_before.search(clause)):
                return True
        return None

    def _is_kept(self, number: Quantity) -> bool | None:
        """有效期3年, 80%的企业达到, 建成10个以上的, 在3个以上乡镇开展."""
        p = self.patterns
        if p.term_before.search(number.clause):
            return False
        if number.percent and p.share_start.fullmatch(number.clause) and p.share_reaches.match(number.after):
            return False
        if number.right in self.words.right_ge and not number.bounded:
            if number.unit in self.words.unit_counted and p.of.match(number.after) and self.verb.search(number.clause[-5:]):
                return False
            if number.unit in self.words.unit_piece and p.place_before.search(number.clause) and p.place_ordered.match(number.after):
                return False
        return None

    def _is_frequency(self, number: Quantity) -> bool | None:
        """每年2次, 30%的补贴政策."""
        p = self.patterns
        number.after = p.per.sub("", number.after)
        if number.unit in self.words.unit_times and p.frequency.search(number.clause[-24:] + number.sentence[-40:]):
            return True
        return True if number.percent and p.policy_name.match(number.after) else None

    def _is_term(self, number: Quantity) -> bool | None:
        """具有5年以上工作经历, 给予3个月."""
        p, words = self.patterns, self.words
        if number.right in words.right_ge and number.unit in words.unit_seniority \
                and p.having.search(number.clause) and p.seniority.match(number.after):
            return False
        return False if number.unit in words.unit_months and p.months_before.search(number.clause) else None

    def _is_open_condition(self, number: Quantity) -> bool | None:
        """超过30人的企业, 10人以上企业."""
        p, after = self.patterns, number.after
        if number.bounded:
            if p.attribute_of.match(after) and not self.grant.search(after) and self._is_open(number):
                return True
            if not number.right and p.of.match(after) and (self.grant.search(after[:10]) or self.grant.search(number.clause[-14:])) \
                    and not self._is_open(number):
                return False
            return None
        if number.right in self.words.right_ge and not number.change and p.chinese.match(after) and not p.more_before.search(number.clause) \
                and not self.verb.search(number.clause[-5:]) and not p.granted.match(after):
            return True
        return None

    def _is_attribute(self, number: Quantity) -> bool | None:
        """50%以上的企业, but not 10%的补贴, 不少于20小时的培训."""
        p, following = self.patterns, number.right + number.after
        if not (p.of.match(number.after) or p.attributive.match(following)):
            return None
        if (number.bounded and p.bounded_amount.match(following)) or p.amount.match(number.after):
            return None
        return True

    def _is_size(self, number: Quantity) -> bool | None:
        """57座以上客车, 3人以下事故."""
        words = self.words
        if number.bounded or number.change or number.unit not in words.unit_size \
                or not (number.right in words.right_ge or number.right in words.right_size):
            return None
        if self.patterns.condition_next.match(number.after) and not self.verb.search(number.clause[-6:]):
            return True
        if number.after and number.after[0] not in ",。;、\n)" and number.unit != "年":
            return not self.grant.match(number.after)
        return None

    def _is_meant(self, number: Quantity) -> bool | None:
        """对使用200人工时的企业, but not 给予5000元的补贴."""
        p = self.patterns
        if number.percent or number.bounded or number.unit in self.words.unit_yuan or self.grant.search(number.clause[-8:]):
            return None
        return True if p.meant_before.search(number.clause) and p.attribute.match(number.after) else None

    def _is_open(self, number: Quantity) -> bool:
        """Whether 超过, 高于, 低于 … stand next to the number: as often a condition as a bound."""
        return self.patterns.open_comparison.search(number.s[max(0, number.start - 8):number.start]) is not None
