"""Checks: findings about a notice, each with a stable code, a place and what to do."""

from __future__ import annotations

from safetydoc.checks.run import check

__all__ = ["check"]
