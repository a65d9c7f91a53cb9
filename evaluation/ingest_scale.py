"""How time and memory of an ingest grow with the number of pages."""

import resource
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from ingest.articles import assemble_article
from ingest.blocks import block_page
from ingest.collector import collecting_rarely
from ingest.decoding import decode_page
from ingest.schema import Page
from ingest.template import learn_template, strip_template

SIZES = (300, 3_000)


def measure_ingest_scale(folder: Path, *, sizes: tuple[int, int] = SIZES) -> dict[str, Any]:
    """Processor seconds and peak memory in MB of the process for 300 and for 3,000 pages (`sizes`), and how they grow with the pages.

    The pages are those of the folder (`*.html`, or `site/*.html`), over and over, each with a number of its own in every paragraph.
    `time_growth` and `memory_growth` are 1 where ten times the pages cost ten times as much beyond what an empty process holds.
    """
    source = folder / "site" if (folder / "site").is_dir() else folder
    texts = [decode_page(path.read_bytes()).text for path in sorted(source.glob("*.html"))]
    empty = _peak_memory()
    figures: dict[str, Any] = {}
    for size in sizes:
        started = time.process_time()
        _ingest(texts, size)
        figures |= {f"seconds_{size}": time.process_time() - started, f"memory_mb_{size}": _peak_memory()}
    few, many = sizes
    figures["time_growth"] = figures[f"seconds_{many}"] / figures[f"seconds_{few}"] * few / many
    grown = max(figures[f"memory_mb_{few}"] - empty, 1.0)
    figures["memory_growth"] = (figures[f"memory_mb_{many}"] - empty) / grown * few / many
    return figures


@collecting_rarely()
def _ingest(texts: Sequence[str], size: int) -> None:
    blocked = [block_page(page) for page in _make_pages(texts, size)]
    template = learn_template(blocked)
    for page in blocked:
        assemble_article(strip_template(page, template))


def _make_pages(texts: Sequence[str], size: int) -> Iterator[Page]:
    for number, text in enumerate(islice(cycle(texts), size)):
        yield Page(f"https://clinic.example/{number}", text.replace("<p>", f"<p>Page {number} says: "))


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
