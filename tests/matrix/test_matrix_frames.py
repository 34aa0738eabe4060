"""Data frames."""

from __future__ import annotations

import pandas
import pytest
from matrix_samples import five, make_metadata, make_notice, task_with

from safetydoc.matrix import to_frames
from safetydoc.model import Finding, Target


def test_frames_are_linked_by_notice_and_task() -> None:
    frames = to_frames([five(), five()])
    assert frames["notices"]["notice"].tolist() == [five().source.sha256[:12], five().source.sha256[:12] + "#2"]
    assert frames["notices"]["notice"].is_unique
    counts = {name: len(frame) for name, frame in frames.items()}
    assert counts == {
        "notices": 2, "tasks": 10, "units": 14, "agents": 4, "deadlines": 14, "targets": 12, "absolutes": 2,
        "numbers": 2, "findings": 6,
    }  # fmt: skip
    joined = frames["units"].merge(frames["tasks"], on=["notice", "task"], validate="many_to_one")
    assert len(joined) == 14
    assert joined["path"][:3].tolist() == ["一/1"] * 3


def test_dates_and_numbers_are_real() -> None:
    frames = to_frames([five()])
    assert frames["deadlines"]["end_date"][1] == pandas.Timestamp("2024-06-30")
    assert frames["tasks"]["due"].dt.month.dropna().tolist() == [6, 12, 12]
    assert frames["notices"]["date_issued"][0] == pandas.Timestamp("2024-03-05")
    assert frames["targets"]["value"].sum() == 12 + 10 + 100 + 20 + 200000000
    assert frames["targets"]["value2"][5] == 350000000.5


def test_what_is_missing_is_missing() -> None:
    frames = to_frames([five()])
    assert frames["targets"]["value"][4] is pandas.NA
    assert frames["deadlines"]["start_date"][0] is pandas.NaT
    assert frames["targets"]["change"][0] is pandas.NA
    assert frames["findings"]["start"][2] is pandas.NA
    assert bool(frames["targets"]["damaged"][4])


@pytest.mark.parametrize("notices", [[], [make_notice(())]])
def test_empty_frames_have_the_same_columns_and_types(notices: list[object]) -> None:
    full, empty = to_frames([five()]), to_frames(notices)  # type: ignore[arg-type]
    for name, frame in full.items():
        assert frame.dtypes.to_dict() == empty[name].dtypes.to_dict(), name
    assert len(empty["tasks"]) == 0


def test_nasty_values_do_not_stop_a_frame() -> None:
    notice = make_notice(
        ("\ud800\x00",),
        metadata=make_metadata(region=None, date_issued="2024-02-31", title=None),
        findings=(Finding("x", "info", "说明"),),
    )
    huge = task_with(notice.tasks[0], targets=(Target(0, 1, "9…", None, "=", 10**400, None),))
    frames = to_frames([make_notice(tasks=(huge,), metadata=notice.metadata, findings=notice.findings)])
    assert frames["targets"]["value"][0] is pandas.NA
    assert frames["tasks"]["text"][0] == "\ud800\x00"
    assert frames["notices"]["date_issued"][0] is pandas.NaT
    assert frames["notices"]["region"][0] is pandas.NA
    assert frames["findings"]["task"][0] is pandas.NA
