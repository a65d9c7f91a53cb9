"""What a fuzzer that watches which lines run finds on the way of a query: reading for a crisis, taking personal data out, searching.

`python -m evaluation fuzz-queries var/index`, with atheris (https://github.com/google/atheris; not every Python has a wheel, so that no
extra requires it). Hypothesis tries the same ways in tests/search_api/test_fuzz_app.py.
"""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 30
"""How long it tries; libFuzzer's own bound, so start and end come on top."""
LONGEST = 600
"""Bytes of a made-up query."""
SLOW_SECONDS = 10
"""A query that takes longer counts as a failure."""
SEEDS = (
    b"I want to die",
    b"call 541-555-0142",
    b"does CBT-I help insomnia?",
    "quiero morir, mi nombre es José".encode(),
    b"k i l l  m y s e l f",
)


def measure_fuzz(index: Path, *, seconds: int = SECONDS) -> dict[str, int]:
    """How many queries were made up within so many seconds (`runs`) and how many `failures` ended the run, 0 or 1.

    A failure is an exception other than "there is nothing to search for", or a query that takes more than ten seconds; its bytes are told
    on standard error. Raises `ModuleNotFoundError` without atheris.
    """
    if find_spec("atheris") is None:
        raise ModuleNotFoundError("The fuzzer is not installed: pip install atheris.")
    with TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            (Path(folder) / str(number)).write_bytes(seed)
        bounds = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOW_SECONDS}", "-print_final_stats=1"]
        command = [sys.executable, "-m", "evaluation.fuzz_queries", str(index.resolve()), *bounds, f"-artifact_prefix={folder}/", folder]
        child = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds + 120, check=False)
    counted = re.search(r"number_of_executed_units:\s*(\d+)", child.stderr)
    if counted is None or child.returncode:
        sys.stderr.write(child.stderr[-3000:])
    return {"runs": int(counted[1]) if counted else 0, "failures": int(child.returncode != 0)}


def _fuzz(index: Path, arguments: list[str]) -> None:
    """Tries queries until the time is over; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["safety", "index", "search_api"]):
        from index.errors import BadQuery
        from index.searcher import Searcher
        from safety.crisis import detect_crisis
        from safety.privacy import scrub
        from search_api.schema import SearchRequest
        from search_api.searching import run_search
    searcher = Searcher.open(index)

    def try_query(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        detect_crisis(text)
        scrub(text)
        try:
            run_search(searcher, SearchRequest(q=text or "?"))
        except BadQuery:
            return

    atheris.Setup([sys.argv[0], *arguments], try_query)
    atheris.Fuzz()


if __name__ == "__main__":
    _fuzz(Path(sys.argv[1]), sys.argv[2:])
