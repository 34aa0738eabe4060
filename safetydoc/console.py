"""What a terminal needs: the user's language, click's own texts in it, and output that no console refuses."""

from __future__ import annotations

import codecs
import contextlib
import errno
import gettext
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

import click

from safetydoc.messages import LOCALE, Language, translate


class Say:
    """Texts in the user's language: `say("{name}: …", name=…)`; `document` is the language of workbooks and CSV."""

    def __init__(self, language: Language, document: Language | None = None) -> None:
        self.language: Language = language
        self.document: Language = document or language

    def __call__(self, message: str, /, **values: object) -> str:
        return translate(message, self.language, **values)


def asked_language(arguments: Sequence[str]) -> Language | None:
    """What --lang says, if it stands there."""
    chosen = ""
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            chosen = "".join(arguments[place + 1:place + 2])
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return "zh" if chosen == "zh" else "en" if chosen == "en" else None


def choose_language(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Chinese or English: what --lang says, else the locale, else the language of Windows."""
    asked = asked_language(arguments)
    if asked:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].lower().startswith("zh") else "en"
    return "zh" if _system_is_chinese() else "en"


def _system_is_chinese() -> bool:
    if sys.platform == "win32":
        import ctypes

        return ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04  # the primary language Chinese
    import locale

    return (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese"))


def speak(language: Language) -> None:
    """Let click say its own texts (Usage, Options, errors) in `language`, from our catalogue."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("safetydoc", LOCALE)
    gettext.textdomain("safetydoc")


def prepare_streams() -> None:
    """Let the standard streams replace what they cannot encode."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def show(text: str, say: Say) -> None:
    """Print text for reading, in the encoding of the console."""
    _write(text.encode(_encoding(sys.stdout), "replace"), say)


def deliver(data: bytes, say: Say) -> None:
    """Print UTF-8 for programs, the same bytes whatever the locale; a console of another code page gets its own."""
    if sys.stdout is not None and sys.stdout.isatty() and _encoding(sys.stdout) != "utf-8":
        show(data.decode("utf-8-sig", "replace"), say)
    else:
        _write(data, say)


def _encoding(stream: TextIO | None) -> str:
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name


def _write(data: bytes, say: Say) -> None:
    """Write bytes to standard output; a reader that has gone (`| head`) ends the output quietly."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        _let_go(sys.stdout)
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise click.ClickException(say("The output could not be written ({why}).", why=error.strerror or error)) from None


def _let_go(stream: TextIO) -> None:
    """Point a dead stream at nothing, so that Python's own flush at exit does not complain."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
