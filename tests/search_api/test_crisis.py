import shutil
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from index.builder import build_index
from index.embedders import load_embedder
from index.errors import BadQuery, SearchIndexError
from ingest.schema import Site
from search_api.app import create_app
from search_api.asking import ask_index
from search_api.clinic import Clinic, Contact, parse_clinic
from search_api.crisis import find_crisis, panel_text, warn_if_overdue
from search_api.errors import ClinicFileError
from search_api.settings import Settings

CLINIC = Clinic(name="Harbor Clinic", contact=Contact(phone="(541) 555-0142"))
WORDS = "I want to kill myself"


class BrokenSearcher:
    """A search whose model is gone."""

    def search(self, *_: object, **__: object) -> None:
        raise RuntimeError("the model is gone")


def client_of(root: Path, searcher: object | None = None, *, help_without_index: bool = False) -> TestClient:
    app = create_app(Settings(index=root, help_without_index=help_without_index))
    if searcher:
        app.state.live_index = SimpleNamespace(searcher=lambda: searcher)
    return TestClient(app, client=("127.0.0.1", 50000))


def test_a_crisis_gets_the_panel_in_the_visitors_language():
    found = find_crisis(WORDS, "es", clinic=CLINIC)
    assert found is not None
    assert found.class_ == "crisis"
    assert found.panel.heading == panel_text(CLINIC, "es").heading
    assert {"tel:988", "sms:988", "tel:911", "tel:5415550142"} <= {line.href for line in found.panel.lines}


def test_any_other_question_gets_none():
    assert find_crisis("what does a session cost", "en", clinic=CLINIC) is None


def test_the_wire_holds_the_panel_and_no_answer(small_index: Path):
    body = client_of(small_index).post("/api/search", json={"q": WORDS}).json()
    assert body["crisis"]["class"] == "crisis"
    assert body["crisis"]["panel"]["lines"]
    assert body["answer"] is None


def test_the_panel_comes_from_page_and_api_even_if_the_search_is_broken(small_index: Path):
    client = client_of(small_index, BrokenSearcher())
    assert client.post("/api/search", json={"q": WORDS}).json()["crisis"]["class"] == "crisis"
    page = client.post("/", data={"q": WORDS})
    assert page.status_code == 200
    assert 'href="tel:988"' in page.text


def test_any_other_question_to_a_broken_search_is_an_error(small_index: Path):
    assert client_of(small_index, BrokenSearcher()).post("/api/search", json={"q": "fees"}).status_code == 500


LONG = "word " * 3000


@pytest.mark.parametrize("question", [f"{WORDS}. {LONG}", f"{LONG} {WORDS}", f"{LONG} i want to kil myslef"])
def test_a_question_too_long_to_search_for_still_gets_help_first(small_index: Path, question: str):
    client = client_of(small_index)
    page = client.post("/", data={"q": question})
    assert page.status_code == 200
    assert 'href="tel:988"' in page.text
    for answer in (client.post("/api/search", json={"q": question}), client.get("/api/search", params={"q": question})):
        assert answer.status_code == 200
        assert answer.json()["crisis"]["class"] == "crisis"
        assert answer.json()["answer"] is None
    asked = ask_index(question, small_index, k=3, settings=Settings(index=small_index))
    assert asked.crisis
    assert asked.crisis.class_ == "crisis"


def test_any_other_question_that_is_too_long_is_refused_everywhere(small_index: Path):
    client = client_of(small_index)
    assert client.post("/", data={"q": LONG}).status_code == 422
    answer = client.post("/api/search", json={"q": LONG})
    assert (answer.status_code, list(answer.json())) == (422, ["error"])
    with pytest.raises(BadQuery, match="too long"):
        ask_index(LONG, small_index, k=3, settings=Settings(index=small_index))


@pytest.mark.parametrize("rest", [{"k": 0}, {"offset": -1}, {"unknown": "x"}])
def test_help_stands_beside_whatever_else_is_wrong_with_the_request(small_index: Path, rest: dict[str, object]):
    client = client_of(small_index)
    for answer in (client.post("/api/search", json={"q": WORDS} | rest), client.get("/api/search", params={"q": WORDS} | rest)):
        assert answer.status_code == 422
        assert answer.json()["error"]
        assert answer.json()["crisis"]["panel"]["lines"]
    assert "crisis" not in client.post("/api/search", json={"q": "fees"} | rest).json()


def test_help_stands_on_the_page_beside_whatever_else_is_wrong(small_index: Path):
    page = client_of(small_index).post("/", data={"q": WORDS, "show": "no number"}, headers={"accept": "text/html"})
    assert page.status_code == 422
    assert 'href="tel:988"' in page.text


def test_words_of_a_crisis_in_json_that_cannot_be_read_get_help(small_index: Path):
    answer = client_of(small_index).post("/api/search", content=f'{{"q": "{WORDS}', headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["crisis"]["class"] == "crisis"


def test_the_vote_is_asked_where_there_is_one():
    found = find_crisis("purple lamps", "en", clinic=CLINIC, similarity=lambda _: 1.0)
    assert found is not None
    assert found.class_ == "crisis"


def test_an_overdue_panel_is_warned_about_with_its_owner(caplog):
    panel = CLINIC.crisis_panel
    warn_if_overdue(CLINIC, panel.review_by)
    assert not caplog.records
    warn_if_overdue(CLINIC, panel.review_by + timedelta(days=1))
    assert panel.owner in caplog.text


def test_a_clinic_may_write_its_own_panel():
    own = tomllib.loads(files("safety").joinpath("crisis_panel.toml").read_text("utf-8"))
    own["en"]["heading"] = "Stay with us."
    assert panel_text(Clinic(crisis=own), "en").heading == "Stay with us."


def test_a_clinics_file_with_an_incomplete_panel_is_refused():
    with pytest.raises(ClinicFileError, match="crisis"):
        parse_clinic('[crisis]\nowner = "Dr. Lee"\n')


def test_nothing_finishes_words_of_a_crisis(small_index: Path):
    class Suggesting:
        def suggest(self, *_: object) -> list[str]:
            return ["a topic"]

    client = client_of(small_index, Suggesting())
    assert client.post("/api/suggest", json={"q": WORDS}).json()["suggestions"] == []
    assert client.post("/api/suggest", json={"q": "fe"}).json()["suggestions"] == ["a topic"]


@pytest.fixture
def own_index(small_index: Path, tmp_path: Path) -> Path:
    """A copy of the small index that a test may damage."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))


def damage(index: Path) -> None:
    for file in index.rglob("*"):
        if file.is_file() and file.name != "CURRENT":
            file.write_bytes(b"damaged")


def vanish(index: Path) -> None:
    shutil.rmtree(index)


@pytest.mark.parametrize("harm", [damage, vanish])
def test_an_index_that_is_damaged_while_it_is_served_takes_no_panel_away(own_index: Path, harm):
    client = client_of(own_index)
    harm(own_index)
    assert client.post("/api/search", json={"q": WORDS}).json()["crisis"]["class"] == "crisis"
    assert 'href="tel:988"' in client.post("/", data={"q": WORDS}).text


@pytest.mark.parametrize("harm", [damage, vanish])
def test_an_index_that_cannot_be_used_stops_the_start_and_names_the_repair(own_index: Path, harm):
    harm(own_index)
    with pytest.raises(SearchIndexError, match="clinic-search build"):
        create_app(Settings(index=own_index))


@pytest.mark.parametrize("harm", [damage, vanish])
def test_a_server_told_to_help_without_an_index_answers_a_crisis_and_tells_others_that_it_cannot(own_index: Path, harm):
    harm(own_index)
    client = client_of(own_index, help_without_index=True)
    page = client.post("/", data={"q": WORDS}, headers={"accept": "text/html"})
    assert (page.status_code, 'href="tel:988"' in page.text) == (200, True)
    answer = client.get("/api/search", params={"q": WORDS})
    assert (answer.status_code, answer.json()["crisis"]["class"]) == (200, "crisis")
    assert client.post("/api/search", json={"q": "fees"}).status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/").status_code == 200


def test_such_a_server_takes_up_the_next_good_index(own_index: Path, small_site: Site):
    damage(own_index)
    client = client_of(own_index, help_without_index=True)
    build_index(small_site, own_index, embedder=load_embedder("hashing"), created_on=date(2026, 11, 26))
    assert client.post("/api/search", json={"q": "fees"}).status_code == 200
