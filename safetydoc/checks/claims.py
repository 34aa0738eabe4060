"""What a notice says about itself: counts of measures, parts of sums, spans of years.

What holds is silent. A claim is only checked where the notice itself shows what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from safetydoc.checks.context import Context, Said, add
from safetydoc.segmenters.numerals import value as numeral
from safetydoc.segmenters.outline import Branch, label_end

_N = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})"
_YEARS = re.compile(r"(?P<n>[一二三四五六七八九十])年(?:行动|攻坚|提升|计划|整治)[^。(]{0,12}\((?P<a>20\d\d)年?[-~至]{1,2}(?P<b>20\d\d)年?\)")
_COUNTED = re.compile(r"(?P<n>[三四五六七八九十])(?:大|个|项|类)(?=[\u4e00-\u9fff])")
_LIST = re.compile(r"(?:[^,。;:、\n“”()]{2,16}、){1,9}[^,。;:、\n“”()]{2,16}$")
#: How far a list reaches back from its number, in characters.
_LIST_ROOM = 160
_SUM = re.compile(r"(?P<n>\d{1,4})(?P<u>[项个家支名座处条件起])[,。(]?其中[,:]?(?P<parts>[^。;\n()]{4,80})")
_FIELDS = re.compile(r"“1\+(?P<n>\d{1,2})”")


def _number(text: str) -> int:
    found = numeral(text)
    return int(found) if found is not None else -1


def counts(context: Context) -> Iterator[Said]:
    """25条措施 in a title or preamble; 八项机制 in the heading of a section."""
    noun = context.book.trie("claimed")
    pattern = re.compile(f"{_N}(?:条|项|个|大)(?:[\u4e00-\u9fff]{{0,6}}?)(?:{noun})(?=[”。,;的\n]|$)")
    yield from _whole(context, pattern)
    for branch in context.outline.branches:
        if branch.children and branch.title:
            start = label_end(branch.paragraph, context.outline.view)
            for match in pattern.finditer(branch.title):
                claimed, there = _number(match["n"]), len(branch.children)
                if claimed >= 3 and claimed != there and claimed not in _levels(branch):
                    yield _mismatch(context, start + match.start(), start + match.end(), match[0], claimed, there)


def _whole(context: Context, pattern: re.Pattern[str]) -> Iterator[Said]:
    """Claims of the title and the opening paragraphs about the measures of the whole notice."""
    branches = context.outline.branches
    if not branches:
        return
    leaves = [branch for branch in branches if not branch.children]
    depths = {depth: sum(_depth(branch) == depth for branch in branches) for depth in range(5)}
    highest = max((branch.paragraph.label.number for branch in leaves if branch.paragraph.label), default=0)
    right = {len(leaves), highest, *depths.values()}
    own = re.compile(rf"{_N}条(?:政策措施|政策意见|措施|政策|意见|举措|硬措施)")
    for p in context.outline.paragraphs:
        if p.start >= branches[0].paragraph.start:
            return
        for match in own.finditer(p.s):
            claimed = _number(match["n"])
            opens = p.kind == "title" or re.search(r"(?:如下|以下|制定|提出)[^。]{0,8}$", p.s[:match.start()])
            if opens and claimed not in right and claimed >= 3:
                yield _mismatch(context, p.c0 + match.start(), p.c0 + match.end(), match[0], claimed, len(leaves))


def runs(context: Context) -> Iterator[Said]:
    """六大…任务、五大…任务、四大…任务: one number for each section that has measures, in their order."""
    noun = context.book.trie("claimed")
    one = rf"[一二三四五六七八九十]大[一-鿿]{{0,10}}?(?:{noun})"
    run = re.compile(f"{one}(?:、{one})+")
    groups: dict[int, list[Branch]] = {}
    for branch in context.outline.branches:
        if branch.children and branch.parent:
            groups.setdefault(id(branch.parent), []).append(branch)
    for match in run.finditer(context.outline.view.s):
        parts = match[0].split("、")
        sections = next((group for group in groups.values() if len(group) == len(parts)), None)
        if sections is None:
            continue
        at = match.start()
        for part, section in zip(parts, sections, strict=True):
            claimed, there = _number(part[:part.index("大")]), len(section.children)
            if claimed != there and claimed not in _levels(section):
                yield _mismatch(context, at, at + len(part), part, claimed, there)
            at += len(part) + 1


def _depth(branch: Branch) -> int:
    depth, above = 0, branch.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def _levels(branch: Branch) -> set[int]:
    """How many nodes stand on each level below a branch."""
    found, level = set(), branch.children
    while level:
        found.add(len(level))
        level = [below for child in level for below in child.children]
    return found


def _mismatch(context: Context, start: int, end: int, text: str, claimed: int, there: int) -> Said:
    left, right = context.outline.view.span(start, end)
    return add("count-mismatch", "warning", "The notice speaks of {text} ({claimed}), but {there} are there.", left, right,
               text=text, claimed=claimed, there=there)


def years(context: Context) -> Iterator[Said]:
    """三年行动（2024—2026年）: as many years as it says."""
    view = context.outline.view
    seen: set[str] = set()
    for match in _YEARS.finditer(view.s):
        claimed, there = _number(match["n"]), int(match["b"]) - int(match["a"]) + 1
        if claimed != there and match[0] not in seen:
            seen.add(match[0])
            yield _mismatch(context, *match.span(), match[0], claimed, there)


def sums(context: Context) -> Iterator[Said]:
    """9项，其中市级1项、区级4项、镇级4项: the parts add up."""
    view = context.outline.view
    for match in _SUM.finditer(view.s):
        parts = [int(number) for number in re.findall(rf"(\d{{1,4}}){match['u']}", match["parts"])]
        total = int(match["n"])
        if len(parts) >= 2 and sum(parts) != total and sum(parts) > total * 0.5:
            left, right = view.span(*match.span())
            yield add("sum-mismatch", "warning", "The parts of {total} add up to {sum}.", left, right, total=match["n"] + match["u"], sum=sum(parts))


def lists(context: Context) -> Iterator[Said]:
    """网络、平台、安全三大体系: as many as are named directly before."""
    view = context.outline.view
    for match in _COUNTED.finditer(view.s):
        room = view.s[max(0, match.start() - _LIST_ROOM):match.start()]
        clause = re.split(r"[,。;:\n“”()]", room)[-1]
        listed = _LIST.search(clause) if "、" in clause and not clause.endswith(("等", "这")) else None
        if not listed:
            continue
        names = re.split(r"、|和|及|与", listed[0])
        claimed = _number(match["n"])
        near = len(names) >= 3 and abs(claimed - len(names)) <= 2 and max(map(len, names[1:])) <= 8
        if near and claimed not in (len(names), listed[0].count("、") + 1):
            left, right = view.span(match.start() - len(listed[0]), match.end())
            yield add("count-mismatch", "info", "The notice speaks of {text} ({claimed}), but {there} are there.", left, right,
                      text=listed[0][-16:] + match[0], claimed=claimed, there=len(names))


def fields(context: Context) -> Iterator[Said]:
    """“1+26” and the fields that are listed behind it."""
    view = context.outline.view
    for match in _FIELDS.finditer(view.s):
        stop = view.s.find("\n", match.end())
        listed = re.compile(r"在([^。\n]{30,600}?)等(?:重点)?(?:行业)?领域").search(view.s, match.end(), stop if stop >= 0 else len(view.s))
        if not listed:
            continue
        there = listed[1].count("、") + 1
        claimed = int(match["n"])
        if there >= 5 and claimed not in (there, there - 1):
            yield _mismatch(context, *match.span(), match[0], claimed, there)
            return
