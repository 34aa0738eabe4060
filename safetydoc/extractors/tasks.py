"""Outline + values → tasks: which nodes and paragraphs make a row, and what belongs to each (ANNOTATION §2)."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, TypeVar

from safetydoc.extractors.values import Engines, Values
from safetydoc.model import Agent, Part, Task, Unit
from safetydoc.segmenters.categories import MEASURES
from safetydoc.segmenters.labels import Label
from safetydoc.segmenters.numerals import chinese
from safetydoc.segmenters.outline import Branch, Outline, label_end, stretches
from safetydoc.segmenters.paragraphs import Paragraph

#: Names in a path of what has no label: the schema's words.
_INTRODUCTION, _HEAD, _FOOT, _PARAGRAPH = "引言", "文首", "文末", "段"
_WORD = re.compile(r"[^\s,，;；:：。、！!？?（(）)《》“”\"…—]+")
_MARKS = "—-·●◆■*> "
_SPACE = re.compile(r"\s+")
_HeldT = TypeVar("_HeldT", bound="_Held")


class _Held(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(slots=True)
class _Row:
    """A task before its values: where it stands and what it is called."""

    path: str
    node: str
    category: str
    title: str | None
    paragraphs: list[Paragraph]
    label: Label | None = None
    rule: str = "task.leaf"
    branch: Branch | None = None
    parts: list[tuple[int, int]] = field(default_factory=list)


def build_tasks(outline: Outline, values: Values, tools: Engines) -> tuple[Task, ...]:
    """The tasks in order of the text, each with its values."""
    clause_places = sorted(unit.start for unit in values.units)
    value_places = sorted([*clause_places, *(item.start for items in (values.deadlines, values.targets, values.absolutes) for item in items)])
    rows: list[_Row] = []
    for branch in outline.branches:
        category = tools.categories.of_chain(_headings(branch))
        if not branch.children:
            rows += _leaf(branch, category, clause_places, outline, tools)
        elif any(_has(value_places, p) for p in branch.body) or _has_after_title(branch, value_places, outline):
            rows.append(_introduction(branch, category, outline))
    rows += _loose(outline, value_places)
    rows.sort(key=lambda row: row.paragraphs[0].start)
    _unique_paths(rows)
    return tuple(_task(row, outline, values, tools) for row in rows)


def _headings(branch: Branch) -> list[str]:
    chain: list[str] = []
    node: Branch | None = branch
    while node is not None:
        chain.insert(0, node.title or "")
        node = node.parent
    return chain


def _has(places: list[int], p: Paragraph) -> bool:
    at = bisect_left(places, p.start)
    return at < len(places) and places[at] < p.end


def _has_after_title(branch: Branch, places: list[int], outline: Outline) -> bool:
    p = branch.paragraph
    start = _after_title(branch, outline)
    at = bisect_left(places, start)
    return start < p.end and at < len(places) and places[at] < p.end


def _after_title(branch: Branch, outline: Outline) -> int:
    """Where the text after the heading begins, in the source."""
    at = label_end(branch.paragraph, outline.view) + len(branch.title or "")
    while at < branch.paragraph.c1 and outline.view.s[at] in "。:;,":
        at += 1
    return outline.view.pos[at] if at < branch.paragraph.c1 else branch.paragraph.end


def _leaf(branch: Branch, category: str, clause_places: list[int], outline: Outline, tools: Engines) -> list[_Row]:
    """Rule 1, and rule 2: paragraphs with clauses of their own become rows where there are at least two."""
    p = branch.paragraph
    with_clause = [q for q in branch.body if _has(clause_places, q) and len(q.s) > 12 and not tools.tasks.only_clause.match(q.s)]
    own = _Row(branch.path, branch.id, category, branch.title, [p, *branch.body], p.label, "task.leaf", branch)
    if len(with_clause) < 2:
        return [own]
    own.paragraphs = [p, *(q for q in branch.body if q not in with_clause)]
    rows = [own]
    for q in with_clause:
        rows.append(_Row(f"{branch.path}/{_first_words(q, outline)}", outline.node_of[q.start], category, None, [q], None, "task.paragraph"))
    return rows


def _first_words(p: Paragraph, outline: Outline) -> str:
    text = "".join(outline.text[p.start:p.end].split())
    match = _WORD.search(text.lstrip(_MARKS))
    return match[0][:12] if match else _PARAGRAPH


def _introduction(branch: Branch, category: str, outline: Outline) -> _Row:
    paragraphs = [p for p in branch.body if p.start < branch.children[0].paragraph.start]
    row = _Row(f"{branch.path}/{_INTRODUCTION}", branch.id, category, None, paragraphs or [branch.paragraph], None, "task.introduction")
    start = _after_title(branch, outline)
    if start < branch.paragraph.end:
        row.parts = [(start, branch.paragraph.end)]
        row.paragraphs = [branch.paragraph, *paragraphs]
    elif paragraphs:
        row.node = outline.node_of[paragraphs[0].start]
    return row


def _loose(outline: Outline, places: list[int]) -> list[_Row]:
    """Rule 4: paragraphs before the first and after the last label that carry a value."""
    owned = {id(p) for branch in outline.branches for p in (branch.paragraph, *branch.body)}
    firsts: dict[str, int] = {}
    for branch in outline.branches:
        firsts.setdefault(branch.document, branch.paragraph.start)
    titles = [p.start for p in outline.paragraphs if p.kind == "title"]
    order = sorted(firsts, key=int)
    begins = [0]
    for earlier, document in pairwise(order):
        at = bisect_left(titles, firsts[earlier])
        above = titles[at] if at < len(titles) and titles[at] < firsts[document] else firsts[document]
        begins.append(above)
    rows: list[_Row] = []
    counts: dict[str, int] = {}
    for p in outline.paragraphs:
        if p.kind or id(p) in owned or not _has(places, p):
            continue
        where = bisect_right(begins, p.start) - 1
        prefix = f"{chr(65 + where % 26)}/" if len(order) > 1 else ""
        name = prefix + (_FOOT if order and p.start > firsts[order[where]] else _HEAD)
        counts[name] = counts.get(name, 0) + 1
        rows.append(_Row(f"{name}/{counts[name]}", outline.node_of[p.start], MEASURES, None, [p], None, "task.loose"))
    return rows


def _unique_paths(rows: list[_Row]) -> None:
    taken: set[str] = set()
    for row in rows:
        path, number = row.path, 2
        while row.path in taken:
            row.path = f"{path}#{number}"
            number += 1
        taken.add(row.path)


def _task(row: _Row, outline: Outline, values: Values, tools: Engines) -> Task:
    parts = row.parts + [part for p in row.paragraphs if not (row.parts and p.start < row.parts[0][1]) for part in stretches(p)]
    if row.label and parts[0][0] < row.label.start:
        parts[0] = (row.label.start, parts[0][1])
    parts = _merge(parts, outline)
    start, end = parts[0][0], parts[-1][1]
    held = [outline.text[a:b] for a, b in parts]
    if row.label:
        first = label_end(row.paragraphs[0], outline.view)
        after = outline.view.pos[first] if first < row.paragraphs[0].c1 else row.paragraphs[0].end
        held[0] = outline.text[after:parts[0][1]]
    text = "\n".join(held)
    units = _once(_held(values.units, parts))
    names = {unit.name for unit in units}
    agents = [agent for agent in (*_inherited(row, values), *_held(values.agents, parts)) if agent.name not in names]
    digest = hashlib.sha256(f"{row.path}\n{''.join(text.split())}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return Task(
        id=f"t-{digest}", node=row.node, path=row.path, category=row.category, title=_title(row, outline), text=text, start=start, end=end,
        items=_items(row, outline, tools), units=tuple(units), agents=tuple(agents), deadlines=tuple(_held(values.deadlines, parts)),
        targets=tuple(_held(values.targets, parts)), absolutes=tuple(_held(values.absolutes, parts)),
        parts=tuple(Part(a, b) for a, b in parts) if len(parts) > 1 else (), rule=row.rule)


def _title(row: _Row, outline: Outline) -> str | None:
    """The title as printed (the outline's is clean)."""
    if not row.title or row.label is None:
        return None
    p = row.paragraphs[0]
    start = label_end(p, outline.view)
    left, right = outline.view.span(start, start + len(row.title))
    printed = outline.text[left:right]
    return _SPACE.sub(" " if printed.isascii() else "", printed) if "\n" in printed else printed.strip()


def _merge(parts: list[tuple[int, int]], outline: Outline) -> list[tuple[int, int]]:
    """Neighbouring stretches with nothing but white space between them are one."""
    merged: list[tuple[int, int]] = []
    for a, b in sorted(parts):
        if merged and not outline.text[merged[-1][1]:a].strip():
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return merged


def _start(item: _Held) -> int:
    return item.start


def _held(items: Sequence[_HeldT], parts: list[tuple[int, int]]) -> list[_HeldT]:
    """The items (in order of the text) that lie in one of the stretches."""
    held: list[_HeldT] = []
    for a, b in parts:
        at = bisect_left(items, a, key=_start)
        while at < len(items) and items[at].start < b:
            if items[at].end <= b:
                held.append(items[at])
            at += 1
    return held


def _once(units: list[Unit]) -> list[Unit]:
    """Each (name, role) of a task is one entry, the first printed."""
    kept: dict[tuple[str, str], Unit] = {}
    for unit in units:
        kept.setdefault((unit.name, unit.role), unit)
    return list(kept.values())


def _inherited(row: _Row, values: Values) -> list[Agent]:
    branch = row.branch.parent if row.branch else None
    while branch is not None:
        if branch.id in values.lead_ins:
            return list(values.lead_ins[branch.id])
        branch = branch.parent
    return []


def _items(row: _Row, outline: Outline, tools: Engines) -> int:
    """The longest run 一是, 二是 … or （1）（2） … in the row's text; a run begins with its first."""
    p, circled = tools.tasks, tools.words.circled
    best = 0
    s = "".join(outline.view.s[label_end(q, outline.view):q.c1] for q in row.paragraphs)
    for pattern in (p.item_is, p.item_must, p.item_bracket, p.item_circled):
        count = 0
        for match in pattern.finditer(s):
            mark = match["n"]
            number = circled.index(mark) + 1 if mark in circled else int(mark) if mark.isdecimal() and mark.isascii() else chinese(mark)
            if number == count + 1:
                count = number
        best = max(best, count if count > 1 else 0)
    return best
