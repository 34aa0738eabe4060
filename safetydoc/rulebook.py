"""Loads, validates and compiles the rule book: every `*.toml` and `*.csv` of rules/.

A rule file holds `[words]` (lists of vocabulary, each with the name that patterns use),
`[patterns]` (regular expressions that the engines ask for by name) and `[[rule]]` tables:
`id`, `purpose`, `pattern`, `examples`, `counter` and what the engine that runs the rule needs.
In a pattern `<<name>>` stands for the word list of that name, folded into one trie (`<<a+b>>`
for two lists in one, where the longest word of both is to win). A user's own folder lies over
the shipped one: a rule or pattern of the same name replaces the shipped one, a word list of
the same name adds to it, `[without]` takes words away.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from safetydoc.messages import N_, Language, translate
from safetydoc.model import SafetydocError

#: The rule files, and what engine runs the rules of each.
KINDS = ("labels", "metadata", "units", "agents", "deadlines", "targets", "numbers", "categories")
#: The categories of a task in the schema.
CATEGORIES = ("总体要求", "目标", "任务", "保障措施")

#: What the engine of a kind reads of each rule, and what some of it may be.
_NEEDED = {
    "labels": ("pattern", "style", "rank"), "metadata": ("pattern",), "deadlines": ("pattern", "first", "type", "value"),
    "numbers": ("pattern", "class"), "categories": ("pattern", "category"),
}  # fmt: skip
_CHOICES = {
    "type": ("by", "during", "within", "every", "before_event"),
    "class": ("target", "deadline", "date", "citation", "condition", "grade", "name", "ordinal", "indefinite", "contact", "other"),
    "category": CATEGORIES,
}
#: A word list in a pattern; several lists joined by + become one trie.
_REFERENCE = re.compile(r"<<([\w-]+(?:\+[\w-]+)*)>>")


def shipped_rules() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    return here / "rules" if (here / "rules").is_dir() else here.parent / "rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `data` is its table in the file, `file` where it stands, `own` whether a user's folder holds it.

    A user's own rules are tried before the shipped ones.
    """

    id: str
    kind: str
    file: str
    pattern: str
    data: dict[str, Any] = field(hash=False)
    own: bool = False

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.data.get(name, default)


@dataclass
class Rulebook:
    """The compiled rule book.

    `words[name]` are the word lists, `patterns[name]` the patterns as written, `rules[kind]` the rules in file order.
    """

    words: dict[str, tuple[str, ...]]
    patterns: dict[str, str]
    rules: dict[str, tuple[Rule, ...]]
    folders: tuple[Path, ...]
    memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def pattern(self, name: str) -> re.Pattern[str]:
        """The pattern of that name, compiled."""
        key = "pattern " + name
        if key not in self.memo:
            self.memo[key] = self.regex(self.patterns[name])
        return self.memo[key]  # type: ignore[no-any-return]

    def regex(self, pattern: str) -> re.Pattern[str]:
        """`pattern` compiled, with `<<name>>` replaced by the word list's trie."""
        return _compile(self.expand(pattern))

    def expand(self, pattern: str) -> str:
        """`pattern` with every `<<name>>` replaced."""
        return _REFERENCE.sub(lambda m: self.trie(*m[1].split("+")), pattern)

    def trie(self, *names: str) -> str:
        """The named word lists as one regular expression that matches the longest word."""
        key = "trie " + " ".join(names)
        if key not in self.memo:
            self.memo[key] = trie_pattern([word for name in names for word in self.words[name]])
        return str(self.memo[key])

    def set(self, name: str) -> frozenset[str]:
        """A word list as a set."""
        key = "set " + name
        if key not in self.memo:
            self.memo[key] = frozenset(self.words[name])
        return self.memo[key]  # type: ignore[no-any-return]

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of `name`.csv; a user's rows come last."""
        key = "table " + name
        if key not in self.memo:
            rows: list[dict[str, str]] = []
            for folder in self.folders:
                path = folder / f"{name}.csv"
                if path.is_file():
                    rows += csv.DictReader(_lines(path))
            self.memo[key] = rows
        return self.memo[key]  # type: ignore[no-any-return]


class Patterns:
    """The patterns of one engine as attributes: of `Patterns(book, "unit")`, `.not_subject` is the pattern unit-not-subject.

    A pattern is compiled when it is first asked for.
    """

    def __init__(self, book: Rulebook, engine: str) -> None:
        self._book, self._engine = book, engine

    def __getattr__(self, name: str) -> re.Pattern[str]:
        if name.startswith("_"):
            raise AttributeError(name)
        pattern = self._book.pattern(f"{self._engine}-{name.replace('_', '-')}")
        setattr(self, name, pattern)
        return pattern


class Words:
    """The word lists as attributes: `.unit_end` is the list unit-end."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book

    def __getattr__(self, name: str) -> tuple[str, ...]:
        if name.startswith("_"):
            raise AttributeError(name)
        words = self._book.words[name.replace("_", "-")]
        setattr(self, name, words)
        return words


@lru_cache(maxsize=2048)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def trie_pattern(words: list[str]) -> str:
    """A regular expression for any of `words`, longest first, sharing beginnings (linear to match).

    At its start every choice is a character of its own, no class: only then does Python's search skip to the next of them.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for ch in word:
            node = node.setdefault(ch, {})
        node[""] = {}
    return _trie(root, outermost=True) if root else "(?!)"


def _trie(node: dict[str, Any], outermost: bool = False) -> str:
    ends = "" in node
    singles = [re.escape(ch) for ch, below in node.items() if ch and set(below) == {""}]
    longer = [re.escape(ch) + _trie(below) for ch, below in node.items() if ch and set(below) != {""}]
    choices = longer + (["[" + "".join(singles) + "]"] if len(singles) > 1 and not outermost else singles)
    if not choices:
        return ""
    body = choices[0] if len(choices) == 1 and not ends else "(?:" + "|".join(choices) + ")"
    return body + "?" if ends else body


def load_rules(*folders: Path, language: Language = "zh") -> Rulebook:
    """The shipped rule book with the user's `folders` over it; loaded once, and again when a file of theirs changes.

    Raises SafetydocError (`rules-…`) with file, rule and fault where a folder cannot be used.
    """
    files = [path for folder in folders for path in sorted(folder.glob("*")) if path.is_file()]
    state = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _load(folders, language, state)


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...], language: Language, state: tuple[tuple[str, int, int], ...]) -> Rulebook:
    words: dict[str, list[str]] = {}
    patterns: dict[str, str] = {}
    rules: dict[str, dict[str, Rule]] = {kind: {} for kind in KINDS}
    places = (shipped_rules(), *folders)
    for folder in places:
        if not folder.is_dir():
            raise SafetydocError("rules-folder-missing", translate("{folder}: there is no such folder of rules.", language, folder=folder))
        for path in sorted(folder.glob("*.toml")):
            data = _read(path, language)
            for name, items in data.get("words", {}).items():
                words.setdefault(name, []).extend(items)
            for name, items in data.get("without", {}).items():
                gone = set(items)
                words[name] = [word for word in words.get(name, []) if word not in gone]
            patterns |= data.get("patterns", {})
            for table in data.get("rule", ()):
                kind = table.get("kind", path.stem)
                rules[kind][table["id"]] = Rule(table["id"], kind, path.name, table.get("pattern", ""), table, folder != places[0])
    book = Rulebook({name: tuple(dict.fromkeys(items)) for name, items in words.items()}, patterns,
                    {kind: tuple(sorted(table.values(), key=lambda rule: not rule.own)) for kind, table in rules.items()}, places)
    faults = [fault for folder in folders for fault in (
        *_check_rules(book, folder, language), *_check_patterns(book, folder, language), *_check_tables(folder, language))]
    if faults:
        raise SafetydocError("rules-invalid", "\n".join(faults))
    return book


def own_rules(book: Rulebook, folder: Path, language: Language = "zh") -> list[Rule]:
    """The rules of `book` that stand in the files of `folder`."""
    return [rule for path in sorted(folder.glob("*.toml")) for table in _read(path, language).get("rule", ())
            for rule in book.rules[table.get("kind", path.stem)] if rule.id == table["id"]]


def check_folder(folder: Path, language: Language = "zh") -> list[str]:
    """What is wrong with the files of a user's folder, one line a fault; its examples are not run."""
    faults: list[str] = []
    paths = sorted(folder.glob("*.toml"))
    if not paths and not any(folder.glob("*.csv")):
        return [translate(
            "{folder}: holds no rule file. Rule files end in .toml (or .csv) and are named as the shipped ones are.", language, folder=folder)]
    for path in paths:
        try:
            _read(path, language)
        except SafetydocError as error:
            faults += str(error).split("\n")
    if not faults:
        try:
            load_rules(folder, language=language)
        except SafetydocError as error:
            faults += str(error).split("\n")
    return faults


def _read(path: Path, language: Language) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise SafetydocError("rules-unreadable", translate(
            "{name}: cannot be read ({why}).", language, name=path, why=error.strerror or error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SafetydocError("rules-not-toml", _fault(path.name, None, "this is not TOML in UTF-8: {why}", language, why=error)) from None
    faults = check_file(path.name, data, language)
    if faults:
        raise SafetydocError("rules-invalid", "\n".join(faults))
    return data


def _lines(path: Path) -> list[str]:
    """The lines of a table, without remarks."""
    return [line for line in path.read_text("utf-8-sig").splitlines() if line and not line.startswith("#")]


def _fault(file: str, rule: str | None, message: str, language: Language, /, **values: object) -> str:
    """`message` with the file and the rule that it concerns."""
    text = translate(message, language, **values)
    if rule is None:
        return translate("{file}: {fault}", language, file=file, fault=text)
    return translate("{file}: rule {rule}: {fault}", language, file=file, rule=rule, fault=text)


def check_file(name: str, data: dict[str, Any], language: Language = "zh") -> list[str]:
    """What is wrong with the tables of a rule file, one line a fault: file, rule, what to do."""
    faults = []
    for key in data:
        if key not in ("words", "without", "patterns", "rule"):
            faults.append(_fault(name, None, "the table [{key}] is unknown; known are words, without, patterns and rule", language, key=key))
    for part in ("words", "without"):
        lists = data.get(part, {})
        if not isinstance(lists, dict):
            faults.append(_fault(name, None, "[{part}] must be a table of word lists", language, part=part))
            continue
        for word, items in lists.items():
            if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
                faults.append(_fault(name, None, "[{part}] {word} must be a list of words", language, part=part, word=word))
    faults += [_fault(name, None, message, language, **values) for message, values in _pattern_faults(data.get("patterns", {}))]
    tables = data.get("rule", ())
    if not isinstance(tables, list | tuple) or not all(isinstance(table, dict) for table in tables):
        return [*faults, _fault(name, None, "rules are written as tables [[rule]]", language)]
    seen: set[str] = set()
    for place, table in enumerate(tables, 1):
        rule = str(table.get("id") or f"#{place}")
        faults += [_fault(name, rule, message, language, **values) for message, values in _rule_faults(name, table)]
        if rule in seen:
            faults.append(_fault(name, rule, "the id stands twice", language))
        seen.add(rule)
    return faults


def _pattern_faults(patterns: object) -> Iterator[tuple[str, dict[str, object]]]:
    """The faults of a table [patterns]: a message and its fields."""
    if not isinstance(patterns, dict):
        yield N_("[patterns] must be a table of regular expressions"), {}
        return
    for name, pattern in patterns.items():
        if not isinstance(pattern, str) or not pattern:
            yield N_("[patterns] {name} must be a regular expression in quotes"), {"name": name}
            continue
        try:
            re.compile(_REFERENCE.sub("x", pattern))
        except (re.error, RecursionError, OverflowError) as error:
            yield N_("[patterns] {name} is not a regular expression: {why}"), {"name": name, "why": error}


def _rule_faults(name: str, table: dict[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
    """The faults of one rule: a message and its fields."""
    kind = table.get("kind", Path(name).stem)
    if kind not in KINDS:
        yield N_("the kind {kind} is unknown; known are {known}"), {"kind": kind, "known": ", ".join(KINDS)}
        kind = ""
    for key in ("id", "purpose", "examples", "counter", *_NEEDED.get(kind, ())):
        if not table.get(key):
            yield N_("{key} is missing"), {"key": key}
    for key in ("id", "purpose", "pattern", "before"):
        if key in table and not isinstance(table[key], str):
            yield N_("{key} must be a text"), {"key": key}
    for key in ("examples", "counter"):
        if not isinstance(table.get(key, []), list):
            yield N_("{key} must be a list"), {"key": key}
    for key in _NEEDED.get(kind, ()):
        choices = _CHOICES.get(key)
        if choices and table.get(key) and table[key] not in choices:
            yield N_("{key} is {value}; it must be one of {choices}"), {"key": key, "value": table[key], "choices": ", ".join(choices)}
    if kind == "labels" and table.get("rank") and not isinstance(table["rank"], int | float):
        yield N_("{key} must be a number"), {"key": "rank"}
    for key in ("pattern", "before"):
        if isinstance(table.get(key), str):
            try:
                pattern = re.compile(_REFERENCE.sub("x", table[key]))
            except (re.error, RecursionError, OverflowError) as error:
                yield N_("{key} is not a regular expression: {why}"), {"key": key, "why": error}
            else:
                if kind == "labels" and key == "pattern" and "n" not in pattern.groupindex:
                    yield N_("the pattern has no group (?P<n>…) for the number"), {}
    for example in table.get("examples", ()) if isinstance(table.get("examples"), list) else ():
        want = example.get("want") if isinstance(example, dict) else None
        if not isinstance(want, list) or not want or not all(isinstance(item, str) for item in want) or not isinstance(example.get("text"), str):
            yield N_('an example is written { text = "…", want = ["…"] }'), {}
    for text in table.get("counter", ()) if isinstance(table.get("counter"), list) else ():
        if not isinstance(text, str):
            yield N_("a counter-example is a text"), {}


def _unknown_words(book: Rulebook, pattern: str) -> list[str]:
    """The word lists that a pattern names and the book has not."""
    return [name for names in _REFERENCE.findall(pattern) for name in names.split("+") if name not in book.words]


def _check_patterns(book: Rulebook, folder: Path, language: Language) -> list[str]:
    """What is wrong with a user's [patterns] beside the shipped ones: names that no engine asks for, groups that an engine misses."""
    faults = []
    shipped = load_rules(language=language)
    for path in sorted(folder.glob("*.toml")):
        for name, pattern in _read(path, language).get("patterns", {}).items():
            if name not in shipped.patterns:
                faults.append(_fault(path.name, None, "[patterns] {name} replaces nothing: no shipped pattern has this name", language, name=name))
                continue
            unknown = _unknown_words(book, pattern)
            for word in unknown:
                faults.append(_fault(
                    path.name, None, "[patterns] {name}: there is no word list {word}; add it under [words]", language, name=name, word=word))
            if unknown:
                continue
            try:
                groups = book.regex(pattern).groupindex
            except (re.error, RecursionError, OverflowError) as error:
                faults.append(_fault(path.name, None, "[patterns] {name} is not a regular expression: {why}", language, name=name, why=error))
                continue
            for group in shipped.pattern(name).groupindex:
                if group not in groups:
                    faults.append(_fault(path.name, None, "[patterns] {name} has no group (?P<{group}>…)", language, name=name, group=group))
    return faults


def _check_rules(book: Rulebook, folder: Path, language: Language) -> list[str]:
    """What is wrong with the patterns of a user's rules once the word lists are in them, and with ids that stand in two files."""
    faults = []
    files: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.toml")):
        for table in _read(path, language).get("rule", ()):
            first = files.setdefault((table.get("kind", path.stem), table["id"]), path.name)
            if first != path.name:
                faults.append(_fault(path.name, table["id"], "the id stands in {other} too", language, other=first))
    for rule in own_rules(book, folder, language):
        unknown = _unknown_words(book, rule.pattern)
        for name in unknown:
            faults.append(_fault(rule.file, rule.id, "there is no word list {word}; add it under [words]", language, word=name))
        if not unknown:
            try:
                book.regex(rule.pattern)
            except (re.error, RecursionError, OverflowError) as error:
                faults.append(_fault(rule.file, rule.id, "{key} is not a regular expression: {why}", language, key="pattern", why=error))
    return faults


def _check_tables(folder: Path, language: Language) -> list[str]:
    """What is wrong with the CSV tables of a user's folder."""
    faults = []
    shipped = {path.name: path for path in shipped_rules().glob("*.csv")}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in shipped:
            faults.append(_fault(path.name, None, "this table is unknown; known are {known}", language, known=", ".join(sorted(shipped))))
            continue
        heads = next(csv.reader(_lines(shipped[path.name])))
        try:
            rows = list(csv.reader(_lines(path)))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            faults.append(_fault(path.name, None, "this is not a table in UTF-8: {why}", language, why=error))
            continue
        if not rows or rows[0] != heads:
            faults.append(_fault(path.name, None, "the first line must be {heads}", language, heads=",".join(heads)))
        for row in rows[1:]:
            if len(row) != len(heads):
                faults.append(_fault(path.name, None, "the line {row} must have {count} columns", language, row=",".join(row), count=len(heads)))
    return faults
