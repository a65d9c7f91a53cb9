"""How many searches a second a server of this index answers on this machine, how long they take, and how many fail."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import numpy as np

from index.generations import current_generation
from ingest.site_files import read_articles

REQUESTS = 2000
"""Enough for a 99th percentile that twenty searches stand behind."""
MOST_SECONDS = 40.0
"""Searches are sent no longer than this: a busy machine answers fewer of them, and the rate says so. Start and end take seconds more."""
REPORT_SECONDS = 5.0
"""How often the run says how far it is."""
CLIENTS = 8
"""Searches that are under way at once: a busy minute of a large clinic, four for each of two cores."""
START_SECONDS = 60.0

Tell = Callable[[str], object]
"""Takes a line about how far a run is."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One search: its status (0 if there was no answer) and how many seconds it took."""

    status: int
    seconds: float


def measure_load(
    index: Path, *, requests: int = REQUESTS, clients: int = CLIENTS, seconds: float = MOST_SECONDS, tell: Tell = sys.stderr.write
) -> dict[str, float]:
    """Searches a second, seconds at the 50th, 95th and 99th percentile, and answers other than 200, of a server of this index.

    `index` is the root of an index. The server runs in a process of its own on the loopback interface; questions are the headings of the
    index's own articles, over and over, for so many `seconds` at the most. The client shares the machine's cores with it, so the rate is a
    lower bound.
    """
    questions = collect_questions(index)
    tell(f"starting a server of {index.name}\n")
    with served(index) as address:
        started = time.perf_counter()
        answers = asyncio.run(ask_all(address, list(islice(cycle(questions), requests)), clients, seconds=seconds, tell=tell))
        taken = time.perf_counter() - started
    return summarise(answers, taken)


def summarise(answers: Sequence[Answered], seconds: float) -> dict[str, float]:
    """The figures of answers that came within so many seconds; latencies are those of good answers."""
    good = [answer.seconds for answer in answers if answer.status == 200] or [float("nan")]
    p50, p95, p99 = (float(value) for value in np.percentile(good, [50, 95, 99]))
    errors = sum(answer.status != 200 for answer in answers)
    return {"requests": len(answers), "per_second": len(answers) / seconds, "p50": p50, "p95": p95, "p99": p99, "errors": errors}


def collect_questions(index: Path) -> list[str]:
    """The titles and headings of an index's articles, each once."""
    articles = read_articles(current_generation(index) / "site")
    return list(
        dict.fromkeys(text for one in articles for text in (one.title, *(" ".join(part.heading_path) for part in one.sections)) if text)
    )


async def ask_all(
    address: str, questions: Sequence[str], clients: int, *, seconds: float = MOST_SECONDS, tell: Tell = sys.stderr.write
) -> list[Answered]:
    """The answers to all questions, so many under way at once; those that the time does not suffice for are left out."""
    until = time.perf_counter() + seconds
    waiting = iter(questions)
    answers: list[Answered] = []
    async with httpx2.AsyncClient(base_url=address, timeout=30) as client, asyncio.TaskGroup() as group:
        watch = asyncio.create_task(_tell_progress(answers, len(questions), tell))
        streams = [group.create_task(_ask_on(client, waiting, until, answers)) for _ in range(clients)]
        await asyncio.wait(streams)
        watch.cancel()
    return answers


async def _ask_on(client: httpx2.AsyncClient, waiting: Iterator[str], until: float, answers: list[Answered]) -> None:
    for question in waiting:
        if time.perf_counter() > until:
            break
        answers.append(await _ask(client, question))


async def _tell_progress(answers: Sequence[Answered], total: int, tell: Tell) -> None:
    while True:
        await asyncio.sleep(REPORT_SECONDS)
        errors = sum(answer.status != 200 for answer in answers)
        tell(f"{len(answers)} of {total} searches answered, {errors} with an error\n")


async def _ask(client: httpx2.AsyncClient, question: str) -> Answered:
    started = time.perf_counter()
    try:
        response = await client.post("/api/search", json={"q": question}, headers={"search-live": "1"})
    except httpx2.HTTPError:
        return Answered(0, time.perf_counter() - started)
    return Answered(response.status_code, time.perf_counter() - started)


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The address of a server of this index on this machine, in a process of its own that ends with the block."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "search_api", "serve", "--index", str(index), "--port", str(port)]
    with TemporaryDirectory() as folder:
        environment: Mapping[str, str] = os.environ | {"CLINIC_SEARCH_ACCESS": str(Path(folder) / "tokens.json")}
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            try:
                _wait(process, f"http://127.0.0.1:{port}")
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx2.get(address + "/readyz").raise_for_status()
            return
        except httpx2.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start; try 'clinic-search serve --index ...' to see why.")
