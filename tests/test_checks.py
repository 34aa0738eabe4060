"""Findings: what does not hold is told once, at its place and in its task; what holds is silent."""

from __future__ import annotations

import pytest
from support import CITY, notice_of

import safetydoc
from safetydoc.model import Finding, Notice

QUIET = "一、重点任务\n1.压实责任。逐级签订责任书，6月底前完成。（责任单位：市应急局）\n2.排查隐患。整改率达到100%。"


def letter(body: str) -> Notice:
    return safetydoc.extract_text(f"{CITY}安全生产委员会关于做好安全工作的通知\n各县安委会：\n{body}\n{CITY}安全生产委员会\n2024年5月20日")


def of(notice: Notice, code: str) -> list[Finding]:
    return [finding for finding in notice.findings if finding.code == code]


def test_a_notice_in_order_has_no_finding() -> None:
    assert [finding.code for finding in letter(QUIET).findings] == []
    assert all(task.flags == () for task in letter(QUIET).tasks)


#: code → a measure that brings it about, and the words that the finding points at
CAUSES = {
    "clause-without-unit": ("1.压实责任。（责任单位：）", "（责任单位：）"),
    "unclosed-bracket": ("1.压实责任。（市应急局牵头", "（"),
    "deadline-before-issue": ("1.压实责任。3月底前完成。", "3月底前"),
    "unclassified-number": ("1.压实责任。型号A17，", "17"),
    "limit-under-a-day": ("1.压实责任。接报后1小时内上报。", "1小时内"),
}


@pytest.mark.parametrize(("code", "measure", "words"), [(code, *cause) for code, cause in CAUSES.items()])
def test_a_finding_points_at_its_place_and_task(code: str, measure: str, words: str) -> None:
    notice = letter(f"一、重点任务\n{measure}\n2.排查隐患。")
    (finding,) = of(notice, code)
    assert finding.start is not None and finding.end is not None
    assert notice.text[finding.start : finding.end] == words
    assert finding.task == "一/1"
    flagged = {task.path: task.flags for task in notice.tasks}
    assert flagged == {"一/1": () if finding.severity == "info" else (code,), "一/2": ()}


def test_a_notice_without_a_measure_is_told_once() -> None:
    (finding,) = safetydoc.extract_text("近期天气炎热，请注意安全。").findings
    assert (finding.code, finding.severity, finding.task, finding.start) == ("no-task", "warning", None, None)


@pytest.mark.parametrize("deadline", ["6月底前", "5月20日前", "2024年", "2024年起", "每月", "15日内", "汛期前"])
def test_a_deadline_on_or_after_the_day_of_issue_is_silent(deadline: str) -> None:
    assert of(letter(f"一、重点任务\n1.压实责任。{deadline}完成摸排。\n2.排查隐患。"), "deadline-before-issue") == []


def test_without_a_date_of_issue_no_deadline_is_too_early() -> None:
    assert of(notice_of("一、重点任务\n1.压实责任。2020年3月底前完成。"), "deadline-before-issue") == []


def test_findings_come_in_order_of_the_text() -> None:
    notice = letter("一、重点任务\n1.压实责任。3月底前完成。（责任单位：）\n2.排查隐患。（责任单位：）2月底前完成。")
    places = [finding.start for finding in notice.findings if finding.start is not None]
    assert len(places) == 4
    assert places == sorted(places)


def test_a_flag_stands_once_in_a_task() -> None:
    notice = letter("一、重点任务\n1.压实责任。2月底前部署，3月底前完成。\n2.排查隐患。")
    assert len(of(notice, "deadline-before-issue")) == 2
    assert notice.tasks[0].flags == ("deadline-before-issue",)


def test_messages_speak_the_language_asked_for() -> None:
    text = "一、压实责任。（责任单位：）"
    chinese = safetydoc.extract_text(text, lang="zh").findings[0]
    english = safetydoc.extract_text(text, lang="en").findings[0]
    assert (chinese.code, chinese.start) == (english.code, english.start)
    assert english.message.isascii() or english.message.split("（")[0].isascii()
    assert "单位" in chinese.message.replace("（责任单位：）", "")
