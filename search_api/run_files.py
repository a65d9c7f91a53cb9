"""The files of the last run, as browsers get them."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import HTTPException
from fastapi.responses import Response

from gaps.radar_store import last_run

CHARTS = tuple(f"{chart}-{scheme}.svg" for chart in ("coverage", "questions", "gaps") for scheme in ("light", "dark"))
RUN_FILES: Mapping[str, str] = {
    "gaps.csv": "text/csv; charset=utf-8",
    "gaps.md": "text/markdown; charset=utf-8",
    "gaps.json": "application/json",
    "coverage-questions.csv": "text/csv; charset=utf-8",
    "coverage-treatments.csv": "text/csv; charset=utf-8",
    "questions.csv": "text/csv; charset=utf-8",
    "digest.txt": "text/plain; charset=utf-8",
    "digest.html": "text/html; charset=utf-8",
    "digest.eml": "message/rfc822",
} | dict.fromkeys(CHARTS, "image/svg+xml")
"""The files that may be asked for, with their media types."""


def read_run_file(reports: Path, name: str) -> Response:
    """A file of the last run. Charts are shown in the page, everything else is saved. Raises 404 if the run has no such file."""
    folder = last_run(reports)
    path = folder / name if folder else None
    if name not in RUN_FILES or path is None or not path.is_file():
        raise HTTPException(404, "There is no such file.")
    headers = {} if name in CHARTS else {"content-disposition": f'attachment; filename="{name}"'}
    return Response(path.read_bytes(), media_type=RUN_FILES[name], headers=headers)
