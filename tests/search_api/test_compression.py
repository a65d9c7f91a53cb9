from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.settings import Settings


@pytest.fixture(scope="module")
def client(small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(create_app(Settings(index=small_index, access=tmp_path_factory.mktemp("access") / "tokens.json")))


@pytest.mark.parametrize("path", ["/", "/?q=PTSD", "/widget.js", "/api/search?q=PTSD"])
def test_what_visitors_get_is_compressed_and_the_same(client: TestClient, path: str):
    small, plain = (client.get(path, headers={"accept-encoding": coding}) for coding in ("gzip", "identity"))
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "accept-encoding" in small.headers["vary"].lower()
    assert len(small.text) == pytest.approx(len(plain.text), abs=8)  # took_ms differs


def test_a_page_with_a_mark_for_forms_is_not(client: TestClient):
    assert "content-encoding" not in client.get("/sign-in", headers={"accept-encoding": "gzip"}).headers
