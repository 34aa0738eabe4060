"""Labels at the start of a paragraph: their style, number and printed form (rules/labels.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.rulebook import Rule, Rulebook
from safetydoc.segmenters.numerals import chinese


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the text: `style`/`rank` from its rule, `number` its value, `bare` what `path` shows."""

    start: int
    end: int
    style: str
    rank: float
    number: int
    bare: str
    rule: str


class LabelFinder:
    """Finds labels at a place, or all that could be labels in a stretch."""

    def __init__(self, book: Rulebook) -> None:
        self.rules: tuple[Rule, ...] = book.rules["labels"]
        self.circled = {ch: place for place, ch in enumerate(book.words["circled"], 1)}
        self.patterns = [(rule, book.regex(rule.pattern)) for rule in self.rules]
        self.first = re.compile(f"[0-9０-９{re.escape(''.join((*book.words['label-start'], *self.circled)))}]")

    def at(self, text: str, start: int, end: int) -> Label | None:
        """The label that begins at `start`, or None."""
        if start >= end or not self.first.match(text, start):
            return None
        for rule, pattern in self.patterns:
            match = pattern.match(text, start, end)
            if match:
                label = self._label(rule, match)
                if label:
                    return label
        return None

    def _label(self, rule: Rule, match: re.Match[str]) -> Label | None:
        printed = match["n"] or match.groupdict().get("n2") or ""
        bare = "".join(printed.split())
        if bare in self.circled:
            number: int | None = self.circled[bare]
            bare = str(number)
        elif rule["style"] == "decimal":
            parts = bare.replace("．", ".").split(".")
            return Label(match.start(), match.end(), f"decimal{len(parts)}", rule["rank"] + len(parts) / 10, int(parts[-1]), parts[-1], rule.id)
        else:
            number = int(bare) if bare.isdecimal() else chinese(bare)
        if number is None:
            return None
        return Label(match.start(), match.end(), rule["style"], rule["rank"], number, bare, rule.id)
