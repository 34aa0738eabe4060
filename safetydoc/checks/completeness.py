"""How much of a notice was accounted for: text by kind, numbers by class, clauses found and resolved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from safetydoc.checks.context import Context
from safetydoc.extractors.brackets import Spans
from safetydoc.model import Completeness


def completeness(context: Context) -> Completeness:
    """Shares of the text (characters that are no white space), numbers by class, clauses with a unit."""
    text = context.outline.text
    total = max(1, _size(text, 0, len(text)))
    kinds: Counter[str] = Counter()
    for task in context.tasks:
        for start, end in [(part.start, part.end) for part in task.parts] or [(task.start, task.end)]:
            kinds["tasks"] += _size(text, start, end)
    for p in context.outline.paragraphs:
        size = sum(_size(text, start, end) for start, end in p.parts)
        if p.kind == "furniture":
            kinds["furniture"] += size
        elif p.kind:
            kinds["front_matter"] += size
    first = context.outline.branches[0].paragraph.start if context.outline.branches else len(text)
    held = Spans([(task.start, task.end) for task in context.tasks])
    for p in context.outline.paragraphs:
        if not p.kind and not p.label and p.start < first and not held.at(p.start):
            kinds["preamble"] += sum(_size(text, start, end) for start, end in p.parts)
    shares = {name: round(kinds[name] / total, 4) for name in ("tasks", "preamble", "front_matter", "furniture")}
    shares["headings_and_rest"] = round(max(0.0, 1 - sum(shares.values())), 4)
    numbers = Counter(number.kind for number in context.values.numbers)
    starts = sorted(unit.start for unit in context.values.units)
    resolved = sum(1 for start, end in context.values.clauses if (at := bisect_left(starts, start)) < len(starts) and starts[at] < end)
    return Completeness(tuple(shares.items()), tuple(sorted(numbers.items())), len(context.values.clauses), resolved)


def _size(text: str, start: int, end: int) -> int:
    return len("".join(text[start:end].split()))
