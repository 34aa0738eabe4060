"""Rows: what a task says, in the words of the matrix."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from matrix_samples import TITLE, five, make_metadata, make_notice, make_source, task_with

from safetydoc.matrix import rows
from safetydoc.matrix.words import WORDS, word, word_or
from safetydoc.model import Deadline, Finding, Part, Place, Target


def test_a_task_row_says_who_does_what_by_when() -> None:
    row = rows.task_rows([five()])[0]
    assert (row.number, row.section, row.path, row.title) == (1, ("一、重点任务",), "一/1", "压实属地管理责任")
    assert (row.lead, row.support, row.responsible) == (("市安委办",), ("市应急管理局", "市公安局等"), ())
    assert row.agents == ("各县（市、区）党委", "政府主要负责人")
    assert (row.deadlines, row.due, row.frequency) == (("每季度", "6月底前"), date(2024, 6, 30), ("每季度",))
    assert (row.targets, row.category) == (("动态清零",), "任务")
    assert row.place == f"第1页 0–{five().tasks[0].end}"
    assert (row.check, row.level) == (("时限“6月底前”早于成文日期。",), "error")


def test_targets_are_indicator_and_text_then_absolutes() -> None:
    row = rows.task_rows([five()])[1]
    assert row.targets == ("标准化示范企业不少于12家", "生产安全事故起数同比下降10%以上")


def test_a_flag_without_a_finding_is_shown_as_a_warning() -> None:
    row = rows.task_rows([five()])[1]
    assert (row.check, row.level) == (("单位名称未收录",), "warning")
    odd = make_notice(tasks=(task_with(five().tasks[1], flags=("odd-code",)),))
    assert rows.task_rows([odd])[0].check == ("odd-code",)


def test_a_finding_that_only_lies_in_a_task_concerns_it() -> None:
    notice = five()
    assert rows.task_rows([notice])[2].check == ("括号没有闭合。",)
    assert [row.path for row in rows.finding_rows([notice])] == ["一/1", "一/3", ""]
    assert [row.task for row in rows.finding_rows([notice])] == ["一/1", "一/3", None]


def test_a_finding_in_nested_tasks_concerns_the_inner_one() -> None:
    outer, inner = make_notice(("外层的任务", "内层")).tasks
    tasks = (task_with(outer, start=0, end=100), task_with(inner, start=20, end=30))
    finding = Finding("x", "info", "看这里", None, 22, 23)
    notice = make_notice(("外层的任务", "内层"), tasks=tasks, findings=(finding,))
    assert [row.check for row in rows.task_rows([notice])] == [(), ("看这里",)]
    parted = (task_with(outer, start=0, end=100, parts=(Part(0, 10),)),)
    assert rows.task_rows([make_notice(tasks=parted, findings=(finding,))])[0].check == ()


def test_a_finding_of_an_unknown_task_keeps_its_name_without_a_link() -> None:
    notice = make_notice(findings=(Finding("x", "odd", "说明", "九/9", None, None),))
    row = rows.finding_rows([notice])[0]
    assert (row.path, row.task, row.severity, row.place) == ("九/9", None, "odd", "")


@pytest.mark.parametrize(
    ("deadlines", "expected"),
    [
        ((Deadline(0, 1, "", "by", "2024-09-30"), Deadline(0, 1, "", "by", "2024-06-30")), date(2024, 6, 30)),
        ((Deadline(0, 1, "", "during", "2024-01-01/2024-12-31"),), date(2024, 12, 31)),
        ((Deadline(0, 1, "", "during", "2024-01-01/.."),), None),
        ((Deadline(0, 1, "", "within", "P30D", date="2024-04-04"),), date(2024, 4, 4)),
        ((Deadline(0, 1, "", "within", "P30D"),), None),
        ((Deadline(0, 1, "", "every", "P1M"),), None),
        ((Deadline(0, 1, "", "by", "2024-02-31"),), None),
        ((), None),
    ],
)
def test_the_due_date_is_the_earliest_last_day(deadlines: tuple[Deadline, ...], expected: date | None) -> None:
    assert rows.due_date(task_with(five().tasks[0], deadlines=deadlines)) == expected


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("P1M", "每月", "monthly"), ("P3M", "每季度", "quarterly"), ("P15D", "每半月", "half-monthly"),
        ("P2Y", "每两年", "every two years"), ("P4M", "每4个月", "every 4 months"), ("P10D", "每10日", "every 10 days"),
        ("常态", "常态", "常态"),
    ],
)  # fmt: skip
def test_cycles_in_words(value: str, zh: str, en: str) -> None:
    assert (rows.frequency(value), rows.frequency(value, "en")) == (zh, en)


def test_a_task_without_title_shows_its_first_words() -> None:
    task = five().tasks[0]
    assert rows.short_title(task_with(task, title=None, text="  完成排查；再整改。")) == "完成排查"
    assert rows.short_title(task_with(task, title=None, text="长" * 30)) == "长" * 24 + "…"
    assert rows.short_title(task_with(task, title=None, text="长" * 24)) == "长" * 24
    assert rows.short_title(task_with(task, title=None, text="")) == ""


def test_unit_rows_one_for_each_unit_of_each_task() -> None:
    found = rows.unit_rows([five()])
    assert len(found) == 7
    third = found[2]
    assert (third.number, third.path, third.name, third.canonical) == (3, "一/1", "市公安局等", "沧海市公安局")
    assert (third.role, third.group) == ("配合", "否")
    assert rows.unit_rows([five()], "en")[0].role == "lead"


def test_deadline_rows_hold_dates() -> None:
    by, during, within = (rows.deadline_rows([five()])[index] for index in (1, 2, 4))
    assert (by.type, by.start_date, by.end_date, by.year_from) == ("截止", None, date(2024, 6, 30), "按文件年份推定")
    assert (during.start_date, during.end_date) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (within.printed, within.value, within.event, within.year_from) == ("三年内", "P3Y", "事故结案", "")


def test_cycles_and_times_allowed_are_also_in_words() -> None:
    found = rows.deadline_rows([five()])
    assert [row.period for row in found] == ["每季度", "", "", "每月", "3年内", "", ""]
    assert rows.deadline_rows([five()], "en")[4].period == "within 3 years"
    month = task_with(five().tasks[0], deadlines=(Deadline(0, 1, "一个月内", "within", "P1M"),))
    assert rows.deadline_rows([make_notice(tasks=(month,))], "en")[0].period == "within 1 month"


def test_a_finding_says_its_kind_beside_its_code() -> None:
    found = rows.finding_rows([five()])
    assert [(row.kind, row.code) for row in found][:2] == [
        ("时限早于成文日期", "deadline-before-issue"), ("括号未闭合", "unclosed-bracket"),
    ]  # fmt: skip
    assert rows.finding_rows([make_notice(findings=(Finding("x", "info", "说明"),))])[0].kind == ""


def test_every_code_in_the_documentation_has_a_name() -> None:
    text = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
    listed = text.partition("Codes of findings:")[2].partition("## Workbook")[0]
    codes = [code for line in listed.split("\n") if line.startswith("| `") for code in re.findall(r"`([a-z-]+)`", line.split("|")[1])]
    assert len(codes) > 10
    assert [code for code in codes if f"kind.{code}" not in WORDS] == []


def test_target_rows_hold_numbers_and_say_what_is_damaged() -> None:
    found = rows.target_rows([five()])
    assert [row.amount for row in found] == [12, 10, 100.0, 20, "数字缺损", 200000000]
    assert (found[1].comparator, found[1].change, found[1].unit) == ("≥ 不少于", "减少", "%")
    assert found[5].upper == 350000000.5
    plain = task_with(five().tasks[0], targets=(Target(0, 1, "若干", None, "=", None, None),))
    assert rows.target_rows([make_notice(tasks=(plain,))])[0].amount is None


def test_metadata_rows_name_what_is_missing() -> None:
    facts = {row.label: row.content for row in rows.metadata_rows([five()])}
    assert facts["成文日期"] == date(2024, 3, 5)
    assert facts["适用地区"] == "河北省沧海市 130900"
    assert (facts["引用文件"], facts["字节数"], facts["来源文件"]) == ("《安全生产法》", 20480, "沧海市2024年要点.docx")
    several = make_notice(metadata=make_metadata(issuers=("甲局", "乙局"), addressees=("丙", "丁")))
    facts = {row.label: row.content for row in rows.metadata_rows([several])}
    assert (facts["发文机关"], facts["主送机关"]) == ("甲局、乙局", "丙，丁")
    bare = make_notice(metadata=make_metadata(doc_number=None, region=None, attachments=(), date_issued=None))
    facts = {row.label: row.content for row in rows.metadata_rows([bare])}
    assert [facts[label] for label in ("发文字号", "适用地区", "附件", "成文日期")] == ["（无）"] * 4


def test_the_file_column_is_there_only_for_several_notices() -> None:
    assert "file" not in rows.columns(rows.TASK_COLUMNS, [five()])
    assert rows.columns(rows.TASK_COLUMNS, [five(), five()]) == rows.TASK_COLUMNS


def test_names_and_numbers_over_several_notices() -> None:
    untitled = make_notice(metadata=make_metadata(title=None), source=make_source("甲.txt"))
    assert rows.notice_names([five(), untitled, five()]) == [TITLE, "甲.txt", TITLE + "#2"]
    assert [row.number for row in rows.task_rows([five(), five()])] == list(range(1, 11))
    assert rows.unique(["a", "a#2", "a"]) == ["a", "a#2", "a#3"]


def test_a_task_over_two_pages_names_both() -> None:
    layout = (Place(0, 40, page=3), Place(40, 60, page=3), Place(60, 90, page=4), Place(90, 99))
    row = rows.task_rows([make_notice(("长" * 80,), layout=layout)])[0]
    assert row.place == "第3–4页 0–80"
    inside = make_notice(("长" * 39, "短"), layout=layout)
    assert [row.place for row in rows.task_rows([inside])] == ["第3页 0–39", "第3页 40–41"]


def test_every_word_has_two_languages_with_the_same_places() -> None:
    for key, (zh, en) in WORDS.items():
        assert zh and en, key
        assert {part.split("}")[0] for part in zh.split("{")[1:]} == {part.split("}")[0] for part in en.split("{")[1:]}
    assert word_or("role.boss", "boss") == "boss"
    assert word("pages", "en", pages=3) == "p. 3"
