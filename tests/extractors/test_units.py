"""Responsible units: clauses, roles, lists, and what is no clause (ANNOTATION §3)."""

from __future__ import annotations

import pytest
from support import notice_of, task_of

L, S, R = "lead", "support", "responsible"
Pairs = list[tuple[str, str]]


def units(text: str) -> Pairs:
    return [(unit.name, unit.role) for unit in task_of(text).units]


BRACKETS: dict[str, Pairs] = {
    "完善制度。（责任单位：市应急局、市公安局）": [("市应急局", R), ("市公安局", R)],
    "完善制度（责任单位：市应急局）。": [("市应急局", R)],
    "完善制度。【责任部门：市水利局】": [("市水利局", R)],
    "完善制度。[牵头单位：市水利局]": [("市水利局", L)],
    "完善制度。(责任单位:市应急局、市公安局)": [("市应急局", R), ("市公安局", R)],
    "完善制度。（牵头部门：市应急局，配合部门：市公安局、市教育局）": [("市应急局", L), ("市公安局", S), ("市教育局", S)],
    "完善制度。（牵头单位：市应急局；参加单位：市公安局）": [("市应急局", L), ("市公安局", S)],
    "完善制度。（牵头单位：市应急局 配合单位：市公安局）": [("市应急局", L), ("市公安局", S)],
    "完善制度。（主办单位：市应急局；协办单位：市公安局）": [("市应急局", L), ("市公安局", S)],
    "完善制度。（市应急局牵头，市公安局、市教育局配合）": [("市应急局", L), ("市公安局", S), ("市教育局", S)],
    "完善制度。（由市应急局牵头，市公安局参与）": [("市应急局", L), ("市公安局", S)],
    "完善制度。（市应急局、市公安局按职责分工负责）": [("市应急局", R), ("市公安局", R)],
    "完善制度。（市应急局、市公安局分工负责）": [("市应急局", R), ("市公安局", R)],
    "完善制度。（市应急局牵头，市公安局、各县政府分工负责）": [("市应急局", L), ("市公安局", R), ("各县政府", R)],
    "完善制度。（市应急局牵头负责）": [("市应急局", L)],
    "完善制度。（各成员单位按照《任务清单》分工分别牵头负责）": [("各成员单位", L)],
    "完善制度。（配合部门：市公安局、市教育局按职责分工负责）": [("市公安局", S), ("市教育局", S)],
    "完善制度。（市应急局负责落实，12月底前完成）": [("市应急局", R)],
    "完善制度。（责任单位：市应急局；完成时限：6月底前）": [("市应急局", R)],
    "完善制度。（牵头单位：市应急局，责任单位：各县政府）": [("市应急局", L), ("各县政府", R)],
    "完善制度。（责任单位：市应急局": [("市应急局", R)],
    "完善制度。\n责任单位：市应急局、市公安局": [("市应急局", R), ("市公安局", R)],
    "完善制度。\n牵头单位：市应急局\n配合单位：市公安局": [("市应急局", L), ("市公安局", S)],
}


@pytest.mark.parametrize(("text", "want"), BRACKETS.items())
def test_clauses_in_brackets_and_on_lines_of_their_own(text: str, want: Pairs) -> None:
    assert units(text) == want


RUNNING: dict[str, Pairs] = {
    "由市水利局负责水库巡查。": [("市水利局", R)],
    "市水利局负责水库巡查。": [("市水利局", R)],
    "市应急局牵头，开展联合会商。": [("市应急局", L)],
    "由市应急局牵头，市公安局、市教育局配合，开展夏季排查。": [("市应急局", L), ("市公安局", S), ("市教育局", S)],
    "由市应急局牵头，市公安局分工负责，开展夏季排查。": [("市应急局", L), ("市公安局", R)],
    "市公安局会同市交通运输局开展路检。": [("市公安局", L), ("市交通运输局", S)],
    "会同有关部门开展路检。": [("有关部门", S)],
    "市公安局联合市交通运输局开展路检。": [("市公安局", R), ("市交通运输局", R)],
    "联合有关单位开展路检。": [("有关单位", R)],
    "各镇政府配合市教育局开展校园排查。": [("各镇政府", S), ("市教育局", L)],
    "配合市教育局开展校园排查。": [("市教育局", L)],
    "本方案由市应急局商市财政局解释。": [("市应急局", L), ("市财政局", S)],
    "市住建局会同市水利局负责管网改造。": [("市住建局", L), ("市水利局", S)],
}


@pytest.mark.parametrize(("text", "want"), RUNNING.items())
def test_clauses_in_running_text(text: str, want: Pairs) -> None:
    assert units("深化治理。" + text) == want


NO_CLAUSE = [
    "坚持谁主管谁牵头、谁使用谁负责。",
    "坚持“谁主管（谁牵头）、谁审批谁负责”。",
    "落实调查组组长负责制。",
    "负责事故调查的部门要开展评估。",
    "参加市应急局会同市公安局组织的培训。",
    "鼓励龙头企业牵头创建安全联盟。",
    "支持行业协会牵头制定团体标准。",
    "推动骨干企业联合高校攻关。",
    "要压实责任单位的主体责任。",
    "开展联合执法，实施联合惩戒。",
    "加强配合协作，密切配合，形成合力。",
    "各牵头单位每月会商一次。",
    "主要负责人每季度带队检查。",
    "建立社会力量参与应急救援的机制。",
    "加强隐患排查（含农村地区）。",
    "重点检查医院、学校（幼儿园）。",
]


@pytest.mark.parametrize("text", NO_CLAUSE)
def test_principles_nouns_and_encouraged_parties_are_no_clauses(text: str) -> None:
    assert units("深化治理。" + text) == []


def listed(printed: str) -> list[tuple[str, bool, bool]]:
    return [(unit.name, unit.group, unit.open_ended) for unit in task_of(f"完善制度。（责任单位：{printed}）").units]


LISTS: dict[str, list[tuple[str, bool, bool]]] = {
    "市应急局、市公安局和市教育局": [("市应急局", False, False), ("市公安局", False, False), ("市教育局", False, False)],
    "市应急局，市公安局及市教育局": [("市应急局", False, False), ("市公安局", False, False), ("市教育局", False, False)],
    "市应急局、市公安局等": [("市应急局", False, False), ("市公安局", False, True)],
    "市应急局、市公安局等单位": [("市应急局", False, False), ("市公安局", False, True)],
    "市应急局、市公安局等有关部门": [("市应急局", False, False), ("市公安局", False, True)],
    "市发展和改革委员会": [("市发展和改革委员会", False, False)],
    "市住房和城乡建设局、市人力资源和社会保障局": [("市住房和城乡建设局", False, False), ("市人力资源和社会保障局", False, False)],
    "市工业和信息化局和市教育局": [("市工业和信息化局", False, False), ("市教育局", False, False)],
    "纪工委（监察工委）、党政办公室": [("纪工委（监察工委）", False, False), ("党政办公室", False, False)],
    "各行业主管、监管部门": [("各行业主管、监管部门", True, False)],
    "各有关部门和单位": [("各有关部门和单位", True, False)],
    "云岫、松泠、澜溪市政府": [("云岫、松泠、澜溪市政府", True, False)],
    "应急管理、公安、交通运输等部门": [("应急管理、公安、交通运输等部门", True, False)],
    "各县（市、区）政府、市应急局": [("各县（市、区）政府", True, False), ("市应急局", False, False)],
    "各市党委、政府": [("各市党委", True, False), ("政府", True, False)],
    "各成员单位按职责分工": [("各成员单位", True, False)],
}


@pytest.mark.parametrize(("printed", "want"), LISTS.items())
def test_lists_are_split_into_bodies(printed: str, want: list[tuple[str, bool, bool]]) -> None:
    assert listed(printed) == want


def test_an_open_bracket_ends_with_its_paragraph() -> None:
    notice = notice_of("一、重点任务\n1.完善制度。（责任单位：市应急局、市公安局\n2.压实责任。逐级签订。")
    assert [[unit.name for unit in task.units] for task in notice.tasks] == [["市应急局", "市公安局"], []]
    assert "unclosed-bracket" in {finding.code for finding in notice.findings}


def test_a_clause_that_names_no_body_is_a_finding() -> None:
    notice = notice_of("一、重点任务\n1.完善制度。（责任单位：）")
    assert [finding.code for finding in notice.findings if finding.task == "一/1"] == ["clause-without-unit"]
    assert notice.tasks[0].flags == ("clause-without-unit",)


def test_a_unit_says_where_it_stands_and_by_which_rule() -> None:
    notice = notice_of("一、重点任务\n1.完善制度。（责任单位：市应急局、\n市公安局）")
    for unit in notice.tasks[0].units:
        assert "".join(notice.text[unit.start : unit.end].split()) == unit.name
        assert unit.rule == "units.label"


@pytest.mark.parametrize("before", ["规范外包（分包管理。", "（规范外包。", "规范（外包（分包。"])
def test_a_bracket_left_open_before_a_clause_hides_no_unit(before: str) -> None:
    assert units(f"{before}严格教育培训。（责任单位：市应急局、市公安局）定期组织抽查。") == [("市应急局", R), ("市公安局", R)]
