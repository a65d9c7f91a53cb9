"""Python's search for garbage in cycles, held back while a crawl grows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (50_000, 20, 100)
"""Instead of 700, 10, 10: measured on 89 pages of 267 blocks, whose reading took a tenth less time so."""


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """A while in which Python looks for cycles a seventieth as often.

    The nouns of a crawl are hundreds of thousands of small values that live to its end and hold no cycles, and each look walks over them.
    What does make cycles, a failed page's traceback say, is still found.
    """
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
