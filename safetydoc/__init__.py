"""safetydoc: a government safety notice goes in, its task matrix comes out.

    import safetydoc
    notice = safetydoc.extract("notice.txt")
    safetydoc.write_excel([notice], "matrix.xlsx")

Everything heavy is imported when it is first used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

__version__ = "0.1.0"
__all__ = ["Notice", "SafetydocError", "extract", "extract_text", "read_notices", "to_frames", "write_excel"]

if TYPE_CHECKING:
    import pandas

    from safetydoc.model import Notice, SafetydocError

Language = Literal["zh", "en"]


def extract(source: str | Path | bytes, *, name: str | None = None, rules: Sequence[str | Path] = (), lang: Language = "zh") -> Notice:
    """The notice in a file (path) or in bytes, with its task matrix.

    `name` is the file name to show for bytes; `rules` are folders of rules that lie over the
    shipped ones; `lang` is the language of the findings. Raises SafetydocError (with `.code`)
    where the bytes give no text or the rules are not valid.
    """
    from safetydoc import loaders, pipeline
    from safetydoc.rulebook import load_rules

    book = load_rules(*(Path(folder) for folder in rules), language=lang)
    if isinstance(source, bytes):
        document = loaders.load(source, name or "bytes", lang)
    else:
        document = loaders.load_path(Path(source), lang)
    return pipeline.run(document, book, lang)


def extract_text(text: str, *, name: str = "text", rules: Sequence[str | Path] = (), lang: Language = "zh") -> Notice:
    """The notice in a string. Never raises for what the string holds; a string without measures has no tasks."""
    from safetydoc import loaders, pipeline
    from safetydoc.rulebook import load_rules

    book = load_rules(*(Path(folder) for folder in rules), language=lang)
    return pipeline.run(loaders.document_of(text, name), book, lang)


def read_notices(folder: str | Path, *, pattern: str = "*", rules: Sequence[str | Path] = (), lang: Language = "zh") -> list[Notice]:
    """The notices of all files in a folder (not below it) that match `pattern`, in order of their names.

    Raises SafetydocError for the first file that gives no text.
    """
    paths = sorted(path for path in Path(folder).glob(pattern) if path.is_file() and not path.name.startswith("."))
    return [extract(path, rules=rules, lang=lang) for path in paths]


def to_frames(notices: Iterable[Notice]) -> dict[str, pandas.DataFrame]:
    """Linked data frames: notices, tasks, units, deadlines, targets and more, joined by `notice` and `task`."""
    from safetydoc.matrix.frames import to_frames as frames

    return frames(list(notices))


def write_excel(notices: Iterable[Notice], path: str | Path, lang: Language = "zh") -> None:
    """Write the task matrix as an Excel workbook; an existing file is replaced whole or not at all."""
    from safetydoc.matrix.excel import write_excel as write

    write(list(notices), Path(path), lang)


def __getattr__(name: str) -> object:
    if name in ("Notice", "SafetydocError"):
        from safetydoc import model

        return getattr(model, name)
    raise AttributeError(f"module 'safetydoc' has no attribute {name!r}")
