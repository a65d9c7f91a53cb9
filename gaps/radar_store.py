"""The runs on disk: each in a folder of its own, and a file that names the last good one, which a run that breaks off leaves standing."""

import fcntl
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import rmtree

from pydantic import TypeAdapter, ValidationError

from gaps.errors import DamagedReport
from gaps.radar import Radar
from ingest.durable_files import publish_folder, sweep_unfinished, unfinished_folder, write_durably

RADAR_FILE, LATEST = "radar.json", "LATEST"
KEPT = 3
"""Runs that are kept: the last one, and two for whoever downloads while a new one is written."""
REPORT_FOLDER = "gap-report"
_RUN = re.compile(r"\d{6}-\d{4}-\d\d-\d\d")
_RADAR = TypeAdapter(Radar)


def report_folder(index: Path) -> Path:
    """Where the runs over an index are kept: in its root, beside the generations."""
    return index / REPORT_FOLDER


def save_radar(radar: Radar, root: Path, files: Mapping[str, bytes]) -> Path:
    """The folder of the run, which now is the last one. `files` are what people read of it, by name; all of them appear at once or none."""
    root.mkdir(parents=True, exist_ok=True)
    with _only_writer(root):
        return _save(radar, root, files)


def _save(radar: Radar, root: Path, files: Mapping[str, bytes]) -> Path:
    sweep_unfinished(root)
    with unfinished_folder(root) as folder:
        for name, content in {**files, RADAR_FILE: _RADAR.dump_json(radar)}.items():
            (folder / name).write_bytes(content)
        final = root / _next_name(root, radar.report.day)
        publish_folder(folder, final)
    write_durably(root / LATEST, final.name.encode() + b"\n")
    for old in _list_runs(root)[:-KEPT]:
        rmtree(old, ignore_errors=True)
    return final


def load_radar(root: Path) -> Radar | None:
    """The last run, None if there was none yet. Raises `DamagedReport` if it cannot be read."""
    folder = last_run(root)
    return read_run(folder) if folder else None


def read_run(folder: Path) -> Radar:
    """The run of a folder. Raises `DamagedReport` if it cannot be read."""
    try:
        return _RADAR.validate_json((folder / RADAR_FILE).read_bytes())
    except (ValidationError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DamagedReport(f"{RADAR_FILE} is no report ({reason}); delete {folder.parent}, and the next run starts anew.") from error


def last_run(root: Path) -> Path | None:
    """The folder of the last run, None if there was none yet."""
    try:
        name = (root / LATEST).read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    return root / name if _RUN.fullmatch(name) and (root / name).is_dir() else None


def _next_name(root: Path, day: date) -> str:
    return f"{1 + max((int(run.name[:6]) for run in _list_runs(root)), default=0):06d}-{day.isoformat()}"


def _list_runs(root: Path) -> list[Path]:
    """The runs, oldest first."""
    return sorted(path for path in root.glob("*-*") if path.is_dir() and _RUN.fullmatch(path.name))


@contextmanager
def _only_writer(root: Path) -> Iterator[None]:
    """Two runs that end at the same time write one after the other."""
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
