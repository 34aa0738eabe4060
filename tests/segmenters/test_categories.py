"""The category of a task by the headings above it (ANNOTATION §2)."""

from __future__ import annotations

import pytest
from support import notice_of

from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.categories import Categories

HEADINGS = {
    "总体要求": ["总体要求", "指导思想", "基本原则", "工作原则", "总则", "总体思路", "指导思想和工作目标"],
    "目标": ["主要目标", "工作目标", "总体目标", "目标任务", "控制指标"],
    "任务": [
        "重点任务",
        "主要工作",
        "深化专项整治",
        "构建应急物资保障机制",
        "强化应急救援保障",
        "整治重点",
        "落实目标考核责任",
        "强化安全监督检查能力",
        "夯实基层基础",
        "",
    ],
    "保障措施": [
        "保障措施",
        "组织保障",
        "组织领导",
        "加强组织领导",
        "工作要求",
        "附则",
        "奖惩",
        "责任追究",
        "考核评价",
        "监督考核",
        "强化督促检查",
        "实施步骤",
        "任务分工",
        "罚则",
    ],
}


@pytest.fixture(scope="module")
def categories(book: Rulebook) -> Categories:
    return Categories(book)


@pytest.mark.parametrize(("heading", "want"), [(heading, category) for category, headings in HEADINGS.items() for heading in headings])
def test_a_heading_has_its_category(categories: Categories, heading: str, want: str) -> None:
    assert categories.of_heading(heading)[0] == want


@pytest.mark.parametrize(
    ("chain", "want"),
    [
        (["总体要求", "主要目标"], "目标"),
        (["总体要求", "指导思想"], "总体要求"),
        (["指导思想和工作目标", "工作目标"], "目标"),
        (["指导思想和工作目标", "指导思想"], "总体要求"),
        (["重点任务", "加强组织领导", "甲"], "任务"),
        (["保障措施", "强化宣传"], "保障措施"),
        (["主要目标", "本质安全"], "目标"),
        ([], "任务"),
    ],
)
def test_the_top_level_decides_unless_the_second_names_its_own(categories: Categories, chain: list[str], want: str) -> None:
    assert categories.of_chain(chain) == want


def test_tasks_take_the_category_of_their_section() -> None:
    body = "一、总体要求\n（一）指导思想。坚持人民至上。\n（二）主要目标。事故明显减少。\n二、重点任务\n1.甲项。做好。\n三、保障措施\n1.乙项。做好。"
    assert [(task.path, task.category) for task in notice_of(body).tasks] == [
        ("一/一", "总体要求"),
        ("一/二", "目标"),
        ("二/1", "任务"),
        ("三/1", "保障措施"),
    ]


def test_the_last_chapters_of_a_regulation_see_to_its_execution() -> None:
    body = "第一章 总则\n第一条 为规范管理，制定本办法。\n第二章 安全职责\n第二条 单位应当建立制度。\n第三章 附则\n第三条 本办法由市应急局负责解释。"
    assert [task.category for task in notice_of(body).tasks] == ["总体要求", "任务", "保障措施"]
