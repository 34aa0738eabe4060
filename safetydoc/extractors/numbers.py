"""Every number of a notice with its class (rules/numbers.toml): nothing numeric is overlooked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.rulebook import Rulebook

_CN = "一二三四五六七八九十百千万亿两零双"
_TOKEN = re.compile(
    r"(?P<cite>[〔(](?:19|20)\d{2}[〕)](?:第)?\d{1,5}号|(?:19|20)\d{2}年第\d{1,4}号)"
    r"|(?P<standard>(?:(?<=GB)|(?<=GB/T)|(?<=AQ)|(?<=AQ/T)|(?<=JGJ)|(?<=GA)|(?<=DB))\d{2,6}(?:\.\d+)?(?:-{1,2}\d{2,4})?)"
    r"|(?P<date>(?:19|20)\d{2}-[ ]?\d{1,2}-[ ]?\d{1,2}(?!\d)|(?:19|20)\d{2}年(?:度)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d)|\d{1,2}月(?:\d{1,2}[日号])"
    r"|(?<=“)\d{1,2}[·.]\d{1,2}(?=”))"
    r"|(?P<time>\d{1,2}:[ ]?\d{2}(?::\d{2})?)"
    r"|(?P<phone>(?:0\d{2,3}-)\d{7,8}|1[3-9]\d{9}(?!\d)|[48]00-\d{3,4}-\d{3,4})"
    r"|(?P<sum>\d{1,3}\+(?:\d{1,3}|[A-ZN]))"
    r"|(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?[万亿]*|\d+(?:\.\d+)?(?:[-~]{1,2}\d+(?:\.\d+)?)?[万亿千百]*)"
    rf"|(?P<cn>[{_CN}]+)"
)
#: Where a token can begin; a run of Chinese numerals is one token.
_FIRST = re.compile(rf"[\d〔(]|[{_CN}]+")
#: A number with its unit has at most 30 characters.
_LONGEST = 24
_UNIT = re.compile(r"%|‰|个百分点|个基点|年|月|日|号|个|家|名|人|起|项|座|支|处|条|次|级|类|种|大|批|件|万元|亿元|元|天|岁|户|辆|台|吨|公里|米|方|色|届|季度|周|小时|学时")


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
        ordinary = book.words["ordinary"]
        self.ordinary = re.compile(book.trie("ordinary"))
        self.longest = max(map(len, ordinary))
        self.rules = []
        for rule in book.rules["numbers"]:
            before = rule.get("before")
            self.rules.append((rule.id, rule["class"], book.regex(rule.pattern), re.compile(before) if before else None))
        self.slogan = re.compile(rf"(?:[{_CN}\d][^\s,。;:()《》“”、{_CN}\d]{{1,3}}){{1,6}}")

    def run(self, s: str, quotes: Spans, targets: Spans, deadlines: Spans, labels: Spans, absolutes: Spans) -> list[Found]:
        """All numbers of `s` that are no label, in order, not overlapping, each at most 30 characters."""
        found: list[Found] = []
        at = past = 0
        ordinary = Spans([match.span() for match in self.ordinary.finditer(s)])
        for first in _FIRST.finditer(s):
            match = _TOKEN.match(s, first.start()) if first.start() >= past else None
            if match is None:
                continue
            start, past = match.span()
            end = past
            label = labels.at(start)
            if label:
                past = label[1]
            if label or start < at:
                continue
            for left, right in self._cut(s, start, end, match.lastgroup or "", targets, deadlines):
                if right <= at or left < at:
                    continue
                hit = self._classify(s, left, right, match.lastgroup or "", quotes, targets, deadlines, absolutes, ordinary)
                if hit:
                    hit = _before(hit, targets, deadlines)
                    found.append(hit)
                    at = hit.end
        return found

    def _cut(self, s: str, start: int, end: int, group: str, targets: Spans, deadlines: Spans) -> list[tuple[int, int]]:
        """A token that runs over the edge of a target or deadline is cut there."""
        for spans in (deadlines, targets):
            inside = spans.at(start) or spans.at(end - 1)
            if inside:
                left, right = max(start, inside[0]), min(end, inside[1])
                pieces = [(start, left), (left, right), (right, end)]
                return _short([(a, b) for a, b in pieces if b > a and re.search(rf"[\d{_CN}]", s[a:b])])
        return _short([(start, end)])

    def _classify(self, s: str, start: int, end: int, group: str, quotes: Spans, targets: Spans, deadlines: Spans,
                  absolutes: Spans, ordinary: Spans) -> Found | None:
        if targets.at(start) or targets.at(end - 1):
            return Found(start, self._with_unit(s, end, targets.at(end - 1)), "target", None)
        if deadlines.at(start) or deadlines.at(end - 1):
            return Found(start, self._with_unit(s, end, deadlines.at(end - 1)), "deadline", None)
        if group == "cn":
            return self._chinese(s, start, end, quotes, absolutes, ordinary)
        end = min(end, start + 30)
        fixed = {"cite": "citation", "standard": "citation", "time": "contact", "phone": "contact", "sum": "name"}.get(group)
        if fixed:
            return Found(start, end, fixed, f"number.{fixed}")
        if group == "date":
            after = s[end:end + 3]
            if re.match(r"版|修订|修正", after) or s[start - 1:start] == "(" and re.match(r"版|年?修", after):
                return Found(start, end, "citation", "number.citation")
            return Found(start, end, "date", "number.date")
        return self._digits(s, start, end, quotes)

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
                return Found(start, max(hit.end(), min(end, start + 30)) if kind == "date" else end, kind, rule)
        if re.search(r"[A-Za-z][A-Za-z_.-]*$", s[max(0, start - 6):start]) or re.match(r"[A-Za-z]", s[end:end + 1]):
            return Found(start, end, "other" if not quote else "name", None)
        if re.match(r"(?:个)?专项行动|行动|工程|计划", s[end:end + 5]):
            return Found(start, end, "name", "number.name")
        after = s[end:end + 2]
        if re.match(r"年行动|条措施|条政策|条意见|条举措", s[end:end + 4]) or after[:1] == "条" and "措施" in s[end:end + 8]:
            return Found(start, end, "name", "number.name")
        if re.match(r"[%‰\u4e00-\u9fff(]", after):
            return Found(start, self._with_unit(s, end, None), "condition", "number.condition")
        return Found(start, end, "other", None)

    def _chinese(self, s: str, start: int, end: int, quotes: Spans, absolutes: Spans, ordinary: Spans) -> Found | None:
        text = s[start:end]
        word = ordinary.at(start) or ordinary.at(end - 1)
        if word and word[1] > start and word[0] < end:
            covered = word[0] <= start and end <= word[1]
            if covered or len(text) == 1:
                return None
        if re.fullmatch(r"[万亿千百双]+", text) and not quotes.at(start):
            return None
        if absolutes.at(start) and text == "零":
            return Found(start, end, "target", "absolute.zero")
        quote = quotes.at(start)
        for rule, kind, pattern, before in self.rules:
            if kind in ("date", "contact"):
                continue
            if before and before.search(s[max(0, start - 6):start]) and kind == "ordinal":
                return Found(start, end, kind, rule)
            hit = pattern.match(s, start)
            if hit and hit.end() <= end + 1 and not (quote and s[quote[0]] == "“" and kind in ("indefinite", "condition", "grade") and kind != "grade"):
                if kind == "indefinite" and self._slogan_end(s, start, end) > end + 3:
                    continue
                return Found(start, end, kind, rule)
        stop = self._slogan_end(s, start, end) if quote is None or s[quote[0]] == "“" else end
        if text == "双" and stop <= end + 2 or text[0] in "万亿" or text == "零" and not quote:
            return None
        return Found(start, stop, "name", "number.name")

    def _slogan_end(self, s: str, start: int, end: int) -> int:
        """Where a slogan of several numerals ends (一岗双责, 两客一危一货)."""
        at = end
        for _ in range(6):
            match = re.compile(rf"[^\s,。;:()《》“”、的和与及{_CN}\d]{{1,3}}[{_CN}]|、[{_CN}](?=[^\s,。;:()《》“”、{_CN}\d]{{1,3}}”)").match(s, at)
            if not match or match.end() - start > 24:
                break
            at = match.end()
        if at == end:
            return end
        tail = re.compile(rf"[^\s,。;:()《》“”、的{_CN}\d]").match(s, at)
        return min(tail.end() if tail else at, start + 30)

    def _with_unit(self, s: str, end: int, span: tuple[int, int] | None) -> int:
        """The end with the unit that follows, within the span where there is one."""
        match = _UNIT.match(s, end)
        if match and (span is None or match.end() <= span[1]):
            return match.end()
        return end


def _before(hit: Found, *spans: Spans) -> Found:
    """The number, cut where a target or deadline begins inside it."""
    ends = [start for span in spans if (start := span.next_start(hit.start)) is not None and start < hit.end]
    return Found(hit.start, min(ends), hit.kind, hit.rule) if ends else hit


def _short(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces longer than a number of the contract may be, cut."""
    return [(at, min(at + _LONGEST, end)) for start, end in pieces for at in range(start, end, _LONGEST)]
