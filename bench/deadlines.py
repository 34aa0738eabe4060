"""Part 2: our deadline engine alone against JioNLP's time extraction: time, and what each finds."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from measure import Bar, seconds, table

from safetydoc import loaders
from safetydoc.extractors.brackets import quoted
from safetydoc.extractors.values import engines
from safetydoc.rulebook import Rulebook, load_rules
from safetydoc.segmenters.metadata import read_metadata
from safetydoc.segmenters.outline import label_end, segment

_ROUNDS = 9
_LIMIT = 3.0
_EXAMPLES = 12
_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A notice's body as both get it: clean, without labels, titles and furniture; paragraphs joined by "\\n"."""

    name: str
    text: str
    year: int | None
    base: dict[str, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A time found in a prepared text: where, what it says, and its value as "type value" of our notation.

    `values` are all the readings under which it may count as right.
    """

    start: int
    end: int
    text: str
    shown: str
    values: frozenset[str]


def against_jionlp(files: Sequence[Path], gold_folder: Path | None) -> Bar | None:
    """Print times, what each finds, and how much of the gold; None where JioNLP is not installed."""
    print("## 2. Deadlines alone against JioNLP's time extraction\n")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            extract_time = importlib.import_module("jionlp").ner.extract_time
    except ImportError:
        print("Skipped: JioNLP is not installed (`pip install -r bench/requirements.txt`, 240 MB).\n")
        return None
    logging.disable(logging.CRITICAL)  # it logs a stack trace for every string that is no time
    book = load_rules()
    notices = [_prepare(path, book) for path in files]
    ours = [_ours(notice, book) for notice in notices]
    theirs = [_theirs(notice, extract_time) for notice in notices]
    bar = _times(notices, book, extract_time)
    logging.disable(logging.NOTSET)
    gold = [_gold(path, gold_folder) for path in files]
    marked = [
        (_mark(mine, wanted), _mark(other, wanted)) for mine, other, wanted in zip(ours, theirs, gold, strict=True)
    ]
    _print_gold(gold, marked)
    _print_finds(notices, ours, theirs, marked)
    return bar


def _prepare(path: Path, book: Rulebook) -> Prepared:
    outline = segment(loaders.load_path(path), book)
    metadata = read_metadata(outline, book)
    text = "\n".join(outline.view.s[label_end(p, outline.view):p.c1] for p in outline.paragraphs if not p.kind)
    base = date.fromisoformat(metadata.date_issued) if metadata.date_issued else date(metadata.year or 2020, 1, 1)
    return Prepared(path.name, text, metadata.year, {"year": base.year, "month": base.month, "day": base.day})


def _ours(notice: Prepared, book: Rulebook) -> list[Hit]:
    found = engines(book).deadlines.run(notice.text, quoted(notice.text), notice.year)
    return [
        Hit(hit.start, hit.end, notice.text[hit.start:hit.end], f"{hit.type} {hit.value}",
            frozenset({f"{hit.type} {_duration(hit.value)}"}))
        for hit in found
    ]


def _theirs(notice: Prepared, extract_time: Callable[..., list[dict[str, Any]]]) -> list[Hit]:
    hits, at = [], 0
    for paragraph in notice.text.split("\n"):
        for entity in extract_time(paragraph, time_base=notice.base) if paragraph else ():
            start, end = (at + place for place in entity["offset"])
            shown, values = _reading(entity["type"], entity["detail"]["time"])
            hits.append(Hit(start, end, entity["text"], shown, values))
        at += len(paragraph) + 1
    return hits


def _reading(kind: str, value: Any) -> tuple[str, frozenset[str]]:
    """JioNLP's value as we would write it, read in its favour: a stretch of time also counts as its last day."""
    if kind in ("time_point", "time_span"):
        first, last = (str(moment)[:10] for moment in value)
        return f"{kind} {first}/{last}", frozenset({f"by {last}", f"during {first}/{last}"})
    parts = value.get("delta") or {} if kind == "time_period" else value
    length = "P" + "".join(f"{number:g}{_LETTERS.get(unit, unit)}" for unit, number in parts.items()
                           if isinstance(number, (int, float)))
    role = "every" if kind == "time_period" else "within"
    return f"{kind} {length}", frozenset({f"{role} {_duration(length)}"})


def _duration(value: str) -> str:
    """P1W = P7D, P12M = P1Y; other values as they are."""
    number, letter = value[1:-1], value[-1:]
    if not value.startswith("P") or not number.isdecimal():
        return value
    if letter == "W":
        return f"P{7 * int(number)}D"
    return f"P{int(number) // 12}Y" if letter == "M" and int(number) % 12 == 0 else value


def _times(notices: Sequence[Prepared], book: Rulebook, extract_time: Callable[..., object]) -> Bar:
    finder = engines(book).deadlines

    def ours() -> None:
        for notice in notices:
            finder.run(notice.text, quoted(notice.text), notice.year)

    def theirs() -> None:
        for notice in notices:
            for paragraph in notice.text.split("\n"):
                if paragraph:
                    extract_time(paragraph, time_base=notice.base)

    pairs = [(seconds(ours), seconds(theirs)) for _ in range(_ROUNDS)]
    ratio = median(b / a for a, b in pairs)
    size = sum(len(notice.text) for notice in notices)
    rows = []
    for name, side in (("safetydoc DeadlineFinder", 0), (f"jionlp {version('jionlp')} ner.extract_time", 1)):
        time = median(pair[side] for pair in pairs)
        rows.append([name, f"{time * 1e3:.1f}", f"{size / time / 1e3:,.0f}", f"{ratio:.1f} ×" if side == 0 else "1 ×"])
    table([f"engine, the same {size:,} characters, median of {_ROUNDS}", "ms", "1,000 characters/s", "speed"], rows)
    return Bar("deadlines: our speed : JioNLP's", ratio, _LIMIT, at_least=True)


def _gold(path: Path, folder: Path | None) -> list[Hit]:
    """The gold deadlines of a notice, without places; each with the values that are right."""
    file = folder / f"{path.stem}.json" if folder else None
    if file is None or not file.is_file():
        return []
    wanted = []
    for task in json.loads(file.read_text(encoding="utf-8"))["tasks"]:
        for item in task.get("deadlines", ()):
            values = item["value"] if isinstance(item["value"], list) else [item["value"]]
            right = frozenset(f"{item['type']} {_duration(value)}" for value in values)
            wanted.append(Hit(0, 0, "".join(item["text"].split()), "", right))
    return wanted


@dataclass(frozen=True, slots=True)
class Marked:
    """Which hits are gold deadlines, and how many of those have the same text and a right value."""

    hits: frozenset[Hit]
    same_text: int
    right_value: int


def _mark(found: Sequence[Hit], gold: Sequence[Hit]) -> Marked:
    """Pair each gold deadline with one hit of which one text holds the other, the best pairs first."""
    left, wanted = list(found), list(gold)
    pairs: list[tuple[Hit, Hit]] = []
    for same, right in ((True, True), (True, False), (False, True), (False, False)):
        for item in list(wanted):
            for hit in left:
                alike = _same if same else _holds
                if alike(hit.text, item.text) and (not right or hit.values & item.values):
                    pairs.append((hit, item))
                    left.remove(hit)
                    wanted.remove(item)
                    break
    return Marked(frozenset(hit for hit, _ in pairs), sum(_same(a.text, b.text) for a, b in pairs),
                  sum(bool(a.values & b.values) for a, b in pairs))


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _holds(one: str, other: str) -> bool:
    """Whether one text holds the other and the shorter is at least half of the longer."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return short in long and 2 * len(short) >= len(long)


def _plain(text: str) -> str:
    return text.translate(str.maketrans("“”‘’（）", "\"\"''()"))


def _print_gold(gold: Sequence[Sequence[Hit]], marked: Sequence[tuple[Marked, Marked]]) -> None:
    total = sum(map(len, gold))
    if not total:
        print("No gold file: what is right is not counted.\n")
        return
    rows = []
    for name, side in (("safetydoc", 0), ("jionlp", 1)):
        ones = [pair[side] for pair in marked]
        figures = [(len(one.hits), one.same_text, one.right_value) for one in ones]
        rows.append([name, *(f"{sum(figure)} ({sum(figure) / total:.0%})" for figure in zip(*figures, strict=True))])
    table([f"of {total} gold deadlines", "touched", "same text", "right value"], rows)


def _print_finds(notices: Sequence[Prepared], ours: Sequence[list[Hit]], theirs: Sequence[list[Hit]],
                 marked: Sequence[tuple[Marked, Marked]]) -> None:
    counts: dict[str, list[int]] = {}
    both: list[list[object]] = []
    alone: tuple[list[list[object]], list[list[object]]] = ([], [])
    for notice, mine, other, marks in zip(notices, ours, theirs, marked, strict=True):
        short = notice.name[:3]
        pairs = [(a, b) for a in mine for b in other if a.start < b.end and b.start < a.end]
        paired = {hit for pair in pairs for hit in pair}
        singles = [[hit for hit in hits if hit not in paired] for hits in (mine, other)]
        agreed = sum(bool(a.values & b.values) for a, b in pairs)
        counts[notice.name] = [len(mine), len(other), len({a for a, _ in pairs}), agreed, *map(len, singles)]
        both += [[short, a.text, a.shown, b.text, b.shown] for a, b in pairs]
        for side in (0, 1):
            alone[side].extend(
                [short, hit.text, hit.shown, "yes" if hit in marks[side].hits else ""] for hit in singles[side]
            )
    counts["**all**"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    heads = ["notice", "ours", "theirs", "both", "both, same value", "only ours", "only theirs"]
    table(heads, [[name, *figures] for name, figures in counts.items()])
    _print_examples("Found by both", ["notice", "ours", "value", "theirs", "value"], both)
    _print_examples("Only ours", ["notice", "text", "value", "gold"], alone[0])
    _print_examples("Only theirs", ["notice", "text", "value", "gold"], alone[1])


def _print_examples(title: str, heads: Sequence[str], rows: Iterable[list[object]]) -> None:
    chosen = list(_first_of_each(rows))
    print(f"{title} (the first {min(len(chosen), _EXAMPLES)} of {len(chosen)} different ones):\n")
    table(heads, chosen[:_EXAMPLES])


def _first_of_each(rows: Iterable[list[object]]) -> Iterator[list[object]]:
    """The rows without repeats of the same texts and values in the same notice."""
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        if tuple(row) not in seen:
            seen.add(tuple(row))
            yield row
