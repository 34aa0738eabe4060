"""The outline: depth, paths, headings, rows of paragraphs and of loose text (ANNOTATION §2)."""

from __future__ import annotations

import pytest
from support import YEAR, fold, notice_of, title

import safetydoc
from safetydoc.model import Notice, Task

#: body → paths of its tasks
PATHS = {
    "一、总则\n二、任务\n三、附则": ["一", "二", "三"],
    "一、任务\n（一）甲项。做好。\n（二）乙项。做好。\n二、要求\n（一）丙项。做好。": ["一/一", "一/二", "二/一"],
    "一、任务\n（一）领域\n1.甲项。做好。\n2.乙项。做好。\n（二）基础\n1.丙项。做好。": ["一/一/1", "一/一/2", "一/二/1"],
    "一、任务\n（一）领域\n1.甲项。做好。\n（二）基础\n2.乙项。做好。\n3.丙项。做好。": ["一/一/1", "一/二/2", "一/二/3"],
    "一、任务\n1.甲项。做好。\n2.乙项。做好。\n二、保障\n3.丙项。做好。": ["一/1", "一/2", "二/3"],
    "第一章 总则\n第一条 为甲。\n第二条 为乙。\n第二章 责任\n第三条 职责如下：\n（一）甲。\n（二）乙。": ["一/一", "一/二", "二/三/一", "二/三/二"],
    "1.甲项。做好。\n2.乙项。做好。\n（1）丙。\n（2）丁。": ["1", "2/1", "2/2"],
    "一、任务\n（一）甲项\n1.乙\n（1）丙\n①丁\n②戊": ["一/一/1/1/1", "一/一/1/1/2"],
    "（一）甲项\n1.乙\n2.丙\n（二）丁项": ["一/1", "一/2", "二"],
    "１．甲项。做好。\n２．乙项。做好。": ["1", "2"],
    "一、任务\n1、甲项。做好。\n1、乙项。做好。\n2、丙项。做好。": ["一/1", "一/1#2", "一/2"],
    "二十一、甲项\n二十二、乙项": ["二十一", "二十二"],
}


@pytest.mark.parametrize(("body", "want"), PATHS.items())
def test_labels_give_paths_of_bare_numbers(body: str, want: list[str]) -> None:
    assert [fold(task.path) for task in notice_of(body).tasks] == want


def first(body: str) -> Task:
    return notice_of(body).tasks[0]


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("一、压实责任。逐级签订责任书。", "压实责任"),
        ("一、压实责任\n逐级签订责任书。", "压实责任"),
        ("一、压实责任", "压实责任"),
        ("一、压实责任：逐级签订责任书。", "压实责任"),
        ("（一）逐级签订安全责任书；\n（二）其他；", "逐级签订安全责任书"),
        ("一、" + "长" * 60 + "。后文。", "长" * 60),
        ("一、" + "长" * 61 + "。后文。", None),
        ("一、逐级签订责任书。", "逐级签订责任书"),
    ],
    ids=["run in", "alone", "all there is", "colon", "semicolon", "sixty", "too long", "one sentence"],
)
def test_the_title_is_the_text_up_to_the_first_stop(body: str, want: str | None) -> None:
    task = first(body)
    assert task.title == want
    assert fold(task.text).startswith(fold(want or "长"))


@pytest.mark.parametrize("body", ["一、\n压实责任。", "一、\n\n压实责任。\n逐级签订责任书。", "一、\n压实责任。\n二、\n排查隐患。"])
def test_a_label_alone_on_its_line_keeps_the_text_below(body: str) -> None:
    task = notice_of(body).tasks[0]
    assert task.path == "一"
    assert fold(task.text).startswith("压实责任。")


@pytest.mark.parametrize("body", ["一、压实责任。逐级签订责任书。\n（以上由各单位落实）", "一、压实责任\n\n逐级签订责任书。"])
def test_unlabelled_paragraphs_belong_to_the_measure_above(body: str) -> None:
    notice = notice_of(body)
    assert [task.path for task in notice.tasks] == ["一"]
    assert fold(notice.tasks[0].text) == fold(body.removeprefix("一、"))


TWO_CLAUSES = """一、重点整治
（一）各类场所。要分类推进。
学校方面，由市教育局牵头，开展校园排查。
医院方面，由市卫生健康委牵头，开展院区排查。
其他方面按既定安排推进。"""


def test_two_paragraphs_with_clauses_of_their_own_are_rows() -> None:
    notice = notice_of(TWO_CLAUSES)
    rows = {task.path: task for task in notice.tasks}
    assert list(rows) == ["一/一", "一/一/学校方面", "一/一/医院方面"]
    assert [unit.name for unit in rows["一/一/学校方面"].units] == ["市教育局"]
    assert [unit.name for unit in rows["一/一/医院方面"].units] == ["市卫生健康委"]
    assert rows["一/一/学校方面"].title is None
    own = rows["一/一"]
    assert own.units == ()
    assert "校园" not in own.text and "要分类推进" in own.text and "其他方面" in own.text
    assert [notice.text[part.start : part.end][:4] for part in own.parts] == ["（一）各", "其他方面"]


def test_a_single_clause_at_the_end_is_the_measures_own() -> None:
    notice = notice_of("一、重点整治\n（一）各类场所。要分类推进。\n学校方面，开展校园排查。\n医院方面，由市卫生健康委牵头，开展院区排查。")
    assert [task.path for task in notice.tasks] == ["一/一"]
    assert [unit.name for unit in notice.tasks[0].units] == ["市卫生健康委"]


def test_a_paragraph_row_is_named_by_at_most_twelve_characters() -> None:
    body = "一、重点整治\n（一）场所。推进。\n在各类人员密集的文化娱乐场所由市文旅局牵头排查。\n医院，由市卫生健康委牵头，开展院区排查。"
    assert [task.path for task in notice_of(body).tasks] == ["一/一", "一/一/在各类人员密集的文化娱乐", "一/一/医院"]


@pytest.mark.parametrize(
    ("between", "want"),
    [
        ("全市要在6月底前完成摸排。", ["一/引言", "一/一", "一/二"]),
        ("培训不少于30人次。", ["一/引言", "一/一", "一/二"]),
        ("（责任单位：市应急局）", ["一/引言", "一/一", "一/二"]),
        ("全市要认真摸排。", ["一/一", "一/二"]),
    ],
    ids=["deadline", "target", "clause", "nothing"],
)
def test_text_between_a_heading_and_its_first_label_is_an_introduction(between: str, want: list[str]) -> None:
    notice = notice_of(f"一、重点任务\n{between}\n（一）甲项。做好。\n（二）乙项。做好。")
    assert [task.path for task in notice.tasks] == want
    if len(want) == 3:
        assert (notice.tasks[0].title, fold(notice.tasks[0].text)) == (None, fold(between))


def test_an_introduction_that_runs_into_the_heading_holds_no_heading() -> None:
    notice = notice_of("一、重点任务。全市要在6月底前完成摸排。\n（一）甲项。做好。\n（二）乙项。做好。")
    task = notice.tasks[0]
    assert (task.path, task.text) == ("一/引言", "全市要在6月底前完成摸排。")


def loose(notice: Notice) -> list[tuple[str, str]]:
    return [(task.path, fold(task.text)) for task in notice.tasks if task.rule == "task.loose"]


def test_loose_paragraphs_with_a_value_are_rows_at_the_head_and_the_end() -> None:
    body = (
        "各单位要于3月20日前完成部署。\n望高度重视。\n请于4月1日前反馈意见。\n一、重点任务\n（一）甲项。做好。\n二、其他\n"
        "请各单位于6月25日前报送总结。\n本通知不作统一要求。\n请于7月1日前反馈。"
    )
    notice = notice_of(body)
    assert loose(notice) == [
        ("文首/1", "各单位要于3月20日前完成部署。"),
        ("文首/2", "请于4月1日前反馈意见。"),
        ("文末/1", "请各单位于6月25日前报送总结。"),
        ("文末/2", "请于7月1日前反馈。"),
    ]
    assert {task.category for task in notice.tasks if task.rule == "task.loose"} == {"保障措施"}
    assert all(task.title is None for task in notice.tasks if task.rule == "task.loose")


def test_a_notice_without_labels_gives_the_paragraphs_that_order_something() -> None:
    notice = notice_of("近期天气炎热。\n各县要在6月底前完成排查。\n特此通知。")
    assert loose(notice) == [("文首/1", "各县要在6月底前完成排查。")]


def two_documents() -> Notice:
    body = "\n".join(
        [
            "各县人民政府：",
            "现将两个方案印发给你们，请于3月20日前完成部署。",
            "云岫市安全生产委员会",
            f"{YEAR}年3月5日",
            "云岫市消防安全工作方案",
            "一、重点任务",
            "（一）甲项。由市消防救援支队牵头，逐户摸排消防隐患，建立台账。",
            "（二）乙项。做好宣传，营造良好氛围。",
            "二、工作要求",
            "压实责任，务求实效。",
            "云岫市燃气安全工作方案",
            "一、重点任务",
            "（一）丙项。由市住建局牵头，逐户摸排燃气隐患，建立台账。",
            "（二）丁项。做好宣传，营造良好氛围。",
            "二、工作要求",
            "压实责任，务求实效。",
        ]
    )
    return safetydoc.extract_text(f"{title()}\n{body}\n")


def test_two_carried_documents_are_told_apart_by_letters() -> None:
    notice = two_documents()
    assert [task.path for task in notice.tasks] == ["A/文首/1", "A/一/一", "A/一/二", "A/二", "B/一/一", "B/一/二", "B/二"]
    assert notice.metadata.subject_title == "云岫市消防安全工作方案"


def test_one_document_has_no_letter() -> None:
    assert all("/" not in task.path or task.path[0] != "A" for task in notice_of("一、甲\n二、乙").tasks)


@pytest.mark.parametrize(
    "after",
    [
        "附件：1.任务分工表\n2.联络员登记表",
        "附件1\n联络员登记表\n1.姓名\n2.电话",
        "抄送：市委办公室，市人大办公室。\n云岫市人民政府办公室　　2024年3月6日印发",
    ],
)
def test_attachment_lists_forms_and_colophons_make_no_tasks(after: str) -> None:
    assert [task.path for task in notice_of(f"一、甲项。做好。\n二、乙项。做好。\n\n{after}").tasks] == ["一", "二"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("一是查现场；二是查台账；三是查责任。", 3),
        ("一要讲政治，二要讲方法。", 2),
        ("（1）查现场；（2）查台账。", 2),
        ("①查现场②查台账③查责任", 3),
        ("查现场；查台账；查责任。", 0),
        ("落实一岗双责，统一部署。", 0),
        ("甲单位、乙单位是重点；二是后话。", 0),
    ],
)
def test_enumerations_in_running_text_are_counted(text: str, items: int) -> None:
    assert first(f"一、开展检查。{text}").items == items


def test_a_task_id_hangs_on_path_and_content_not_on_place() -> None:
    before = notice_of("一、甲项。做好。\n二、乙项。做好。")
    after = notice_of("一、甲项。做好。另加一句话。\n二、乙项。做好。")
    assert before.tasks[1].id == after.tasks[1].id
    assert before.tasks[0].id != after.tasks[0].id


def test_nodes_form_a_tree_whose_leaves_are_measures() -> None:
    notice = notice_of("一、重点任务\n（一）甲项。做好。\n（二）乙项。做好。")
    nodes = {node.label: node for node in notice.outline if node.label}
    assert {label: (node.kind, node.heading, node.number) for label, node in nodes.items()} == {
        "一、": ("section", "重点任务", 1),
        "（一）": ("measure", "甲项", 1),
        "（二）": ("measure", "乙项", 2),
    }
    assert nodes["（一）"].parent == nodes["（二）"].parent == nodes["一、"].id
    assert nodes["一、"].end == nodes["（二）"].end
    assert notice.section_titles(notice.tasks[0]) == ["一、重点任务"]
    assert notice.label(notice.tasks[1]) == "（二）"
