"""Runs the checks over a notice, puts what they found into words, and flags the tasks concerned."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from safetydoc.checks import claims, clauses, plausible, structure
from safetydoc.checks.completeness import completeness
from safetydoc.checks.context import Check, Context, Said
from safetydoc.extractors.values import Values, engines
from safetydoc.messages import Language, translate
from safetydoc.model import Completeness, Document, Finding, Metadata, Task
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.outline import Outline

CHECKS: tuple[Check, ...] = (
    structure.no_task, structure.numbering, structure.brackets, structure.doubled_words,
    claims.counts, claims.runs, claims.years, claims.sums, claims.lists, claims.fields,
    plausible.deadlines_before_issue, plausible.impossible_numbers, plausible.rates, plausible.unclassified,
    clauses.barren, clauses.missing_units, clauses.unknown_names,
)  # fmt: skip


def check(document: Document, outline: Outline, metadata: Metadata, values: Values, tasks: tuple[Task, ...], book: Rulebook,
          language: Language) -> tuple[tuple[Finding, ...], tuple[Task, ...], Completeness]:
    """The findings of a notice in order of the text, its tasks with their flags, and its completeness."""
    context = Context(document, outline, metadata, values, tasks, book, engines(book).units.names)
    said = [found for run in CHECKS for found in run(context)]
    findings = [*document.findings, *(_in_words(found, language) for found in said)]
    pieces = sorted((start, end, task.path) for task in tasks for start, end in _stretches(task))
    placed = [_place(finding, pieces) for finding in findings]
    placed.sort(key=lambda finding: (finding.start is None, finding.start or 0, finding.code))
    flags: dict[str, dict[str, None]] = {}
    for finding in placed:
        if finding.task and finding.severity != "info":
            flags.setdefault(finding.task, {})[finding.code] = None
    flagged = tuple(replace(task, flags=tuple(flags[task.path])) if task.path in flags else task for task in tasks)
    return tuple(placed), flagged, completeness(context)


def _in_words(said: Said, language: Language) -> Finding:
    return Finding(said.code, said.severity, translate(said.message, language, **dict(said.fields)), said.task, said.start, said.end)


def _stretches(task: Task) -> list[tuple[int, int]]:
    return [(part.start, part.end) for part in task.parts] or [(task.start, task.end)]


def _place(finding: Finding, pieces: list[tuple[int, int, str]]) -> Finding:
    """The finding with the path of the task that holds its place; `pieces` are the tasks' stretches in order."""
    if finding.start is None or finding.task:
        return finding
    at = bisect_right(pieces, finding.start, key=lambda piece: piece[0]) - 1
    return replace(finding, task=pieces[at][2]) if at >= 0 and finding.start < pieces[at][1] else finding
