from collections.abc import Callable
from pathlib import Path

import pytest

from index.lexicon import HiddenPage, LexiconEntry, PinnedPage
from search_api.clinic import parse_clinic
from search_api.dependencies import LiveIndex
from search_api.settings import DEFAULT_MODEL

BASE = "https://clinic.example"
FILE = f"""
[vocabulary]
add = [{{kind = "means", form = "wobbly", meaning = "anxiety"}}, {{form = "talk group", meaning = "group therapy"}}]
forbid = ["IPT"]

[[pinned]]
query = "therapy"
url = "{BASE}/fees/"
reason = "fees changed in May"

[[hidden]]
url = "{BASE}/therapies/emdr/"
reason = "being rewritten"
"""


@pytest.fixture
def clinic_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = tmp_path / "clinic.toml"
        file.write_text(text)
        return file

    return write


def test_the_tables_of_the_file_become_the_rules_of_the_search():
    rules = parse_clinic(FILE).search_rules()
    assert rules.entries == (LexiconEntry("means", "wobbly", "anxiety"), LexiconEntry("same", "talk group", "group therapy"))
    assert rules.forbidden == {"IPT"}
    assert rules.pinned == (PinnedPage("therapy", f"{BASE}/fees/", "fees changed in May"),)
    assert rules.hidden == (HiddenPage(f"{BASE}/therapies/emdr/", "being rewritten"),)


def test_what_is_served_keeps_to_the_clinics_file(small_index: Path, clinic_file: Callable[[str], Path]):
    searcher = LiveIndex(small_index, DEFAULT_MODEL, clinic_file(FILE)).searcher()
    assert searcher.search("therapy").results[0].url == f"{BASE}/fees/"
    assert f"{BASE}/therapies/emdr/" not in {result.url for result in searcher.search("EMDR", cut_tail=False).results}
    assert searcher.search("IPT").interpretation.expanded == ()


def test_a_rule_for_an_unknown_page_is_logged(small_index: Path, clinic_file: Callable[[str], Path], caplog: pytest.LogCaptureFixture):
    LiveIndex(small_index, DEFAULT_MODEL, clinic_file("[[hidden]]\nurl = 'https://clinic.example/typo/'\nreason = 'old'"))
    assert "https://clinic.example/typo/" in caplog.text
