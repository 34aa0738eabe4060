"""Runs the checks over a notice and flags the tasks that a finding concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safetydoc.extractors.values import Values
from safetydoc.messages import Language, translate
from safetydoc.model import Document, Finding, Metadata, Task
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.outline import Outline


def check(document: Document, outline: Outline, metadata: Metadata, values: Values, tasks: tuple[Task, ...], book: Rulebook,
          language: Language) -> tuple[tuple[Finding, ...], tuple[Task, ...]]:
    """The findings of a notice in order of the text, and its tasks with their flags."""
    findings = [*document.findings]

    def add(code: str, severity: str, message: str, start: int | None = None, end: int | None = None, **fields: object) -> None:
        findings.append(Finding(code, severity, translate(message, language, **fields), None, start, end))

    if not tasks:
        add("no-task", "warning", "No numbered measure was found. Check that the file holds a notice and not only its cover page.")
    for start, end, text in _barren_clauses(outline, values):
        add("clause-without-unit", "warning", "This bracket speaks of responsibility, but no unit could be read from it: {text}", start, end, text=text)
    for start, end in values.unclosed:
        add("unclosed-bracket", "info", "A bracket is opened here and not closed before the end of the paragraph.", start, end)
    if metadata.date_issued:
        for task in tasks:
            for deadline in task.deadlines:
                last = deadline.value.rpartition("/")[2]
                if deadline.type in ("by", "during") and last != ".." and last < metadata.date_issued:
                    add("deadline-before-issue", "warning", "The deadline {text} ({last}) lies before the date of issue {issued}.", deadline.start,
                        deadline.end, text=deadline.text, last=last, issued=metadata.date_issued)
    for number in values.numbers:
        if number.rule == "number.hours":
            add("limit-under-a-day", "info", "A time limit shorter than a day ({text}) is no entry of the deadlines. Add it by hand.", number.start, number.end,
                text=number.text)
        elif number.kind == "other":
            add("unclassified-number", "info", "The number {text} fits no class. Look at it.", number.start, number.end, text=number.text)
    placed = [_place(finding, tasks) for finding in findings]
    placed.sort(key=lambda finding: (finding.start is None, finding.start or 0, finding.code))
    flags: dict[str, dict[str, None]] = {}
    for finding in placed:
        if finding.task and finding.severity != "info":
            flags.setdefault(finding.task, {})[finding.code] = None
    return tuple(placed), tuple(replace(task, flags=tuple(flags[task.path])) if task.path in flags else task for task in tasks)


def _place(finding: Finding, tasks: tuple[Task, ...]) -> Finding:
    if finding.start is None or finding.task:
        return finding
    path = next((task.path for task in tasks if task.start <= finding.start < task.end
                 and (not task.parts or any(part.start <= finding.start < part.end for part in task.parts))), None)
    return replace(finding, task=path) if path else finding


def _barren_clauses(outline: Outline, values: Values) -> Iterator[tuple[int, int, str]]:
    """Brackets that speak of 责任单位, 牵头 or 配合 and hold no unit."""
    import re

    from bisect import bisect_left
    starts = sorted(unit.start for unit in values.units)
    pattern = re.compile(r"[（(【\[［][^（()）【】\[\]［］]*(?:责任单位|责任部门|牵头|配合)[^（()）【】\[\]［］]*[）)】\]］]")
    for match in pattern.finditer(outline.text):
        at = bisect_left(starts, match.start())
        if at >= len(starts) or starts[at] >= match.end():
            yield match.start(), match.end(), "".join(match[0].split())[:40]
