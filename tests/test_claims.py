"""What a notice says about itself: what holds is silent, what does not is found at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import notice_of

import safetydoc
from safetydoc.model import Notice

SHARED = Path(__file__).resolve().parents[2] / "shared"
#: The gold files' claims, with the folder of the notices that they speak of.
GOLD = [(SHARED / "gold", SHARED / "seeds"), (SHARED / "gold_more", SHARED / "notices")]


def codes(notice: Notice, *wanted: str) -> list[str]:
    return [notice.text[f.start:f.end] for f in notice.findings if f.code in wanted and f.start is not None and f.end is not None]


SECTIONS = "一、健全“三项机制”\n（一）甲机制。落实甲。\n（二）乙机制。落实乙。\n（三）丙机制。落实丙。\n"
#: body, code, and the words that are found ([] where the claim holds)
CASES = [
    (SECTIONS, "count-mismatch", []),
    (SECTIONS.replace("三项", "四项"), "count-mismatch", ["四项机制"]),
    ("一、任务\n1.治理。统筹推进网络、平台、安全三大体系建设。\n2.排查。", "count-mismatch", []),
    ("一、任务\n1.治理。统筹推进网络、平台、安全四大体系建设。\n2.排查。", "count-mismatch", ["统筹推进网络、平台、安全四大"]),
    ("一、任务\n1.治理。统筹推进网络、平台、安全等五大体系建设。\n2.排查。", "count-mismatch", []),
    ("一、任务\n1.督办。整改重大隐患9项，其中市级1项，区级4项，镇级4项。\n2.排查。", "sum-mismatch", []),
    ("一、任务\n1.督办。整改重大隐患9项，其中市级1项，区级4项，镇级3项。\n2.排查。", "sum-mismatch", ["9项，其中市级1项，区级4项，镇级3项"]),
    ("一、任务\n1.行动。实施三年行动（2024—2026年）。\n2.排查。", "count-mismatch", []),
    ("一、任务\n1.行动。实施三年行动（2024—2025年）。\n2.排查。", "count-mismatch", ["三年行动（2024—2025年）"]),
    ("一、任务\n1.甲。\n2.乙。\n3.丙。", "numbering-gap", []),
    ("一、任务\n1.甲。\n2.乙。\n4.丙。", "numbering-gap", ["4."]),
    ("一、任务\n（一）甲\n1.甲。\n2.乙。\n（二）乙\n3.丙。\n4.丁。", "numbering-gap", []),
    ("一、任务\n1.甲。\n1.乙。\n2.丙。", "numbering-double", ["1."]),
    ("一、任务\n1.甲。层层压实责任。压实责任，再培训，再培训一次。\n2.乙。", "doubled-words", []),
    ("一、任务\n1.甲。压实行业监管责任、压实行业监管责任。\n2.乙。", "doubled-words", ["压实行业监管责任、压实行业监管责任"]),
    ("一、任务\n1.甲。3.0402年完成。\n2.乙。", "implausible-number", ["3.0402"]),
    ("一、任务\n1.甲。按照云安委〔201737号文件办理。\n2.乙。", "implausible-number", ["〔201737"]),
    ("一、任务\n1.甲。48月底前完成。\n2.乙。", "implausible-number", ["48月底"]),
    ("一、任务\n1.甲。2018930报送。\n2.乙。", "implausible-number", ["2018930"]),
    ("一、任务\n1.甲。整改率达到130%。\n2.乙。", "implausible-number", ["达到130%"]),
    ("一、任务\n1.甲。整改率达到100%，产值达到130万元。\n2.乙。", "implausible-number", []),
]


@pytest.mark.parametrize(("body", "code", "found"), CASES)
def test_a_claim_is_found_where_it_does_not_hold(body: str, code: str, found: list[str]) -> None:
    assert codes(notice_of(body), code) == found


def test_a_title_that_counts_its_measures_is_checked() -> None:
    body = "一、甲\n1.甲。\n2.乙。\n二、乙\n3.丙。\n4.丁。\n5.戊。"
    right, wrong = (safetydoc.extract_text(f"云桥市关于加强安全生产的{count}条措施\n为加强管理，制定如下{count}条措施。\n{body}") for count in (5, 6))
    assert codes(right, "count-mismatch") == []
    assert codes(wrong, "count-mismatch") == ["6条措施", "6条措施"]


def test_a_task_without_unit_stands_out_where_most_have_one() -> None:
    measures = [f"{number}.任务{number}。落实责任。（责任单位：市应急局）" for number in range(1, 7)]
    full = notice_of("一、任务\n" + "\n".join(measures))
    measures[3] = "4.任务四。落实责任。"
    lacking = notice_of("一、任务\n" + "\n".join(measures))
    assert not [f for f in full.findings if f.code == "task-without-unit"]
    assert [f.task for f in lacking.findings if f.code == "task-without-unit"] == ["一/4"]


def test_a_name_that_the_table_does_not_know_is_told_once() -> None:
    notice = notice_of("一、任务\n1.甲。（责任单位：市怪名字局、市应急局）\n2.乙。（责任单位：市怪名字局）")
    assert codes(notice, "unknown-unit") == ["市怪名字局"]


def test_completeness_adds_up() -> None:
    notice = notice_of("一、任务\n1.甲。6月底前完成。（责任单位：市应急局）\n2.乙。（牵头单位：）")
    assert notice.completeness is not None
    shares = dict(notice.completeness.text)
    assert abs(sum(shares.values()) - 1) < 0.01
    assert shares["tasks"] > 0.4
    assert (notice.completeness.clauses, notice.completeness.clauses_resolved) == (2, 1)
    assert sum(dict(notice.completeness.numbers).values()) == len(notice.numbers)
    assert notice.to_dict()["completeness"]["clauses"] == 2


def gold_claims() -> list[tuple[Path, dict[str, object]]]:
    found = []
    for gold, notices in GOLD:
        for path in sorted(gold.glob("*.json")):
            data = json.loads(path.read_text("utf-8"))
            if not data["source"].startswith("003"):  # its damage is a later issue
                found += [(notices / data["source"], claim) for claim in data.get("claims") or ()]
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold files stand in ../shared, which is not here")
def test_the_claims_of_the_gold_files_are_silent_where_they_hold_and_found_where_not() -> None:
    notices: dict[Path, Notice] = {}
    wrong = []
    claims = gold_claims()
    for path, claim in claims:
        notice = notices.setdefault(path, safetydoc.extract(path)) if path not in notices else notices[path]
        bare = str(claim["text"]).strip("“”")
        said = ["".join(words.split()) for words in codes(notice, "count-mismatch", "sum-mismatch")]
        if any(bare in words or words in bare for words in said) == claim["true"]:
            wrong.append((path.name, claim["text"], claim["true"]))
    assert len(claims) > 20
    assert wrong == []
