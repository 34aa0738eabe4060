"""What several test modules need: synthetic notices, and the tasks in them by path.

The places (霁川省云岫市 …) are invented, so that no table of real areas can help.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import safetydoc
from safetydoc.model import Notice, Task

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
CITY = "霁川省云岫市"
YEAR = 2024


def title(year: int = YEAR, area: str = CITY) -> str:
    """The title of a synthetic notice."""
    return f"{area}安全生产委员会关于印发{year}年安全生产工作方案的通知"


def notice_of(body: str, year: int = YEAR, area: str = CITY) -> Notice:
    """A notice with `body` under a title that names a year and an invented city."""
    return safetydoc.extract_text(f"{title(year, area)}\n{body}\n")


def task_of(text: str, year: int = YEAR, area: str = CITY) -> Task:
    """The only task of a notice whose only measure is `text`."""
    notice = notice_of(f"一、重点任务\n1.{text}", year, area)
    tasks = [task for task in notice.tasks if task.path.startswith("一/1")]
    assert len(tasks) == 1, [task.path for task in notice.tasks]
    return tasks[0]


def fold(text: str) -> str:
    """`text` as the contract compares it: NFKC, no white space, one kind of quotes."""
    text = unicodedata.normalize("NFKC", text)
    for old, new in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'")):
        text = text.replace(old, new)
    return "".join(text.split())


def corpus_files() -> list[Path]:
    """The notices of the corpus."""
    return sorted(CORPUS.glob("*.txt"))
