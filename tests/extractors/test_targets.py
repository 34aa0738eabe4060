"""Targets and absolutes (ANNOTATION §5): comparators, ranges, scales, units, change, and the numbers that are none."""

from __future__ import annotations

import pytest
from support import notice_of, task_of

from safetydoc.model import Target

Want = tuple[str, float | None, str | None, str | None]


def found(text: str) -> tuple[Target, ...]:
    return task_of("推进治理。" + text).targets


def targets(text: str) -> list[Want]:
    return [(t.comparator, t.value, t.unit, t.change) for t in found(text)]


ONE: dict[str, Want] = {
    # comparators
    "全年执法检查不少于300家次。": (">=", 300, "家次", None),
    "持证上岗率不低于95%。": (">=", 95, "%", None),
    "持证上岗率达到95%以上。": (">=", 95, "%", None),
    "至少建成6个示范点。": (">=", 6, "个", None),
    "示范点数量突破50个。": (">", 50, "个", None),
    "企业覆盖率高于80%。": (">", 80, "%", None),
    "火灾起数不超过12起。": ("<=", 12, "起", None),
    "漏损率不高于8%。": ("<=", 8, "%", None),
    "漏损率控制在8%以内。": ("<=", 8, "%", None),
    "漏损率降至8%以下。": ("<=", 8, "%", None),
    "漏损率低于8%。": ("<", 8, "%", None),
    "不得有3次以上违规记录。": ("<", 3, "次", None),
    "整改率达到100%。": ("=", 100, "%", None),
    "整改率100%。": ("=", 100, "%", None),
    "力争培育20家示范企业。": ("=", 20, "家", None),
    "改造燃气用户2万户左右。": ("~", 20_000, "户", None),
    "改造管网约30公里。": ("~", 30, "公里", None),
    # scales and units
    "培训人员7.2万人次。": ("=", 72_000, "人次", None),
    "投入资金不少于500万元。": (">=", 5_000_000, "元", None),
    "投入资金达到1.5亿元。": ("=", 150_000_000, "元", None),
    "对示范企业补助30万元。": ("=", 300_000, "元", None),
    "单个项目补助最高不超过100万元。": ("<=", 1_000_000, "元", None),
    "按投资额的30%给予补助。": ("=", 30, "%", None),
    "完成9座桥梁维修。": ("=", 9, "座", None),
    "组建5支救援队伍。": ("=", 5, "支", None),
    "建设一个应急物资储备基地。": ("=", 1, "个", None),
    "安装报警器1,500个。": ("=", 1500, "个", None),
    "安装报警器１５００个。": ("=", 1500, "个", None),
    "推动千家企业上云。": ("=", 1000, "家", None),
    "培训时间不少于20学时。": (">=", 20, "学时", None),
    "开展至少1个月的培训。": (">=", 1, "个月", None),
    "疏散时间最长不超过3小时。": ("<=", 3, "小时", None),
    # change
    "事故起数同比下降15%。": ("=", 15, "%", "decrease"),
    "事故起数同比压降20%以上。": (">=", 20, "%", "decrease"),
    "保费下浮10%。": ("=", 10, "%", "decrease"),
    "执法力量增长10%。": ("=", 10, "%", "increase"),
    "合格率提高5个百分点。": ("=", 5, "个百分点", "increase"),
    "新增持证人员2400名。": ("=", 2400, "名", "increase"),
    "累计培训2400名安全员。": ("=", 2400, "名", None),
    "新建消火栓60个。": ("=", 60, "个", None),
    "合格率提高到95%。": ("=", 95, "%", None),
    # ranks and damage
    "考核成绩进入全省前三。": ("<=", 3, None, None),
    "考核成绩位居全省前5名。": ("<=", 5, None, None),
    "隐患整改率□00%。": ("=", 100, "%", None),
}


@pytest.mark.parametrize(("text", "want"), ONE.items())
def test_a_target_has_comparator_value_unit_and_change(text: str, want: Want) -> None:
    assert targets(text) == [want]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("每县组建2-4支队伍。", 2, 4, "支"),
        ("每县组建2—4支队伍。", 2, 4, "支"),
        ("建设3至5个示范点。", 3, 5, "个"),
        ("占比达到10%-15%。", 10, 15, "%"),
        ("改造2~3万户。", 20_000, 30_000, "户"),
    ],
)
def test_a_range_has_both_ends(text: str, low: float, high: float, unit: str) -> None:
    assert [(t.comparator, t.value, t.value2, t.unit) for t in found(text)] == [("range", low, high, unit)]


SEVERAL: dict[str, list[Want]] = {
    "抽查比例不少于10%（至少50家）。": [(">=", 10, "%", None), (">=", 50, "家", None)],
    "整改重大隐患9项，其中市级2项，县级7项。": [("=", 9, "项", None), ("=", 2, "项", None), ("=", 7, "项", None)],
    "建成示范点6个、培训基地2个。": [("=", 6, "个", None), ("=", 2, "个", None)],
    "事故起数和死亡人数同比下降10%。": [("=", 10, "%", "decrease")],
}


@pytest.mark.parametrize(("text", "want"), SEVERAL.items())
def test_parts_of_a_sum_and_second_floors_are_targets_of_their_own(text: str, want: list[Want]) -> None:
    assert targets(text) == want


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("全年执法检查不少于300家次。", "不少于300家次"),
        ("持证上岗率达到95%以上。", "达到95%以上"),
        ("事故起数同比压降20%以上。", "同比压降20%以上"),
        ("至少建成6个示范点。", "至少建成6个"),
        ("不得有3次以上违规记录。", "不得有3次以上"),
        ("组建5支救援队伍。", "5支"),
        ("考核成绩进入全省前三。", "前三"),
    ],
)
def test_the_text_runs_from_the_comparison_to_the_unit(text: str, printed: str) -> None:
    assert [t.text for t in found(text)] == [printed]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("持证上岗率达到95%以上。", "持证上岗率"),
        ("较大事故起数不超过2起。", "较大事故起数"),
        ("组建5支救援队伍。", "救援队伍"),
        ("漏损率控制在8%以内。", "漏损率"),
        ("生产安全事故死亡人数同比下降10%。", "生产安全事故死亡人数"),
    ],
)
def test_the_indicator_is_what_is_measured(text: str, indicator: str) -> None:
    assert [t.indicator for t in found(text)] == [indicator]


@pytest.mark.parametrize("text", ["改造管网?5公里。", "整改隐患□□处。", "改造管网□公里。"])
def test_a_destroyed_digit_leaves_no_value(text: str) -> None:
    for target in found(text):
        assert target.damaged and target.value is None


NONE = [
    "推动规模以上企业建立台账。",
    "严查57座以上大客车违法行为。",
    "员工人数在10人以上的企业要参加工伤保险。",
    "员工人数超过300人的企业要设安全总监。",
    "严防造成3人及以上死亡的事故。",
    "在冶金、建材等3个行业推广应用。",
    "覆盖全市7个县（市、区）。",
    "实现二级标准化达标。",
    "依托3大平台开展监测。",
    "严管三大类企业。",
    "落实“四个责任”。",
    "构建“1+26”责任体系。",
    "落实十五条硬措施。",
    "推行双随机、一公开监管。",
    "落实云安委〔2022〕16号文件要求。",
    "执行GB 50016-2014标准。",
    "每年组织两次演练。",
    "每月检查不定期开展。",
    "去年全市共发生火灾35起。",
    "截至目前，已完成改造12公里。",
    "隐患排查得满分（1分）。",
    "联系电话：0571-88997766。",
    "第3次会议作出部署。",
    "消除一批重大隐患。",
    "每季度组织一次检查。",
    "推广“3个清单”做法。",
    "6月底前完成。",
    "24小时值班值守。",
]


@pytest.mark.parametrize("text", NONE)
def test_conditions_names_grades_and_past_events_are_no_targets(text: str) -> None:
    assert targets(text) == []


def test_in_a_goals_section_a_plain_number_is_a_target() -> None:
    notice = notice_of("一、工作目标\n亡人事故3起以内，示范点40个。\n二、重点任务\n压实责任。")
    assert [(t.comparator, t.value, t.unit) for t in notice.tasks[0].targets] == [("<=", 3, "起"), ("=", 40, "个")]


ABSOLUTES: dict[str, list[str]] = {
    "实现重点场所监管全覆盖。": ["全覆盖"],
    "实行全覆盖检查。": ["全覆盖检查"],
    "重大隐患全部整改到位。": ["全部整改到位"],
    "推动隐患动态清零。": ["动态清零"],
    "存量隐患年底清零。": ["清零"],
    "做到动态随清。": ["动态随清"],
    "尾矿库数量只减不增。": ["只减不增"],
    "实现零事故。": ["零事故"],
    "所有隐患均要建立台账。": ["所有隐患均要建立台账"],
    "所有施工现场应设置围挡。": ["所有施工现场应设置围挡"],
}


@pytest.mark.parametrize(("text", "want"), ABSOLUTES.items())
def test_orders_without_exception_are_absolutes(text: str, want: list[str]) -> None:
    task = task_of("推进治理。" + text)
    assert [mention.text for mention in task.absolutes] == want
    assert task.targets == ()


@pytest.mark.parametrize(
    "text",
    [
        "一律停产整顿。",
        "逐个逐项排查。",
        "全面落实责任。",
        "确保整改到位。",
        "彻底消除隐患。",
        "严禁违规动火。",
        "在实现培训全覆盖基础上，向乡镇延伸。",
        "形成全面覆盖的监管体系。",
        "推行“零隐患”管理理念。",
        "开展隐患清零行动。",
        "覆盖所有重点行业领域。",
        "依靠全部力量。",
        "责令局部或全部停产停业。",
    ],
)
def test_what_only_sounds_absolute_is_none(text: str) -> None:
    assert task_of("推进治理。" + text).absolutes == ()
