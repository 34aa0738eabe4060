"""Fixtures and settings for all tests.

HYPOTHESIS_PROFILE=slow tries far more examples. Tests marked `shared` need the folder
../shared beside the project and are skipped where it is missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from support import SHARED, notice_of

from safetydoc.model import Notice
from safetydoc.rulebook import Rulebook, load_rules

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
# The default is the same in every run and leaves nothing behind; slow draws anew each time.
settings.register_profile("default", max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=_QUIET)
settings.register_profile("slow", max_examples=2000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "shared: needs the folder ../shared beside the project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason=f"needs {SHARED}, which is not part of the project")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The shipped rule book."""
    return load_rules()


@pytest.fixture(scope="session")
def make() -> Callable[..., Notice]:
    """`make(body, year, area)`: the notice with this body under a title with a year and an invented city."""
    return notice_of
