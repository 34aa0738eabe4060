"""The command line: what it prints and writes, its exit statuses, its languages, and what it does when things go wrong."""

from __future__ import annotations

import csv
import inspect
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import safetydoc
from safetydoc import matrix, pipeline
from safetydoc.cli import build
from safetydoc.console import choose_language
from safetydoc.model import SafetydocError

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
CITY, PLAN, TOWN = (CORPUS / name for name in ("01-city-work-points.txt", "02-province-implementation-plan.txt", "06-town-hard-wrapped.txt"))


@pytest.fixture(autouse=True)
def _keep_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """`build` sets LANGUAGE for click."""
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.delenv("COLUMNS", raising=False)


def run(*arguments: object, language: Any = "zh", stdin: bytes | None = None) -> Result:
    old = "mix_stderr" in inspect.signature(CliRunner).parameters  # click before 8.2
    runner = CliRunner(mix_stderr=False) if old else CliRunner()  # type: ignore[call-arg]
    return runner.invoke(build(language), [str(argument) for argument in arguments], input=stdin, prog_name="safetydoc")


def shell(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The real script in a process of its own, with no locale but what `environment` says."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIOENCODING", "PYTHONUTF8"))}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "safetydoc", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, env=clean | {"PYTHONPATH": path} | environment, check=False, timeout=60)


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.startswith(".safetydoc")]


# --- extract: formats and places -------------------------------------------------------------


def test_without_options_a_table_is_printed() -> None:
    result = run("extract", CITY)
    assert result.exit_code == 0 and result.stderr == ""
    assert "云桥市2021年安全生产工作要点" in result.stdout and "市应急管理局" in result.stdout and "项任务" in result.stdout


def test_json_of_one_file_is_one_notice() -> None:
    result = run("extract", CITY, "--format", "json")
    data = json.loads(result.stdout)
    assert data["schema"] == "safetydoc.notice/1" and data == safetydoc.extract(CITY).to_dict()
    assert result.stdout.endswith("}\n") and "\\u" not in result.stdout


def test_json_of_several_files_is_an_array() -> None:
    data = json.loads(run("extract", CITY, PLAN, "-f", "json").stdout)
    assert [notice["source"]["name"] for notice in data] == [CITY.name, PLAN.name]


def test_json_stays_an_array_where_only_one_of_several_could_be_read(tmp_path: Path) -> None:
    result = run("extract", CITY, tmp_path / "missing.txt", "-f", "json")
    assert result.exit_code == 1 and len(json.loads(result.stdout)) == 1
    assert "missing.txt" in result.stderr


def test_the_suffix_gives_the_format(tmp_path: Path) -> None:
    for name in ("a.json", "a.csv", "a.xlsx", "a.txt", "B.JSON"):
        result = run("extract", CITY, "-o", tmp_path / name)
        assert result.exit_code == 0 and result.stdout == "", name
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["tasks"]
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[0] == "任务矩阵"
    assert "项任务" in (tmp_path / "a.txt").read_text("utf-8")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "B.JSON").read_bytes()
    assert left_over(tmp_path) == []


def test_what_was_written_is_said_in_one_line(tmp_path: Path) -> None:
    notice = safetydoc.extract(CITY)
    target = tmp_path / "x.xlsx"
    line = f"写出 {target}：{len(notice.tasks)} 项任务，{len(notice.findings)} 处待核查\n"
    assert run("extract", CITY, "-o", target).stderr == line
    assert run("extract", CITY, "-o", target, language="en").stderr.startswith(f"Wrote {target}: tasks {len(notice.tasks)}, ")


def test_several_notices_share_one_workbook(tmp_path: Path) -> None:
    result = run("extract", CITY, PLAN, "-o", tmp_path / "all.xlsx")
    notices = [safetydoc.extract(path) for path in (CITY, PLAN)]
    assert "2 份文件" in result.stderr
    assert (tmp_path / "all.xlsx").read_bytes() == matrix.excel_bytes(notices)


def test_a_folder_gets_one_file_each(tmp_path: Path) -> None:
    result = run("extract", CITY, PLAN, "-o", f"{tmp_path}/new/below/", "--format", "json")
    assert result.exit_code == 0 and len(result.stderr.splitlines()) == 2
    assert sorted(path.name for path in (tmp_path / "new/below").iterdir()) == [f"{CITY.stem}.json", f"{PLAN.stem}.json"]
    assert isinstance(json.loads((tmp_path / "new/below" / f"{CITY.stem}.json").read_text("utf-8")), dict)


def test_an_existing_folder_needs_no_slash_and_gets_workbooks(tmp_path: Path) -> None:
    assert run("extract", CITY, "-o", tmp_path).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{CITY.stem}.xlsx"]


def test_inputs_of_the_same_stem_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder, name, source in (("a", "notice.txt", CITY), ("b", "Notice.md", PLAN), ("c", "notice.txt", TOWN), ("d", "notice-2.txt", CITY)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(source.read_bytes())
    inputs = sorted(path for folder in "abcd" for path in (tmp_path / folder).iterdir())
    assert run("extract", *inputs, "-f", "json", "-o", f"{tmp_path}/out/").exit_code == 0
    written = {path.name: json.loads(path.read_text("utf-8"))["source"]["sha256"] for path in (tmp_path / "out").iterdir()}
    assert sorted(written) == ["Notice-2.json", "notice-2-2.json", "notice-3.json", "notice.json"]
    assert len(set(written.values())) == 3


def test_standard_input_is_read() -> None:
    result = run("extract", "-", "-f", "json", stdin=CITY.read_bytes())
    data = json.loads(result.stdout)
    assert data["source"]["name"] == "stdin" and data["tasks"]


def test_standard_input_as_gbk_bytes() -> None:
    text = CITY.read_text("utf-8")
    assert run("text", "-", stdin=text.encode("gb18030")).stdout_bytes == text.encode("utf-8")


def test_csv_carries_a_bom_on_standard_output_too() -> None:
    data = run("extract", CITY, "-f", "csv").stdout_bytes
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\xef\xbb\xbf") == 1
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(safetydoc.extract(CITY).tasks) + 1


def test_rules_of_ones_own_are_used(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text('[without]\nlabel-lead = ["牵头单位"]\n', "utf-8")
    data = json.loads(run("extract", CITY, "-f", "json", "--rules", tmp_path).stdout)
    assert data["tasks"] != json.loads(run("extract", CITY, "-f", "json").stdout)["tasks"]


# --- extract: faults -------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [
    [], ["extract"], ["extract", CITY, "--format", "pdf"], ["extract", CITY, "--nothing"], ["nothing"], ["text"], ["text", CITY, PLAN],
    ["extract", CITY, "--format", "xlsx"], ["extract", CITY, "-o", "matrix.doc"], ["extract", CITY, "-o", "matrix"], ["extract", CITY, "-o", ""],
    ["extract", CITY, "-o", "a.csv", "--format", "json"], ["extract", CITY, "--rules", "nowhere"], ["extract", CITY, "-o"],
    ["rules", "check"], ["rules", "check", "nowhere"], ["--lang", "fr", "schema"],
])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_usage_errors_exit_with_2(arguments: list[object], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, language=language)
    assert result.exit_code == 2 and isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output and list(tmp_path.iterdir()) == []


def test_an_unknown_suffix_names_the_known_ones() -> None:
    stderr = run("extract", CITY, "-o", "matrix.doc").stderr
    assert all(suffix in stderr for suffix in (".xlsx", ".csv", ".json", ".txt"))


def test_a_workbook_asks_for_a_file() -> None:
    assert "-o" in run("extract", CITY, "--format", "xlsx").stderr


FAULTY = {"missing": None, "empty": b"", "blank": b" \n\t ", "binary": b"\x7fELF" + bytes(range(256)) * 9, "noise": bytes(range(1, 9)) * 99,
          "broken word": b"PK\x03\x04 word/ broken", "broken pdf": b"%PDF-1.7 broken"}


@pytest.mark.parametrize("kind", FAULTY)
@pytest.mark.parametrize("command", ["extract", "text"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_that_gives_no_text_is_one_clear_error(kind: str, command: str, language: str, tmp_path: Path) -> None:
    path = tmp_path / "文件.txt"
    data = FAULTY[kind]
    if data is not None:
        path.write_bytes(data)
    result = run(command, path, language=language)
    assert result.exit_code == 1 and result.stdout == ""
    assert len(result.stderr.splitlines()) == 1 and "文件.txt" in result.stderr
    assert ("错误：" in result.stderr) == (language == "zh")


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    result = run("extract", tmp_path)
    assert result.exit_code == 1 and len(result.stderr.splitlines()) == 1


def test_the_others_are_written_where_one_fails(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("extract", tmp_path / "empty.txt", CITY, "-o", f"{tmp_path}/out/", "-f", "csv")
    assert result.exit_code == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{CITY.stem}.csv"]
    assert run("extract", tmp_path / "empty.txt", CITY, "-o", tmp_path / "all.xlsx").exit_code == 1
    assert (tmp_path / "all.xlsx").read_bytes() == matrix.excel_bytes([safetydoc.extract(CITY)])


def test_nothing_is_made_where_all_fail(tmp_path: Path) -> None:
    assert run("extract", tmp_path / "missing.txt", "-o", f"{tmp_path}/out/").exit_code == 1
    assert run("extract", tmp_path / "missing.txt", "-o", tmp_path / "all.json").exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unexpected_fault_in_one_file_spares_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pipeline.run

    def extract(document: Any, *rest: Any) -> Any:
        if document.source.name == PLAN.name:
            raise ZeroDivisionError("never mind")
        return whole(document, *rest)

    monkeypatch.setattr(pipeline, "run", extract)
    result = run("extract", PLAN, CITY, "-o", tmp_path, "-f", "json")
    assert result.exit_code == 1 and [path.name for path in tmp_path.iterdir()] == [f"{CITY.stem}.json"]
    assert PLAN.name in result.stderr and "ZeroDivisionError" in result.stderr and "Traceback" not in result.output


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "matrix.xlsx"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safetydoc.matrix.atomic.os.fsync", full)
    result = run("extract", CITY, "-o", target)
    assert result.exit_code == 1 and len(result.stderr.splitlines()) == 1 and str(target) in result.stderr
    assert target.read_bytes() == b"old" and left_over(tmp_path) == []


def test_a_fault_while_rendering_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "matrix.xlsx"
    target.write_bytes(b"old")

    def broken(*_: object) -> bytes:
        raise SafetydocError("too-many-rows", "too many rows")

    monkeypatch.setattr(matrix, "excel_bytes", broken)
    result = run("extract", CITY, "-o", target)
    assert result.exit_code == 1 and "too many rows" in result.stderr and target.read_bytes() == b"old"


def test_an_output_folder_that_does_not_exist(tmp_path: Path) -> None:
    result = run("extract", CITY, "-o", tmp_path / "no" / "matrix.xlsx")
    assert result.exit_code == 1 and str(tmp_path / "no") in result.stderr


def test_an_output_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    result = run("extract", CITY, "-o", f"{tmp_path}/file/")
    assert result.exit_code == 1 and (tmp_path / "file").read_bytes() == b"old"


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_bytes(CITY.read_bytes())
    for target in (notice, tmp_path):
        assert run("extract", notice, "-o", target, "--format", "table").exit_code == 2
        assert notice.read_bytes() == CITY.read_bytes()


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no /dev/null here")
def test_a_device_is_written_to_and_not_replaced() -> None:
    assert run("extract", CITY, "-o", "/dev/null", "-f", "json").exit_code == 0
    assert Path("/dev/null").is_char_device()


def test_faulty_rules_are_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_text("[[rule]]\nid = 'mine'\n", "utf-8")
    result = run("extract", CITY, "--rules", tmp_path)
    assert result.exit_code == 2 and "numbers.toml" in result.stderr and "mine" in result.stderr


# --- text, schema, rules ---------------------------------------------------------------------


@pytest.mark.parametrize("path", [CITY, TOWN])
def test_text_is_the_text_of_the_json(path: Path) -> None:
    assert run("text", path).stdout_bytes.decode("utf-8") == safetydoc.extract(path).text


def test_schema_prints_the_published_schema() -> None:
    assert run("schema").stdout_bytes == (Path(safetydoc.__file__).parent / "schema" / "notice.schema.json").read_bytes()


def test_rules_list_has_every_rule() -> None:
    from safetydoc.rulebook import load_rules

    lines = run("rules", "list").stdout.splitlines()
    assert {line.split()[1] for line in lines} == {rule.id for rules in load_rules().rules.values() for rule in rules}


def test_rules_test_counts_and_exits_by_the_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    from safetydoc import ruletest

    monkeypatch.setattr(ruletest, "_all_found", lambda *_: True)
    monkeypatch.setattr(ruletest, "_found", lambda *_: ([], ""))
    result = run("rules", "test")
    assert result.exit_code == 0 and "target.count" in result.stdout
    monkeypatch.setattr(ruletest, "_all_found", lambda *_: False)
    result = run("rules", "test")
    assert result.exit_code == 1 and "targets.toml：规则 target.count：" in result.stdout


RULE = """[[rule]]
id = "number.mine"
class = "name"
purpose = "a test"
pattern = '\\d+号工程'
examples = [{{ text = "推进35号工程", want = ["{want}"] }}]
counter = ["35号楼"]
"""


def test_rules_check(tmp_path: Path) -> None:
    file = tmp_path / "numbers.toml"
    file.write_text(RULE.format(want="name 35"), "utf-8")
    result = run("rules", "check", tmp_path)
    assert result.exit_code == 0 and "1 条规则" in result.stdout and result.stderr == ""
    file.write_text(RULE.format(want="contact 35"), "utf-8")
    result = run("rules", "check", tmp_path)
    assert result.exit_code == 1 and "numbers.toml：规则 number.mine：" in result.stderr and "contact 35" in result.stderr
    file.write_text("[[rule]]\n", "utf-8")
    result = run("rules", "check", tmp_path, language="en")
    assert result.exit_code == 1 and "numbers.toml: rule #1: examples is missing" in result.stderr


# --- languages -------------------------------------------------------------------------------


@pytest.mark.parametrize(("arguments", "environment", "language"), [
    ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
    ([], {"LANG": "zh_CN.GBK"}, "zh"),
    ([], {"LANG": "en_US.UTF-8"}, "en"),
    ([], {"LANG": "de_DE.UTF-8"}, "en"),
    ([], {"LANG": "C.UTF-8"}, "en"),
    ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
    ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
    ([], {"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
    (["--lang", "zh"], {"LANG": "C"}, "zh"),
    (["extract", "x", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
    (["--lang", "zh", "extract", "--lang", "en"], {}, "en"),
    (["extract", "--", "--lang=zh"], {"LANG": "C"}, "en"),
    (["--lang"], {"LANG": "zh_CN"}, "zh"),
])
def test_the_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert choose_language(arguments, environment) == language


COMMANDS: list[list[str]] = [[], ["extract"], ["text"], ["schema"], ["rules"], ["rules", "list"], ["rules", "test"], ["rules", "check"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_in_one_language_and_fits_the_screen(command: list[str]) -> None:
    from safetydoc.matrix.cells import display_width

    chinese, english = (run(*command, "--help", language=language).stdout for language in ("zh", "en"))
    assert "用法:" in chinese and "选项:" in chinese and "--lang" in chinese
    assert not any(word in chinese for word in ("Usage", "Options", "Show this", "OPTIONS", "Commands", "Exit"))
    assert "Usage:" in english and english.isascii()
    assert all(display_width(line) <= 80 for line in (chinese + english).splitlines())


@pytest.mark.parametrize(("arguments", "said"), [
    (["extract"], "缺少参数"), (["extract", "--foo", "x"], "没有选项 '--foo'"), (["rulez"], "没有命令 'rulez'"),
    (["extract", "x", "-f", "y"], "可选范围"),
    (["schema", "x"], "多余的参数"), (["rules", "check", "nowhere"], "不存在"), (["extract", "x", "-o"], "缺少值"),
])
def test_errors_of_click_are_in_chinese(arguments: list[str], said: str) -> None:
    stderr = run(*arguments).stderr
    assert said in stderr and "错误：" in stderr
    assert not any(word in stderr for word in ("Error", "Usage", "Try", "Missing", "No such", "Invalid"))


def test_findings_and_tables_follow_the_language() -> None:
    assert "tasks" in run("extract", CITY, language="en").stdout
    chinese, english = (json.loads(run("extract", CITY, "-f", "json", language=language).stdout) for language in ("zh", "en"))
    assert [finding["code"] for finding in chinese["findings"]] == [finding["code"] for finding in english["findings"]]
    assert all(finding["message"].isascii() or "（" not in finding["message"] for finding in english["findings"])


# --- the real script -------------------------------------------------------------------------


@pytest.mark.parametrize(("arguments", "chinese"), [((), True), (("--lang", "zh"), True), (("--lang", "en"), False)])
def test_workbook_and_csv_are_chinese_unless_asked(arguments: tuple[str, ...], chinese: bool, tmp_path: Path) -> None:
    """Also where the locale is English; messages on the terminal follow the locale."""
    result = shell("extract", CITY, "-o", tmp_path / "matrix.csv", *arguments, LANG="en_US.UTF-8", PYTHONUTF8="1")
    head = (tmp_path / "matrix.csv").read_text("utf-8-sig").splitlines()[0]
    assert ("牵头单位" in head, "Lead" in head) == (chinese, not chinese)
    assert ("Wrote" in result.stderr.decode("utf-8")) == (arguments != ("--lang", "zh"))
    shell("extract", CITY, "-o", tmp_path / "matrix.xlsx", *arguments, LANG="en_US.UTF-8")
    book = openpyxl.load_workbook(tmp_path / "matrix.xlsx")
    assert ("任务矩阵" in book.sheetnames) == chinese
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(book.worksheets[-1].cell(1, 5).value)) == chinese


def test_version() -> None:
    assert shell("--version").stdout.decode().strip() == f"safetydoc {safetydoc.__version__}"


def test_lang_stands_before_or_behind_the_command() -> None:
    for arguments in (("--lang", "zh", "extract", "--help"), ("extract", "--help", "--lang", "zh"), ("extract", "--lang=zh", "--help")):
        assert "用法" in shell(*arguments, LANG="C.UTF-8", PYTHONUTF8="1").stdout.decode("utf-8")
    assert b"Usage" in shell("--lang", "en", "extract", "--help", LANG="zh_CN.UTF-8").stdout
    assert "用法" in shell("--help", LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1").stdout.decode("utf-8")


def test_a_console_of_code_page_936() -> None:
    """The table comes in the console's encoding, data for programs in UTF-8."""
    options = {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"}
    table = shell("extract", CITY, **options)
    assert table.returncode == 0 and "云桥市2021年安全生产工作要点" in table.stdout.decode("gbk")
    assert json.loads(shell("extract", CITY, "-f", "json", **options).stdout.decode("utf-8"))["tasks"]
    assert shell("text", CITY, **options).stdout.decode("utf-8") == CITY.read_text("utf-8")
    assert shell("extract", CITY, "-f", "csv", **options).stdout.startswith(b"\xef\xbb\xbf")
    assert "没有这个文件" in shell("extract", "不存在.txt", **options).stderr.decode("gbk")


def test_a_console_replaces_what_it_cannot_show(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("云桥市2020年安全生产工作要点\n一、\U0001f6a8开展𠀀检查。\n", "utf-8")
    for encoding in ("gbk", "ascii"):
        result = shell("extract", path, PYTHONIOENCODING=encoding, LANG="zh_CN")
        assert result.returncode == 0 and result.stderr == b""
        assert "?".encode(encoding) in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_terminal_gets_its_own_encoding(encoding: str) -> None:
    import pty

    master, slave = pty.openpty()
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT), "LANG": "zh_CN", "LC_ALL": "", "NO_COLOR": "1"}
    process = subprocess.Popen([sys.executable, "-m", "safetydoc", "extract", str(TOWN), "-f", "csv"], stdout=slave, env=environment)
    os.close(slave)
    data = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        data += piece
    assert process.wait(60) == 0
    assert "序号" in data.decode(encoding)
    os.close(master)


@pytest.mark.skipif(sys.platform == "win32", reason="no head")
@pytest.mark.parametrize("form", ["json", "table"])
def test_a_broken_pipe_ends_quietly(form: str, tmp_path: Path) -> None:
    files = [CITY] * 8
    process = subprocess.Popen([sys.executable, "-m", "safetydoc", "extract", *map(str, files), "-f", form], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert process.stdout and process.stderr
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output_is_one_error() -> None:
    with open("/dev/full", "wb") as full:
        process = subprocess.run([sys.executable, "-m", "safetydoc", "--lang", "en", "extract", str(CITY), "-f", "json"], stdout=full,
                                 stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert process.returncode == 1 and len(process.stderr.splitlines()) == 1 and process.stderr.startswith(b"Error: ")


def test_the_start_is_quick_and_light() -> None:
    heavy = {"pandas", "openpyxl", "lxml", "docx", "spacy", "jieba", "rich", "chardet", "pypdfium2", "babel", "numpy", "safetydoc.rulebook",
             "safetydoc.loaders"}
    code = "import sys, safetydoc.cli; safetydoc.cli.build('zh'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
    assert heavy & set(done.stdout.split()) == set()
    times = []
    for _ in range(5):
        began = time.perf_counter()
        shell("--help")
        times.append(time.perf_counter() - began)
    assert min(times) < 0.5  # the aim is 0.2 s; a busy machine gets some room
