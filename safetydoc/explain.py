"""Explains a notice: each value in its context, the rule that made it, and what was considered and dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safetydoc.messages import Language, translate
from safetydoc.model import Agent, Deadline, Mention, Notice, Number, SafetydocError, Target, Task, Unit
from safetydoc.rulebook import Rulebook

_AROUND = 24


def explain(notice: Notice, book: Rulebook, path: str | None = None, language: Language = "zh") -> str:
    """The explanation of all tasks, or of the task `path`, as plain text.

    Raises SafetydocError (`no-such-task`) where no task has that path; the message names some that exist.
    """
    return "\n".join(_Explainer(notice, book, language).run(path)) + "\n"


class _Explainer:
    def __init__(self, notice: Notice, book: Rulebook, language: Language) -> None:
        self.notice, self.book, self.language = notice, book, language
        self.purposes = {rule.id: rule.get("purpose", "") for rules in book.rules.values() for rule in rules}

    def say(self, message: str, **values: object) -> str:
        """A text of the catalogue in the language of the explanation."""
        return translate(message, self.language, **values)

    def run(self, path: str | None) -> Iterator[str]:
        tasks = [task for task in self.notice.tasks if path is None or task.path == path]
        if path is not None and not tasks:
            known = "  ".join(task.path for task in self.notice.tasks[:12])
            raise SafetydocError("no-such-task", self.say("There is no task {path}. Some that exist: {known}", path=path, known=known or "-"))
        if path is None:
            yield self.notice.metadata.title or self.notice.source.name
        for task in tasks:
            yield ""
            yield from self._task(task)
        if path is None:
            yield ""
            yield from self._rest()

    def _task(self, task: Task) -> Iterator[str]:
        yield f"## {task.path}  {task.title or ''}  [{task.category}]"
        yield "   " + self.say("row made by {rule}, text {start}–{end}", rule=task.rule, start=task.start, end=task.end)
        for unit in task.units:
            yield from self._value(self.say("unit"), unit, f"{unit.name} → {unit.canonical} ({unit.role})")
        for agent in task.agents:
            yield from self._value(self.say("agent"), agent, agent.name)
        for deadline in task.deadlines:
            yield from self._value(self.say("deadline"), deadline, f"{deadline.text} → {deadline.type} {deadline.value}")
        for target in task.targets:
            amount = " ".join(str(part) for part in (target.comparator, target.value, target.value2, target.unit, target.change) if part is not None)
            yield from self._value(self.say("target"), target, f"{target.indicator or '?'}: {amount}")
        for absolute in task.absolutes:
            yield from self._value(self.say("absolute"), absolute, absolute.text)
        inside = [number for number in self.notice.numbers if task.start <= number.start < task.end]
        if inside:
            yield "   " + self.say("numbers:")
            for number in inside:
                yield from self._number(number, task)
        for finding in self.notice.findings:
            if finding.task == task.path:
                yield f"   ! {finding.code} ({finding.severity}): {finding.message}"

    def _value(self, kind: str, item: Unit | Agent | Deadline | Target | Mention, shown: str) -> Iterator[str]:
        yield f"   {kind}: {shown}"
        yield f"      {self._context(item.start, item.end)}"
        yield f"      {item.rule}: {self.purposes.get(item.rule or '', '')}"

    def _number(self, number: Number, task: Task) -> Iterator[str]:
        made: str | None = number.rule
        items: tuple[Deadline | Target | Mention, ...] = (*task.deadlines, *task.targets, *task.absolutes)
        for item in items:
            if item.start <= number.start < item.end:
                made = item.rule
        dropped = ""
        if number.kind not in ("target", "deadline") and self._considered(number):
            dropped = " " + self.say("(considered as deadline or target, and dropped)")
        why = f"{made}: {self.purposes.get(made or '', '')}" if made else self.say("no rule of another class fits")
        yield f"      {number.text} [{number.kind}] {self._context(number.start, number.end)}{dropped}"
        yield f"         {why}"

    def _considered(self, number: Number) -> bool:
        """Whether the number stands where deadlines and targets stand: with 前, 底, 内, % or a comparison."""
        around = "".join(self.notice.text[max(0, number.start - 6):number.end + 4].split())
        return bool(re.search(self.book.trie("considered"), around))

    def _rest(self) -> Iterator[str]:
        loose = [number for number in self.notice.numbers if not any(task.start <= number.start < task.end for task in self.notice.tasks)]
        if loose:
            yield "## " + self.say("numbers outside the tasks")
            for number in loose:
                yield f"   {number.text} [{number.kind}] {self._context(number.start, number.end)}"
        general = [finding for finding in self.notice.findings if not finding.task]
        if general:
            yield "## " + self.say("findings about the whole notice")
            for finding in general:
                place = f" {self._context(finding.start, finding.end)}" if finding.start is not None and finding.end is not None else ""
                yield f"   ! {finding.code} ({finding.severity}): {finding.message}{place}"

    def _context(self, start: int, end: int) -> str:
        """The span in 【】 with what stands around it, on one line."""
        text = self.notice.text
        left, right = text[max(0, start - _AROUND):start], text[end:end + _AROUND]
        return " ".join(f"…{left}【{text[start:end]}】{right}…".split())
