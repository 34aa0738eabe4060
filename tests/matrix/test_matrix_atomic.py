"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from safetydoc.matrix.atomic import write_atomically
from safetydoc.model import SafetydocError


def test_it_writes_and_overwrites_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "矩阵.xlsx"
    write_atomically(target, b"one")
    write_atomically(str(target), b"two")
    assert target.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["矩阵.xlsx"]


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    target = tmp_path / ("长" * 83 + ".xlsx")
    write_atomically(target, b"x")
    assert target.read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_it_keeps_the_mode_of_a_file_that_is_there(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege")
def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    real, alias = tmp_path / "real.csv", tmp_path / "alias.csv"
    real.write_bytes(b"old")
    alias.symlink_to(real)
    write_atomically(alias, b"new")
    assert alias.is_symlink() and real.read_bytes() == b"new"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SafetydocError, match="文件夹不存在") as caught:
        write_atomically(tmp_path / "没有" / "a.xlsx", b"x")
    assert caught.value.code == "output-folder-missing"


def test_a_folder_in_the_way_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(SafetydocError, match="Excel") as caught:
        write_atomically(tmp_path / "a.xlsx", b"x")
    assert caught.value.code == "output-not-writable"
    assert os.listdir(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize(
    ("error", "code"), [(PermissionError(13, "in use"), "output-not-writable"), (OSError(28, "full"), "output-failed")]
)
def test_a_failure_at_the_last_step_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(SafetydocError) as caught:
        write_atomically(target, b"new", lang="en")
    assert caught.value.code == code
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.xlsx"]


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.xlsx", b"x")
    assert os.listdir(tmp_path) == []
