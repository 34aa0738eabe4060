"""The category of a task from the headings above it (rules/categories.toml)."""

from __future__ import annotations

import re

from safetydoc.rulebook import CATEGORIES, Rulebook

#: The categories of the schema, by the names that the code asks for.
OVERALL, GOAL, TASK, MEASURES = CATEGORIES
_END_MARK = re.compile(r"[。:,;]$")


class Categories:
    """Decides the category of a heading or of a chain of headings."""

    def __init__(self, book: Rulebook) -> None:
        self.rules = [(rule.id, rule["category"], book.regex(rule.pattern)) for rule in book.rules["categories"]]

    def of_heading(self, heading: str) -> tuple[str, str | None]:
        """Category and rule id of one heading (clean, without label); 任务 where no rule speaks."""
        heading = _END_MARK.sub("", heading)
        for rule, category, pattern in self.rules:
            if pattern.search(heading):
                return category, rule
        return TASK, None

    def of_chain(self, headings: list[str]) -> str:
        """Category of a task below `headings`, outermost first, its own title last.

        The second level decides where it names 总体要求 or 目标; else the top level does.
        """
        if not headings:
            return TASK
        top = self.of_heading(headings[0])[0]
        if len(headings) > 1:
            second = self.of_heading(headings[1])[0]
            if second in (OVERALL, GOAL) and (top in (OVERALL, GOAL) or len(headings) == 2):
                return second
        return top
