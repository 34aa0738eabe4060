"""Notices made by hand: five tasks of every kind, a hundred, nasty ones, empty ones."""

from __future__ import annotations

import hashlib
from typing import Any

from safetydoc.model import (
    Agent,
    Citation,
    Deadline,
    Finding,
    Mention,
    Metadata,
    Node,
    Notice,
    Number,
    Place,
    Region,
    Source,
    Target,
    Task,
    Unit,
)

TITLE = "沧海市人民政府办公室关于印发2024年安全生产治本攻坚工作要点的通知"
TEXTS = (
    "压实属地管理责任。各县（市、区）党委、政府主要负责人每季度至少检查一次，6月底前完成重大事故隐患动态清零。（市安委办牵头，市应急管理局、市公安局等配合）",
    "开展危险化学品专项整治。对辖区内全部危险化学品生产、储存企业逐一体检，2024年培育标准化示范企业不少于12家，生产安全事故起数同比下降10%以上。（责任单位：市应急管理局、市生态环境局、市交通运输局）",
    "强化消防通道治理。一是摸清底数，逐栋建立台账；二是畅通“生命通道”，全市老旧小区划线率达到100%；三是严格执法，对屡次占用、堵塞、封闭消防车通道的单位依法予以处罚并纳入信用记录，每月25日前将整治情况报市消防救援支队。（市消防救援支队负责）",
    "提升从业人员技能。高危行业从业人员安全技能培训不少于20学时，事故结案后三年内开展评估，汛期前完成一轮应急演练。",
    "各单位于2024年12月20日前将工作总结报送市安委办（联系电话：0317-0000000）。",
)


def make_source(name: str = "沧海市2024年要点.docx", seed: bytes = b"sample") -> Source:
    """A source with a digest of `seed`."""
    digest = hashlib.sha256(seed).hexdigest()
    return Source(name, digest, 20480, "application/vnd.openxmlformats", "utf-8", 6)


def make_metadata(**changes: Any) -> Metadata:
    """Metadata with every field set, save those in `changes`."""
    values: dict[str, Any] = {
        "title": TITLE,
        "subject_title": "2024年安全生产治本攻坚工作要点",
        "doc_number": "沧政办发〔2024〕8号",
        "issuers": ("沧海市人民政府办公室",),
        "date_issued": "2024-03-05",
        "date_published": "2024-03-08",
        "addressees": ("各县（市、区）人民政府", "市政府各部门、各直属机构"),
        "doc_type": "工作要点",
        "region": Region("河北省沧海市", "130900", "city"),
        "attachments": ("重点任务分工表.xlsx",),
        "cites": (Citation("《安全生产法》", None, 3, 10),),
    }
    return Metadata(**(values | changes))


def make_notice(texts: tuple[str, ...] = TEXTS, **changes: Any) -> Notice:
    """A notice whose tasks have the given texts and nothing else found in them, save what `changes` brings."""
    whole, outline, tasks = "", [Node("s1", None, 0, 0, "section", "一、", 1, "重点任务")], []
    for index, text in enumerate(texts):
        start = len(whole)
        whole += text + "\n"
        outline.append(Node(f"n{index}", "s1", start, len(whole), "measure", f"（{index + 1}）", index + 1, None))
        tasks.append(Task(f"t{index}", f"n{index}", f"一/{index + 1}", "任务", None, text, start, start + len(text)))
    values: dict[str, Any] = {
        "text": whole,
        "source": make_source(),
        "metadata": make_metadata(),
        "outline": tuple(outline),
        "tasks": tuple(tasks),
        "numbers": (),
    }
    return Notice(**(values | changes))


def task_with(task: Task, **changes: Any) -> Task:
    """The task with other fields."""
    return Task(**({name: getattr(task, name) for name in task.__slots__} | changes))


def five() -> Notice:
    """Five tasks that between them have every kind of unit, deadline, target and finding."""
    plain = make_notice()
    first, second, third, fourth, fifth = plain.tasks
    tasks = (
        task_with(
            first,
            title="压实属地管理责任",
            units=(
                Unit(0, 4, "市安委办", "沧海市安全生产委员会办公室", "lead"),
                Unit(5, 9, "市应急管理局", "沧海市应急管理局", "support"),
                Unit(9, 13, "市公安局", "沧海市公安局", "support", open_ended=True),
            ),
            agents=(Agent(0, 8, "各县（市、区）党委", True), Agent(8, 10, "政府主要负责人", True)),
            deadlines=(
                Deadline(1, 2, "每季度", "every", "P3M"),
                Deadline(3, 4, "6月底前", "by", "2024-06-30", year_from="notice"),
            ),
            absolutes=(Mention(5, 9, "动态清零"),),
        ),
        task_with(
            second,
            title="开展危险化学品专项整治",
            units=tuple(
                Unit(0, 1, name, f"沧海{name}", "responsible")
                for name in ("市应急管理局", "市生态环境局", "市交通运输局")
            ),
            deadlines=(Deadline(0, 5, "2024年", "during", "2024-01-01/2024-12-31", year_from="printed"),),
            targets=(
                Target(1, 2, "不少于12家", "标准化示范企业", ">=", 12, "家"),
                Target(2, 3, "同比下降10%以上", "生产安全事故起数", ">=", 10, "%", "decrease"),
            ),
            flags=("unknown-unit",),
        ),
        task_with(
            third,
            title="强化消防通道治理",
            items=3,
            units=(Unit(0, 1, "市消防救援支队", "沧海市消防救援支队", "responsible"),),
            deadlines=(Deadline(1, 2, "每月25日前", "every", "P1M"),),
            targets=(Target(1, 2, "达到100%", "老旧小区划线率", "=", 100.0, "%"),),
        ),
        task_with(
            fourth,
            title="提升从业人员技能",
            deadlines=(
                Deadline(1, 2, "三年内", "within", "P3Y", event="事故结案"),
                Deadline(2, 3, "汛期前", "before_event", "汛期前"),
            ),
            targets=(
                Target(1, 2, "不少于20学时", "安全技能培训", ">=", 20, "学时"),
                Target(2, 3, "□0%", "持证率", ">=", None, "%", damaged=True),
                Target(3, 4, "2-3.5亿元", "投入", "range", 200000000, "元", value2=350000000.5),
            ),
        ),
        task_with(
            fifth,
            path="文末/1",
            category="保障措施",
            deadlines=(Deadline(1, 2, "2024年12月20日前", "by", "2024-12-20", year_from="printed"),),
        ),
    )
    middle = third.start + 4
    findings = (
        Finding("deadline-before-issue", "error", "时限“6月底前”早于成文日期。", "一/1", first.start, first.end),
        Finding("unclosed-bracket", "warning", "括号没有闭合。", None, middle, middle + 2),
        Finding("count-mismatch", "info", "标题说25条，实有5条。"),
    )
    layout = tuple(
        Place(task.start, task.end, page=1 + index // 2, paragraph=index) for index, task in enumerate(tasks)
    )
    return make_notice(tasks=tasks, findings=findings, layout=layout, numbers=(Number(0, 2, "25", "other"),))


def hundred() -> Notice:
    """A hundred tasks, the five over and over, with texts of very different lengths."""
    model = five().tasks
    plain = make_notice(tuple(TEXTS[index % 5] * (1 + index % 17 // 4) for index in range(100)))
    tasks = tuple(
        task_with(
            task,
            **{
                name: getattr(model[index % 5], name)
                for name in ("title", "units", "agents", "deadlines", "targets", "absolutes", "category")
            },
        )
        for index, task in enumerate(plain.tasks)
    )
    findings = tuple(
        Finding(
            "sum-mismatch", ("error", "warning", "info")[index % 3], f"第{index}项的分项合计与总数不符。", f"一/{index + 1}"
        )
        for index in range(0, 100, 7)
    )
    return make_notice(tasks=tasks, outline=plain.outline, text=plain.text, findings=findings)
