"""What an editor does when a page must not be found any longer: one command, and the server that runs follows."""

from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from index.builder import build_index
from index.embedders import load_embedder
from ingest.pipeline import ingest_site
from search_api.app import create_app
from search_api.cli import app
from search_api.settings import Settings


@pytest.fixture
def index(tmp_path: Path) -> Path:
    saved = tmp_path / "saved"
    saved.mkdir()
    for name, text in (
        ("sleep", "Insomnia answers well to shorter nights in bed."),
        ("grief", "Mourning takes all the time that it takes."),
    ):
        link = f"<link rel=canonical href=https://clinic.example/{name}>"
        (saved / f"{name}.html").write_text(f"<html><head>{link}</head><body><h1>About {name}</h1><p>{text}</p></body></html>", "utf-8")
    build_index(ingest_site([str(saved)]), tmp_path / "index", embedder=load_embedder("hashing", ""), created_on=date(2026, 11, 23))
    return tmp_path / "index"


def urls(client: TestClient) -> list[str]:
    return [result["url"] for result in client.get("/api/search", params={"q": "mourning"}).json()["results"]]


def test_a_running_server_follows_forget_and_rollback(index: Path):
    with TestClient(create_app(Settings(index=index))) as client:
        assert "https://clinic.example/grief" in urls(client)
        said = CliRunner().invoke(app, ["forget", "https://clinic.example/grief", "--index", str(index)])
        assert said.exit_code == 0, said.output
        assert "https://clinic.example/grief" not in urls(client)
        assert CliRunner().invoke(app, ["rollback", "--index", str(index)]).exit_code == 0
        assert "https://clinic.example/grief" in urls(client)
