"""The records that every stage speaks in, and the result that users get.

All are frozen and slotted; `Notice.to_dict` gives what `notice.schema.json` describes.
Every `start`/`end` is an index into `Notice.text` (end exclusive).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

SCHEMA_ID = "safetydoc.notice/1"

#: Fields that the schema does not require and that are left out of the JSON when empty.
_OPTIONAL = {"rule", "parts", "open_ended", "value2", "damaged", "date", "event", "year_from", "byte", "why"}


class SafetydocError(Exception):
    """A file that gives no notice. `code` is stable; the message says what to do next."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Repair:
    """One stretch of `text` that is not what the file held (`before` → `after`)."""

    start: int
    end: int
    before: str
    after: str
    channel: str
    certainty: str
    byte: int | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a notice came from: file name, digest and size in bytes, and how it was read."""

    name: str
    sha256: str
    bytes: int
    media_type: str
    encoding: str | None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of `text` stood in the source."""

    start: int
    end: int
    byte: int | None = None
    page: int | None = None
    paragraph: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a loader gives: the whole file as text, and how it got there."""

    text: str
    source: Source
    repairs: tuple[Repair, ...] = ()
    layout: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative area; `code` is GB/T 2260, None for the whole country."""

    name: str
    code: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A 《…》 that the notice refers to, with its document number where one follows."""

    title: str
    doc_number: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, number, issuers and the like (ANNOTATION §1)."""

    title: str | None = None
    subject_title: str | None = None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    date_issued: str | None = None
    date_published: str | None = None
    addressees: tuple[str, ...] = ()
    doc_type: str | None = None
    region: Region | None = None
    attachments: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()

    @property
    def year(self) -> int | None:
        """The notice's own year: of the date of issue, else of the title, else of the publication."""
        if self.date_issued:
            return int(self.date_issued[:4])
        for title in (self.subject_title, self.title):
            digits = title_year(title or "")
            if digits:
                return digits
        return int(self.date_published[:4]) if self.date_published else None


def title_year(title: str) -> int | None:
    """The first year (19xx/20xx) printed in a title, or None."""
    for place in range(len(title) - 3):
        digits = title[place:place + 4]
        if digits.isascii() and digits.isdecimal() and digits[:2] in ("19", "20"):
            return int(digits)
    return None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the outline: a labelled section or measure, a paragraph, furniture …"""

    id: str
    parent: str | None
    start: int
    end: int
    kind: str
    label: str | None = None
    number: int | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit: `name` as printed, `canonical` the self-standing name, `role` lead, support or responsible."""

    start: int
    end: int
    name: str
    canonical: str
    role: str
    group: bool = False
    open_ended: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """Who acts in running text, without a responsibility clause."""

    start: int
    end: int
    name: str
    group: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A bound in time; `value` is ISO 8601 (a day, start/end, or a duration), for before_event the words."""

    start: int
    end: int
    text: str
    type: str
    value: str
    date: str | None = None
    event: str | None = None
    year_from: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A number that is to be reached, kept or not exceeded."""

    start: int
    end: int
    text: str
    indicator: str | None
    comparator: str
    value: float | int | None
    unit: str | None
    change: str | None = None
    value2: float | int | None = None
    damaged: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that a rule names, such as an absolute."""

    start: int
    end: int
    text: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A run of digits or Chinese numerals with its unit; `kind` is written as `class`."""

    start: int
    end: int
    text: str
    kind: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at: a stable code, a severity, a message, and a place."""

    code: str
    severity: str
    message: str
    task: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a task's text where it is not one stretch."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the matrix (ANNOTATION §2)."""

    id: str
    node: str
    path: str
    category: str
    title: str | None
    text: str
    start: int
    end: int
    items: int = 0
    units: tuple[Unit, ...] = ()
    agents: tuple[Agent, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    absolutes: tuple[Mention, ...] = ()
    flags: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a notice was accounted for.

    `text`: share of the characters (no white space) in tasks, preamble, front matter, furniture and
    the rest; `numbers`: how many of each class; `clauses`: responsibility brackets, and how many gave a unit.
    """

    text: tuple[tuple[str, float], ...]
    numbers: tuple[tuple[str, int], ...]
    clauses: int
    clauses_resolved: int

    def to_dict(self) -> dict[str, Any]:
        """As the JSON has it."""
        return {"text": dict(self.text), "numbers": dict(self.numbers), "clauses": self.clauses, "clauses_resolved": self.clauses_resolved}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: the text, what the segmenters and rule sets found in it, and the findings."""

    text: str
    source: Source
    metadata: Metadata
    outline: tuple[Node, ...]
    tasks: tuple[Task, ...]
    numbers: tuple[Number, ...]
    findings: tuple[Finding, ...] = ()
    repairs: tuple[Repair, ...] = ()
    layout: tuple[Place, ...] = field(default=(), repr=False)
    completeness: Completeness | None = None

    def to_dict(self) -> dict[str, Any]:
        """The notice as `notice.schema.json` describes it: dicts, lists, strings, numbers, None."""
        data: dict[str, Any] = {"schema": SCHEMA_ID}
        for name in ("source", "text", "repairs", "metadata", "outline", "tasks", "numbers", "findings"):
            data[name] = _plain(getattr(self, name))
        if self.completeness:
            data["completeness"] = self.completeness.to_dict()
        if self.layout:
            data["layout"] = _plain(self.layout)
        return data

    def to_json(self, indent: int | None = 2) -> str:
        """The notice as JSON text (UTF-8 characters kept, lone surrogates escaped)."""
        return dump_json(self.to_dict(), indent)

    def section_titles(self, task: Task) -> list[str]:
        """Label and heading of each node above the task, outermost first."""
        nodes = {node.id: node for node in self.outline}
        titles: list[str] = []
        node = nodes.get(nodes[task.node].parent or "") if task.node in nodes else None
        while node is not None:
            if node.label:
                titles.insert(0, f"{node.label}{node.heading or ''}")
            node = nodes.get(node.parent or "")
        return titles

    def label(self, task: Task) -> str:
        """The label as printed of the task's node ("" where it has none)."""
        return next((node.label or "" for node in self.outline if node.id == task.node), "")


def dump_json(data: Any, indent: int | None = 2) -> str:
    """`data` as JSON text that can always be written as UTF-8."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = "".join(f"\\u{ord(ch):04x}" if 0xD800 <= ord(ch) < 0xE000 else ch for ch in text)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        data = {}
        for name in _names(type(value)):
            item = getattr(value, name)
            if name in _OPTIONAL and not item and item != 0:
                continue
            if name in _OPTIONAL and item is False:
                continue
            data["class" if name == "kind" and isinstance(value, Number) else name] = _plain(item)
        return data
    return value


_FIELD_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _FIELD_NAMES:
        _FIELD_NAMES[kind] = tuple(item.name for item in fields(kind))
    return _FIELD_NAMES[kind]
