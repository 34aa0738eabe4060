"""What every check gets: the notice so far, and a way to say what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from safetydoc.extractors.names import Names
from safetydoc.extractors.values import Values
from safetydoc.model import Document, Metadata, Task
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.outline import Outline


@dataclass(frozen=True, slots=True)
class Said:
    """A finding before it is put into words: code, severity, English message, its {fields}, and the place."""

    code: str
    severity: str
    message: str
    start: int | None = None
    end: int | None = None
    fields: tuple[tuple[str, object], ...] = ()
    task: str | None = None


def add(code: str, severity: str, message: str, start: int | None = None, end: int | None = None, /,
        task: str | None = None, **fields: object) -> Said:
    """A finding; `message` is an English text of the catalogue with {fields}."""
    return Said(code, severity, message, start, end, tuple(fields.items()), task)


@dataclass(frozen=True, slots=True)
class Context:
    """A segmented and extracted notice, for the checks."""

    document: Document
    outline: Outline
    metadata: Metadata
    values: Values
    tasks: tuple[Task, ...]
    book: Rulebook
    names: Names


Check = Callable[[Context], Iterator[Said]]
