"""Bytes → text: BOMs, strict UTF-8, UTF-16, then GB18030 by the quality of what comes out."""

from __future__ import annotations

from safetydoc.encoding.decode import Decoded, decode

__all__ = ["Decoded", "decode"]
