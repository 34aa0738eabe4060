"""Checks of the structure: numbering without gaps and doubles, brackets, words printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safetydoc.checks.context import Context, Said, add
from safetydoc.segmenters.labels import Label
from safetydoc.segmenters.outline import Branch

_DOUBLED = re.compile(r"([\u4e00-\u9fff]{4,12})[、,]\1")
_LIST_MARK = re.compile(r"[、,](?=[\u4e00-\u9fff]{4})")
_LONGEST = 12


def no_task(context: Context) -> Iterator[Said]:
    """A text without any measure."""
    if not context.tasks:
        yield add("no-task", "warning", "No numbered measure was found. Check that the file holds a notice and not only its cover page.")


def numbering(context: Context) -> Iterator[Said]:
    """Labels of one style that skip or repeat a number; numbers may run on across sections."""
    last: dict[str, Branch] = {}
    parents: dict[str, int | None] = {}
    for branch in context.outline.branches:
        label = branch.paragraph.label
        if label is None:
            continue
        before = last.get(label.style)
        parent = id(branch.parent) if branch.parent else None
        if before is not None and before.document == branch.document and before.paragraph.label is not None:
            yield from _step(label, before.paragraph.label, parents[label.style] == parent)
        last[label.style], parents[label.style] = branch, parent
        for style in [style for style, other in last.items()
                      if other.paragraph.label and other.paragraph.label.rank > label.rank and style != label.style]:
            if not _runs_on(context, branch, style):
                del last[style]


def _runs_on(context: Context, branch: Branch, style: str) -> bool:
    """Whether the labels of `style` below `branch` go on counting instead of beginning with 1."""
    first = next((child.paragraph.label for child in branch.children if child.paragraph.label and child.paragraph.label.style == style), None)
    return first is not None and first.number > 1


def _step(label: Label, before: Label, siblings: bool) -> Iterator[Said]:
    if label.number == before.number + 1 or (label.number == 1 and not siblings):
        return
    if label.number == before.number:
        yield add("numbering-double", "warning", "The number {number} is printed twice in a row.", label.start, label.end, number=label.bare)
    elif label.number > before.number + 1:
        yield add("numbering-gap", "warning", "The numbering skips from {last} to {number}. Check whether a measure is missing.",
                  label.start, label.end,
                  last=before.bare, number=label.bare)
    elif siblings:
        yield add("numbering-back", "info", "The numbering goes back from {last} to {number}.",
                  label.start, label.end, last=before.bare, number=label.bare)


def brackets(context: Context) -> Iterator[Said]:
    """Brackets that are not closed before their paragraph ends."""
    for start, end in context.values.unclosed:
        yield add("unclosed-bracket", "info", "A bracket is opened here and not closed before the end of the paragraph.", start, end)


def doubled_words(context: Context) -> Iterator[Said]:
    """A phrase of four to twelve characters printed on both sides of a comma: a slip of the issuer."""
    view, s = context.outline.view, context.outline.view.s
    for mark in _LIST_MARK.finditer(s):
        place = mark.start()
        if s.find(s[place + 1:place + 5], max(0, place - _LONGEST), place) < 0:
            continue
        match = next((found for begin in range(max(0, place - _LONGEST), place - 3) if (found := _DOUBLED.match(s, begin, place + 1 + _LONGEST))
                      and found.end(1) == place), None)
        if match is None:
            continue
        start, end = view.span(*match.span())
        yield add("doubled-words", "info", "The words {words} are printed twice in a row. They are left as they are.", start, end, words=match[1])
