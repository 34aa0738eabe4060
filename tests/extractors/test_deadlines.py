"""Deadlines: the five types with their values, and the dates that are none (ANNOTATION §4). The notice is of 2024."""

from __future__ import annotations

from calendar import monthrange

import pytest
from support import CITY, task_of

import safetydoc
from safetydoc.model import Deadline, Notice

YEAR = "2024-01-01/2024-12-31"


def deadlines(text: str, year: int = 2024) -> list[tuple[str, str, str]]:
    return [("".join(d.text.split()), d.type, d.value) for d in task_of("推进治理。" + text, year).deadlines]


def by(text: str, day: str) -> tuple[str, str, str]:
    return text, "by", day


def during(text: str, value: str) -> tuple[str, str, str]:
    return text, "during", value


def within(text: str, value: str) -> tuple[str, str, str]:
    return text, "within", value


def every(text: str, value: str) -> tuple[str, str, str]:
    return text, "every", value


def before(text: str) -> tuple[str, str, str]:
    return text, "before_event", text


ONE: dict[str, tuple[str, str, str]] = {
    # by: the last day
    "6月底前完成摸排。": by("6月底前", "2024-06-30"),
    "2月底前完成摸排。": by("2月底前", "2024-02-29"),
    "2025年2月底前完成摸排。": by("2025年2月底前", "2025-02-28"),
    "2024年7月15日前完成摸排。": by("2024年7月15日前", "2024-07-15"),
    "7月15日前完成摸排。": by("7月15日前", "2024-07-15"),
    "7月15日之前完成摸排。": by("7月15日之前", "2024-07-15"),
    "请于11月30日前报送总结。": by("11月30日前", "2024-11-30"),
    "请于11月30日报送总结。": by("11月30日", "2024-11-30"),
    "10月底完成验收。": by("10月底", "2024-10-31"),
    "到2026年，建成体系。": by("到2026年", "2026-12-31"),
    "至2026年建成体系。": by("至2026年", "2026-12-31"),
    "到2024年底建成体系。": by("到2024年底", "2024-12-31"),
    "2025年底前建成体系。": by("2025年底前", "2025-12-31"),
    "2024年年底前建成体系。": by("2024年年底前", "2024-12-31"),
    "年底前建成体系。": by("年底前", "2024-12-31"),
    "今年年底前建成体系。": by("今年年底前", "2024-12-31"),
    "8月前完成验收。": by("8月前", "2024-08-31"),
    "3月中旬前完成验收。": by("3月中旬前", "2024-03-20"),
    "十月底前完成验收。": by("十月底前", "2024-10-31"),
    "第三季度末前完成验收。": by("第三季度末前", "2024-09-30"),
    "上半年前完成验收。": by("上半年前", "2024-06-30"),
    # during: start/end
    "2024年培育8支队伍。": during("2024年", YEAR),
    "2025年，体系基本建成。": during("2025年", "2025-01-01/2025-12-31"),
    "全年培训从业人员。": during("全年", YEAR),
    "5月份集中开展宣传。": during("5月份", "2024-05-01/2024-05-31"),
    "一季度完成摸排。": during("一季度", "2024-01-01/2024-03-31"),
    "第四季度开展评估。": during("第四季度", "2024-10-01/2024-12-31"),
    "下半年开展评估。": during("下半年", "2024-07-01/2024-12-31"),
    "2025年起全面推行。": during("2025年起", "2025-01-01/.."),
    "从2025年开始全面推行。": during("2025年开始", "2025-01-01/.."),
    "9月上旬组织验收。": during("9月上旬", "2024-09-01/2024-09-10"),
    "2月下旬组织验收。": during("2月下旬", "2024-02-21/2024-02-29"),
    "2024年6月至12月，开展整治。": during("2024年6月至12月", "2024-06-01/2024-12-31"),
    "3—4月，开展自查。": during("3—4月", "2024-03-01/2024-04-30"),
    "2024年11月至2025年2月，开展整治。": during("2024年11月至2025年2月", "2024-11-01/2025-02-28"),
    "3月1日至6月30日，开展整治。": during("3月1日至6月30日", "2024-03-01/2024-06-30"),
    "“十四五”期间建成体系。": during("“十四五”期间", "2021-01-01/2025-12-31"),
    "2024年9月完成验收。": during("2024年9月", "2024-09-01/2024-09-30"),
    "2024年至2026年，建设示范点。": during("2024年至2026年", "2024-01-01/2026-12-31"),
    # within: a duration
    "应当在10个工作日内反馈。": within("10个工作日内", "P10D"),
    "应当在15日内整改到位。": within("15日内", "P15D"),
    "力争三年内完成改造。": within("三年内", "P3Y"),
    "用三年左右时间完成改造。": within("三年左右", "P3Y"),
    "两个月内完成改造。": within("两个月内", "P2M"),
    "半年内完成改造。": within("半年内", "P6M"),
    "2周内完成改造。": within("2周内", "P2W"),
    "24小时内上报情况。": within("24小时内", "P1D"),
    "事故结案后一年内开展评估。": within("事故结案后一年内", "P1Y"),
    "自印发之日起30日内制定细则。": within("自印发之日起30日内", "P30D"),
    # every: a cycle
    "每季度组织检查。": every("每季度", "P3M"),
    "每月召开例会。": every("每月", "P1M"),
    "每年开展评估。": every("每年", "P1Y"),
    "每两年开展评估。": every("每两年", "P2Y"),
    "每半年通报情况。": every("每半年", "P6M"),
    "每周五前报送进展。": every("每周五前", "P7D"),
    "每周开展巡查。": every("每周", "P7D"),
    "每日开展巡查。": every("每日", "P1D"),
    "每半月会商研判。": every("每半月", "P15D"),
    "每月25日前报送进展。": every("每月25日前", "P1M"),
    "每季度末月25日前报送进展。": every("每季度末月25日前", "P3M"),
    "每年12月底前报送总结。": every("每年12月底前", "P1Y"),
    "按月调度进展。": every("按月", "P1M"),
    "每3个月开展评估。": every("每3个月", "P3M"),
    # before_event
    "汛期前完成清淤。": before("汛期前"),
    "春节前完成检查。": before("春节前"),
    "供暖季前完成检修。": before("供暖季前"),
    "国庆节前完成检修。": before("国庆节前"),
}


@pytest.mark.parametrize(("text", "want"), ONE.items())
def test_a_deadline_has_its_type_and_value(text: str, want: tuple[str, str, str]) -> None:
    assert deadlines(text) == [want]


SEVERAL: dict[str, list[tuple[str, str, str]]] = {
    "请于6月25日、12月21日前报送情况。": [by("6月25日", "2024-06-25"), by("12月21日前", "2024-12-21")],
    "到2026年，每年打造3个示范点。": [by("到2026年", "2026-12-31"), every("每年", "P1Y")],
    "每月召开例会，每月报送进展。": [every("每月", "P1M"), every("每月", "P1M")],
    "3月底前部署，11月底前总结。": [by("3月底前", "2024-03-31"), by("11月底前", "2024-11-30")],
    "做到每月有演练、月月有重点。": [every("每月", "P1M"), every("月月", "P1M")],
    "开展月度、季度、年度考核。": [every("月度", "P1M"), every("季度", "P3M"), every("年度", "P1Y")],
    "落实日排查、周调度、月通报制度。": [every("日排查", "P1D"), every("周调度", "P7D"), every("月通报", "P1M")],
    "6月底前完成甲、乙、丙三项任务。": [by("6月底前", "2024-06-30")],
}


@pytest.mark.parametrize(("text", "want"), SEVERAL.items())
def test_each_printed_string_is_one_deadline(text: str, want: list[tuple[str, str, str]]) -> None:
    assert deadlines(text) == want


NONE = [
    "贯彻2024年3月8日会议精神。",
    "认真落实3月8日全市视频会议部署。",
    "《安全条例》于2021年6月10日修订。",
    "依据2023年5月12日印发的实施意见。",
    "参照2024年工作要点推进。",
    "配合做好2024年安全生产巡查。",
    "落实“十四五”规划任务。",
    "深化治本攻坚三年行动。",
    "建立“60日整改闭环机制”。",
    "制定年度监督检查计划。",
    "分解年度目标任务。",
    "抓好每年的重点工作。",
    "投入逐年提高。",
    "审批前严格把关。",
    "对2023年12月31日前建成的企业，给予支持。",
    "2024年，我市深入贯彻上级部署。",
    "定期开展排查，及时整改，限期销号。",
    "近期加强巡查，常态化开展督导。",
    "疫情防控期间加强值守。",
    "近三年内发生过事故的企业要重点监管。",
    "截至2023年底，全市共有企业120家。",
    "本办法自2024年5月1日起施行。",
    "本方案有效期至2026年12月31日。",
    "2023年发生事故3起。",
    "2023年全市安全形势总体平稳。",
    "第三季度以来的形势依然严峻。",
]


@pytest.mark.parametrize("text", NONE)
def test_dates_that_bound_no_order_are_none(text: str) -> None:
    assert deadlines(text) == []


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2023, 2024])
def test_the_end_of_a_month_is_its_last_day(year: int, month: int) -> None:
    assert deadlines(f"{month}月底前完成摸排。", year) == [(f"{month}月底前", "by", f"{year}-{month:02}-{monthrange(year, month)[1]}")]


@pytest.mark.parametrize("text", ["2024年2月30日前完成。", "13月底前完成。", "2024年4月31日前完成。"])
def test_a_day_that_does_not_exist_has_no_value(text: str) -> None:
    assert deadlines(text) == []


def one(text: str) -> Deadline:
    (deadline,) = task_of("推进治理。" + text).deadlines
    return deadline


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("事故结案后一年内开展评估。", "事故结案"),
        ("自印发之日起30日内制定细则。", "印发之日"),
        ("接到报告后1日内核查。", "接到报告"),
        ("15日内整改到位。", None),
    ],
)
def test_a_duration_keeps_the_event_that_it_runs_from(text: str, event: str | None) -> None:
    assert one(text).event == event


@pytest.mark.parametrize(
    ("text", "want"), [("6月底前完成。", "notice"), ("2024年6月底前完成。", "printed"), ("每月完成。", None), ("15日内完成。", None)]
)
def test_where_the_year_came_from_is_told(text: str, want: str | None) -> None:
    assert one(text).year_from == want


@pytest.mark.parametrize("printed", ["2024 年 6 月底前", "2024年　6月底前", "２０２４年６月底前", "2024年\u200b6月底前"])
def test_blanks_and_wide_digits_hide_no_deadline(printed: str) -> None:
    assert [(d.type, d.value) for d in task_of(f"推进治理。{printed}完成摸排。").deadlines] == [("by", "2024-06-30")]


def issued(text: str) -> Notice:
    return safetydoc.extract_text(
        f"{CITY}安全生产委员会关于做好工作的通知\n各县安委会：\n一、推进治理。{text}\n二、抓好落实。压实责任。\n{CITY}安全生产委员会\n2024年5月20日"
    )


def test_a_deadline_before_the_date_of_issue_keeps_the_year_and_is_a_finding() -> None:
    notice = issued("3月底前完成摸排。")
    assert [d.value for d in notice.tasks[0].deadlines] == ["2024-03-31"]
    assert [(f.code, f.task) for f in notice.findings if f.code == "deadline-before-issue"] == [("deadline-before-issue", "一")]
    assert "deadline-before-issue" in notice.tasks[0].flags


@pytest.mark.parametrize("text", ["6月底前完成摸排。", "每月完成摸排。", "2025年起推行。"])
def test_a_deadline_after_the_date_of_issue_is_no_finding(text: str) -> None:
    assert "deadline-before-issue" not in {finding.code for finding in issued(text).findings}


@pytest.mark.parametrize(
    ("text", "day"),
    [("自印发之日起30日内制定细则。", "2024-06-19"), ("自印发之日起3个月内制定细则。", "2024-08-20"), ("自印发之日起10个工作日内制定细则。", None)],
)
def test_a_duration_from_the_date_of_issue_comes_to_a_day(text: str, day: str | None) -> None:
    assert [d.date for d in issued(text).tasks[0].deadlines] == [day]


def test_without_a_year_a_bare_month_has_no_value() -> None:
    task = safetydoc.extract_text("一、推进治理。6月底前完成摸排。\n二、其他。").tasks[0]
    assert all("0001" not in d.value for d in task.deadlines)
