"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from safetydoc.matrix.words import word
from safetydoc.model import SafetydocError


def write_atomically(path: str | os.PathLike[str], data: bytes, lang: str = "zh") -> None:
    """Write `data` to `path` through a temporary file beside it; a file that is there keeps its mode.

    Raises SafetydocError `output-folder-missing`, `output-not-writable` (no permission, or the file
    is open in Excel on Windows) or `output-failed` (disk full and the like); then the old file is
    untouched and no temporary file is left.
    """
    target = Path(os.path.realpath(path))  # a symbolic link stays one, its target is replaced
    if not target.parent.is_dir():
        raise SafetydocError("output-folder-missing", word("output-folder-missing", lang, folder=target.parent))
    # not named after the target: a long Chinese name is close to the 255 bytes that a name may have
    temporary = target.with_name(f".safetydoc-{secrets.token_hex(8)}.tmp")
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)  # a device such as /dev/null, or a pipe, is written to, not replaced
        else:
            _replace(target, temporary, data)
    except (PermissionError, IsADirectoryError) as error:
        raise SafetydocError("output-not-writable", word("output-not-writable", lang, path=path)) from error
    except OSError as error:
        reason = error.strerror or error
        raise SafetydocError("output-failed", word("output-failed", lang, path=path, reason=reason)) from error


def _replace(target: Path, temporary: Path, data: bytes) -> None:
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
