"""Agents: subjects of what is ordered, in running text (ANNOTATION §3)."""

from __future__ import annotations

import pytest
from support import notice_of, task_of

AGENTS: dict[str, list[str]] = {
    "各级政府分管领导干部要每年报告履职情况。": ["各级政府分管领导干部"],
    "负有安全监管职责的部门应制定检查计划。": ["负有安全监管职责的部门"],
    "生产经营单位应当建立责任制。": ["生产经营单位"],
    "企业须落实主体责任。": ["企业"],
    "每县（市、区）培育1支救援队伍。": ["每县（市、区）"],
    "由局分管领导召集有关科室会商。": ["局分管领导"],
    "由市应急局予以核实。": ["市应急局"],
    "各镇（街道）要建立台账。": ["各镇（街道）"],
    "危化企业每季度开展演练。": ["危化企业"],
    "各县、各部门要压实责任。": ["各县", "各部门"],
    "图书馆要开展消防演练。": ["图书馆"],
    "物业企业要开展巡查。": ["物业企业"],
    "应急管理、公安、消防等部门要开展暗访。": ["应急管理、公安、消防等部门"],
}


@pytest.mark.parametrize(("text", "want"), AGENTS.items())
def test_the_subject_of_an_order_is_an_agent(text: str, want: list[str]) -> None:
    assert [agent.name for agent in task_of("推进治理。" + text).agents] == want


@pytest.mark.parametrize(
    "text",
    [
        "督促企业落实主体责任。",
        "指导各县开展排查。",
        "推动各部门开展检查。",
        "鼓励企业购买服务。",
        "支持行业协会制定标准。",
        "依托网格员开展巡查。",
        "组织专家开展会诊。",
        "责令企业停产整改。",
        "压实企业主体责任。",
        "“企业要负主体责任”的理念深入人心。",
        "企业可自行组织培训。",
        "重点行业领域要深化治理。",
        "人人要讲安全。",
        "省级要统筹推进。",
    ],
)
def test_objects_quotations_fields_and_permissions_are_none(text: str) -> None:
    assert [agent.name for agent in task_of("推进治理。" + text).agents] == []


def test_an_agent_that_is_a_unit_of_the_task_is_not_repeated() -> None:
    task = task_of("推进治理。市应急局要开展检查。（责任单位：市应急局）")
    assert [unit.name for unit in task.units] == ["市应急局"]
    assert task.agents == ()


def test_rows_under_a_lead_in_take_its_subject() -> None:
    notice = notice_of("一、责任\n（一）县级政府主要负责人安全生产职责主要包括：\n1.贯彻部署；\n2.研究问题。")
    assert [[agent.name for agent in task.agents] for task in notice.tasks] == [["县级政府主要负责人"], ["县级政府主要负责人"]]


def test_a_group_of_agents_is_told() -> None:
    (agent,) = task_of("推进治理。各镇（街道）要建立台账。").agents
    assert agent.group


def test_who_is_responsible_for_the_notice_itself_is_a_unit_and_no_agent() -> None:
    task = task_of("附加说明。本规定由市应急局负责解释。")
    assert ([unit.name for unit in task.units], task.agents) == (["市应急局"], ())


def test_a_subject_keeps_the_clause_that_says_who_is_meant() -> None:
    (agent,) = task_of("推进治理。从业人员在300人以上的危化企业要设置安全总监。").agents
    assert agent.name == "从业人员在300人以上的危化企业"
