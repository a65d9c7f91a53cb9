"""A crawl as a stream of pages."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from typing import IO

from ingest.crawling.messages import read_message, write_plan
from ingest.crawling.plan import CrawlPlan
from ingest.errors import IngestError
from ingest.schema import LedgerEntry, Page

GRACE_SECONDS = 300.0
"""How long after its own time limit a crawler that hangs is ended."""


def crawl_pages(plan: CrawlPlan, *, record: Callable[[LedgerEntry], None]) -> Iterator[Page]:
    """The pages of a crawl as they come in; what gave no page is recorded.

    Raises `IngestError` if the crawler itself fails, or ends without a word even of the address where it was to start.
    """
    line = None
    with TemporaryDirectory() as scratch, _crawler_lines(replace(plan, memory=plan.memory or Path(scratch))) as lines:
        for line in lines:
            noun = read_message(line)
            if isinstance(noun, Page):
                yield noun
            else:
                record(noun)
    if line is None:
        raise IngestError(f"The crawl of {plan.location} ended before it began; this is a fault of the crawler, not of the site.")


@contextmanager
def _crawler_lines(plan: CrawlPlan) -> Iterator[Iterator[bytes]]:
    """The lines that the crawler's process writes. The process never outlives the block; what it fetched is safe at any moment."""
    with (
        TemporaryFile() as complaints,
        subprocess.Popen(
            [sys.executable, "-m", "ingest.crawling"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
        ) as process,
    ):
        watchdog = Timer(plan.limits.seconds + GRACE_SECONDS, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError), process.stdin as plans:  # if it has ended already, what it complained of says why
                plans.write(write_plan(plan))
            yield iter(process.stdout)
            if process.wait():
                raise IngestError(f"The crawl of {plan.location} broke down: {_last_line(complaints)}.")
        finally:
            watchdog.cancel()
            process.kill()


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "its process was ended"
