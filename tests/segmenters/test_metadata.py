"""Metadata of a notice (ANNOTATION §1)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import safetydoc
from safetydoc.model import Metadata, Region

BODY = "一、压实责任\n逐级签订责任书。\n二、排查隐患\n逐户建立台账。"
AREA = "霁川省云岫市"
LETTER: Mapping[str, str] = {
    "title": f"{AREA}安全生产委员会关于印发《云岫市2024年安全生产工作要点》的通知",
    "number": "云安委〔2024〕5号",
    "addressee": "各县（市、区）安委会，市有关单位：",
    "cover": "现印发给你们，请认真落实。",
    "signature": f"{AREA}安全生产委员会\n2024年3月5日",
    "subject": "云岫市2024年安全生产工作要点",
    "body": BODY,
}


def read(**parts: str) -> Metadata:
    """The metadata of the letter with these parts in place of its own ("" leaves one out)."""
    lines = {**LETTER, **parts}
    return safetydoc.extract_text("\n".join(part for part in lines.values() if part)).metadata


def test_a_whole_letter_has_every_field() -> None:
    meta = read()
    assert (meta.title, meta.subject_title, meta.doc_number) == (LETTER["title"], LETTER["subject"], "云安委〔2024〕5号")
    assert (meta.issuers, meta.date_issued, meta.date_published) == ((f"{AREA}安全生产委员会",), "2024-03-05", None)
    assert (meta.addressees, meta.doc_type, meta.attachments) == (("各县（市、区）安委会", "市有关单位"), "工作要点", ())
    assert meta.region == Region(AREA, None, "city")


def test_a_text_without_front_matter_has_no_metadata() -> None:
    assert safetydoc.extract_text(BODY).metadata == Metadata()


@pytest.mark.parametrize(
    ("parts", "title", "subject"),
    [
        ({"subject": ""}, LETTER["title"], "云岫市2024年安全生产工作要点"),
        ({"title": f"{AREA}安全生产委员会关于开展夏季安全检查的通知", "subject": ""}, f"{AREA}安全生产委员会关于开展夏季安全检查的通知", None),
        ({"title": "", "number": "", "addressee": "", "cover": "", "signature": ""}, "云岫市2024年安全生产工作要点", None),
        (
            {"title": f"{AREA}安全生产委员会关于印发《云岫市〈安全生产条例〉宣传工作方案》的通知", "subject": ""},
            f"{AREA}安全生产委员会关于印发《云岫市〈安全生产条例〉宣传工作方案》的通知",
            "云岫市《安全生产条例》宣传工作方案",
        ),
    ],
    ids=["quoted in the title", "itself the document", "only the body of a carried document", "nested quotation"],
)
def test_title_and_title_of_the_carried_document(parts: dict[str, str], title: str, subject: str | None) -> None:
    meta = read(**parts)
    assert (meta.title, (meta.subject_title or "").replace("〈", "《").replace("〉", "》") or None) == (title, subject)


@pytest.mark.parametrize(
    ("printed", "want"),
    [
        ("云安委〔2024〕5号", "云安委〔2024〕5号"),
        ("云政办发〔2024〕 12 号", "云政办发〔2024〕12号"),
        ("云安委[2024]5号", "云安委〔2024〕5号"),
        ("云安委（2024）5号", "云安委〔2024〕5号"),
        ("（云安委〔2024〕5号）", "云安委〔2024〕5号"),
        ("发文字号：云安委〔2024〕5号", "云安委〔2024〕5号"),
        ("", None),
    ],
)
def test_the_document_number(printed: str, want: str | None) -> None:
    assert read(number=printed).doc_number == want


def test_a_number_that_the_text_cites_is_not_its_own() -> None:
    assert read(number="", cover="按照《云岫市安全责任规定》（云委发〔2019〕7号）要求，现印发给你们。").doc_number is None


def test_a_number_only_in_the_name_of_the_attached_file_counts() -> None:
    assert read(number="", body=BODY + "\n附件：云安委〔2024〕5号.pdf").doc_number == "云安委〔2024〕5号"


@pytest.mark.parametrize(
    ("printed", "want"),
    [
        ("各县人民政府，市有关单位：", ["各县人民政府", "市有关单位"]),
        ("各县（市、区）人民政府，市政府各部门、各直属机构：", ["各县（市、区）人民政府", "市政府各部门、各直属机构"]),
        ("各镇人民政府、县直各单位:", ["各镇人民政府", "县直各单位"]),
        ("各县（市，区）安委会：", ["各县（市，区）安委会"]),
        ("各科室、局属各单位：", ["各科室", "局属各单位"]),
    ],
)
def test_addressees_part_at_commas_else_at_list_marks(printed: str, want: list[str]) -> None:
    assert list(read(addressee=printed).addressees) == want


@pytest.mark.parametrize("opening", ["为做好安全生产工作，", "现将有关事项通知如下。", "汛期是事故易发期。", "当前正值高温季节，"])
def test_addressees_that_run_into_the_first_sentence_are_parted(opening: str) -> None:
    assert read(addressee="各县人民政府，各有关企业：" + opening).addressees == ("各县人民政府", "各有关企业")


@pytest.mark.parametrize(
    ("kind", "want"),
    [
        ("工作要点", "工作要点"),
        ("实施方案", "实施方案"),
        ("行动方案", "行动方案"),
        ("工作方案", "工作方案"),
        ("行动计划", "行动计划"),
        ("若干政策措施", "政策措施"),
        ("若干措施", "措施"),
        ("实施意见", "意见"),
        ("管理办法", "办法"),
        ("管理规定", "规定"),
        ("应急预案", "预案"),
        ("整治方案", "整治方案"),
        ("实施方案（试行）", "实施方案"),
    ],
)
def test_the_genre_is_that_of_the_carried_document(kind: str, want: str) -> None:
    meta = read(title=f"{AREA}安全生产委员会关于印发《云岫市消防安全{kind}》的通知", subject=f"云岫市消防安全{kind}")
    assert meta.doc_type == want


def test_a_notice_that_carries_nothing_is_a_notice() -> None:
    assert read(title=f"{AREA}安全生产委员会关于开展夏季安全检查的通知", subject="").doc_type == "通知"


@pytest.mark.parametrize(
    ("signature", "date"),
    [
        (f"{AREA}安全生产委员会\n2024年3月5日", "2024-03-05"),
        (f"{AREA}安全生产委员会\n2024年12月31日", "2024-12-31"),
        (f"{AREA}安全生产委员会\n2024 年 3 月 5 日", "2024-03-05"),
        (f"{AREA}安全生产委员会\n二〇二四年三月十五日", "2024-03-15"),
        (f"{AREA}安全生产委员会\n2024年2月30日", None),
        ("", None),
    ],
)
def test_the_date_of_issue(signature: str, date: str | None) -> None:
    assert read(signature=signature).date_issued == date


def test_without_a_signature_the_title_names_the_issuer() -> None:
    assert read(signature="").issuers == (f"{AREA}安全生产委员会",)
    assert read(signature="", title="关于印发安全生产工作要点的通知", subject="").issuers == ()


@pytest.mark.parametrize(
    "line", ["发布时间：2024-03-08", "来源：云岫市应急管理局　发布日期：2024年3月8日", "发布时间：2024/03/08 09:42　浏览次数：12"]
)
def test_the_date_of_the_web_page(line: str) -> None:
    text = "\n".join([line, *(part for part in LETTER.values())])
    meta = safetydoc.extract_text(text).metadata
    assert (meta.date_published, meta.date_issued) == ("2024-03-08", "2024-03-05")


def test_the_source_of_the_web_page_is_no_issuer() -> None:
    text = f"关于做好安全工作的通知\n来源：云岫市应急管理局　发布时间：2024-03-08\n{BODY}"
    assert safetydoc.extract_text(text).metadata.issuers == ()


@pytest.mark.parametrize(
    ("parts", "year"),
    [
        ({}, 2024),
        ({"signature": f"{AREA}安全生产委员会\n2023年12月20日"}, 2023),
        ({"signature": ""}, 2024),
        ({"signature": "", "title": f"{AREA}安全生产委员会关于印发安全生产工作要点的通知", "subject": "", "number": ""}, None),
    ],
    ids=["issue", "issue over title", "title", "nothing"],
)
def test_the_notices_own_year(parts: dict[str, str], year: int | None) -> None:
    assert read(**parts).year == year


def test_without_issue_and_title_the_year_is_that_of_the_publication() -> None:
    text = f"发布时间：2022-06-01\n关于做好安全工作的通知\n{BODY}"
    assert safetydoc.extract_text(text).metadata.year == 2022


REAL = {
    "浙江省人民政府办公厅": ("浙江省", "330000", "province"),
    "浙江省丽水市安全生产委员会": ("浙江省丽水市", "331100", "city"),
    "丽水市安全生产委员会": ("浙江省丽水市", "331100", "city"),
    "苏州市吴江区人民政府": ("江苏省苏州市吴江区", "320509", "county"),
    "上海市应急管理局": ("上海市", "310000", "province"),
    "重庆市渝北区人民政府": ("重庆市渝北区", "500112", "county"),
    "新疆维吾尔自治区安全生产委员会": ("新疆维吾尔自治区", "650000", "province"),
    "南通经济技术开发区管理委员会": ("江苏省南通市南通经济技术开发区", "320600", "zone"),
    "国务院安全生产委员会": ("中华人民共和国", None, "country"),
    "应急管理部": ("中华人民共和国", None, "country"),
}
INVENTED = {
    "霁川省应急管理厅": ("霁川省", "province"),
    "霁川省云岫市安全生产委员会": ("霁川省云岫市", "city"),
    "霁川省云岫市松泠县人民政府": ("霁川省云岫市松泠县", "county"),
    "霁川省松泠县柳浦镇人民政府": ("霁川省松泠县柳浦镇", "township"),
    "霁川省云岫市澜溪经济开发区管理委员会": ("霁川省云岫市澜溪经济开发区", "zone"),
}


def region_of(issuer: str) -> Region | None:
    meta = read(title=f"{issuer}关于印发《2024年安全生产工作要点》的通知", signature=f"{issuer}\n2024年3月5日", subject="2024年安全生产工作要点")
    return meta.region


@pytest.mark.parametrize(("issuer", "want"), REAL.items())
def test_the_region_of_a_real_issuer(issuer: str, want: tuple[str, str | None, str]) -> None:
    region = region_of(issuer)
    assert region is not None
    assert (region.name, region.code, region.level) == want


@pytest.mark.parametrize(("issuer", "want"), INVENTED.items())
def test_the_region_of_an_invented_issuer_is_read_from_its_name(issuer: str, want: tuple[str, str]) -> None:
    region = region_of(issuer)
    assert region is not None
    assert (region.name, region.code, region.level) == (want[0], None, want[1])


def test_citations_are_listed_with_their_numbers() -> None:
    meta = read(cover="依据《安全生产法》和《云岫市安全责任规定》（云委发〔2019〕7号）制定。")
    assert [(cite.title, cite.doc_number) for cite in meta.cites if "要点" not in cite.title] == [
        ("安全生产法", None),
        ("云岫市安全责任规定", "云委发〔2019〕7号"),
    ]
