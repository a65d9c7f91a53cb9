import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.dependencies import PUBLIC_ROUTES
from search_api.settings import Settings


@pytest.fixture
def client(small_index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(index=small_index)), raise_server_exceptions=False) as client:
        yield client


def search(client: TestClient, **request: object) -> dict:
    response = client.post("/api/search", json=request)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_section_that_answers_stands_first_with_its_place_and_its_literature(client: TestClient):
    first = search(client, q="interpersonal psychotherapy PTSD exposure")["results"][0]
    assert first["title"] == "Interpersonal Psychotherapy (IPT)"
    assert first["reviewed_on"] == "2026-03-01"
    passage = first["passage"]
    assert passage["citation"]["heading_path"] == ["Post-Traumatic Stress Disorder (PTSD)"]
    assert passage["citation"]["url"] == "https://clinic.example/therapies/ipt/#post-traumatic-stress-disorder-(ptsd)"
    assert [reference["doi"] for reference in passage["references"]] == ["10.1176/appi.ajp.2014.14070908"]


def test_the_answer_has_the_fields_of_the_contract_and_no_others(client: TestClient):
    body = search(client, q="PTSD")
    assert list(body) == ["query", "interpretation", "verdict", "answer", "results", "total", "crisis", "took_ms"]
    assert list(body["interpretation"]) == ["corrected", "expanded", "ambiguous"]
    assert list(body["results"][0]) == ["rank", "score", "title", "url", "section", "reviewed_on", "passage", "more"]
    assert list(body["results"][0]["passage"]) == ["passage_id", "text", "highlights", "citation", "references"]
    assert list(body["results"][0]["passage"]["citation"]) == [
        "title",
        "heading_path",
        "url",
        "fragment_url",
        "reviewed_on",
        "published_on",
    ]
    assert list(body["results"][0]["passage"]["references"][0]) == ["marker", "text", "url", "doi", "pmid"]


def test_a_missing_reference_is_not_shown_to_visitors(client: TestClient):
    passage = search(client, q="interpersonal psychotherapy PTSD exposure")["results"][0]["passage"]
    assert [reference["marker"] for reference in passage["references"]] == ["1"]


def test_highlights_point_at_the_words_that_were_asked_for(client: TestClient):
    passage = search(client, q="stopping early PTSD")["results"][0]["passage"]
    assert [passage["text"][start:end] for start, end in passage["highlights"]] == ["PTSD", "stopped", "early"]


def test_get_and_post_answer_alike(client: TestClient):
    by_get = client.get("/api/search", params={"q": "fees", "k": 2}).json()
    by_post = search(client, q="fees", k=2)
    assert by_get | {"took_ms": 0} == by_post | {"took_ms": 0}


def test_k_counts_pages_and_offset_goes_on(client: TestClient):
    both = [result["url"] for result in search(client, q="therapy session", k=2)["results"]]
    assert [search(client, q="therapy session", k=1, offset=at)["results"][0]["url"] for at in (0, 1)] == both


def test_results_can_be_kept_to_a_section_and_a_language(client: TestClient):
    assert {result["section"] for result in search(client, q="session", section="therapies")["results"]} == {"therapies"}
    assert [result["url"] for result in search(client, q="terapia", language="es")["results"]] == ["https://clinic.example/es/terapia/"]


@pytest.mark.parametrize(
    "request_body",
    [
        {"q": ""},
        {"q": "   "},
        {"q": "\x00\x07\u200b"},
        {"q": "x" * 10_001},
        {"q": "x", "k": 0},
        {"q": "x", "k": 10**9},
        {"q": "x", "offset": -1},
        {},
        {"q": "x", "kk": 1},
        {"q": 5},
    ],
)
def test_a_request_that_cannot_be_answered_says_why(client: TestClient, request_body: dict):
    response = client.post("/api/search", json=request_body)
    assert response.status_code == 422
    assert response.json()["error"]


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "PTSD\x00\x01\x02", "😀", "???", "the and of", "日本語の質問", "'; DROP TABLE", "\u202eDSTP"]
)
def test_an_odd_query_is_answered(client: TestClient, query: str):
    assert client.post("/api/search", json={"q": query}).status_code in (200, 422)
    assert client.post("/", data={"q": query}).status_code in (200, 422)


def test_the_page_works_without_scripts_and_marks_the_words(client: TestClient):
    page = client.post("/", data={"q": "PTSD exposure"}).text
    assert re.findall(r"<script[^>]*>(?!</script>)", page) == []
    assert "<mark>PTSD</mark>" in page
    assert "Post-Traumatic Stress Disorder (PTSD)" in page
    assert re.search(r'href="https://clinic.example/therapies/ipt/#post-traumatic[^"]*:~:text=', page)


def test_stored_markup_and_typed_markup_are_escaped(client: TestClient):
    page = client.post("/", data={"q": "<script>alert(1)</script> fees session dollars"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert" in page


def test_an_empty_form_shows_the_form_again(client: TestClient):
    response = client.post("/", data={"q": "  "})
    assert response.status_code == 200
    assert 'role="search"' in response.text


def test_nothing_of_a_third_party_is_allowed_on_the_page(client: TestClient):
    response = client.get("/")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["referrer-policy"] == "no-referrer"
    assert re.findall(r'(?:src|href)="(?!/|#|tel:)([^"]+)"', response.text) == []


def test_health_and_readiness_answer(client: TestClient):
    assert client.get("/healthz").text == "ok"
    assert client.get("/readyz").status_code == 200


def test_style_sheets_are_served_and_nothing_else_of_the_disk(client: TestClient):
    assert client.get("/static/search.css").headers["content-type"].startswith("text/css")
    assert client.get("/static/..%2fapp.py").status_code == 404
    assert client.get("/static/app.py").status_code == 404


def test_every_route_is_public_by_name_or_refuses_a_stranger(small_index: Path):
    app = create_app(Settings(index=small_index))
    routes = list(iter_route_contexts(app.routes))
    assert {route.name for route in routes} >= {"search", "search_page", "healthz"}
    with TestClient(app) as client:
        for route in routes:
            if route.name not in PUBLIC_ROUTES:
                for method in route.methods:
                    assert client.request(method, route.path).status_code in (401, 403), route.name


def test_a_route_added_tomorrow_refuses_a_stranger(small_index: Path):
    app = create_app(Settings(index=small_index))

    @app.get("/staff/new")
    def new_route() -> str:
        return "secret"

    with TestClient(app) as client:
        assert client.get("/staff/new").status_code == 401


def test_no_document_describes_the_service_to_strangers(client: TestClient):
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]
