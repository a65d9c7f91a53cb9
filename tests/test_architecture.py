"""The rules of the house that a machine can check."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("safety", "ingest", "index", "gaps", "search_api", "evaluation")
"""From left to right: a room imports only rooms to its left."""
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
HTTP_AND_ENVIRONMENT = {"fastapi", "starlette", "uvicorn", "typer", "pydantic_settings"}


def imported_modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def room_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_room_imports_only_rooms_to_its_left(file: Path):
    allowed = ROOMS[: ROOMS.index(room_of(file)) + 1]
    strangers = [name for name in imported_modules(file) if name.split(".")[0] in ROOMS and name.split(".")[0] not in allowed]
    assert strangers == []


def test_only_search_api_knows_http_the_command_line_and_the_environment():
    allowed = {"search_api", "evaluation"}
    knowing = {
        str(file.relative_to(ROOT))
        for file in FILES
        if room_of(file) not in allowed and HTTP_AND_ENVIRONMENT.intersection(name.split(".")[0] for name in imported_modules(file))
    }
    assert knowing == set()


@pytest.mark.parametrize("room", ["ingest", "index", "search_api"])
def test_every_room_opens_with_its_nouns(room: str):
    assert (ROOT / room / "schema.py").exists()


def test_no_file_is_named_after_a_drawer_or_a_library():
    drawers = {"common", "core", "utils", "helpers", "misc", "html", "types", "faiss", "bm25s", "typing"}
    assert [str(file.relative_to(ROOT)) for file in FILES if file.stem in drawers] == []


def test_the_tests_are_no_packages():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_test_file_of_a_room_mirrors_a_source_file():
    sources = {(room_of(file), file.stem) for file in FILES}
    strays = [
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / "tests" / room).glob("test_*.py")
        if not any(owner == room and file.stem.removeprefix("test_").endswith(stem) for owner, stem in sources)
    ]
    assert strays == []
