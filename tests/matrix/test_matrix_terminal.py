"""The matrix in the terminal."""

from __future__ import annotations

import pytest
from matrix_samples import TITLE, five, make_metadata, make_notice

from safetydoc.matrix import to_table
from safetydoc.matrix.cells import display_width
from safetydoc.model import Notice


def column(text: str, head: str) -> str:
    """What stands below `head`, its lines joined: cut by display columns."""
    lines = text.split("\n")
    heads = next(line for line in lines if line.startswith("编号"))
    start = display_width(heads[: heads.index(head)])
    following = heads[heads.index(head) + len(head) :]
    end = start + display_width(head) + display_width(following[: len(following) - len(following.lstrip())])
    result = ""
    for line in lines[lines.index(heads) + 1 :]:
        place = 0
        for char in line:
            result += char if start <= place < (end if following else 999) else ""
            place += display_width(char)
    return "".join(result.split())


@pytest.mark.parametrize("width", [80, 100, 160])
def test_it_fits_and_loses_nothing(width: int) -> None:
    text = to_table([five()], width)
    assert max(map(display_width, text.split("\n"))) <= width
    assert text.startswith(TITLE + "\n沧政办发〔2024〕8号  2024-03-05\n")
    assert text.rstrip().endswith("共5项任务、6个单位、7个时限、6个指标，待核查3条。")
    assert "市应急管理局、市生态环境局、市交通运输局" in column(text, "牵头/责任")
    assert "市应急管理局、市公安局等" in column(text, "配合")
    assert "标准化示范企业不少于12家；生产安全事故起数同比下降10%以上" in column(text, "指标")
    assert "…" not in column(text, "指标")


def test_more_width_gives_fewer_lines() -> None:
    assert to_table([five()], 160).count("\n") < to_table([five()], 80).count("\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_that_we_add_is_in_gbk(lang: str) -> None:
    to_table([five()], 80, lang).replace("□", "").encode("gbk")
    to_table([make_notice(())], 80, lang).encode("gbk")


def test_colour_only_when_asked_for() -> None:
    assert "\x1b[" not in to_table([five()], 80)
    assert "\x1b[31m" in to_table([five()], 80, colour=True)


def test_text_cannot_give_orders_to_the_terminal() -> None:
    text = to_table(
        [make_notice(("\x1b[2J清屏[bold]原样[/bold]\u202e",), metadata=make_metadata(title="标\x07题\ud800"))], 80
    )
    assert text.startswith("标□题□\n")
    assert not set("\x1b\x07\u202e\ud800") & set(text)
    assert "[/bold]" in "".join(text.split())
    text.encode("utf-8")


def test_a_notice_without_tasks_or_facts() -> None:
    metadata = make_metadata(title=None, doc_number=None, date_issued=None, date_published=None)
    text = to_table([make_notice((), metadata=metadata)], 80)
    assert text.split("\n")[:3] == [
        "沧海市2024年要点.docx",
        "未发现任务。",
        "共0项任务、0个单位、0个时限、0个指标，待核查0条。",
    ]


def test_each_notice_has_its_heading() -> None:
    other: Notice = make_notice(metadata=make_metadata(title="另一份通知"))
    text = to_table([five(), other], 80, "en")
    assert text.count("tasks, ") == 2 and "\n\n另一份通知\n" in text
