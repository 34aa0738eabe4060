"""The steps of the pipeline, timed while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import process_time
from typing import Any
from unittest.mock import patch

from safetydoc import pipeline

#: The arrows of pipeline.run, in its order.
STEPS = ("segment", "read_metadata", "extract_values", "build_tasks", "check")


@contextmanager
def steps_timed() -> Iterator[dict[str, float]]:
    """Within the block, CPU seconds of each step of `pipeline.run` add up in the dict."""
    spent = dict.fromkeys(STEPS, 0.0)

    def timed(name: str) -> Callable[..., Any]:
        step = getattr(pipeline, name)

        def run(*given: Any) -> Any:
            start = process_time()
            result = step(*given)
            spent[name] += process_time() - start
            return result

        return run

    with ExitStack() as stack:
        for name in STEPS:
            stack.enter_context(patch.object(pipeline, name, timed(name)))
        yield spent
