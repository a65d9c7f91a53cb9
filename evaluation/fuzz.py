"""How many mutated pages the reader of pages survives: coverage-guided fuzzing with atheris (https://github.com/google/atheris)."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SECONDS = 120
"""A bounded run: long enough for some thousand inputs on two shared cores."""

SEED_BYTES = 4_000
SEEDS = 20
TAGS = "a aside b body br dd details div dl dt footer form h1 h2 li main nav ol p script section sup svg table td template tr ul".split()
TOKENS = ("<!--", "-->", "<![CDATA[", "&#x0;", "&nbsp;", "<sup>1</sup>", "[2,4-6]", ".1", "References", "aria-controls=", "hidden", "\\x00")
DONE = re.compile(rb"stat::number_of_executed_units:\s+(\d+)")


def measure_fuzz(folder: Path, *, seconds: int = SECONDS) -> dict[str, Any]:
    """`inputs`: pages tried, made from those of the folder (`*.html`, or `site/*.html`); `failures`: those that broke the reader.

    Each is decoded, split into blocks, stripped and assembled, as HTML and as text, and must end within 20 seconds and 2 GB, raise nothing
    and keep its offsets (`evaluation/reading_check.py`). The run ends at the first failure; the file `var/fuzz-...` then holds its input.

    Raises: ModuleNotFoundError without atheris (`pip install atheris`; not every Python has a wheel, so that no extra requires it).
    """
    import atheris  # noqa: F401 - to say early that it is missing

    with tempfile.TemporaryDirectory() as scratch:
        seeds = Path(scratch, "seeds")
        _write_seeds(folder, seeds)
        words = Path(scratch, "words")
        words.write_text("\n".join(f'"{token}"' for token in (*(f"<{tag}>" for tag in TAGS), *TOKENS)))
        options = [f"-max_total_time={seconds}", f"-max_len={SEED_BYTES}", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1"]
        command = [sys.executable, "-m", "evaluation.fuzz", str(seeds), *options, f"-dict={words}", "-artifact_prefix=var/fuzz-"]
        Path("var").mkdir(exist_ok=True)
        run = subprocess.run(command, check=False, capture_output=True)
    found = DONE.search(run.stderr)
    if run.returncode:
        sys.stderr.buffer.write(run.stderr[-4_000:])
    return {"inputs": int(found[1]) if found else 0, "failures": int(run.returncode != 0), "seconds": seconds}


def _write_seeds(folder: Path, seeds: Path) -> None:
    source = folder / "site" if (folder / "site").is_dir() else folder
    seeds.mkdir()
    for path in sorted(source.glob("*.html"))[:SEEDS]:
        html = path.read_bytes()
        body = max(html.find(b"<main"), html.find(b"<article"), html.find(b"<body"), 0)
        (seeds / path.name).write_bytes(html[body : body + SEED_BYTES])


def _fuzz() -> None:
    import atheris

    with atheris.instrument_imports(include=["ingest"]):
        from evaluation.reading_check import check_reading
    atheris.Setup(sys.argv, check_reading)
    atheris.Fuzz()


if __name__ == "__main__":
    _fuzz()
