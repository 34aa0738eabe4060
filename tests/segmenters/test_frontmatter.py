"""What stands before and after the body: titles, addressee, signature, attachments, colophon, furniture."""

from __future__ import annotations

import pytest
from support import CITY, fold

import safetydoc
from safetydoc.model import Notice

BODY = "一、压实责任\n逐级签订责任书。\n二、排查隐患\n逐户建立台账。"


def kinds(text: str) -> dict[str, str]:
    """Kind of every unlabelled node by its printed text."""
    notice = safetydoc.extract_text(text)
    return {"".join(notice.text[node.start : node.end].split()): node.kind for node in notice.outline if not node.label}


@pytest.mark.parametrize(
    "lines",
    [
        ["云岫市安全生产委员会关于印发《云岫市2024年安全生产工作要点》的通知"],
        ["云岫市安全生产委员会", "关于印发《云岫市2024年安全生产工作要点》的通知"],
        ["云岫市安全生产委员会关于印发", "《云岫市2024年安全生产工作要点》", "的通知"],
        ["云岫市安全生产委员会关于印发《云岫市", "2024年安全生产工作要点》的通知"],
    ],
    ids=["one line", "issuer above", "three lines", "broken in the quotation"],
)
def test_a_title_broken_over_lines_is_one(lines: list[str]) -> None:
    notice = safetydoc.extract_text("\n".join([*lines, "云安委〔2024〕5号", "各县人民政府：", BODY]))
    assert notice.metadata.title == "云岫市安全生产委员会关于印发《云岫市2024年安全生产工作要点》的通知"
    assert {notice.text[node.start : node.end] for node in notice.outline if node.kind == "title"} == set(lines)


def test_every_part_of_a_letter_is_told_apart() -> None:
    text = (
        f"首页 > 政务公开\n{CITY}人民政府文件\n云政发〔2024〕12号\n"
        f"{CITY}人民政府关于印发安全生产工作方案的通知\n各县人民政府，市有关单位：\n现印发给你们，请认真落实。\n"
        f"{CITY}人民政府\n2024年3月5日\n（此件公开发布）\n{BODY}\n附件：任务分工表\n抄送：市委办公室。\n浏览次数：12"
    )
    found = kinds(text)
    assert found["首页>政务公开"] == found[f"{CITY}人民政府文件"] == found["浏览次数：12"] == "furniture"
    assert found["云政发〔2024〕12号"] == "doc_number"
    assert found[f"{CITY}人民政府关于印发安全生产工作方案的通知"] == "title"
    assert found["各县人民政府，市有关单位："] == "addressee"
    assert found["现印发给你们，请认真落实。"] == "paragraph"
    assert found[f"{CITY}人民政府"] == found["2024年3月5日"] == "signature"
    assert found["附件：任务分工表"] == "attachment"
    assert found["抄送：市委办公室。"] == "colophon"


@pytest.mark.parametrize(
    "line",
    [
        "【打印】　【关闭】",
        "字号：大 中 小",
        "来源：云岫市应急管理局　发布时间：2024-03-08 09:42",
        "浏览次数：358",
        "分享到：",
        "扫一扫在手机打开当前页",
        "索引号：000014349/2024-00012",
        "主办单位：云岫市人民政府办公室",
        "霁ICP备2024000001号",
        "上一篇：关于开展培训的通知",
    ],
)
@pytest.mark.parametrize("where", ["above", "below"])
def test_what_belongs_to_the_web_page_is_furniture(line: str, where: str) -> None:
    head = f"{CITY}安全生产委员会关于印发2024年安全生产工作方案的通知"
    text = f"{line}\n{head}\n{BODY}" if where == "above" else f"{head}\n{BODY}\n{line}"
    notice = safetydoc.extract_text(text)
    assert [notice.text[node.start : node.end] for node in notice.outline if node.kind == "furniture"] == [line]
    assert [task.path for task in notice.tasks] == ["一", "二"]
    assert line not in "".join(task.text for task in notice.tasks)


def signed(tail: str) -> Notice:
    return safetydoc.extract_text(f"{CITY}安全生产委员会办公室关于做好安全生产工作的通知\n各县安委会：\n{BODY}\n{tail}")


@pytest.mark.parametrize(
    ("tail", "issuers"),
    [
        (f"{CITY}安全生产委员会办公室\n2024年3月5日", [f"{CITY}安全生产委员会办公室"]),
        (f"　　　　{CITY}安全生产委员会办公室\n　　　　　　2024年3月5日\n（联系人：李明）", [f"{CITY}安全生产委员会办公室"]),
        (f"{CITY}公安局\n{CITY}教育局\n2024年3月5日", [f"{CITY}公安局", f"{CITY}教育局"]),
        (f"{CITY}公安局　{CITY}教育局\n2024年3月5日", [f"{CITY}公安局", f"{CITY}教育局"]),
        (f"{CITY}安全生产委员会办公室2024年3月5日", [f"{CITY}安全生产委员会办公室"]),
        (f"{CITY}应急管理局（代章）\n二〇二四年三月五日", [f"{CITY}应急管理局"]),
    ],
    ids=["plain", "indented", "two lines", "two on a line", "run in", "by proxy"],
)
def test_a_signature_gives_issuers_and_date(tail: str, issuers: list[str]) -> None:
    notice = signed(tail)
    assert list(notice.metadata.issuers) == issuers
    assert notice.metadata.date_issued == "2024-03-05"
    assert [task.path for task in notice.tasks] == ["一", "二"]
    assert CITY not in notice.tasks[1].text


def test_the_colophon_names_no_issuer_and_no_date() -> None:
    notice = signed("抄送：市委办公室。\n云岫市应急管理局办公室　　2024年3月6日印发")
    assert notice.metadata.date_issued is None
    assert notice.metadata.issuers == (f"{CITY}安全生产委员会办公室",)


@pytest.mark.parametrize(
    "tail",
    ["附件：1.分工表\n2.统计表", "附件：\n1.分工表\n2.统计表", "附件：1.分工表　2.统计表", "附件:1、分工表\n      2、统计表"],
)
def test_attachments_are_listed(tail: str) -> None:
    assert list(signed(tail).metadata.attachments) == ["分工表", "统计表"]


def test_a_form_below_an_attachment_heading_is_no_measure() -> None:
    notice = signed("附件1\n隐患排查登记表\n一、单位名称\n二、负责人\n三、填表日期")
    assert [task.path for task in notice.tasks] == ["一", "二"]
    text = "".join(notice.text[node.start : node.end] for node in notice.outline if node.kind == "attachment")
    assert fold("三、填表日期") in fold(text)
