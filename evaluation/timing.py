"""How long several ways to do the same work take, on a machine that does other work too."""

import gc
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

ROUNDS = 3
"""The fastest round counts, as `timeit` advises: the others measure the machine's other work."""


class Timed(NamedTuple):
    """What a work gave, and the processor time in seconds of its fastest round."""

    result: Any
    seconds: float


def time_in_turn(
    works: Mapping[str, Callable[[], Any]], *, rounds: int = ROUNDS, before: Callable[[], None] | None = None
) -> dict[str, Timed]:
    """Each work's last result and fastest round. The works take turns, so that a slow minute of the machine is no one's alone.

    `before` runs ahead of each, untimed, and empties caches. A result is let go before the next work begins.
    """
    timed: dict[str, Timed] = {}
    for number in range(rounds):
        for name, work in works.items():
            if before is not None:
                before()
            gc.collect()
            started = time.process_time()
            result = work()
            seconds = time.process_time() - started
            last = number == rounds - 1
            timed[name] = Timed(result if last else None, min(seconds, timed[name].seconds if name in timed else seconds))
            del result
    return timed
