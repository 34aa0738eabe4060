"""Every rule keeps what its examples and counter-examples promise; a user's faulty rules are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from safetydoc.model import SafetydocError
from safetydoc.rulebook import KINDS, Rule, check_folder, load_rules, own_rules
from safetydoc.ruletest import try_rule

BOOK = load_rules()
RULES = [rule for kind in KINDS for rule in BOOK.rules[kind]]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_keeps_its_examples(rule: Rule) -> None:
    result = try_rule(BOOK, rule)
    assert result.failures == ()
    assert result.examples and result.counters


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_broken_promise_is_reported() -> None:
    rule = next(rule for rule in BOOK.rules["deadlines"] if rule.id == "deadline.by-day")
    data = rule.data | {"examples": [{"text": "6月25日印发。", "want": ["6月25日前 by 2020-06-25"]}], "counter": ["请于6月25日前报送。"]}
    example, counter = try_rule(BOOK, Rule(rule.id, rule.kind, rule.file, rule.pattern, data)).failures
    assert example.want and not example.got
    assert not counter.want and counter.got == ("6月25日前 by 2020-06-25",)


GOOD = """
[[rule]]
id = "number.mine"
class = "name"
purpose = "a test"
pattern = '\\d+号工程'
examples = [{ text = "推进35号工程", want = ["name 35"] }]
counter = ["35号楼"]
"""

FAULTS = {
    "not TOML": ("numbers.toml", "[[rule", "numbers.toml"),
    "unknown table": ("numbers.toml", "[rules]\na = 1", "rules"),
    "rule is no table": ("numbers.toml", "rule = 3", "[[rule]]"),
    "words are no table": ("numbers.toml", "words = 3", "words"),
    "words are no list": ("numbers.toml", "[words]\na = 'b'", "a"),
    "unknown kind": ("mine.toml", GOOD, "mine"),
    "no purpose": ("numbers.toml", GOOD.replace("purpose", "aim"), "purpose"),
    "no class": ("numbers.toml", GOOD.replace("class", "klass"), "class"),
    "no such class": ("numbers.toml", GOOD.replace('"name"', '"nam"'), "nam"),
    "no counter": ("numbers.toml", GOOD.replace("counter", "kounter"), "counter"),
    "counter is no text": ("numbers.toml", GOOD.replace('"35号楼"', "3"), "number.mine"),
    "example without want": ("numbers.toml", GOOD.replace("want", "wand"), "number.mine"),
    "bad pattern": ("numbers.toml", GOOD.replace("号工程'", "(号'"), "number.mine"),
    "unknown word list": ("numbers.toml", GOOD.replace("号工程'", "<<nothing>>'"), "nothing"),
    "twice": ("numbers.toml", GOOD + GOOD, "number.mine"),
    "label without number": ("labels.toml", GOOD.replace('class = "name"', 'style = "x"\nrank = 3'), "(?P<n>"),
    "unknown table of names": ("names.csv", "a,b", "names.csv"),
    "wrong head": ("regions.csv", "a,b", "regions.csv"),
    "wrong row": ("regions.csv", "code,name,level,parent,until\n1,2", "1,2"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_faulty_folder_is_named(fault: str, language: str, tmp_path: Path) -> None:
    name, text, said = FAULTS[fault]
    (tmp_path / name).write_text(text, "utf-8")
    faults = check_folder(tmp_path, language)  # type: ignore[arg-type]
    assert faults and all(name in line for line in faults), faults
    assert any(said in line for line in faults), faults
    with pytest.raises(SafetydocError) as caught:
        load_rules(tmp_path, language=language)  # type: ignore[arg-type]
    assert caught.value.code.startswith("rules-")


def test_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_bytes(GOOD.encode("gbk"))
    assert "numbers.toml" in check_folder(tmp_path)[0]


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert len(check_folder(tmp_path)) == 1


def test_the_same_id_in_two_files_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD.replace('class', 'kind = "numbers"\nclass'), "utf-8")
    (tmp_path / "numbers.toml").write_text(GOOD, "utf-8")
    assert "a.toml" in check_folder(tmp_path)[0]


def test_a_good_folder_lies_over_the_shipped_rules(tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_text(GOOD, "utf-8")
    assert check_folder(tmp_path) == []
    book = load_rules(tmp_path)
    rules = own_rules(book, tmp_path)
    assert [rule.id for rule in rules] == ["number.mine"]
    assert len(book.rules["numbers"]) == len(BOOK.rules["numbers"]) + 1


def test_a_rule_that_breaks_the_engine_is_a_failure_not_a_crash(tmp_path: Path) -> None:
    text = '[[rule]]\nid = "deadline.mine"\nfirst = "0"\ntype = "by"\nvalue = "day"\nguard = "nothing"\npurpose = "a test"\n' \
           "pattern = '(?:9|10)月(?P<d>8)日节'\n" 'examples = [{ text = "9月8日节。", want = ["x"] }]\ncounter = ["9月8日节。"]\n'
    (tmp_path / "deadlines.toml").write_text(text, "utf-8")
    assert check_folder(tmp_path) == []
    book = load_rules(tmp_path)
    result = try_rule(book, own_rules(book, tmp_path)[0])
    assert len(result.failures) == 2
