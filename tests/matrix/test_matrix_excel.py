"""The workbook, read back with openpyxl."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from matrix_samples import TEXTS, TITLE, five, hundred, make_metadata, make_notice, task_with

import safetydoc
from safetydoc.matrix import excel, excel_bytes, tables, to_table, write_excel
from safetydoc.matrix.cells import CELL_LIMIT, ROW_LIMIT, row_height
from safetydoc.matrix.tables import letter
from safetydoc.model import Finding, Node, Notice, SafetydocError, Target

SHEETS = ["任务矩阵", "责任分工", "时间节点", "量化指标", "文件信息", "待核查"]
NASTY = ("=1+1", "\x00\x0b坏", "孤\ud800\ufffe", "长" * 40_000)


def book(*notices: Notice, lang: str = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(excel_bytes(notices, lang)))


def records(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the head as head → cell."""
    head = next(row for row in sheet.iter_rows() if row[0].value in ("序号", "No.", "项目"))
    return [
        {str(name.value).replace("\n", ""): cell for name, cell in zip(head, row, strict=True)}
        for row in sheet.iter_rows(min_row=head[0].row + 1)
    ]


def sheet_xml(data: bytes) -> str:
    """The XML of the sheet of tasks."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def test_six_sheets_with_a_title_block() -> None:
    workbook = book(five())
    assert workbook.sheetnames == SHEETS
    sheet = workbook["任务矩阵"]
    assert sheet["A1"].value == TITLE and sheet["A1"].font.b
    assert sheet["A2"].value == "发文字号：沧政办发〔2024〕8号　　成文日期：2024-03-05　　共5项任务"
    assert [cell.value for cell in sheet[4]][:4] == ["序号", "章节", "编号", "任务"]


def test_several_notices_are_counted_and_named() -> None:
    sheet = book(five(), five())["任务矩阵"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("任务矩阵（2份文件）", "共10项任务")
    assert [row["文件"].value for row in records(sheet)][::5] == [TITLE, TITLE + "#2"]


def test_a_notice_without_title_number_and_date() -> None:
    metadata = make_metadata(title=None, doc_number=None, date_issued=None)
    sheet = book(make_notice(metadata=metadata))["任务矩阵"]
    assert sheet["A1"].value == "沧海市2024年要点.docx"
    assert sheet["A2"].value == "发文字号：（无）　　发布日期：2024-03-08　　共5项任务"


def test_dates_and_numbers_are_real() -> None:
    workbook = book(five())
    due = records(workbook["任务矩阵"])[0]["最近完成日期"]
    assert (due.value, due.number_format, due.is_date) == (datetime(2024, 6, 30), "yyyy-mm-dd", True)
    deadline = records(workbook["时间节点"])[2]
    assert (deadline["起始日期"].value, deadline["截止日期"].value) == (datetime(2024, 1, 1), datetime(2024, 12, 31))
    targets = records(workbook["量化指标"])
    assert [row["数值"].value for row in targets] == [12, 10, 100, 20, "数字缺损", 200000000]
    assert (targets[5]["上限值"].value, targets[5]["上限值"].number_format) == (350000000.5, "#,##0.0#########")
    assert targets[0]["数值"].number_format == "#,##0"
    facts = {row["项目"].value: row["内容"].value for row in records(workbook["文件信息"])}
    assert (facts["成文日期"], facts["字节数"]) == (datetime(2024, 3, 5), 20480)


@pytest.mark.parametrize("value", [10**400, float("inf"), float("nan"), 123456789012345678])
def test_a_number_that_excel_cannot_hold_is_text(value: float) -> None:
    task = task_with(five().tasks[0], targets=(Target(0, 1, "很多", None, "=", value, None),))
    cell = records(book(make_notice(tasks=(task,)))["量化指标"])[0]["数值"]
    assert (cell.value, cell.data_type) == (str(value), "s")


def test_a_date_before_excels_calendar_is_text() -> None:
    sheet = book(make_notice(metadata=make_metadata(date_issued="1899-12-30")))["文件信息"]
    assert next(row["内容"].value for row in records(sheet) if row["项目"].value == "成文日期") == "1899-12-30"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=第一", "'x", "#N/A"])
def test_text_is_never_read_as_something_else(text: str) -> None:
    data = excel_bytes([make_notice((text,))])
    cell = records(openpyxl.load_workbook(io.BytesIO(data))["任务矩阵"])[0]["内容"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "=+-@'")
    xml = sheet_xml(data)
    assert "<f>" not in xml and 't="e"' not in xml


def test_what_excel_would_read_as_an_escape_is_escaped() -> None:
    xml = sheet_xml(excel_bytes([make_notice(("_x0041_ and _x00_",))]))
    assert "_x005F_x0041_ and _x00_" in xml and xml.count("x005F") == 2  # title and text


def test_nasty_text_is_kept_as_far_as_may_be_and_said() -> None:
    workbook = book(make_notice(NASTY))
    tasks = records(workbook["任务矩阵"])
    assert [row["内容"].value for row in tasks[:3]] == ["=1+1", "□□坏", "孤□□"]
    long = tasks[3]["内容"].value
    assert len(long) == CELL_LIMIT and long.endswith("【此处截断，共40000字，余下见原文】")
    said = {(row["代码"].value, row["编号"].value, row["原文位置"].value) for row in records(workbook["待核查"])}
    assert said == {
        ("cell-illegal-characters", "一/2", "任务矩阵!D6"), ("cell-illegal-characters", "一/2", "任务矩阵!E6"),
        ("cell-illegal-characters", "一/3", "任务矩阵!D7"), ("cell-illegal-characters", "一/3", "任务矩阵!E7"),
        ("cell-truncated", "一/4", "任务矩阵!E8"), ("row-too-tall", "一/4", "任务矩阵!E8"),
    }  # fmt: skip
    assert "“内容”：有2个字符" in tasks[1]["待核查"].value
    assert "已截断" in tasks[3]["待核查"].value
    assert workbook["任务矩阵"].row_dimensions[8].height == ROW_LIMIT


def test_nasty_metadata_and_findings_are_cleaned_too() -> None:
    notice = make_notice(metadata=make_metadata(title="标\x00题"))
    workbook = book(notice)
    assert workbook["任务矩阵"]["A1"].value == "标□题"
    assert [row["原文位置"].value for row in records(workbook["待核查"])] == ["文件信息!B2"]


def test_rows_that_need_a_look_are_coloured_and_explained() -> None:
    sheet = book(five())["任务矩阵"]
    colours = [row["任务"].fill.fgColor.rgb if row["任务"].fill.fill_type else None for row in records(sheet)]
    assert colours == ["FFF8D7DA", "FFFFF3CD", "FFFFF3CD", None, None]
    legend = {cell.value: cell.fill.fgColor.rgb for cell in sheet[3] if cell.fill.fill_type}
    assert legend == {"有错误": "FFF8D7DA", "请核对": "FFFFF3CD"}
    assert "没有待核查的任务" in [cell.value for cell in book(make_notice())["任务矩阵"][3]]


def test_links_go_there_and_back() -> None:
    workbook = book(five())
    tasks, findings = workbook["任务矩阵"], workbook["待核查"]
    assert tasks["A5"].hyperlink.location == "'待核查'!A2"
    assert findings["A2"].hyperlink.location == "'任务矩阵'!A5"
    assert findings["A3"].hyperlink.location == "'任务矩阵'!A7"
    assert findings["A4"].hyperlink is None and tasks["A6"].hyperlink is None
    assert tasks["A5"].value == 1 and tasks["A5"].font.u == "single"
    assert tasks["A5"].fill.fgColor.rgb == "FFF8D7DA"


def test_links_tell_the_same_task_of_two_notices_apart() -> None:
    findings = book(five(), five())["待核查"]
    assert [findings[f"A{row}"].hyperlink.location for row in (2, 5)] == ["'任务矩阵'!A5", "'任务矩阵'!A10"]


def test_a_task_with_two_findings_links_to_the_first_and_wears_the_worse() -> None:
    findings = (Finding("a", "warning", "一", "一/1"), Finding("b", "error", "二", "一/1"))
    workbook = book(make_notice(("坏\x00",), findings=findings))
    assert workbook["任务矩阵"]["A5"].hyperlink.location == "'待核查'!A2"
    assert [workbook["待核查"][f"A{row}"].hyperlink.location for row in (2, 3, 4)] == ["'任务矩阵'!A5"] * 3
    row = records(workbook["任务矩阵"])[0]
    assert row["待核查"].value.startswith("一\n二\n“任务矩阵”第5行") and row["序号"].fill.fgColor.rgb == "FFF8D7DA"


NOTICE = """沧海市安全生产委员会关于印发2024年工作要点的通知

沧安委〔2024〕3号

各县（市、区）安全生产委员会：

一、重点任务

（一）压实责任。各县（市、区）每季度检查一次。（责任单位：市应急管理局）

（二）消除隐患。2023年6月底前完成排查整治。（责任单位：市公安局）

沧海市安全生产委员会

2024年3月5日
"""


def test_a_finding_of_a_real_notice_reaches_its_row_and_links_both_ways() -> None:
    notice = safetydoc.extract_text(NOTICE)
    index, path = next((index, task.path) for index, task in enumerate(notice.tasks) if "消除隐患" in task.text)
    number, finding = next(
        (number, item) for number, item in enumerate(notice.findings, 2) if item.code == "deadline-before-issue"
    )
    workbook = book(notice)
    tasks, findings = workbook["任务矩阵"], workbook["待核查"]
    row = records(tasks)[index]
    assert finding.message in row["待核查"].value.split("\n")
    assert row["任务"].fill.fgColor.rgb == "FFFFF3CD"
    assert tasks[f"A{5 + index}"].hyperlink.location == f"'待核查'!A{number}"
    assert findings[f"A{number}"].hyperlink.location == f"'任务矩阵'!A{5 + index}"
    said = records(findings)[number - 2]
    assert (said["编号"].value, said["事项"].value) == (path, "时限早于成文日期")
    assert said["代码"].value == "deadline-before-issue"
    other = records(tasks)[1 - index]
    assert other["待核查"].value is None and other["任务"].fill.fill_type is None
    assert "\x1b[33m" in to_table([notice], colour=True)


def test_links_stop_before_excels_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_MOST_LINKS", 1)
    findings = book(five())["待核查"]
    assert findings["A2"].hyperlink is not None and findings["A3"].hyperlink is None


def test_more_rows_than_excel_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_EXCEL_ROWS", 8)
    with pytest.raises(SafetydocError, match="CSV") as caught:
        excel_bytes([five()])
    assert caught.value.code == "too-many-rows"


def test_it_can_be_read_on_the_screen() -> None:
    sheet = book(five())["任务矩阵"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("E5", "A4:P9")
    text = records(sheet)[0]["内容"]
    assert text.alignment.wrap_text
    assert text.number_format == "General"


def test_every_cell_of_a_row_begins_at_the_top() -> None:
    for sheet in book(five()).worksheets:
        assert {cell.alignment.vertical for row in records(sheet) for cell in row.values()} == {"top"}, sheet.title


def test_numbers_stand_at_the_right_with_an_indent() -> None:
    cell = records(book(five())["量化指标"])[0]["数值"]
    assert (cell.alignment.horizontal, cell.alignment.indent) == ("right", 1)


def test_units_and_deadlines_are_one_a_line() -> None:
    row = records(book(five())["任务矩阵"])[1]
    assert row["责任单位"].value == "市应急管理局\n市生态环境局\n市交通运输局"
    assert row["量化指标"].value == "标准化示范企业不少于12家\n生产安全事故起数同比下降10%以上"
    assert records(book(five())["任务矩阵"])[0]["完成时限"].value == "每季度\n6月底前"


def test_of_the_headings_the_two_innermost_are_shown_shortened() -> None:
    nodes = (
        Node("a", None, 0, 0, "section", "第一编", 1, "总则"),
        Node("b", "a", 0, 0, "section", "一、", 1, "主要任务"),
        Node("c", "b", 0, 0, "section", "（一）", 1, "健全管控严格防范精准的安全预防控制体系"),
        Node("d", "c", 0, 0, "measure", "1.", 1, None),
    )
    task = task_with(make_notice(("做事。",)).tasks[0], node="d")
    section = records(book(make_notice(("做事。",), outline=nodes, tasks=(task,)))["任务矩阵"])[0]["章节"].value
    assert section == "一、主要任务\n（一）健全管控严格防范…"


def test_columns_without_a_word_are_hidden_and_leave_their_room_to_the_text() -> None:
    sheet = book(make_notice((TEXTS[2],)))["任务矩阵"]
    hidden = {sheet.cell(4, place).value for place in range(1, 17) if sheet.column_dimensions[letter(place - 1)].hidden}
    assert {head.replace("\n", "") for head in hidden} == {
        "牵头单位", "配合单位", "责任单位", "责任主体（文中）", "完成时限", "最近完成日期", "频次", "量化指标", "待核查",
    }  # fmt: skip
    assert sheet.column_dimensions["E"].width > book(five())["任务矩阵"].column_dimensions["E"].width
    full = book(five())["任务矩阵"]
    assert not any(column.hidden for column in full.column_dimensions.values())
    empty = book(make_notice(()))["任务矩阵"]
    assert not any(column.hidden for column in empty.column_dimensions.values())


def test_the_place_in_the_text_is_beside_the_paper() -> None:
    sheet = book(five())["任务矩阵"]
    assert sheet["P4"].value == "原文位置"
    assert sheet.print_area == "'任务矩阵'!$A$1:$O$9"
    assert "A1:O1" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_a_head_in_brackets_is_on_one_line_where_it_fits() -> None:
    sheet = book(five())["时间节点"]
    head = next(cell for cell in sheet[1] if str(cell.value).startswith("值"))
    assert head.value == "值（ISO 8601）" and sheet.column_dimensions[head.column_letter].width >= 16


@pytest.mark.parametrize("notice", [five(), hundred()])
def test_every_row_is_as_tall_as_its_text(notice: Notice) -> None:
    sheet = book(notice)["任务矩阵"]
    width = sheet.column_dimensions["E"].width
    for row in records(sheet):
        height = sheet.row_dimensions[row["内容"].row].height
        assert row_height([(row["内容"].value, width)]) <= height <= ROW_LIMIT


def test_the_text_column_grows_before_a_row_is_too_tall() -> None:
    first, *others = five().tasks
    wide = book(make_notice(tasks=(task_with(first, text=TEXTS[2] * 9), *others), findings=five().findings))["任务矩阵"]
    assert wide.column_dimensions["E"].width > book(five())["任务矩阵"].column_dimensions["E"].width
    assert wide.row_dimensions[5].height < ROW_LIMIT


def test_a_row_of_short_cells_is_one_line_tall() -> None:
    workbook = book(five())
    for title in ("时间节点", "待核查"):
        sheet = workbook[title]
        heights = {sheet.row_dimensions[row].height for row in range(2, 5)}
        assert heights == {row_height([("短", 10)])}, title


def test_it_can_be_printed_on_a4() -> None:
    for sheet in book(five()).worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"
        assert sheet.page_margins.left < 0.5
    assert book(five())["任务矩阵"].print_title_rows == "$4:$4"


def test_the_sheet_is_not_much_wider_than_the_paper() -> None:
    sheet = book(hundred())["任务矩阵"]
    assert sum(column.width for name, column in sheet.column_dimensions.items() if name != "P") < 215


@pytest.mark.parametrize("notices", [(), (make_notice(()),)])
def test_empty_sheets_say_so(notices: tuple[Notice, ...]) -> None:
    workbook = book(*notices)
    lines = {sheet.title: sheet.cell(5 if sheet.title == "任务矩阵" else 2, 1).value for sheet in workbook.worksheets}
    assert lines["任务矩阵"] == "未发现任务。"
    assert lines["责任分工"] == "未发现责任单位。"
    assert lines["量化指标"] == "未发现量化指标。"
    assert lines["待核查"] == "没有待核查的事项。"
    assert workbook["任务矩阵"].auto_filter.ref is None


def test_english() -> None:
    workbook = book(five(), lang="en")
    assert workbook.sheetnames == ["Tasks", "Units", "Deadlines", "Targets", "Notice", "To check"]
    assert records(workbook["Tasks"])[0]["Frequency"].value == "quarterly"
    assert workbook["Tasks"].oddFooter.center.text == "Page &P of &N"


def test_the_same_notices_give_the_same_bytes() -> None:
    here = Path(__file__).parent
    code = (
        f"import sys; sys.path[:0] = [{str(here)!r}, {str(here.parents[1])!r}]\n"
        "import hashlib; from matrix_samples import five, make_notice; from safetydoc.matrix import excel_bytes\n"
        "print(hashlib.sha256(excel_bytes([five(), make_notice(('=1',))])).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }  # fmt: skip
    assert len(digests) == 1 and len(digests.pop().strip()) == 64


def test_the_package_holds_no_time_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(excel_bytes([five()]))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml")
    assert b"created" not in core and b"modified" not in core and b"safetydoc" in core


def test_writing_leaves_only_the_workbook(tmp_path: Path) -> None:
    write_excel([five()], tmp_path / "a.xlsx")
    assert os.listdir(tmp_path) == ["a.xlsx"]
    assert (tmp_path / "a.xlsx").read_bytes() == excel_bytes([five()])


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(SafetydocError):
        write_excel([five()], tmp_path / "a.xlsx")
    assert os.listdir(tmp_path) == []


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, safetydoc.matrix; print({'openpyxl', 'pandas', 'rich'} & set(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_problem_of_a_cell_outweighs_a_note() -> None:
    row = records(book(make_notice(("坏\x00",), findings=(Finding("a", "info", "一", "一/1"),)))["任务矩阵"])[0]
    assert row["序号"].fill.fgColor.rgb == "FFFFF3CD"
