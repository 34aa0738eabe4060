"""The Chinese catalogue: complete for our code and for click's texts that our commands can show, and compiled."""

from __future__ import annotations

import ast
import gettext
import io
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import safetydoc
from safetydoc.messages import LOCALE

babel_pofile = pytest.importorskip("babel.messages.pofile")
babel_mofile = pytest.importorskip("babel.messages.mofile")

PO = LOCALE / "zh" / "LC_MESSAGES" / "safetydoc.po"
PACKAGE = Path(safetydoc.__file__).parent
#: Calls that take a message, and which argument it is.
CALLS = {"translate": 0, "say": 0, "N_": 0, "_fault": 2, "add": 2}
#: click's modules whose texts a command of ours can show.
CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
#: Of these, what we cannot show: faults of a program, prompts, deprecation, types that we do not use.
CLICK_UNUSED = (
    "deprecated", "DeprecationWarning", "(Deprecated)", "Do you want to continue?", "Confirm the action", "defined twice", "No options defined",
    "Could not determine name", "Boolean option", "Arguments take exactly", "Value must be an iterable", "(dynamic)", "Invalid start character",
    "Choice({choices})", "does not match the format", "is not in the range", "is not a valid", "values are required",
)  # fmt: skip


def messages(path: Path, calls: dict[str, int]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            place = calls.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            if place is not None and len(node.args) > place and isinstance(text := node.args[place], ast.Constant) and isinstance(text.value, str):
                yield text.value


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def catalogue():  # type: ignore[no-untyped-def]
    with PO.open("rb") as stream:
        return babel_pofile.read_po(stream, locale="zh", domain="safetydoc")


OURS = sorted({message for path in PACKAGE.rglob("*.py") for message in messages(path, CALLS)})


def test_every_message_is_in_chinese(catalogue) -> None:  # type: ignore[no-untyped-def]
    missing = [message for message in OURS if not catalogue.get(message) or not catalogue.get(message).string]
    assert missing == []


def test_every_field_is_kept(catalogue) -> None:  # type: ignore[no-untyped-def]
    for message in OURS:
        entry = catalogue.get(message)
        if entry and "{" in message and "{ text" not in message:
            assert fields(entry.string) == fields(message), message


def test_every_text_of_click_that_we_can_show_is_in_chinese(catalogue) -> None:  # type: ignore[no-untyped-def]
    texts = {text for name in CLICK_MODULES for text in messages(Path(click.__file__).parent / f"{name}.py", {"_": 0, "ngettext": 0})}
    texts = {text for text in texts if not any(unused in text for unused in CLICK_UNUSED)}
    assert len(texts) > 25
    entries = {(message.id[0] if isinstance(message.id, tuple) else message.id) for message in catalogue if message.string}
    assert sorted(texts - entries) == []


def test_nothing_is_left_over(catalogue) -> None:  # type: ignore[no-untyped-def]
    """A text of ours that has gone from the code is not kept; those of click (of any version) stand behind a mark."""
    names = [message.id for message in catalogue if message.id]
    first_of_click = next(place for place, message in enumerate(m for m in catalogue if m.id) if message.user_comments)
    assert [name for name in names[:first_of_click] if name not in OURS] == []


def test_the_compiled_catalogue_is_up_to_date(catalogue) -> None:  # type: ignore[no-untyped-def]
    stream = io.BytesIO()
    babel_mofile.write_mo(stream, catalogue)
    stream.seek(0)
    fresh = gettext.GNUTranslations(stream)
    with PO.with_suffix(".mo").open("rb") as compiled:
        shipped = gettext.GNUTranslations(compiled)
    texts, compiled_texts = (dict(vars(translations)["_catalog"]) | {"": ""} for translations in (fresh, shipped))
    assert texts == compiled_texts
