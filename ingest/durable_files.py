"""Files that survive a power cut: either the old state stands or the new one, never half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

UNFINISHED = ".unfinished-"
"""Prefix of folders that a killed process leaves behind; the next one sweeps them away."""


def write_durably(path: Path, content: bytes) -> None:
    """Replaces a file in one step: readers see the old content or the new."""
    unfinished = path.with_name(f"{UNFINISHED}{path.name}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(path.parent)


@contextmanager
def unfinished_folder(parent: Path) -> Iterator[Path]:
    """A new folder beside the final place, gone at the end unless it was published."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=UNFINISHED, dir=parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def publish_folder(unfinished: Path, final: Path) -> None:
    """Gives a finished folder its name in one step, once all of it is on the disk."""
    for path in sorted(unfinished.rglob("*")):
        _sync_folder(path) if path.is_dir() else _sync_file(path)
    _sync_folder(unfinished)
    unfinished.rename(final)
    _sync_folder(final.parent)


def sweep_unfinished(parent: Path) -> None:
    """Removes what a killed process left in a folder."""
    for folder in parent.glob(f"{UNFINISHED}*"):
        rmtree(folder, ignore_errors=True) if folder.is_dir() else folder.unlink(missing_ok=True)


def file_digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path relative to it, in order of path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}


def file_digest(path: Path) -> str:
    """The sha256 of a file in hexadecimal."""
    return sha256(path.read_bytes()).hexdigest()


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
