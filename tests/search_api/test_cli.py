import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.settings import Settings

PAGE = """<html><head><title>IPT</title></head><body><nav><a href=/>Home</a></nav><main><h1>Interpersonal therapy</h1>
<p>Interpersonal therapy is a short treatment that works on relationships and on grief.</p></main></body></html>"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "search_api", *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "ipt.html").write_text(PAGE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def index(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("work")
    ingested = run("ingest", saved, "--out", work / "site")
    assert ingested.returncode == 0, ingested.stderr
    built = run("build", "--from", work / "site", "--index", work / "index", "--embedder", "hashing")
    assert built.returncode == 0, built.stderr
    return work / "index"


def test_search_prints_one_object_on_one_line_in_the_shape_of_the_api(index: Path):
    found = run("search", "grief", "--index", index, "--json")
    assert found.returncode == 0, found.stderr
    assert found.stdout.count("\n") == 1
    assert json.loads(found.stdout)["results"][0]["title"] == "Interpersonal therapy"


def test_search_prints_something_to_read(index: Path):
    assert "Interpersonal therapy" in run("search", "grief", "--index", index).stdout


def test_ask_prints_the_sites_words_or_that_it_does_not_say(index: Path):
    assert run("ask", "what is interpersonal therapy", "--index", index).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest", "no-such-folder", "--out", "out"], "no-such-folder"),
        (["search", "x", "--index", "no-such-index"], "clinic-search build --from"),
        (["serve", "--index", "no-such-index", "--port", "0"], "clinic-search build --from"),
        (["build", "--from", "no-such-folder"], "no-such-folder"),
        (["search", " "], "empty"),
    ],
)
def test_a_mistake_is_answered_by_one_sentence_and_a_status(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    failed = run(*arguments)
    assert failed.returncode == 1
    assert said in failed.stderr
    assert "Traceback" not in failed.stderr
    assert failed.stdout == ""


def test_an_empty_folder_is_told_and_writes_nothing(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    failed = run("ingest", tmp_path / "empty", "--out", tmp_path / "out")
    assert failed.returncode == 1
    assert "no saved page" in " ".join(failed.stderr.split())
    assert not (tmp_path / "out").exists()


def test_help_teaches():
    said = run("--help").stdout
    assert all(command in said for command in ("ingest", "build", "serve", "search", "ask", "rollback", "IPT for PTSD"))


def page(name: str, text: str) -> str:
    link = f"<link rel=canonical href=https://clinic.example/{name}>"
    return f"<html><head>{link}</head><body><h1>About {name}</h1><p>{text}</p></body></html>"


@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "sleep.html").write_text(page("sleep", "Insomnia answers well to shorter nights in bed."), "utf-8")
    (tmp_path / "saved" / "grief.html").write_text(page("grief", "Mourning takes all the time that it takes."), "utf-8")
    for step in (["ingest", tmp_path / "saved", "--out", "out"], ["build", "--from", "out", "--index", "index", "--embedder", "hashing"]):
        done = run(*[tmp_path / word if word in {"out", "index"} else word for word in step])
        assert done.returncode == 0, done.stderr
    return tmp_path / "index"


def urls(client: TestClient) -> list[str]:
    return [result["url"] for result in client.get("/api/search", params={"q": "mourning"}).json()["results"]]


def test_a_running_server_follows_forget_and_rollback(two_pages: Path):
    with TestClient(create_app(Settings(index=two_pages))) as client:
        assert "https://clinic.example/grief" in urls(client)
        said = run("forget", "https://clinic.example/grief", "--index", two_pages)
        assert said.returncode == 0, said.stderr
        assert "https://clinic.example/grief" not in urls(client)
        assert run("rollback", "--index", two_pages).returncode == 0
        assert "https://clinic.example/grief" in urls(client)


def test_forgetting_a_page_that_is_not_there_is_told_in_a_sentence(two_pages: Path):
    said = run("forget", "https://clinic.example/nothing", "--index", two_pages)
    assert said.returncode == 1
    assert "holds no page https://clinic.example/nothing" in " ".join(said.stderr.split())
