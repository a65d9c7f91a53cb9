"""Whatever a stranger sends, the service answers, and never with its own failure; what our OpenAPI document allows: test_robustness.py."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search_api.app import create_app
from search_api.settings import Settings

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
EXAMPLES = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
any_text = st.text(st.characters(), max_size=300)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def app(small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(index=small_index, access=tmp_path_factory.mktemp("access") / "tokens.json", rate="1000000/second"))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@EXAMPLES
@given(query=any_text)
@example(query="\x00")
@example(query="\u202e" * 200)
@example(query="a" * 10_000)
@example(query="\N{COMBINING ACUTE ACCENT}" * 5_000)
@example(query="<script>alert(1)</script>' OR 1=1 -- {{7*7}} ${7*7} %s %00 ../../etc/passwd")
@example(query="(" * 5_000)
def test_any_query_is_answered_on_every_way_in(client: TestClient, query: str):
    answers = [
        client.post("/api/search", json={"q": query}),
        client.post("/api/suggest", json={"q": query}),
        client.post("/", data={"q": query}),
        client.get("/", params={"q": query}),
    ]
    assert {answer.status_code for answer in answers} <= {200, 422}
    assert "<script>alert" not in answers[2].text


@EXAMPLES
@given(request=st.fixed_dictionaries({"q": any_text}, optional=dict.fromkeys(("k", "offset", "section", "language", "x"), any_json)))
@example(request={"q": "fees", "section": "\ud800", "language": "\x00" * 100})
@example(request={"q": "fees", "k": 10**400})
@example(request={"q": "\ud800 fees"})
@example(request={"q": "fees", "\udfff": 1})
def test_any_request_is_answered(client: TestClient, request: dict[str, object]):
    for path in ("/api/search", "/api/suggest"):
        answer = client.post(path, content=json.dumps(request).encode(), headers=JSON)
        assert answer.status_code in (200, 400, 422)


@EXAMPLES
@given(body=st.binary(max_size=500) | any_json.map(lambda value: json.dumps(value).encode()))
@example(body=b"[" * 100_000)
@example(body=b'{"q":' * 30_000)
@example(body=b'{"q": "x", "k": ' + b"9" * 100_000 + b"}")
@example(body=b'{"q": NaN}')
@example(body=b"\xef\xbb\xbf{}")
@example(body=b'{"q": "\xff\xfe"}')
def test_any_bytes_are_answered(client: TestClient, body: bytes):
    for path in ("/api/search", "/api/suggest"):
        assert client.post(path, content=body, headers=JSON).status_code in (200, 400, 422)
    for path in ("/", "/sign-in"):
        assert client.post(path, content=body, headers=FORM).status_code in (200, 400, 401, 422, 429)


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/xml",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-7",
        "\x7f",
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/search", "/sign-in"])
def test_any_kind_of_content_is_answered(client: TestClient, path: str, kind: str):
    body = b'--x\r\ncontent-disposition: form-data; name="q"; filename="a"\r\n\r\nfees\r\n--x--\r\n'
    assert client.post(path, content=body, headers={"content-type": kind}).status_code in (200, 400, 401, 415, 422, 429)


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer ", "Bearer \xff", "Basic eDp5", "bearer " + "x" * 5000, "Bearer cs_000000000000_" + "x" * 43]
)
def test_any_authorization_is_refused(client: TestClient, value: str):
    assert client.get("/staff", headers={"authorization": value.encode("latin-1")}).status_code in (401, 429)


@pytest.mark.parametrize(
    "value",
    ["clinic_search=", "__Host-clinic_search=" + "." * 3000, '__Host-clinic_search="; x', "__Host-clinic_search=WyJhIl0.x", "\xff=\xff"],
)
def test_any_cookie_is_refused(client: TestClient, value: str):
    assert client.get("/staff", headers={"cookie": value.encode("latin-1")}).status_code == 401
