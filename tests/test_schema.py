"""The published schema describes what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import safetydoc
from safetydoc.model import SCHEMA_ID

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((Path(safetydoc.__file__).parent / "schema" / "notice.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def test_the_schema_is_one_and_names_the_version_of_the_output() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == SCHEMA["properties"]["schema"]["const"] == SCHEMA_ID


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_notice_obeys_the_schema(path: Path, language: str) -> None:
    data = json.loads(safetydoc.extract(path, lang=language).to_json())  # type: ignore[arg-type]
    VALIDATOR.validate(data)
    assert data["tasks"]


@pytest.mark.parametrize("text", ["", "没有编号的一段话。", "一、\n\n（一）\n1.", "1.\ud800\n"])
def test_odd_texts_obey_the_schema(text: str) -> None:
    VALIDATOR.validate(json.loads(safetydoc.extract_text(text).to_json()))


@pytest.mark.parametrize("change", [
    lambda data: data.pop("numbers"),
    lambda data: data["tasks"][0].update(category="其他"),
    lambda data: data["tasks"][0]["units"][0].update(role="boss"),
    lambda data: data["metadata"].update(date_issued="2021-13-40"),
    lambda data: data["source"].update(sha256="x"),
    lambda data: data["numbers"][0].update({"class": "unknown"}),
])
def test_the_schema_refuses_what_is_not_promised(change) -> None:  # type: ignore[no-untyped-def]
    data = safetydoc.extract(ROOT / "corpus" / "01-city-work-points.txt").to_dict()
    VALIDATOR.validate(data)
    change(data)
    assert not VALIDATOR.is_valid(data)
