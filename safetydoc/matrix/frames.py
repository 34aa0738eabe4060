"""The matrix as linked pandas data frames, for research."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from safetydoc.matrix.rows import deadline_dates, due_date, parse_day, short_title, unique
from safetydoc.model import Deadline, Notice, Task

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped,unused-ignore]

_TEXT, _COUNT, _NUMBER, _FLAG, _DATE = "string[python]", "Int64", "Float64", "boolean", "datetime64[s]"
_KEYS = {"notice": _TEXT, "task": _TEXT}
_SPAN = {"start": _COUNT, "end": _COUNT}

#: Frame → column → dtype; missing is pd.NA, in dates NaT.
_COLUMNS: dict[str, dict[str, str]] = {
    "notices": {
        "notice": _TEXT, "title": _TEXT, "subject_title": _TEXT, "doc_number": _TEXT, "issuers": _TEXT,
        "date_issued": _DATE, "date_published": _DATE, "year": _COUNT, "addressees": _TEXT, "doc_type": _TEXT,
        "region": _TEXT, "region_code": _TEXT, "region_level": _TEXT, "attachments": _TEXT, "file": _TEXT,
        "sha256": _TEXT, "bytes": _COUNT, "pages": _COUNT, "media_type": _TEXT, "encoding": _TEXT,
    },
    "tasks": _KEYS | {
        "path": _TEXT, "section": _TEXT, "category": _TEXT, "title": _TEXT, "short_title": _TEXT, "text": _TEXT,
        "items": _COUNT, "due": _DATE, "flags": _TEXT, "rule": _TEXT,
    } | _SPAN,
    "units": _KEYS | {
        "name": _TEXT, "canonical": _TEXT, "role": _TEXT, "group": _FLAG, "open_ended": _FLAG, "rule": _TEXT,
    } | _SPAN,
    "agents": _KEYS | {"name": _TEXT, "group": _FLAG, "rule": _TEXT} | _SPAN,
    "deadlines": _KEYS | {
        "text": _TEXT, "type": _TEXT, "value": _TEXT, "start_date": _DATE, "end_date": _DATE, "event": _TEXT,
        "year_from": _TEXT, "rule": _TEXT,
    } | _SPAN,
    "targets": _KEYS | {
        "text": _TEXT, "indicator": _TEXT, "comparator": _TEXT, "value": _NUMBER, "value2": _NUMBER, "unit": _TEXT,
        "change": _TEXT, "damaged": _FLAG, "rule": _TEXT,
    } | _SPAN,
    "absolutes": _KEYS | {"text": _TEXT, "rule": _TEXT} | _SPAN,
    "numbers": {"notice": _TEXT, "text": _TEXT, "class": _TEXT, "rule": _TEXT} | _SPAN,
    "findings": _KEYS | {"code": _TEXT, "severity": _TEXT, "message": _TEXT} | _SPAN,
}  # fmt: skip


def to_frames(notices: Sequence[Notice]) -> dict[str, pandas.DataFrame]:
    """Frames notices, tasks, units, agents, deadlines, targets, absolutes, numbers and findings.

    Keys: `notice` (the first 12 digits of the file's SHA-256, with "#2" for the same bytes again) and
    `task` (the task's id within its notice); join on both. In `findings`, `task` is the task's path. Lists are joined by "；". Every frame has
    all its columns and dtypes, also when empty.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _COLUMNS}
    for notice, key in zip(notices, notice_keys(notices), strict=True):
        rows["notices"].append({"notice": key} | _notice(notice))
        rows["tasks"] += ({"notice": key, "task": task.id} | _task(notice, task) for task in notice.tasks)
        for name in ("units", "agents", "deadlines", "targets", "absolutes"):
            rows[name] += _parts(key, notice, name)
        rows["numbers"] += ({"notice": key, "class": item.kind} | _fields(item) for item in notice.numbers)
        rows["findings"] += ({"notice": key} | _fields(item) for item in notice.findings)
    return {name: _frame(rows[name], _COLUMNS[name]) for name in _COLUMNS}


def notice_keys(notices: Iterable[Notice]) -> list[str]:
    """A short stable key for each notice, unique among them."""
    return unique(notice.source.sha256[:12] for notice in notices)


def _notice(notice: Notice) -> dict[str, Any]:
    metadata, source, region = notice.metadata, notice.source, notice.metadata.region
    return _fields(metadata) | {
        "issuers": "；".join(metadata.issuers),
        "addressees": "；".join(metadata.addressees),
        "attachments": "；".join(metadata.attachments),
        "date_issued": parse_day(metadata.date_issued),
        "date_published": parse_day(metadata.date_published),
        "year": metadata.year,
        "region": region.name if region else None,
        "region_code": region.code if region else None,
        "region_level": region.level if region else None,
        "file": source.name,
    } | _fields(source)  # fmt: skip


def _task(notice: Notice, task: Task) -> dict[str, Any]:
    return _fields(task) | {
        "section": " / ".join(notice.section_titles(task)),
        "short_title": short_title(task),
        "due": due_date(task),
        "flags": "；".join(task.flags),
    }


def _parts(key: str, notice: Notice, name: str) -> Iterator[dict[str, Any]]:
    """The records of one kind in every task, with their keys."""
    for task in notice.tasks:
        for item in getattr(task, name):
            yield {"notice": key, "task": task.id} | _fields(item) | (_dates(item) if name == "deadlines" else {})


def _dates(deadline: Deadline) -> dict[str, Any]:
    start, end = deadline_dates(deadline)
    return {"start_date": start, "end_date": end}


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _frame(rows: list[dict[str, Any]], columns: dict[str, str]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame({name: _column([row.get(name) for row in rows], dtype) for name, dtype in columns.items()})


def _column(values: list[Any], dtype: str) -> pandas.Series[Any]:
    import pandas

    if dtype == _NUMBER:
        values = [_number(value) for value in values]
    if dtype == _DATE:
        return pandas.Series([None if value is None else value.isoformat() for value in values], dtype=dtype)
    return pandas.Series(pandas.array(values, dtype=dtype))


def _number(value: float | None) -> float | None:
    """A float; None also for a run of digits that no float holds."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None
