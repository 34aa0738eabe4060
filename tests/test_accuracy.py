"""How much of the corpus' expected matrices is found: F1 per field, with a floor for each notice.

The floors lie a little below what was measured when they were written; they may only rise.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
from support import CORPUS, fold

import safetydoc

EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((CORPUS / "expected").glob("*.json"))}
Item = tuple[Any, ...]


@cache
def found(stem: str) -> dict[str, Any]:
    return json.loads(safetydoc.extract(CORPUS / f"{stem}.txt").to_json())  # type: ignore[no-any-return]


def words(text: str | None) -> str | None:
    return None if text is None else fold(text)


def last_day(value: str) -> str:
    return value.rpartition("/")[2]


def deadline(item: dict[str, Any]) -> Item:
    """A deadline by type and value; by and during count as one when they end on the same day."""
    bounded = item["type"] in ("by", "during") and not item["value"].endswith("..")
    return ("day", last_day(item["value"])) if bounded else (item["type"], fold(item["value"]))


def target(item: dict[str, Any]) -> Item:
    return item["comparator"], item["value"], item.get("value2"), words(item["unit"]), item["change"]


def numeral(text: str) -> str:
    """The figures of a number: what was taken along of its unit does not count."""
    return "".join(ch for ch in fold(text).replace("百分点", "") if ch in ".+〇零一二三四五六七八九十百千万亿两双" or ch.isdecimal())


def absolute(item: Any) -> Item:
    return (fold(item if isinstance(item, str) else item["text"]),)


def agent(item: Any) -> Item:
    return (fold(item if isinstance(item, str) else item["name"]),)


READERS: dict[str, Callable[[Any], Item]] = {
    "units": lambda item: (fold(item["name"]), item["role"]),
    "agents": agent,
    "deadlines": deadline,
    "targets": target,
    "absolutes": absolute,
}


def rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The tasks without introductions, which the expected files do not list."""
    return [task for task in data["tasks"] if not task["path"].endswith("/引言")]


def f1(got: Iterable[Item], want: Iterable[Item]) -> float:
    """Harmonic mean of precision and recall over two bags; 1 where both are empty."""
    left, right = Counter(got), Counter(want)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def score(stem: str, field: str) -> float:
    got, want = rows(found(stem)), rows(EXPECTED[stem])
    if field == "tasks":
        return f1(*([(fold(t["path"]), t["category"], words(t["title"]), t["items"]) for t in tasks] for tasks in (got, want)))
    if field == "numbers":
        return f1(
            [(numeral(n["text"]), n["class"]) for n in found(stem)["numbers"]],
            [(numeral(n["numeral"]), n["class"]) for n in EXPECTED[stem]["numbers"]],
        )
    if field == "metadata":
        given, asked = found(stem)["metadata"], EXPECTED[stem]["metadata"]
        return sum(_folded(given[name]) == _folded(value) for name, value in asked.items()) / len(asked)
    if field == "canonical":
        printed = {(fold(t["path"]), fold(u["name"])): fold(u["canonical"]) for t in got for u in t["units"]}
        right = [printed.get((fold(t["path"]), fold(u["name"]))) in _any_of(u["canonical"]) for t in want for u in t["units"]]
        return sum(right) / len(right) if right else 1.0
    read = READERS[field]
    return f1(*([(fold(t["path"]), *read(item)) for t in tasks for item in t[field]] for tasks in (got, want)))


FLOORS: dict[str, dict[str, float]] = {
    "01-city-work-points": {
        "metadata": 0.98,
        "tasks": 0.98,
        "units": 0.98,
        "canonical": 0.98,
        "agents": 0.83,
        "deadlines": 0.98,
        "targets": 0.98,
        "absolutes": 0.98,
        "numbers": 0.96,
    },
    "02-province-implementation-plan": {
        "metadata": 0.98,
        "tasks": 0.98,
        "units": 0.98,
        "canonical": 0.98,
        "agents": 0.94,
        "deadlines": 0.98,
        "targets": 0.98,
        "absolutes": 0.98,
        "numbers": 0.97,
    },
    "03-county-special-rectification": {
        "metadata": 0.98,
        "tasks": 0.98,
        "units": 0.98,
        "canonical": 0.93,
        "agents": 0.88,
        "deadlines": 0.98,
        "targets": 0.98,
        "absolutes": 0.98,
        "numbers": 0.94,
    },
    "04-national-regulation": {
        "metadata": 0.98,
        "tasks": 0.98,
        "units": 0.98,
        "canonical": 0.98,
        "agents": 0.86,
        "deadlines": 0.98,
        "targets": 0.98,
        "absolutes": 0.98,
        "numbers": 0.98,
    },
    "05-zone-one-line": {
        "metadata": 0.98,
        "tasks": 0.98,
        "units": 0.98,
        "canonical": 0.88,
        "agents": 0.98,
        "deadlines": 0.98,
        "targets": 0.98,
        "absolutes": 0.98,
        "numbers": 0.98,
    },
    "06-town-hard-wrapped": {
        "metadata": 0.98,
        "tasks": 0.98,
        "units": 0.98,
        "canonical": 0.98,
        "agents": 0.98,
        "deadlines": 0.98,
        "targets": 0.98,
        "absolutes": 0.98,
        "numbers": 0.95,
    },
}


@pytest.mark.parametrize(("stem", "field"), [(stem, field) for stem in EXPECTED for field in FLOORS[stem]])
def test_a_field_of_a_notice_is_found(stem: str, field: str) -> None:
    assert score(stem, field) >= FLOORS[stem][field]


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, list):
        return [_folded(item) for item in value]
    return {key: _folded(item) for key, item in value.items()} if isinstance(value, dict) else value


def _any_of(canonical: str | list[str]) -> list[str]:
    return [fold(name) for name in ([canonical] if isinstance(canonical, str) else canonical)]


@pytest.mark.parametrize("stem", EXPECTED)
def test_the_expected_file_belongs_to_the_notice(stem: str) -> None:
    assert EXPECTED[stem]["sha256"] == found(stem)["source"]["sha256"]
    starts = {fold(task["path"]): fold(task["starts"]) for task in EXPECTED[stem]["tasks"]}
    texts = {fold(task["path"]): fold(task["text"]) for task in found(stem)["tasks"]}
    assert [path for path, start in starts.items() if not texts.get(path, "").startswith(start)] == []


def test_the_scorer_counts_what_is_missed_and_what_is_made_up() -> None:
    assert f1([(1,), (2,)], [(1,), (2,)]) == 1
    assert f1([(1,)], [(1,), (2,)]) == pytest.approx(2 / 3)
    assert f1([(1,), (2,), (3,)], [(1,)]) == pytest.approx(1 / 2)
    assert f1([(1,), (1,)], [(1,)]) == pytest.approx(2 / 3)
    assert f1([], []) == 1
    assert deadline({"type": "by", "value": "2024-06-30"}) == deadline({"type": "during", "value": "2024-06-01/2024-06-30"})
    assert deadline({"type": "during", "value": "2024-06-01/.."}) != deadline({"type": "during", "value": "2025-06-01/.."})
