"""Texts for users, English in the code, Chinese from the gettext catalogue in locale/."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
LOCALE = Path(__file__).resolve().parent / "locale"


@lru_cache(maxsize=4)
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("safetydoc", LOCALE, [language], fallback=True)


def N_(message: str) -> str:
    """`message` as it is: marks a text for the catalogue that is translated elsewhere."""
    return message


def translate(message: str, language: Language, /, **values: object) -> str:
    """`message` in `language`, with its {fields} filled in."""
    text = _catalogue(language).gettext(message)
    return text.format(**values) if values else text
