from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from gaps.schema import band_of
from search_api.app import create_app
from search_api.settings import Settings

WORDS = "pterodactyl"


@pytest.fixture
def app(small_index: Path, tmp_path: Path) -> FastAPI:
    return create_app(Settings(index=small_index, access=tmp_path / "tokens.json"))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        yield client


def samples(client: TestClient) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, in the alphabetical order of the labels."""
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(answer.text)
    rows = [sample for family in families for sample in family.samples]
    return {(row.name, *(value for _, value in sorted(row.labels.items()))): row.value for row in rows}


def test_requests_are_counted_by_route_method_and_status(client: TestClient):
    for query in ("fees", "PTSD", ""):
        client.post("/api/search", json={"q": query})
    counted = samples(client)
    assert counted["clinic_search_requests_total", "POST", "search_post", "200"] == 2
    assert counted["clinic_search_requests_total", "POST", "search_post", "422"] == 1
    assert counted["clinic_search_request_seconds_count", "search_post"] == 3
    assert 0 < counted["clinic_search_request_seconds_sum", "search_post"] < 10


def test_searches_are_counted_by_verdict_and_band_but_not_while_somebody_types(client: TestClient):
    verdict = client.post("/api/search", json={"q": "fees"}).json()["verdict"]
    band = band_of(client.app.state.live_index.searcher().search("fees").confidence)  # type: ignore[attr-defined]
    client.post("/api/search", json={"q": "fees"}, headers={"search-live": "1"})
    client.post("/api/search", json={"q": "fees", "offset": 1})
    counted = [(name[1:], value) for name, value in samples(client).items() if name[0] == "clinic_search_searches_total"]
    assert counted == [((band, verdict), 1)]


def test_no_word_and_no_address_is_among_them(client: TestClient):
    client.get("/api/search", params={"q": WORDS})
    client.post("/", data={"q": WORDS})
    client.get(f"/{WORDS}?q={WORDS}")
    client.request(WORDS.upper(), "/")
    client.get("/", headers={"user-agent": WORDS, "cookie": WORDS, "x-forwarded-for": WORDS})
    said = client.get("/metrics").text
    assert "clinic_search_requests_total" in said
    assert WORDS not in said.lower()
    assert "127.0.0.1" not in said


def test_a_stranger_cannot_add_rows_without_end(client: TestClient):
    client.get("/")
    client.get("/nothing")
    client.request("FIRST", "/")
    before = len(samples(client))
    for number in range(20):
        client.get(f"/nothing-{number}")
        client.request(f"METHOD{number}", "/")
    assert len(samples(client)) == before + len({name for name in samples(client) if "metrics" in name})


def test_other_machines_need_a_token(app: FastAPI):
    with TestClient(app, client=("192.0.2.1", 1)) as client:
        assert client.get("/metrics").status_code == 401
