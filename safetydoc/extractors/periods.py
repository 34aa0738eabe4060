"""What a deadline's groups (year, month, day, count, unit …) amount to: days, periods and cycles as ISO 8601."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from safetydoc.rulebook import Patterns, Rulebook
from safetydoc.segmenters.numerals import chinese

#: What a rule's groups give: its type (None: the rule's own) and value; None where it is no date that exists.
Made = tuple[str | None, str] | None
Groups = dict[str, str | None]

#: First and last day of 上旬, 中旬, 下旬 (0: the month's last), first and last month of 上半年, 下半年.
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 0)}
_HALVES = {"上": (1, 6), "下": (7, 12)}
_DURATION = re.compile(r"P(\d+)([YMWD])")
#: Longer spans are no deadlines.
_MOST, _MOST_YEARS = 9999, 50


class Periods:
    """Computes values. The words of units, cycles and plans: rules/deadlines.toml, lists span-…, cycle-…, half-…, plan-…."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns = Patterns(book, "deadline")
        self.cycles = dict(_named(book, "cycle-"))
        self.halves = dict(_named(book, "half-"))
        self.spans = {word: (int(match[1]), match[2]) for word, name in _named(book, "span-") if (match := _DURATION.fullmatch(name))}
        self.hours = book.set("span-hours")
        self.plans = {word: int(name) for word, name in _named(book, "plan-")}
        self.next_year = book.set("next-year")
        self.before = book.set("before-words")
        self.counter = book.words["span-counter"]
        self.half = book.set("half")

    def year(self, groups: Groups, own: int | None) -> tuple[int | None, str | None]:
        """The year of a match and where it comes from: printed, or the notice's `own`."""
        printed = groups.get("y") or groups.get("y3")
        if printed:
            return int(printed), "printed"
        if own is None:
            return None, None
        return own + (groups.get("rel") in self.next_year), "notice"

    def value(self, name: str, groups: Groups, year: int, text: str) -> Made:
        """Type and value of a match: `name` is the rule's way to compute, `text` what matched."""
        if name.startswith("P"):
            return None, name
        if name == "every":
            return self._every(groups)
        if name == "within":
            return self._within(groups)
        if name in ("plan", "plan-end"):
            return self._plan(name, groups)
        if name in ("year-end", "year"):
            last = f"{year:04}-12-31"
            return None, last if name == "year-end" or self.patterns.until_word.search(text) else f"{year:04}-01-01/{last}"
        if name == "quarter":
            return self._quarter(groups, year)
        month = _month(groups.get("m"))
        if name == "from":
            start = _day(year, month or _month(groups.get("m3")) or 1, groups.get("d") or groups.get("d3") or "1")
            return (None, f"{start}/..") if start else None
        if name == "range-years":
            return None, f"{year:04}-01-01/{int(groups.get('y2') or year):04}-12-31"
        return _in_month(name, groups, year, month) if month else None

    def _number(self, count: str) -> int | None:
        return int(count) if count.isdecimal() else chinese(count)

    def _unit(self, groups: Groups) -> str:
        """The unit of a span without 个."""
        unit = groups.get("u") or ""
        for counter in self.counter:
            unit = unit.removeprefix(counter)
        return unit

    def _every(self, groups: Groups) -> Made:
        unit, count = self._unit(groups), groups.get("n")
        if not count or count in self.half:
            cycle = (self.halves if count else self.cycles).get(unit)
            return (None, cycle) if cycle else None
        number = self._number(count)
        if not number or unit not in self.spans:
            return None
        times, letter = self.spans[unit]
        if letter == "W":
            times, letter = 7 * times, "D"
        return None, f"P{number * times}{letter}"

    def _within(self, groups: Groups) -> Made:
        unit, count = self._unit(groups), groups.get("n") or ""
        if count in self.half:
            cycle = self.halves.get(unit)
            return (None, cycle) if cycle and cycle != "P1D" else None
        number = self._number(count)
        if not number or number > _MOST:
            return None
        if unit in self.hours:
            return (None, f"P{number // 24}D") if number % 24 == 0 else None
        times, letter = self.spans.get(unit, (1, "D"))
        if letter == "Y" and number > _MOST_YEARS:
            return None
        return None, f"P{number * times}{letter}"

    def _plan(self, name: str, groups: Groups) -> Made:
        first = self.plans.get(groups.get("p") or "")
        if not first:
            return None
        return None, f"{first}-01-01/{first + 4}-12-31" if name == "plan" else f"{first + 4}-12-31"

    def _quarter(self, groups: Groups, year: int) -> Made:
        if groups.get("h"):
            first, last = _HALVES[groups["h"] or ""]
        else:
            quarter = self._number(groups["q"] or "1") or 1
            first, last = 3 * quarter - 2, 3 * quarter
        end = _last(year, last).isoformat()
        return ("by", end) if groups.get("b") in self.before else ("during", f"{date(year, first, 1)}/{end}")


def _named(book: Rulebook, prefix: str) -> Iterator[tuple[str, str]]:
    """Each word of the lists whose names begin with `prefix`, and the rest of the name."""
    for name, words in book.words.items():
        if name.startswith(prefix):
            for word in words:
                yield word, name.removeprefix(prefix)


def _in_month(name: str, groups: Groups, year: int, month: int) -> Made:
    """Values that begin in a month of the year."""
    if name == "day":
        day = _day(year, month, groups.get("d"))
        return (None, day.isoformat()) if day else None
    if name == "month-end":
        return None, _last(year, month).isoformat()
    if name == "month":
        return None, f"{date(year, month, 1)}/{_last(year, month)}"
    if name == "third":
        first, end = _THIRDS[(groups.get("x") or "上")[0]]
        end = end or _last(year, month).day
        return ("by", date(year, month, end).isoformat()) if groups.get("b") else ("during", f"{date(year, month, first)}/{date(year, month, end)}")
    if name == "now-until":
        return "by", (_day(year, month, groups.get("d")) or _last(year, month)).isoformat()
    return _range(name, groups, year, month)


def _range(name: str, groups: Groups, year: int, month: int) -> Made:
    """From a day or month to another; the second end takes year and month of the first where it prints none."""
    year2 = int(groups.get("y2") or year)
    month2 = _month(groups.get("m2")) or month
    if name == "range-months":
        if not groups.get("y2") and month2 < month:
            return None
        return None, f"{date(year, month, 1)}/{_last(year2, month2)}"
    first, last = _day(year, month, groups.get("d")), _day(year2, month2, groups.get("d2"))
    return (None, f"{first}/{last}") if first and last and first <= last else None


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    number = int(text) if text.isdecimal() else chinese(text)
    return number if number and 1 <= number <= 12 else None


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(year: int, month: int, day: str | None) -> date | None:
    try:
        return date(year, month, int(day)) if day is not None else None
    except ValueError:
        return None


def add_duration(start: date, duration: str) -> date | None:
    """The day that lies a duration (P10D, P3M, P1Y) after `start`; None where it is none in days, months or years."""
    match = _DURATION.fullmatch(duration)
    if not match or match[2] == "W":
        return None
    count = int(match[1])
    if match[2] == "D":
        return date.fromordinal(start.toordinal() + count)
    months = start.month - 1 + count * (12 if match[2] == "Y" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return None
    return date(year, month, min(start.day, monthrange(year, month)[1]))
