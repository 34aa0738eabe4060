"""Checks of responsibility: brackets that gave no unit, tasks without one, names that the table does not know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from safetydoc.checks.context import Context, Said, add

_CLAUSE = re.compile(r"[（(【\[［][^（()）【】\[\]［］]*(?:责任单位|责任部门|牵头|配合)[^（()）【】\[\]［］]*[）)】\]］]")


def barren(context: Context) -> Iterator[Said]:
    """A bracket that speaks of 责任单位, 牵头 or 配合 and holds no unit, or none that the task did not have before it."""
    starts = sorted(unit.start for task in context.tasks for unit in task.units)
    read = sorted(unit.start for unit in context.values.units)
    for match in _CLAUSE.finditer(context.outline.text):
        at = bisect_left(starts, match.start())
        if at < len(starts) and starts[at] < match.end():
            continue
        at = bisect_left(read, match.start())
        if at < len(read) and read[at] < match.end():
            yield add("repeated-unit", "info", "This bracket names units that the task has already.", match.start(), match.end())
        else:
            yield add("clause-without-unit", "warning", "This bracket speaks of responsibility, but no unit could be read from it: {text}",
                      match.start(),
                      match.end(), text="".join(match[0].split())[:40])


def missing_units(context: Context) -> Iterator[Said]:
    """A task without unit where most have one."""
    measures = [task for task in context.tasks if task.category == "任务" and not task.path.endswith("/引言")]
    with_unit = [task for task in measures if task.units]
    if len(measures) < 5 or len(with_unit) < 0.7 * len(measures):
        return
    above = {task.path[:place] for task in with_unit for place, ch in enumerate(task.path) if ch == "/"}
    for task in measures:
        if not task.units and task.path not in above:
            yield add("task-without-unit", "warning", "No unit is named here, though most tasks of this notice have one.", task.start,
                      min(task.end, task.start + 40), task=task.path)


def unknown_names(context: Context) -> Iterator[Said]:
    """Units that the name table does not know (each name once)."""
    seen: set[str] = set()
    for task in context.tasks:
        for unit in task.units:
            if unit.group or unit.name in seen or context.names.known(unit.name.replace("（", "(").replace("）", ")")):
                continue
            seen.add(unit.name)
            yield add("unknown-unit", "info", "The name table does not know {name}. If it is right, add it to unit_names.csv.",
                      unit.start, unit.end, name=unit.name)
