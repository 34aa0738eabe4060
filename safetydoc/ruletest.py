"""Runs the examples and counter-examples of rules through the engines that run the rules.

An example passes where every `want` is found in its text; a counter-example passes where the
rule itself makes nothing of it. Each kind of rule file has its own way to phrase a `want`;
`_ADAPTERS` holds one renderer for each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from safetydoc import pipeline
from safetydoc.loaders import document_of
from safetydoc.model import Notice, Target
from safetydoc.rulebook import KINDS, Rule, Rulebook
from safetydoc.segmenters.categories import Categories
from safetydoc.segmenters.labels import LabelFinder
from safetydoc.segmenters.view import fold

#: The notice around an example: it gives the year 2020, and a measure that the example belongs to.
_FRAME = "云桥市2020年安全生产工作要点\n一、测试。"
_NUMERAL = re.compile(r"[\d.一二三四五六七八九十百千万亿零两]")


class Value(NamedTuple):
    """What an engine made of a text: the rule that made it, and the value as a `want` phrases it."""

    rule: str | None
    shown: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A text whose outcome is not the promised one. `want` is empty for a counter-example."""

    text: str
    want: tuple[str, ...]
    got: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One rule tried: how many examples and counter-examples it has, and which fail."""

    rule: Rule
    examples: int
    counters: int
    failures: tuple[Failure, ...]


def try_rules(book: Rulebook, rules: Iterable[Rule] | None = None) -> Iterator[Result]:
    """Try `rules` (all of the book, unless named), in the order of the book."""
    every = (rule for kind in KINDS for rule in book.rules[kind])
    for rule in every if rules is None else rules:
        yield try_rule(book, rule)


def try_rule(book: Rulebook, rule: Rule) -> Result:
    """Run the examples and counter-examples of one rule. Never raises for what a rule holds."""
    failures = []
    examples, counters = rule.get("examples", ()), rule.get("counter", ())
    for example in examples:
        want = tuple(example["want"])
        got, error = _found(book, rule, example["text"])
        if error or not _all_found(rule, want, [value.shown for value in got]):
            failures.append(Failure(example["text"], want, tuple(value.shown for value in got), error))
    for text in counters:
        got, error = _found(book, rule, text)
        own = tuple(value.shown for value in got if value.rule == rule.id)
        if error or own:
            failures.append(Failure(text, (), own, error))
    return Result(rule, len(examples), len(counters), tuple(failures))


def _found(book: Rulebook, rule: Rule, text: str) -> tuple[list[Value], str]:
    try:
        return list(_ADAPTERS[rule.kind](book, rule, text)), ""
    except Exception as error:  # a user's rule may break an engine in any way
        return [], f"{type(error).__name__}: {error}"


def _all_found(rule: Rule, want: tuple[str, ...], got: list[str]) -> bool:
    if rule.kind == "numbers":
        return all(any(_same_number(fold(one), fold(other)) for other in got) for one in want)
    return not Counter(want) - Counter(got)


def _same_number(want: str, got: str) -> bool:
    """Whether `got` is `want`, or `want` with a unit behind."""
    return got.startswith(want) and not _NUMERAL.match(got, len(want))


# --- one renderer a kind ---------------------------------------------------------------------


def _labels(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    label = LabelFinder(book).at(text, 0, len(text))
    if label:
        yield Value(label.rule, f"{label.style.rstrip('0123456789')} {label.number} {text[:label.end].strip()}")


def _categories(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    category, made_by = Categories(book).of_heading(fold("".join(text.split())))
    yield Value(made_by, category)


def _metadata(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    for match in book.regex(rule.pattern).finditer(text):
        yield Value(rule.id, match[0])


def _in_tasks(book: Rulebook, text: str, kind: str) -> Iterator[Any]:
    """The values of a kind (units, deadlines …) that stand in the example, not in the notice around it."""
    return (value for task in _notice(book, text).tasks for value in getattr(task, kind) if value.start >= len(_FRAME))


def _units(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    return (Value(unit.rule, f"{unit.role} {unit.name}") for unit in _in_tasks(book, text, "units"))


def _agents(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    return (Value(agent.rule, agent.name) for agent in _in_tasks(book, text, "agents"))


def _deadlines(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    return (Value(deadline.rule, f"{deadline.text} {deadline.type} {deadline.value}") for deadline in _in_tasks(book, text, "deadlines"))


def _targets(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    for target in _in_tasks(book, text, "targets"):
        yield Value(target.rule, _target(target))
    for absolute in _in_tasks(book, text, "absolutes"):
        yield Value(absolute.rule, f"absolute {absolute.text}")


def _target(target: Target) -> str:
    value = target.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(part) for part in (target.comparator, value, target.unit, target.change) if part is not None)


def _numbers(book: Rulebook, rule: Rule, text: str) -> Iterator[Value]:
    for number in _notice(book, text).numbers:
        if number.start >= len(_FRAME):
            yield Value(number.rule, f"{number.kind} {number.text}")


def _notice(book: Rulebook, text: str) -> Notice:
    return pipeline.run(document_of(_FRAME + text), book, "zh")


_ADAPTERS: dict[str, Callable[[Rulebook, Rule, str], Iterator[Value]]] = {
    "labels": _labels,
    "categories": _categories,
    "metadata": _metadata,
    "units": _units,
    "agents": _agents,
    "deadlines": _deadlines,
    "targets": _targets,
    "numbers": _numbers,
}
