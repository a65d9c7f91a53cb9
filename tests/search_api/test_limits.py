from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from search_api.app import create_app
from search_api.clients import is_loopback, network_of
from search_api.clinic import Clinic, parse_clinic
from search_api.errors import ClinicFileError, TooManyTries
from search_api.headers import SECURITY_HEADERS
from search_api.limits import MAX_BODY_BYTES, ClientLimits
from search_api.settings import Settings

ORIGIN = "https://www.clinic.example"
PREFLIGHT = {"origin": ORIGIN, "access-control-request-method": "POST", "access-control-request-headers": "content-type,search-live"}


@pytest.fixture
def app(small_index: Path, tmp_path: Path) -> FastAPI:
    site = tmp_path / "clinic.toml"
    site.write_text(f'[widget]\norigins = ["{ORIGIN}"]\n', "utf-8")
    return create_app(Settings(index=small_index, access=tmp_path / "tokens.json", site=site, rate="3/minute"))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        yield client


def test_a_client_that_asks_too_much_waits_and_the_others_do_not(app: FastAPI):
    with TestClient(app, client=("192.0.2.1", 1)) as greedy:
        assert [greedy.get("/").status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = greedy.post("/api/search", json={"q": "x"})
        assert refused.status_code == 429
        assert refused.json() == {"error": "Too many requests; please wait a moment."}
        assert 0 < int(refused.headers["retry-after"]) <= 120
    with TestClient(app, client=("192.0.2.2", 1)) as other:
        assert other.get("/").status_code == 200


def test_a_browser_that_asks_too_much_gets_a_page(app: FastAPI):
    with TestClient(app, client=("192.0.2.1", 1), headers={"accept": "text/html"}) as greedy:
        refused = [greedy.get("/") for _ in range(4)][-1]
    assert refused.status_code == 429
    assert "too many searches" in refused.text
    assert 'role="search"' in refused.text


def test_files_and_health_are_not_counted(app: FastAPI):
    with TestClient(app, client=("192.0.2.1", 1)) as client:
        assert {client.get(path).status_code for path in ("/healthz", "/readyz", "/static/search.css") for _ in range(4)} == {200}


def test_the_machine_itself_is_not_counted(client: TestClient):
    assert {client.get("/").status_code for _ in range(5)} == {200}


def test_a_household_counts_once_whichever_of_its_addresses_it_uses():
    limits = ClientLimits("1/minute")
    limits.admit("2001:db8:1:2::1")
    with pytest.raises(TooManyTries):
        limits.admit("2001:db8:1:2:ffff::9")
    limits.admit("2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_which_addresses_are_one_client(one: str, other: str, same: bool):
    assert (network_of(one) == network_of(other)) is same


def test_loopback_is_this_machine_and_nothing_else():
    asked = ("127.0.0.1", "127.8.8.8", "::1", "192.0.2.1", "localhost.evil.example", "", "testclient")
    assert [is_loopback(address) for address in asked] == [True, True, True, False, False, False, False]


def test_no_address_is_held():
    limits = ClientLimits("1/minute")
    limits.admit("192.0.2.77")
    limits.count_wrong_token("192.0.2.77", "0123456789ab")
    held = str(vars(limits._counter.storage))
    assert "request" in held
    assert "192.0.2.77" not in held


def test_another_start_of_the_process_knows_a_client_by_another_name():
    assert ClientLimits("1/minute")._client("192.0.2.1") != ClientLimits("1/minute")._client("192.0.2.1")


def test_a_rate_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="rate"):
        Settings(rate="a lot")


@pytest.mark.parametrize("size", [MAX_BODY_BYTES + 1, 40 * MAX_BODY_BYTES])
def test_a_request_that_says_that_it_is_too_large_is_refused_unread(client: TestClient, size: int):
    def never() -> Iterator[bytes]:
        yield b"x"

    answer = client.post("/api/search", content=never(), headers={"content-type": "application/json", "content-length": str(size)})
    assert answer.status_code == 413
    assert "at most 256 KiB" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/api/search", "/", "/sign-in"])
def test_a_request_that_does_not_say_so_is_refused_as_soon_as_it_is_too_large(client: TestClient, path: str):
    sent = []

    def endless() -> Iterator[bytes]:
        for _ in range(10_000):
            sent.append(1)
            yield b"x" * 8192

    kind = "application/json" if path == "/api/search" else "application/x-www-form-urlencoded"
    assert client.post(path, content=endless(), headers={"content-type": kind}).status_code == 413


def test_the_longest_query_passes_however_it_is_written(client: TestClient):
    body = b'{"q": "fees ' + rb"\ud83d\ude00" * 9_995 + b'"}'
    assert client.post("/api/search", content=body, headers={"content-type": "application/json"}).status_code == 200


def test_the_widgets_site_may_ask_and_no_other(client: TestClient):
    allowed = client.options("/api/search", headers=PREFLIGHT)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    refused = client.options("/api/search", headers=PREFLIGHT | {"origin": "https://evil.example"})
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers
    answer = client.post("/api/search", json={"q": "fees"}, headers={"origin": ORIGIN})
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-credentials" not in answer.headers
    assert "access-control-allow-origin" not in client.post("/api/search", json={"q": "fees"}, headers={"origin": "null"}).headers


def test_no_site_may_ask_unless_the_clinic_names_it():
    assert Clinic().widget.origins == ()


@pytest.mark.parametrize(
    "origin", ["*", "https://a.example/", "https://a.example/path", "ftp://a.example", "a.example", "https://*.example", "null"]
)
def test_an_origin_that_is_none_is_named(origin: str):
    with pytest.raises(ClinicFileError, match=r"widget.origins"):
        parse_clinic(f'[widget]\norigins = ["{origin}"]')


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/nothing", 404),
        ("GET", "/staff", 401),
        ("PUT", "/", 405),
        ("POST", "/api/search", 422),
        ("GET", "/broken", 500),
    ],
)
def test_every_answer_carries_the_security_headers(app: FastAPI, method: str, path: str, status: int):
    _add_broken_route(app)
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        answer = client.request(method, path)
    assert answer.status_code == status
    assert SECURITY_HEADERS.items() <= dict(answer.headers).items()
    assert answer.headers["cache-control"] == "no-store"


def test_only_a_browser_that_came_by_https_is_bound_to_it(app: FastAPI):
    asked = {scheme: TestClient(app, base_url=f"{scheme}://clinic.example").get("/healthz").headers for scheme in ("http", "https")}
    assert {scheme for scheme, headers in asked.items() if "strict-transport-security" in headers} == {"https"}


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_an_unforeseen_error_tells_the_client_nothing_and_the_log_only_where(app: FastAPI, caplog: pytest.LogCaptureFixture, accept: str):
    _add_broken_route(app)
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        answer = client.get("/broken", headers={"accept": accept})
    assert answer.status_code == 500
    for said in (answer.text, caplog.text):
        assert "I feel so alone" not in said
    assert "Traceback" not in answer.text
    assert ".py" not in answer.text
    assert "KeyError" in caplog.text
    assert "test_limits.py" in caplog.text


def test_errors_name_no_path(app: FastAPI, tmp_path: Path):
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        for path in ("/static/..%2f..%2fetc%2fpasswd", "/static/%2e%2e/app.py", "/static/x.css", "/" + "x" * 2000, "/api/search?q=x&k=z"):
            answer = client.get(path)
            assert answer.status_code in (404, 422)
            assert "/work" not in answer.text
            assert str(tmp_path) not in answer.text
            assert "search_api" not in answer.text


def test_what_was_asked_is_no_part_of_a_page_that_is_not_found(client: TestClient):
    page = client.get("/%3Cscript%3Ealert(1)%3C/script%3E", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "alert(1)" not in page.text


def _add_broken_route(app: FastAPI) -> None:
    def broken() -> PlainTextResponse:
        raise KeyError("I feel so alone")

    app.add_api_route("/broken", broken, name="healthz")
