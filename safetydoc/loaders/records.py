"""What every loader gives."""

from __future__ import annotations

from dataclasses import dataclass

from safetydoc.model import Place, Repair


@dataclass(frozen=True, slots=True)
class Loaded:
    """Text of a file; `encoding` is None for binary formats, `pages` None where there are none."""

    text: str
    encoding: str | None = None
    repairs: tuple[Repair, ...] = ()
    layout: tuple[Place, ...] = ()
    pages: int | None = None
