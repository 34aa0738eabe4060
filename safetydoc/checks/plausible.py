"""Checks of dates and figures: deadlines before the date of issue, numbers that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safetydoc.checks.context import Context, Said, add
from safetydoc.extractors.brackets import Spans
from safetydoc.messages import N_

_IMPOSSIBLE = (
    (re.compile(r"\d\.\d{4}(?=年)"), N_("This year cannot be right: {text}.")),
    (re.compile(r"〔(?:20\d{3,}|\d{1,3}(?!\d)|\d{5,})"), N_("The year of this document number cannot be right: {text}.")),
    (re.compile(r"(?:1[3-9]|[2-9]\d)月(?:底|份|前|中旬|上旬|下旬|\d)"), N_("There is no such month: {text}.")),
    (re.compile(r"(?:0?[1-9]|1[0-2])月(?:3[2-9]|[4-9]\d)[日号]"), N_("There is no such day: {text}.")),
    (re.compile(r"20\d{5}(?!\d)"), N_("These digits may be a date that lost its marks: {text}.")),
)
#: Where such a figure can begin: at a run of digits or an opening 〔.
_PLACES = re.compile(r"\d+|〔")


def deadlines_before_issue(context: Context) -> Iterator[Said]:
    """A deadline that had passed when the notice was issued keeps its year; a person must look."""
    issued = context.metadata.date_issued
    if not issued:
        return
    for task in context.tasks:
        for deadline in task.deadlines:
            last = deadline.value.rpartition("/")[2]
            if deadline.type in ("by", "during") and last != ".." and last < issued:
                yield add("deadline-before-issue", "warning", "The deadline {text} ({last}) lies before the date of issue {issued}.", deadline.start,
                          deadline.end, text=deadline.text, last=last, issued=issued)


def impossible_numbers(context: Context) -> Iterator[Said]:
    """3.0402年, 〔201737, 48月底前, 2018930."""
    view = context.outline.view
    for place in _PLACES.finditer(view.s):
        if view.s[place.start() - 1:place.start()] in (".", "〔", "-") and place[0] != "〔":
            continue
        for pattern, message in _IMPOSSIBLE:
            match = pattern.match(view.s, place.start())
            if match:
                start, end = view.span(*match.span())
                yield add("implausible-number", "warning", message, start, end, text=match[0])


def rates(context: Context) -> Iterator[Said]:
    """A rate above 100 %."""
    for task in context.tasks:
        for target in task.targets:
            rate = (target.indicator or "").endswith("率") and not target.change
            if target.unit == "%" and rate and target.value is not None and target.value > 100:
                yield add("implausible-number", "warning", "A rate above 100 %: {text}.", target.start, target.end, text=target.text)


def unclassified(context: Context) -> Iterator[Said]:
    """Numbers that fit no class, and time limits under a day."""
    furniture = Spans([(node.start, node.end) for node in context.outline.nodes if node.kind == "furniture"])
    for number in context.values.numbers:
        if number.rule == "number.hours":
            end = context.document.text.find("内", number.end, number.end + 12) + 1 or number.end
            text = "".join(context.document.text[number.start:end].split())
            yield add("limit-under-a-day", "info", "A time limit shorter than a day ({text}) is no entry of the deadlines. Add it by hand.",
                      number.start, end, text=text)
        elif number.kind == "other" and not furniture.at(number.start):
            yield add("unclassified-number", "info", "The number {text} fits no class. Look at it.", number.start, number.end, text=number.text)
