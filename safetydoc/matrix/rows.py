"""Notices as row records, one list a sheet; every writer prints these. Pure functions, no formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from safetydoc.matrix.words import word, word_or
from safetydoc.model import Completeness, Deadline, Finding, Notice, Place, Task, Unit

Value = str | int | float | date | None
#: Several texts in one cell; each writer sets them apart in its own way.
Texts = tuple[str, ...]

TASK_COLUMNS = (
    "number", "file", "section", "path", "title", "text", "lead", "support", "responsible", "agents",
    "deadlines", "due", "frequency", "targets", "category", "check", "place",
)  # fmt: skip
UNIT_COLUMNS = ("number", "file", "path", "title", "name", "canonical", "role", "group")
DEADLINE_COLUMNS = (
    "number", "file", "path", "title", "printed", "type", "value", "period", "start_date", "end_date", "event", "year_from",
)  # fmt: skip
TARGET_COLUMNS = (
    "number", "file", "path", "title", "indicator", "comparator", "amount", "upper", "unit", "change", "printed",
)  # fmt: skip
METADATA_COLUMNS = ("file", "label", "content")
FINDING_COLUMNS = ("number", "file", "kind", "code", "severity", "message", "path", "place")

SEVERITIES = ("error", "warning", "info")
_FIRST_WORDS = 24
_DURATION = re.compile(r"P(\d+)([YMWD])")
_SENTENCE_END = re.compile(r"[。；：\n]")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is about: index of the notice, its name, path of the task, worst severity to show."""

    notice: int
    file: str
    task: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class TaskRow(Row):
    """One task; the fields are the columns of TASK_COLUMNS."""

    number: int
    section: Texts
    path: str
    title: str
    text: str
    lead: Texts
    support: Texts
    responsible: Texts
    agents: Texts
    deadlines: Texts
    due: date | None
    frequency: Texts
    targets: Texts
    category: str
    check: Texts
    place: str


@dataclass(frozen=True, slots=True)
class UnitRow(Row):
    """One unit in one role of one task."""

    number: int
    path: str
    title: str
    name: str
    canonical: str
    role: str
    group: str


@dataclass(frozen=True, slots=True)
class DeadlineRow(Row):
    """One deadline of one task."""

    number: int
    path: str
    title: str
    printed: str
    type: str
    value: str
    period: str
    start_date: date | None
    end_date: date | None
    event: str
    year_from: str


@dataclass(frozen=True, slots=True)
class TargetRow(Row):
    """One quantitative target of one task; `amount` is words where damage destroyed the number."""

    number: int
    path: str
    title: str
    indicator: str
    comparator: str
    amount: float | int | str | None
    upper: float | int | None
    unit: str
    change: str
    printed: str


@dataclass(frozen=True, slots=True)
class MetadataRow(Row):
    """One fact about a notice or its file."""

    label: str
    content: str | int | date


@dataclass(frozen=True, slots=True)
class FindingRow(Row):
    """One finding, with the path of the task that it concerns."""

    number: int
    kind: str
    code: str
    severity: str
    message: str
    path: str
    place: str


def columns(names: tuple[str, ...], notices: Sequence[Notice]) -> tuple[str, ...]:
    """The columns to print: the name of the notice only where several share the matrix."""
    return tuple(name for name in names if name != "file" or len(notices) > 1)


def task_rows(notices: Sequence[Notice], lang: str = "zh") -> list[TaskRow]:
    """One row a task, numbered through."""
    rows: list[TaskRow] = []
    for index, (notice, file) in enumerate(zip(notices, notice_names(notices), strict=True)):
        pages = _page_runs(notice.layout)
        concerning = findings_by_task(notice)
        for task in notice.tasks:
            rows.append(_task_row(notice, task, (index, file, len(rows) + 1), pages, concerning[task.path], lang))
    return rows


def unit_rows(notices: Sequence[Notice], lang: str = "zh") -> list[UnitRow]:
    """One row for each unit and role of each task."""
    return [
        UnitRow(
            index, file, task.path, None, number, task.path, short_title(task),
            _printed_unit(unit, lang), unit.canonical, word_or(f"role.{unit.role}", unit.role, lang),
            word("yes" if unit.group else "no", lang),
        )
        for number, (index, file, task, unit) in enumerate(
            ((*place, unit) for place in _tasks(notices) for unit in place[2].units), 1
        )
    ]  # fmt: skip


def deadline_rows(notices: Sequence[Notice], lang: str = "zh") -> list[DeadlineRow]:
    """One row a deadline, with real dates where it comes to some."""
    return [
        DeadlineRow(
            index, file, task.path, None, number, task.path, short_title(task),
            item.text, word_or(f"type.{item.type}", item.type, lang), item.value, _period(item, lang),
            *deadline_dates(item),
            item.event or "", word_or(f"year.{item.year_from}", item.year_from or "", lang),
        )
        for number, (index, file, task, item) in enumerate(
            ((*place, item) for place in _tasks(notices) for item in place[2].deadlines), 1
        )
    ]  # fmt: skip


def target_rows(notices: Sequence[Notice], lang: str = "zh") -> list[TargetRow]:
    """One row a target, with real numbers."""
    return [
        TargetRow(
            index, file, task.path, None, number, task.path, short_title(task),
            item.indicator or "", word_or(f"comparator.{item.comparator}", item.comparator, lang),
            word("damaged", lang) if item.value is None and item.damaged else item.value,
            item.value2, item.unit or "", word_or(f"change.{item.change}", item.change or "", lang), item.text,
        )
        for number, (index, file, task, item) in enumerate(
            ((*place, item) for place in _tasks(notices) for item in place[2].targets), 1
        )
    ]  # fmt: skip


def metadata_rows(notices: Sequence[Notice], lang: str = "zh") -> list[MetadataRow]:
    """Label and value pairs: what the notice says about itself, then the file that it came from."""
    return [
        MetadataRow(index, file, None, None, word(f"meta.{key}", lang), content)
        for index, (notice, file) in enumerate(zip(notices, notice_names(notices), strict=True))
        for key, content in _facts(notice, lang)
    ]


def finding_rows(notices: Sequence[Notice], lang: str = "zh") -> list[FindingRow]:
    """One row a finding, in the notice's order."""
    rows: list[FindingRow] = []
    for index, (notice, file) in enumerate(zip(notices, notice_names(notices), strict=True)):
        pages = _page_runs(notice.layout)
        paths = {task.path for task in notice.tasks}
        stretches = _stretches(notice)
        for finding in notice.findings:
            task = _concerned(finding, stretches)
            rows.append(FindingRow(
                index, file, task if task in paths else None, finding.severity, len(rows) + 1,
                word_or(f"kind.{finding.code}", "", lang), finding.code,
                word_or(f"severity.{finding.severity}", finding.severity, lang), finding.message,
                task or "", _place(finding.start, finding.end, pages, lang),
            ))  # fmt: skip
    return rows


def notice_names(notices: Sequence[Notice]) -> list[str]:
    """The title of each notice, else its file's name; a repeated one gets "#2"."""
    return unique([notice.metadata.title or notice.source.name for notice in notices])


def unique(names: Iterable[str]) -> list[str]:
    """The names in order; the second "a" becomes "a#2", unless that is taken."""
    taken: set[str] = set()
    result = []
    for name in names:
        candidate, count = name, 1
        while candidate in taken:
            count += 1
            candidate = f"{name}#{count}"
        taken.add(candidate)
        result.append(candidate)
    return result


def short_title(task: Task) -> str:
    """The task's title, else the first words of its text."""
    if task.title:
        return task.title
    text = task.text.strip()
    words = _SENTENCE_END.split(text, maxsplit=1)[0]
    return words if len(words) <= _FIRST_WORDS else words[:_FIRST_WORDS] + "…"


def findings_by_task(notice: Notice) -> dict[str, list[Finding]]:
    """Path of a task → findings that name the task, or that name none and lie inside it."""
    result: dict[str, list[Finding]] = {task.path: [] for task in notice.tasks}
    stretches = _stretches(notice)
    for finding in notice.findings:
        result.get(_concerned(finding, stretches) or "", []).append(finding)
    return result


def deadline_dates(deadline: Deadline) -> tuple[date | None, date | None]:
    """First and last day of a deadline, as far as it comes to real days."""
    if deadline.type == "during":
        start, _, end = deadline.value.partition("/")
        return parse_day(start), parse_day(end)
    if deadline.type == "by":
        return None, parse_day(deadline.value)
    return None, parse_day(deadline.date)


def due_date(task: Task) -> date | None:
    """The day that comes first among the last days of the task's deadlines: when something is due next."""
    return min((end for item in task.deadlines if (end := deadline_dates(item)[1])), default=None)


def frequency(value: str, lang: str = "zh") -> str:
    """A cycle in ISO 8601 (P3M) in words (每季度); other values as they are."""
    return _duration("every", value, lang)


def _period(deadline: Deadline, lang: str) -> str:
    """A cycle or a time allowed in words (每季度, 30日内); nothing for other deadlines."""
    return _duration(deadline.type, deadline.value, lang) if deadline.type in ("every", "within") else ""


def _duration(kind: str, value: str, lang: str) -> str:
    match = _DURATION.fullmatch(value)
    if match is None:
        return value
    one = "1" if kind == "within" and match[1] == "1" else ""
    return word_or(f"{kind}.{value}", word(f"{kind}.{one}{match[2]}", lang, count=match[1]), lang)


def _task_row(
    notice: Notice, task: Task, key: tuple[int, str, int], pages: list[Place], findings: list[Finding], lang: str
) -> TaskRow:
    index, file, number = key
    return TaskRow(
        notice=index,
        file=file,
        task=task.path,
        level=_worst(findings, task),
        number=number,
        section=tuple(notice.section_titles(task)),
        path=task.path,
        title=short_title(task),
        text=task.text,
        lead=units_in_role(task, "lead", lang),
        support=units_in_role(task, "support", lang),
        responsible=units_in_role(task, "responsible", lang),
        agents=_once(agent.name for agent in task.agents),
        deadlines=deadline_words(task),
        due=due_date(task),
        frequency=_once(frequency(item.value, lang) for item in task.deadlines if item.type == "every"),
        targets=target_words(task),
        category=word_or(f"category.{task.category}", task.category, lang),
        check=_once(_checks(findings, task, lang)),
        place=_place(task.start, task.end, pages, lang),
    )


def deadline_words(task: Task) -> Texts:
    """The task's deadlines as printed."""
    return _once(item.text for item in task.deadlines)


def target_words(task: Task) -> Texts:
    """The task's targets (indicator and text) and absolutes."""
    targets = (f"{item.indicator or ''}{item.text}" for item in task.targets)
    return _once([*targets, *(item.text for item in task.absolutes)])


def units_in_role(task: Task, role: str, lang: str = "zh") -> Texts:
    """The task's units of that role as printed, with 等 where the list is open."""
    return _once(_printed_unit(unit, lang) for unit in task.units if unit.role == role)


def _printed_unit(unit: Unit, lang: str) -> str:
    return unit.name + word("open_ended", lang) if unit.open_ended else unit.name


def _once(texts: Iterable[str]) -> Texts:
    """The texts in order, each once: a row repeats nothing, the other sheets count every one."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _checks(findings: list[Finding], task: Task, lang: str) -> list[str]:
    """What to look at: the messages, then flags that no finding explains."""
    explained = {finding.code for finding in findings}
    return [finding.message for finding in findings] + [
        word_or(f"kind.{flag}", flag, lang) for flag in task.flags if flag not in explained
    ]


def _worst(findings: list[Finding], task: Task) -> str | None:
    severities = {finding.severity for finding in findings}
    if set(task.flags) - {finding.code for finding in findings}:
        severities.add("warning")
    return next((severity for severity in SEVERITIES if severity in severities), None)


def _tasks(notices: Sequence[Notice]) -> Iterable[tuple[int, str, Task]]:
    for index, (notice, file) in enumerate(zip(notices, notice_names(notices), strict=True)):
        for task in notice.tasks:
            yield index, file, task


def _stretches(notice: Notice) -> list[tuple[int, int, str]]:
    """Every stretch of every task with the task's path."""
    return [(part.start, part.end, task.path) for task in notice.tasks for part in (task.parts or (task,))]


def _concerned(finding: Finding, stretches: list[tuple[int, int, str]]) -> str | None:
    """The task that a finding names, else the shortest one that it lies in."""
    if finding.task is not None or finding.start is None:
        return finding.task
    end = finding.start if finding.end is None else finding.end
    inside = [(stop - start, task) for start, stop, task in stretches if start <= finding.start and end <= stop]
    return min(inside)[1] if inside else None


def _page_runs(layout: tuple[Place, ...]) -> list[Place]:
    """The layout, neighbours on the same page made one: some pages to look through, not thousands of lines."""
    runs: list[Place] = []
    for place in layout:
        if place.page is None:
            continue
        if runs and runs[-1].page == place.page and runs[-1].start <= place.start:
            runs[-1] = Place(runs[-1].start, max(runs[-1].end, place.end), page=place.page)
        else:
            runs.append(place)
    return runs


def _place(start: int | None, end: int | None, pages: list[Place], lang: str) -> str:
    """Where in the text: pages where they are known, and characters start–end."""
    if start is None:
        return ""
    end = start if end is None else end
    on = [run.page for run in pages if run.page and run.start < max(end, start + 1) and start < run.end]
    span = f"{start}–{end}"
    if not on:
        return span
    first, last = min(on), max(on)
    return f"{word('pages', lang, pages=first if first == last else f'{first}–{last}')} {span}"


def parse_day(text: str | None) -> date | None:
    """A full ISO date, else None (open ends, durations, what cannot be)."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def shares_in_words(completeness: Completeness, lang: str) -> str:
    """Which share of the text stands where, in percent."""
    return word("shares", lang, **{name: f"{share:.0%}" for name, share in completeness.text})


def clauses_in_words(completeness: Completeness, lang: str) -> str:
    """How many responsibility brackets there are, and how many gave a unit."""
    return word("clauses", lang, found=completeness.clauses, resolved=completeness.clauses_resolved)


def _facts(notice: Notice, lang: str) -> Iterable[tuple[str, str | int | date]]:
    metadata, source = notice.metadata, notice.source
    none = word("none", lang)
    region = metadata.region
    yield "title", metadata.title or none
    yield "subject_title", metadata.subject_title or none
    yield "doc_number", metadata.doc_number or none
    yield "issuers", "、".join(metadata.issuers) or none
    yield "date_issued", parse_day(metadata.date_issued) or metadata.date_issued or none
    yield "date_published", parse_day(metadata.date_published) or metadata.date_published or none
    yield "addressees", "，".join(metadata.addressees) or none
    yield "doc_type", metadata.doc_type or none
    yield "region", " ".join(filter(None, (region.name, region.code))) if region else none
    for attachment in metadata.attachments or (none,):
        yield "attachment", attachment
    for cite in metadata.cites:
        yield "cite", f"{cite.title}{f'（{cite.doc_number}）' if cite.doc_number else ''}"
    if notice.completeness:
        yield "shares", shares_in_words(notice.completeness, lang)
        yield "numbers", "、".join(f"{word(f'class.{name}', lang)} {count}" for name, count in notice.completeness.numbers) or none
        yield "clauses", clauses_in_words(notice.completeness, lang)
    yield "name", source.name
    yield "sha256", source.sha256
    yield "bytes", source.bytes
    yield "pages", none if source.pages is None else source.pages
    yield "media_type", source.media_type
    yield "encoding", source.encoding or none
