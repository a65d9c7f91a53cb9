from datetime import date
from pathlib import Path

import pytest

from ingest.errors import DamagedSite, NothingToRead
from ingest.schema import (
    Article,
    Block,
    LedgerEntry,
    Link,
    Marker,
    MenuEntry,
    Metadata,
    Reference,
    Section,
    Sentence,
    Site,
    StrippedBlock,
    StrippedPage,
)
from ingest.site_files import read_site, write_site

SITE = Site(
    articles=(
        Article(
            "https://c.example/a",
            "Tïtle",
            "One sentence.\nTwo.",
            (Section(("Tïtle", "H"), "h", 0, 18, (Sentence(0, 13, markers=("1",)), Sentence(14, 18, "list_item", block=1))),),
            (Reference("1", "A study", doi="10.1/x"),),
            (Marker("1", 13),),
            (Link("x", "https://c.example/b", 0, 3),),
            Metadata(title="T", reviewed_on=date(2026, 1, 2)),
            "therapies",
        ),
    ),
    stripped_pages=(
        StrippedPage("https://c.example/a", (Block("x", dom_path=("html", "p")),), (StrippedBlock(Block("menu"), "menu", 9),)),
    ),
    menu=(MenuEntry(("A", "B"), "https://c.example/b", True),),
    ledger=(LedgerEntry("https://c.example/a", "indexed"),),
)


def test_a_site_comes_back_as_it_was_written(tmp_path: Path):
    write_site(SITE, tmp_path / "site")
    assert read_site(tmp_path / "site") == SITE


def test_the_last_good_site_stays_when_writing_fails_half_way(tmp_path: Path):
    write_site(SITE, tmp_path)
    with pytest.raises(TypeError):
        write_site(Site(SITE.articles, SITE.stripped_pages, SITE.menu, None), tmp_path)  # type: ignore[arg-type]
    assert read_site(tmp_path) == SITE
    assert not list(tmp_path.glob(".unfinished*"))


def test_a_new_site_takes_the_place_of_the_old_and_other_files_stay(tmp_path: Path):
    (tmp_path / "clinic.toml").write_text("")
    write_site(SITE, tmp_path)
    write_site(Site((), (), (), ()), tmp_path)
    assert read_site(tmp_path) == Site((), (), (), ())
    assert sorted(path.name.split("-")[0] for path in tmp_path.iterdir()) == ["clinic.toml", "site", "site.json"]


def test_a_folder_without_a_site_is_refused_with_the_command_that_writes_one(tmp_path: Path):
    with pytest.raises(NothingToRead, match="clinic-search ingest"):
        read_site(tmp_path)


def test_a_changed_file_is_refused(tmp_path: Path):
    write_site(SITE, tmp_path)
    next(tmp_path.glob("site-*/articles.jsonl")).write_text("{}")
    with pytest.raises(DamagedSite, match=r"articles.jsonl"):
        read_site(tmp_path)
