"""A site on disk: what `clinic-search ingest` writes and `clinic-search build` reads, one JSON object a line.

`site.json` names the folder that holds the current version and a checksum per file. A new version is written beside the old one and
`site.json` is replaced last, so that a killed process or a full disk leaves the last good state.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ingest.durable_files import file_digest, file_digests, publish_folder, sweep_unfinished, unfinished_folder, write_durably
from ingest.errors import DamagedSite, NothingToRead
from ingest.schema import Article, LedgerEntry, MenuEntry, Site, StrippedPage

POINTER = "site.json"
VERSION_PREFIX = "site-"
Noun = TypeVar("Noun")


def write_site(site: Site, directory: Path) -> None:
    """Writes all of a site into a folder, in place of the site that it held."""
    directory.mkdir(parents=True, exist_ok=True)
    sweep_unfinished(directory)
    with unfinished_folder(directory) as unfinished:
        write_nouns(unfinished / "articles.jsonl", site.articles)
        write_nouns(unfinished / "stripped_pages.jsonl", site.stripped_pages)
        write_nouns(unfinished / "menu.jsonl", site.menu)
        write_nouns(unfinished / "ledger.jsonl", site.ledger)
        digests = file_digests(unfinished)
        version = VERSION_PREFIX + sha256(json.dumps(digests).encode()).hexdigest()[:12]
        rmtree(directory / version, ignore_errors=True)
        publish_folder(unfinished, directory / version)
    write_durably(directory / POINTER, json.dumps({"version": version, "sha256": digests}, indent=2).encode() + b"\n")
    for old in directory.glob(f"{VERSION_PREFIX}*/"):
        if old.name != version:
            rmtree(old, ignore_errors=True)


def read_site(directory: Path) -> Site:
    """The site that `write_site` wrote into a folder.

    Raises:
        NothingToRead: the folder holds no ingested site.
        DamagedSite: a file is missing or was changed since.
    """
    folder = verify_site(directory)
    return Site(
        articles=tuple(read_nouns(folder / "articles.jsonl", Article)),
        stripped_pages=tuple(read_nouns(folder / "stripped_pages.jsonl", StrippedPage)),
        menu=tuple(read_nouns(folder / "menu.jsonl", MenuEntry)),
        ledger=tuple(read_nouns(folder / "ledger.jsonl", LedgerEntry)),
    )


def read_articles(directory: Path) -> list[Article]:
    """The articles of a site alone: what a server needs of it."""
    return read_nouns(verify_site(directory) / "articles.jsonl", Article)


def read_menu(directory: Path) -> list[MenuEntry]:
    """The menus of a site alone. Raises as `read_site` does."""
    return read_nouns(verify_site(directory) / "menu.jsonl", MenuEntry)


def verify_site(directory: Path) -> Path:
    """The folder of the current version, every file of it checked. Raises as `read_site` does."""
    try:
        pointer = json.loads((directory / POINTER).read_text("utf-8"))
        folder, digests = directory / str(pointer["version"]), dict(pointer["sha256"])
    except FileNotFoundError as error:
        raise NothingToRead(
            f"{directory} holds no ingested site; write one with: clinic-search ingest LOCATION --out {directory}"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedSite(
            f"{directory / POINTER} is damaged; write it again with: clinic-search ingest LOCATION --out {directory}"
        ) from error
    for name, digest in digests.items():
        if not (folder / name).is_file() or file_digest(folder / name) != digest:
            raise DamagedSite(
                f"{folder / name} is missing or damaged; write it again with: clinic-search ingest LOCATION --out {directory}"
            )
    return folder


def write_nouns(path: Path, nouns: Sequence[object]) -> None:
    """Writes dataclasses of one kind to a file, one JSON object a line."""
    with path.open("wb") as file:
        file.writelines(_json_lines(nouns))


def _json_lines(nouns: Sequence[object]) -> Iterable[bytes]:
    for noun in nouns:
        yield _adapter(type(noun)).dump_json(noun, exclude_defaults=True) + b"\n"


def read_nouns(path: Path, kind: type[Noun]) -> list[Noun]:
    """The dataclasses that `write_nouns` wrote. Raises `DamagedSite` if a line is not one of them."""
    adapter = _adapter(kind)
    try:
        with path.open("rb") as file:
            return [adapter.validate_json(line) for line in file]
    except (ValidationError, OSError) as error:
        raise DamagedSite(f"{path} cannot be read as {kind.__name__} lines: {str(error).splitlines()[0]}") from error


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
"""Made once: pydantic takes a hundredth of a second for each."""
