"""Paragraphs → outline: nodes with depth, headings, carried documents, and the paths of tasks."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from safetydoc.model import Document, Node
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.frontmatter import FrontMatter, front_matter
from safetydoc.segmenters.paragraphs import Paragraph, Splitter
from safetydoc.segmenters.view import View, clean, fold, noise_pattern

_TITLE_LIMIT = 60
_HEADING_END = re.compile(r"[。:]")


@dataclass(slots=True)
class Branch:
    """A labelled paragraph with what stands below it (mutable while the outline is built)."""

    paragraph: Paragraph
    parent: Branch | None
    bare: str
    document: str
    body: list[Paragraph] = field(default_factory=list)
    children: list[Branch] = field(default_factory=list)
    path: str = ""
    id: str = ""
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What the segmenters give: the clean view, paragraphs with their kinds, and the labelled tree."""

    text: str
    view: View
    paragraphs: list[Paragraph]
    branches: list[Branch]
    nodes: tuple[Node, ...]
    node_of: dict[int, str]
    documents: dict[int, str]


def segment(document: Document, book: Rulebook) -> Outline:
    """The outline of a document; its leaf nodes, headings and white space cover the text exactly."""
    text = document.text
    splitter, front = _tools(book)
    paragraphs = splitter.run(text)
    folded = fold(text)
    _fill(folded, paragraphs)
    paragraphs = _part_addressees(folded, paragraphs, front)
    front.run(paragraphs)
    view = _view(paragraphs)
    branches, documents = _grow(paragraphs, front)
    _detach_closing(branches, front)
    _name(branches, view)
    nodes, node_of = _nodes(text, paragraphs, branches)
    return Outline(text, view, paragraphs, branches, nodes, node_of, documents)


def _tools(book: Rulebook) -> tuple[Splitter, FrontMatter]:
    """The segmenters of a rule book, compiled on first use."""
    if "splitter" not in book.memo:
        book.memo["splitter"] = Splitter(book)
    return book.memo["splitter"], front_matter(book)


def _fill(text: str, paragraphs: list[Paragraph]) -> None:
    """Give every paragraph its clean string and the places of its characters; `text` is folded."""
    noise = noise_pattern(text)
    for p in paragraphs:
        out: list[str] = []
        p.pos = array("L")
        for start, end in p.parts:
            clean(text, start, end, noise, out, p.pos)
        p.s = "".join(out)


def _part_addressees(text: str, paragraphs: list[Paragraph], front: FrontMatter) -> list[Paragraph]:
    """Split an addressee that runs into the first sentence (line breaks lost)."""
    result: list[Paragraph] = []
    for place, p in enumerate(paragraphs):
        if p.label and place > 2:
            return result + paragraphs[place:]
        match = front.patterns.addressee_run.match(p.s) if len(p.s) > 20 and not p.label else None
        if match and len(p.parts) == 1:
            colon = next(i for i in range(p.start, p.end) if text[i] == ":" and len("".join(text[p.start:i + 1].split())) >= match.end("to"))
            rest = colon + 1
            while rest < p.end and text[rest].isspace():
                rest += 1
            halves = [Paragraph([(p.start, colon + 1)], blank_before=p.blank_before), Paragraph([(rest, p.end)], lost=p.lost)]
            _fill(text, halves)
            result += halves
        else:
            result.append(p)
    return result


def _view(paragraphs: list[Paragraph]) -> View:
    """The clean view of all paragraphs, joined by line ends; sets where each stands in it."""
    pos: array[int] = array("L")
    for p in paragraphs:
        p.c0 = len(pos)
        pos.extend(p.pos)
        p.c1 = len(pos)
        pos.append(p.end)
    return View("".join(f"{p.s}\n" for p in paragraphs), pos)


def _grow(paragraphs: list[Paragraph], front: FrontMatter) -> tuple[list[Branch], dict[int, str]]:
    """The labelled tree. A title followed by labels that restart opens a carried document."""
    roots: list[Branch] = []
    every: list[Branch] = []
    stack: list[Branch] = []
    document = 0
    starts: dict[int, int] = {}
    for place, p in enumerate(paragraphs):
        if p.kind == "title" and every:
            stack = []
            continue
        if p.kind:
            continue
        if p.label is None:
            if not stack and not every:
                continue
            if _is_new_title(paragraphs, place, front, stack):
                p.kind = "title"
                stack = []
            elif stack:
                stack[-1].body.append(p)
            continue
        if not stack and every and p.label.number == 1:
            document += 1
        while stack and not _below(stack, p):
            stack.pop()
        parent = stack[-1] if stack else None
        branch = Branch(p, parent, p.label.bare, str(document))
        starts.setdefault(document, p.start)
        (parent.children if parent else roots).append(branch)
        every.append(branch)
        stack.append(branch)
    return every, {start: str(number) for number, start in starts.items()}


def _below(stack: list[Branch], p: Paragraph) -> bool:
    """Whether a label belongs below the innermost open branch."""
    label = p.label
    assert label is not None
    top = stack[-1].paragraph.label
    assert top is not None
    styles = [branch.paragraph.label.style for branch in stack if branch.paragraph.label]
    return label.style not in styles and top.rank < label.rank


def _is_new_title(paragraphs: list[Paragraph], place: int, front: FrontMatter, stack: list[Branch]) -> bool:
    """A title between labelled parts: a second carried document begins."""
    p = paragraphs[place]
    if not front.is_title(p.s) or len(p.s) > 60 or p.s.endswith(front.words.no_second_title):
        return False
    ahead = [q for q in paragraphs[place + 1:place + 5] if not q.kind]
    restart = next((q.label for q in ahead if q.label), None)
    top = stack[0].paragraph.label if stack else None
    return bool(restart and top and restart.style == top.style and restart.number == 1)


def _detach_closing(branches: list[Branch], front: FrontMatter) -> None:
    """Take closing text (本办法自…, 请各单位于…) out of the last measure of each document."""
    lasts = {branch.document: branch for branch in branches}
    leaves = [branch for branch in branches if not branch.children]
    for branch in lasts.values():
        others = [leaf for leaf in leaves if leaf is not branch and leaf.document == branch.document]
        single = len(others) > 3 and not any(leaf.body for leaf in others) and branch.paragraph.s.endswith("。")
        for place, p in enumerate(branch.body):
            before = branch.body[place - 1] if place else branch.paragraph
            done = front.is_clause_end(before.s) and not any(front.is_clause_end(after.s) for after in branch.body[place:])
            if done or (single and not p.s.startswith("-")) or front.is_closing(p.s):
                branch.body = branch.body[:place]
                break


def _name(branches: list[Branch], view: View) -> None:
    """Paths (unique), ids and titles."""
    letters = sorted({branch.document for branch in branches}, key=int)
    taken: dict[str, int] = {}
    ids: dict[str, int] = {}
    for branch in branches:
        prefix = f"{chr(65 + letters.index(branch.document) % 26)}/" if len(letters) > 1 else ""
        path = f"{branch.parent.path}/{branch.bare}" if branch.parent else prefix + branch.bare
        taken[path] = taken.get(path, 0) + 1
        branch.path = path if taken[path] == 1 else f"{path}#{taken[path]}"
        branch.title = _title(branch, view)
        style = branch.paragraph.label.style if branch.paragraph.label else ""
        base = "n-" + branch.path.replace("/", "-")
        ids[base] = ids.get(base, 0) + 1
        branch.id = base if ids[base] == 1 else f"{base}-{style}{ids[base]}"


def label_end(p: Paragraph, view: View) -> int:
    """The place in the view where the text after the label begins."""
    at = p.c0
    if p.label:
        while at < p.c1 and view.pos[at] < p.label.end:
            at += 1
    return at


def _title(branch: Branch, view: View) -> str | None:
    p = branch.paragraph
    start = label_end(p, view)
    s = view.s[start:p.c1]
    cut = _HEADING_END.search(s)
    head = s[:cut.start()] if cut else s.rstrip(";,")
    more = bool(branch.body) or bool(cut and cut.end() < len(s)) or bool(branch.children)
    if not head or len(head) > _TITLE_LIMIT or (cut is None and more and s.endswith((",", "、"))):
        return None
    return head


def _nodes(text: str, paragraphs: list[Paragraph], branches: list[Branch]) -> tuple[tuple[Node, ...], dict[int, str]]:
    """The nodes in order of the text, and the id of each paragraph's node by its first place."""
    by_paragraph = {id(branch.paragraph): branch for branch in branches}
    owner: dict[int, Branch] = {id(p): branch for branch in branches for p in branch.body}
    ends: dict[str, int] = {}
    for branch in reversed(branches):
        end = max([branch.paragraph.end, *(p.end for p in branch.body), *(ends[child.id] for child in branch.children)])
        ends[branch.id] = end
    nodes: list[Node] = []
    node_of: dict[int, str] = {}
    counts: dict[str, int] = {}

    def fresh(kind: str) -> str:
        counts[kind] = counts.get(kind, 0) + 1
        return f"{kind[:2]}{counts[kind]}"

    inner = _page_numbers_inside(paragraphs)
    open_: list[Branch] = []
    for p in paragraphs:
        while open_ and ends[open_[-1].id] <= p.start:
            open_.pop()
        own = by_paragraph.get(id(p))
        start, label = p.start, p.label
        if own and label:
            if label.start > start:
                lead = text[start:label.start].rstrip()
                nodes.append(Node(fresh("furniture"), open_[-1].id if open_ else None, start, start + len(lead), "furniture"))
                start = label.start
            kind = "section" if own.children else "measure"
            me = own.id
            parent = own.parent.id if own.parent else None
            nodes.append(Node(me, parent, start, ends[me], kind, text[label.start:label.end].strip(), label.number, own.title))
            open_.append(own)
        elif id(p) in inner:
            continue
        else:
            above = owner.get(id(p)) or (open_[-1] if open_ else None)
            kind = p.kind or "paragraph"
            me, parent = fresh(kind), above.id if above else None
            nodes.append(Node(me, parent, start, p.end, kind))
        node_of[p.start] = me
        pieces = _pieces(p, inner)
        for (left, right), number in pieces[1:]:
            if number is not None:
                nodes.append(Node(fresh("furniture"), me, number.start, number.end, "furniture"))
            if left is not None:
                nodes.append(Node(fresh("paragraph"), me, left, right, "paragraph"))
    return tuple(nodes), node_of


def _page_numbers_inside(paragraphs: list[Paragraph]) -> dict[int, Paragraph]:
    """Page numbers that stand inside a paragraph: id of the number → that paragraph."""
    inside: dict[int, Paragraph] = {}
    long = [p for p in paragraphs if len(p.parts) > 1]
    if not long:
        return inside
    for number in (p for p in paragraphs if p.page_number):
        for p in long:
            if p.start < number.start < p.end:
                inside[id(number)] = p
                p.inner.append((number.start, number.end))
    return inside


def _pieces(p: Paragraph, inner: dict[int, Paragraph]) -> list[tuple[tuple[int | None, int], Paragraph | None]]:
    """Stretches of a paragraph between the page numbers inside it, each with the number before it."""
    pieces: list[tuple[tuple[int | None, int], Paragraph | None]] = [((p.start, p.end), None)]
    for start, end in sorted(p.inner):
        after = next((part for part in p.parts if part[0] >= end), None)
        following = [s for s, _ in sorted(p.inner) if s > start]
        last = max((part[1] for part in p.parts if not following or part[1] <= following[0]), default=p.end)
        left = after[0] if after and (not following or after[0] < following[0]) else None
        pieces.append(((left, last), Paragraph([(start, end)])))
    return pieces


def stretches(p: Paragraph) -> list[tuple[int, int]]:
    """The stretches of a paragraph's text without the page numbers inside it."""
    if not p.inner:
        return [(p.start, p.end)]
    result: list[tuple[int, int]] = []
    for part in p.parts:
        cut = result and any(result[-1][1] <= start < part[0] for start, _ in p.inner)
        if result and not cut:
            result[-1] = (result[-1][0], part[1])
        else:
            result.append(part)
    return result
