"""The command line: parse arguments, call the library, print or write. Everything heavy is imported inside."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from safetydoc import __version__
from safetydoc.console import Say, asked_language, choose_language, deliver, prepare_streams, show, speak
from safetydoc.messages import Language, translate

if TYPE_CHECKING:
    from safetydoc.model import Document, Notice
    from safetydoc.ruletest import Result

_T = TypeVar("_T")
#: Formats and the suffix of each.
_SUFFIXES = {"table": ".txt", "json": ".json", "csv": ".csv", "xlsx": ".xlsx"}
#: Columns of a table in a file or a pipe.
_WIDTH = 120
_HELP = {"help_option_names": ["--help", "-h"]}
_SCHEMA = Path(__file__).resolve().parent / "schema" / "notice.schema.json"


def main() -> None:
    """The script `safetydoc`."""
    prepare_streams()
    language = choose_language(sys.argv[1:], os.environ)
    try:
        build(language, asked_language(sys.argv[1:]) or "zh").main(prog_name="safetydoc")
    except Exception as error:  # a fault of ours, or of the installation: one line, no traceback
        message = translate("Unexpected error ({kind}: {why}). Please report it.", language, kind=type(error).__name__, why=error)
        click.echo(translate("Error: {message}", language, message=message), err=True)
        sys.exit(1)


def build(language: Language, document: Language | None = None) -> click.Group:
    """The command `safetydoc` with all its texts in `language`; workbooks and CSV in `document`, else in `language` too."""
    speak(language)
    say = Say(language, document)
    group = _group(say, "safetydoc", [_extract(say), _explain(say), _text(say), _rules(say), _schema(say)],
                   say("Turn Chinese government safety notices into task matrices."),
                   say("For example: safetydoc extract notice.docx -o matrix.xlsx"))
    group = click.version_option(__version__, message="safetydoc %(version)s")(group)
    for command in _walk(group):
        _language_option(say)(command)
    return group


def _walk(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _walk(below)


def _group(say: Say, name: str, commands: Sequence[click.Command], help: str, epilog: str | None = None) -> click.Group:
    return click.Group(name, commands=commands, help=help, epilog=epilog, options_metavar=say("[OPTIONS]"),
                       subcommand_metavar=say("COMMAND [ARGS]..."), context_settings=_HELP)


def _command(say: Say, name: str, help: str, short_help: str | None = None) -> Callable[[Callable[..., None]], click.Command]:
    return click.command(name, help=help, short_help=short_help, options_metavar=say("[OPTIONS]"), context_settings=_HELP)


def _language_option(say: Say) -> Callable[[click.Command], click.Command]:
    """--lang is read before click is (choose_language); here it is only shown and checked."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, help=say("Language of all texts (else by the locale)."))


# --- extract ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the notices go: standard output, one file for all (`path`), or one file each (`paths`)."""

    format: str
    path: Path | None = None
    paths: tuple[Path, ...] = ()


def _extract(say: Say) -> click.Command:
    @_command(say, "extract", say("""Print or write the task matrix of each FILE.

FILE may be text, a web page, Word .docx or PDF; - is standard input.
With -o the suffix names the format: .xlsx, .csv, .json or .txt.
Several files share one workbook, or go one by one into a folder.

Exit status: 0 all read, 1 some failed (the others are written), 2 usage."""), say("Task matrix of notices."))
    @click.argument("files", metavar="FILE...", nargs=-1, required=True)
    @click.option("--format", "-f", "form", type=click.Choice(list(_SUFFIXES)), help=say("Format (else by the suffix, else table)."))
    @click.option("--output", "-o", metavar="PATH", help=say("File or folder to write to."))
    @click.option("--rules", metavar="DIR", type=click.Path(exists=True, file_okay=False), help=say("Folder of rules to lay over the shipped ones."))
    def command(files: tuple[str, ...], form: str | None, output: str | None, rules: str | None) -> None:
        plan = _plan(say, files, form, output)
        _check_rules(say, rules)
        folders = [rules] if rules else []
        notices: list[Notice] = []
        written = 0
        for place, name in enumerate(files):
            notice = _attempt(say, name, partial(_notice, say, name, folders, plan.format))
            if notice is None:
                continue
            if plan.paths:
                written += bool(_attempt(say, name, partial(_save_in_folder, say, plan.format, plan.paths[place], notice)))
            else:
                notices.append(notice)
        many = len(files) > 1
        if notices:
            action = partial(_save, say, plan.format, plan.path, notices, many) if plan.path else partial(_print, say, plan.format, notices, many)
            written = len(notices) if _attempt(say, str(plan.path or "-"), action) else 0
        click.get_current_context().exit(int(written < len(files)))

    return command


def _plan(say: Say, files: Sequence[str], form: str | None, output: str | None) -> _Plan:
    """What -o and --format ask for. Raises UsageError where they do not fit together."""
    if output is None or output == "-":
        if form == "xlsx":
            raise _wrong(say("A workbook cannot be printed; name a file for it, such as -o matrix.xlsx."))
        return _Plan(form or "table")
    if not output:
        raise _wrong(say("The name after -o is empty."))
    path = Path(output)
    if output.endswith(("/", os.sep)) or path.is_dir():
        form = form or "xlsx"
        plan = _Plan(form, paths=tuple(_names(path, files, _SUFFIXES[form])))
    else:
        known = {suffix: name for name, suffix in _SUFFIXES.items()}
        by_suffix = known.get(path.suffix.lower())
        if not form and not by_suffix:
            raise _wrong(say("{path}: this suffix names no format. Use {known}, add --format, or end the name with / for a folder.",
                             path=output, known=", ".join(_SUFFIXES.values())))
        if form and by_suffix not in (None, form, "table"):
            raise _wrong(say("{path}: the suffix and --format {format} do not agree. Leave one of them out.", path=output, format=form))
        plan = _Plan(form or str(by_suffix), path=path)
    taken = {os.path.realpath(name) for name in files if name != "-"}
    for target in (plan.path, *plan.paths):
        if target and os.path.realpath(target) in taken:
            raise _wrong(say("{path} is one of the files to read. Choose another name or folder with -o.", path=target))
    return plan


def _wrong(message: str) -> click.UsageError:
    return click.UsageError(message, click.get_current_context())


def _names(folder: Path, files: Iterable[str], suffix: str) -> Iterator[Path]:
    """A file in `folder` for each input; the second of a stem gets -2 and so on."""
    taken: set[str] = set()
    for name in files:
        stem = bare = "stdin" if name == "-" else Path(name).stem or "notice"
        number = 1
        while (key := unicodedata.normalize("NFC", stem).casefold()) in taken:
            number += 1
            stem = f"{bare}-{number}"
        taken.add(key)
        yield folder / f"{stem}{suffix}"


def _check_rules(say: Say, rules: str | None) -> None:
    from safetydoc.model import SafetydocError
    from safetydoc.rulebook import load_rules

    try:
        load_rules(*([Path(rules)] if rules else []), language=say.language)
    except SafetydocError as error:
        raise click.BadParameter(str(error), click.get_current_context(), param_hint="--rules") from None


def _attempt(say: Say, name: str, action: Callable[[], _T]) -> _T | None:
    """What `action` gives; None, with one line on standard error, where it fails."""
    from safetydoc.model import SafetydocError

    try:
        return action()
    except SafetydocError as error:
        message = str(error)
    except (click.ClickException, click.exceptions.Exit):
        raise
    except Exception as error:  # a fault of ours in one file must not keep the others from being written
        message = say("{name}: unexpected error ({kind}: {why}). Please report it with this file.", name=name, kind=type(error).__name__, why=error)
    click.echo(say("Error: {message}", message=message), err=True)
    return None


def _notice(say: Say, name: str, rules: Sequence[str], form: str = "table") -> Notice:
    """The notice in a file; findings speak the language of what is written."""
    from safetydoc import pipeline
    from safetydoc.rulebook import load_rules

    book = load_rules(*(Path(folder) for folder in rules), language=say.language)
    return pipeline.run(_document(say, name), book, say.document if form in ("xlsx", "csv") else say.language)


def _standard_input() -> bytes:
    return sys.stdin.buffer.read() if sys.stdin else b""


def _render(say: Say, form: str, notices: Sequence[Notice], many: bool) -> bytes:
    """The notices as the bytes of a file; JSON of `many` files is an array, however many could be read."""
    from safetydoc import matrix
    from safetydoc.model import dump_json

    if form == "json":
        data = [notice.to_dict() for notice in notices]
        return (dump_json(data if many else data[0]) + "\n").encode("utf-8")
    if form == "csv":
        return matrix.to_csv(notices, say.document).encode("utf-8-sig", "replace")
    if form == "xlsx":
        return matrix.excel_bytes(notices, say.document)
    return matrix.to_table(notices, _WIDTH, say.language).encode("utf-8", "replace")


def _print(say: Say, form: str, notices: Sequence[Notice], many: bool) -> bool:
    if form != "table":
        deliver(_render(say, form, notices, many), say)
        return True
    from safetydoc.matrix import to_table

    terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if terminal or os.environ.get("COLUMNS") else _WIDTH
    show(to_table(notices, max(width, 40), say.language, colour=terminal and not os.environ.get("NO_COLOR")), say)
    return True


def _save(say: Say, form: str, path: Path, notices: Sequence[Notice], many: bool) -> bool:
    from safetydoc.matrix import write_atomically

    write_atomically(path, _render(say, form, notices, many), say.language)
    click.echo(_summary(say, path, notices), err=True)
    return True


def _save_in_folder(say: Say, form: str, path: Path, notice: Notice) -> bool:
    """Write one notice of several; the folder is made when there is something to put in it."""
    from safetydoc.model import SafetydocError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = say("{path}: this folder cannot be made ({why}). Choose another with -o.", path=path.parent, why=error.strerror or error)
        raise SafetydocError("output-folder-failed", message) from None
    return _save(say, form, path, [notice], False)


def _summary(say: Say, path: Path, notices: Sequence[Notice]) -> str:
    tasks, findings = sum(len(notice.tasks) for notice in notices), sum(len(notice.findings) for notice in notices)
    if len(notices) == 1:
        return say("Wrote {path}: tasks {tasks}, to check {findings}", path=path, tasks=tasks, findings=findings)
    return say("Wrote {path}: notices {notices}, tasks {tasks}, to check {findings}", path=path, notices=len(notices), tasks=tasks, findings=findings)


# --- explain ---------------------------------------------------------------------------------


def _explain(say: Say) -> click.Command:
    @_command(say, "explain", say("""Explain each value of FILE: its place, the rule that made it, what was dropped.

Every number is listed with its class and why. - is standard input."""), say("Explain where each value comes from."))
    @click.argument("file", metavar="FILE")
    @click.option("--task", "path", metavar="PATH", help=say("Only this task, such as 二/一/3."))
    @click.option("--rules", metavar="DIR", type=click.Path(exists=True, file_okay=False), help=say("Folder of rules to lay over the shipped ones."))
    def command(file: str, path: str | None, rules: str | None) -> None:
        _check_rules(say, rules)
        text = _attempt(say, file, lambda: _explanation(say, file, path, [rules] if rules else []))
        if text is None:
            click.get_current_context().exit(1)
        show(text, say)

    return command


def _explanation(say: Say, name: str, path: str | None, folders: Sequence[str]) -> str:
    from safetydoc.explain import explain
    from safetydoc.rulebook import load_rules

    notice = _notice(say, name, list(folders))
    return explain(notice, load_rules(*(Path(folder) for folder in folders), language=say.language), path, say.language)


# --- text, schema ----------------------------------------------------------------------------


def _text(say: Say) -> click.Command:
    @_command(say, "text", say("""Print the text of FILE as UTF-8, repaired as far as can be.

It is the `text` of the JSON; all places count in it. - is standard input."""), say("Text of a notice."))
    @click.argument("file", metavar="FILE")
    def command(file: str) -> None:
        document = _attempt(say, file, lambda: _document(say, file))
        if document is None:
            click.get_current_context().exit(1)
        deliver(document.text.encode("utf-8", "replace"), say)

    return command


def _document(say: Say, name: str) -> Document:
    from safetydoc import loaders

    if name == "-":
        return loaders.load(_standard_input(), "stdin", say.language)
    return loaders.load_path(Path(name), say.language)


def _schema(say: Say) -> click.Command:
    @_command(say, "schema", say("Print the JSON Schema that the JSON output obeys."))
    def command() -> None:
        deliver(_SCHEMA.read_bytes(), say)

    return command


# --- rules -----------------------------------------------------------------------------------


def _rules(say: Say) -> click.Group:
    return _group(say, "rules", [_rules_list(say), _rules_test(say), _rules_check(say)], say("List, test and check the rules."))


def _rules_list(say: Say) -> click.Command:
    @_command(say, "list", say("List the shipped rules: kind, id, purpose."))
    def command() -> None:
        from safetydoc.rulebook import KINDS, load_rules

        book = load_rules(language=say.language)
        show(_columns([(kind, rule.id, rule.get("purpose", "")) for kind in KINDS for rule in book.rules[kind]]), say)

    return command


def _rules_test(say: Say) -> click.Command:
    @_command(say, "test", say("Run the examples and counter-examples of the shipped rules."))
    def command() -> None:
        from safetydoc.rulebook import load_rules
        from safetydoc.ruletest import try_rules

        results = list(try_rules(load_rules(language=say.language)))
        heads = (say("rule"), say("examples"), say("counter-examples"), say("failures"))
        rows = [(result.rule.id, str(result.examples), str(result.counters), str(len(result.failures) or "-")) for result in results]
        show(_columns([heads, *rows]), say)
        failing = [result for result in results if result.failures]
        for result in failing:
            show("".join(f"{line}\n" for line in _failures(say, result)), say)
        show(say("{rules} rules, {failing} with failures", rules=len(results), failing=len(failing)) + "\n", say)
        click.get_current_context().exit(int(bool(failing)))

    return command


def _rules_check(say: Say) -> click.Command:
    @_command(say, "check", say("""Check the rule files in DIR and run their examples.

The files lie over the shipped rules, as with extract --rules DIR."""), say("Check a folder of your own rules."))
    @click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
    def command(folder: Path) -> None:
        from safetydoc.rulebook import check_folder, load_rules, own_rules
        from safetydoc.ruletest import try_rules

        faults = check_folder(folder, say.language)
        count = 0
        if not faults:
            book = load_rules(folder, language=say.language)
            results = list(try_rules(book, own_rules(book, folder, say.language)))
            count = len(results)
            faults = [line for result in results for line in _failures(say, result)]
        for fault in faults:
            click.echo(fault, err=True)
        if not faults:
            show(say("{folder}: no faults, {rules} rules tested", folder=folder, rules=count) + "\n", say)
        click.get_current_context().exit(int(bool(faults)))

    return command


def _failures(say: Say, result: Result) -> Iterator[str]:
    """One line for each example or counter-example that fails."""
    for failure in result.failures:
        got = "; ".join(failure.got) or say("nothing")
        text = failure.text.replace("\n", " ")
        if failure.error:
            fault = say("the text “{text}” breaks the engine: {error}", text=text, error=failure.error)
        elif failure.want:
            fault = say("the example “{text}” should give {want}; it gives {got}", text=text, want="; ".join(failure.want), got=got)
        else:
            fault = say("the counter-example “{text}” should give nothing; it gives {got}", text=text, got=got)
        yield say("{file}: rule {rule}: {fault}", file=result.rule.file, rule=result.rule.id, fault=fault)


def _columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines with columns that stand under each other, Chinese two columns wide."""
    from safetydoc.matrix.cells import display_width

    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)
