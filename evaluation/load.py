"""How many searches a second a server of this index answers on this machine, how long they take, and how many fail."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
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
MOST_SECONDS = 120.0
"""A run never takes longer, however slow the server is."""
CLIENTS = 8
"""Searches that are under way at once: a busy minute of a large clinic, four for each of two cores."""
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One search: its status (0 if there was no answer) and how many seconds it took."""

    status: int
    seconds: float


def measure_load(index: Path, *, requests: int = REQUESTS, clients: int = CLIENTS) -> dict[str, float]:
    """Searches a second, seconds at the 50th and 99th percentile, and answers other than 200, of a server of this index.

    `index` is the root of an index. The server runs in a process of its own on the loopback interface; questions are the headings of the
    index's own articles, over and over. The client shares the machine's cores with it, so the rate is a lower bound.
    """
    questions = collect_questions(index)
    with served(index) as address:
        started = time.perf_counter()
        answers = asyncio.run(ask_all(address, list(islice(cycle(questions), requests)), clients))
        seconds = time.perf_counter() - started
    return summarise(answers, seconds)


def summarise(answers: Sequence[Answered], seconds: float) -> dict[str, float]:
    """The figures of answers that came within so many seconds; latencies are those of good answers."""
    good = [answer.seconds for answer in answers if answer.status == 200] or [float("nan")]
    p50, p99 = np.percentile(good, [50, 99])
    errors = sum(answer.status != 200 for answer in answers)
    return {"requests": len(answers), "per_second": len(answers) / seconds, "p50": float(p50), "p99": float(p99), "errors": errors}


def collect_questions(index: Path) -> list[str]:
    """The titles and headings of an index's articles, each once."""
    articles = read_articles(current_generation(index) / "site")
    return list(
        dict.fromkeys(text for one in articles for text in (one.title, *(" ".join(part.heading_path) for part in one.sections)) if text)
    )


async def ask_all(address: str, questions: Sequence[str], clients: int) -> list[Answered]:
    """The answers to all questions, so many under way at once; those that the time does not suffice for are left out."""
    until = time.perf_counter() + MOST_SECONDS
    waiting = iter(questions)
    async with httpx2.AsyncClient(base_url=address, timeout=30) as client:
        streams = await asyncio.gather(*(_ask_on(client, waiting, until) for _ in range(clients)))
    return [answer for stream in streams for answer in stream]


async def _ask_on(client: httpx2.AsyncClient, waiting: Iterator[str], until: float) -> list[Answered]:
    answers = []
    for question in waiting:
        if time.perf_counter() > until:
            break
        answers.append(await _ask(client, question))
    return answers


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
