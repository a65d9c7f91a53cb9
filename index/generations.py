"""Generations of an index: each a folder of its own, complete and checked, with CURRENT naming the one that answers."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import rmtree

from pydantic import TypeAdapter, ValidationError

from index.answer_bar import AnswerBar
from index.calibration import Calibration
from index.errors import DamagedIndex, MissingIndex, SearchIndexError
from index.fusion import FusionWeights
from ingest.durable_files import file_digest, file_digests, publish_folder, sweep_unfinished, unfinished_folder, write_durably

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
FORMAT = 3
"""Raised whenever an older index can no longer be read."""
KEPT = 3
"""Generations kept: the one that answers and two to go back to."""
GENERATION = re.compile(r"\d{6}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """How an index was made, and a checksum of every file of it."""

    embedder: str
    model_digest: str
    dimension: int
    token_basis: str = ""
    """The space of the vectors of tokens; "" if there are none."""
    store: str
    created_on: date
    corpus_digest: str
    articles: int
    passages: int
    weights: FusionWeights = field(default_factory=FusionWeights)
    calibration: Calibration = field(default_factory=Calibration)
    answer_bar: AnswerBar = field(default_factory=AnswerBar)
    format: int = FORMAT
    files: dict[str, str] = field(default_factory=dict)


_MANIFEST = TypeAdapter(Manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest of a generation, with the checksums of all files that stand there now."""
    content = _MANIFEST.dump_python(manifest) | {"files": file_digests(folder)}
    (folder / MANIFEST).write_bytes(_MANIFEST.dump_json(Manifest(**{**_fields(manifest), "files": content["files"]}), indent=2) + b"\n")


def _fields(manifest: Manifest) -> dict[str, object]:
    return {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}


def read_manifest(folder: Path, *, repair: str = "") -> Manifest:
    """The manifest of a generation. Raises `DamagedIndex` if it cannot be read or is of another format."""
    try:
        manifest = _MANIFEST.validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise DamagedIndex(f"{folder / MANIFEST} is missing or damaged. {repair or repair_hint(folder.parent)}") from error
    if manifest.format != FORMAT:
        raise DamagedIndex(f"{folder} has format {manifest.format}, this version reads {FORMAT}. {repair or repair_hint(folder.parent)}")
    return manifest


def verify_generation(folder: Path) -> Manifest:
    """The manifest of a generation, every file of it checked. Raises `DamagedIndex`."""
    manifest = read_manifest(folder)
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or file_digest(path) != digest:
            raise DamagedIndex(f"{path} is missing or does not match its checksum. {repair_hint(folder.parent)}")
    return manifest


def repair_hint(root: Path) -> str:
    """The sentence that says how to repair an index."""
    back = f", or go back to the generation before with: clinic-search rollback --index {root}" if len(list_generations(root)) > 1 else ""
    return f"Build it again with: clinic-search build --from DIR --index {root}{back}"


def current_generation(root: Path) -> Path:
    """The folder that answers. Raises `MissingIndex` if there is none."""
    try:
        name = (root / CURRENT).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise MissingIndex(f"There is no index in {root}. {repair_hint(root)}") from error
    if not GENERATION.fullmatch(name) or not (root / name).is_dir():
        raise MissingIndex(f"{root / CURRENT} names {name[:40]!r}, which is no generation of this index. {repair_hint(root)}")
    return root / name


def list_generations(root: Path) -> list[Path]:
    """The generations of an index, oldest first."""
    return sorted(path for path in root.glob("*-*") if path.is_dir() and GENERATION.fullmatch(path.name))


@contextmanager
def new_generation(root: Path) -> Iterator[Path]:
    """A folder to write a generation into; on leaving without an error it is published and becomes CURRENT.

    Until then nothing of it can be seen; a killed process or a full disk leaves the last generation answering.

    Raises:
        SearchIndexError: another build writes into this index.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _only_builder(root):
        sweep_unfinished(root)
        with unfinished_folder(root) as folder:
            yield folder
            number = 1 + max((int(path.name[:6]) for path in list_generations(root)), default=0)
            final = root / f"{number:06d}-{file_digest(folder / MANIFEST)[:12]}"
            publish_folder(folder, final)
        make_current(root, final.name)
        _drop_old(root)


def make_current(root: Path, name: str) -> None:
    """Lets a generation answer, once it is checked. Raises `DamagedIndex` or `MissingIndex`."""
    if not GENERATION.fullmatch(name) or not (root / name).is_dir():
        raise MissingIndex(
            f"{root} has no generation {name!r}; it has {', '.join(path.name for path in list_generations(root)) or 'none'}."
        )
    verify_generation(root / name)
    write_durably(root / CURRENT, name.encode() + b"\n")


def roll_back(root: Path) -> Path:
    """The generation before the current one, which answers from now on. Raises `MissingIndex` if there is none."""
    current = current_generation(root)
    earlier = [path for path in list_generations(root) if path.name < current.name]
    if not earlier:
        raise MissingIndex(f"There is no generation before {current.name} in {root} to go back to.")
    make_current(root, earlier[-1].name)
    return earlier[-1]


def _drop_old(root: Path) -> None:
    for folder in list_generations(root)[:-KEPT]:
        rmtree(folder, ignore_errors=True)


@contextmanager
def _only_builder(root: Path) -> Iterator[None]:
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SearchIndexError(f"Another build writes into {root}; wait for it to end, then start this one again.") from error
        yield
