"""Clocks, medians, bars and tables that all parts of the benchmark share."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A limit and what was measured against it; `at_least` turns the comparison round."""

    name: str
    measured: float
    limit: float
    at_least: bool = False

    @property
    def held(self) -> bool:
        """Whether the measured figure keeps to the limit."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def seconds(job: Callable[[], object]) -> float:
    """CPU seconds of one call. CPU time, not wall time: other processes share the machine."""
    gc.collect()
    start = time.process_time()
    job()
    return time.process_time() - start


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table and an empty line."""
    for cells in (heads, ["---"] * len(heads), *rows):
        print("| " + " | ".join(map(_cell, cells)) + " |")
    print()


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
