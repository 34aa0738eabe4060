"""Loads, validates and compiles the rule book: every `*.toml` and `*.csv` of rules/.

A rule file holds `[words]` (lists of vocabulary, each with the name that patterns use) and
`[[rule]]` tables: `id`, `purpose`, `pattern`, `examples`, `counter` and what the engine that
runs the rule needs. In a pattern `<<name>>` stands for the word list of that name, folded
into one trie. A user's own folder lies over the shipped one: a rule of the same id replaces
the shipped rule, a word list of the same name adds to it, `[without]` takes words away.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from safetydoc.model import SafetydocError

#: The rule files, and what engine runs the rules of each.
KINDS = ("labels", "metadata", "units", "agents", "deadlines", "targets", "numbers", "categories")


def shipped_rules() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    return here / "rules" if (here / "rules").is_dir() else here.parent / "rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `data` is its table in the file, `file` where it stands."""

    id: str
    kind: str
    file: str
    pattern: str
    data: dict[str, Any] = field(hash=False)

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.data.get(name, default)


@dataclass
class Rulebook:
    """The compiled rule book. `words[name]` are the word lists, `rules[kind]` the rules in file order."""

    words: dict[str, tuple[str, ...]]
    rules: dict[str, tuple[Rule, ...]]
    folders: tuple[Path, ...]
    memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def regex(self, pattern: str) -> re.Pattern[str]:
        """`pattern` compiled, with `<<name>>` replaced by the word list's trie."""
        return _compile(self.expand(pattern))

    def expand(self, pattern: str) -> str:
        """`pattern` with every `<<name>>` replaced."""
        return re.sub(r"<<([\w-]+)>>", lambda m: self.trie(m[1]), pattern)

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

    @cached_property
    def combined(self) -> dict[str, tuple[re.Pattern[str], dict[str, Rule]]]:
        """For each kind one alternation of all its patterns, and the rule of each group name."""
        return {}

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of `name`.csv; a user's rows come last."""
        key = "table " + name
        if key not in self.memo:
            rows: list[dict[str, str]] = []
            for folder in self.folders:
                path = folder / f"{name}.csv"
                if path.is_file():
                    lines = [line for line in path.read_text("utf-8-sig").splitlines() if line and not line.startswith("#")]
                    rows += list(csv.DictReader(lines))
            self.memo[key] = rows
        return self.memo[key]  # type: ignore[no-any-return]


@lru_cache(maxsize=2048)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def trie_pattern(words: list[str]) -> str:
    """A regular expression for any of `words`, longest first, sharing beginnings (linear to match)."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for ch in word:
            node = node.setdefault(ch, {})
        node[""] = {}
    return _trie(root) if root else "(?!)"


def _trie(node: dict[str, Any]) -> str:
    ends = "" in node
    singles = [re.escape(ch) for ch, below in node.items() if ch and set(below) == {""}]
    longer = [re.escape(ch) + _trie(below) for ch, below in node.items() if ch and set(below) != {""}]
    choices = longer + (["[" + "".join(singles) + "]"] if len(singles) > 1 else singles)
    if not choices:
        return ""
    body = choices[0] if len(choices) == 1 and not ends else "(?:" + "|".join(choices) + ")"
    return body + "?" if ends else body


@lru_cache(maxsize=8)
def load_rules(*folders: Path) -> Rulebook:
    """The shipped rule book with the user's `folders` over it.

    Raises SafetydocError (`rules-…`) with file, rule and fault where a folder cannot be used.
    """
    words: dict[str, list[str]] = {}
    rules: dict[str, dict[str, Rule]] = {kind: {} for kind in KINDS}
    places = (shipped_rules(), *folders)
    for folder in places:
        if not folder.is_dir():
            raise SafetydocError("rules-folder-missing", f"{folder}: no such folder of rules")
        for path in sorted(folder.glob("*.toml")):
            data = _read(path)
            for name, items in data.get("words", {}).items():
                words.setdefault(name, []).extend(items)
            for name, items in data.get("without", {}).items():
                gone = set(items)
                words[name] = [word for word in words.get(name, []) if word not in gone]
            for table in data.get("rule", ()):
                kind = table.get("kind", path.stem)
                rule = Rule(table["id"], kind, path.name, table.get("pattern", ""), table)
                rules[kind][rule.id] = rule
    book = Rulebook({name: tuple(dict.fromkeys(items)) for name, items in words.items()},
                    {kind: tuple(table.values()) for kind, table in rules.items()}, places)
    return book


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SafetydocError("rules-not-toml", f"{path.name}: not valid TOML in UTF-8: {error}") from None
    faults = check_file(path.name, data)
    if faults:
        raise SafetydocError("rules-invalid", "\n".join(faults))
    return data


def check_file(name: str, data: dict[str, Any]) -> list[str]:
    """What is wrong with the tables of a rule file, one line a fault: file, rule, what to do."""
    faults = []
    for key in data:
        if key not in ("words", "without", "rule"):
            faults.append(f"{name}: unknown table [{key}]; known are words, without and rule")
    for part in ("words", "without"):
        for word, items in data.get(part, {}).items():
            if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
                faults.append(f"{name}: [{part}] {word}: must be a list of words")
    seen = set()
    for place, table in enumerate(data.get("rule", ()), 1):
        rule = str(table.get("id") or f"number {place}")
        where = f"{name}: rule {rule}"
        kind = table.get("kind", Path(name).stem)
        if kind not in KINDS:
            faults.append(f"{where}: unknown kind {kind!r}; known are {', '.join(KINDS)}")
        for needed in ("id", "purpose", "examples", "counter"):
            if not table.get(needed):
                faults.append(f"{where}: {needed} is missing")
        if rule in seen:
            faults.append(f"{where}: the id stands twice")
        seen.add(rule)
        pattern = table.get("pattern")
        if pattern is not None:
            try:
                re.compile(re.sub(r"<<[\w-]+>>", "x", pattern))
            except re.error as error:
                faults.append(f"{where}: the pattern is no regular expression: {error}")
        for example in table.get("examples", ()):
            if not isinstance(example, dict) or "text" not in example or "want" not in example:
                faults.append(f"{where}: an example needs text and want")
        for text in table.get("counter", ()):
            if not isinstance(text, str):
                faults.append(f"{where}: a counter-example is a text")
    return faults
