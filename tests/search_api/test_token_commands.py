from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from search_api.access import AccessFile
from search_api.cli import app
from search_api.errors import NoSuchToken


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "access" / "tokens.json"
    monkeypatch.setenv("CLINIC_SEARCH_ACCESS", str(file))
    return file


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["token", *arguments])


def test_create_prints_the_token_alone_on_standard_output_and_it_opens(file: Path):
    made = run("create", "--role", "editor", "--name", "Ana")
    assert made.exit_code == 0
    token = AccessFile(file).recognise(made.stdout.removesuffix("\n"))
    assert (token.role, token.name) == ("editor", "Ana")


def test_list_shows_whose_tokens_there_are_and_none_of_their_secrets(file: Path):
    held = run("create", "--role", "staff", "--name", "Ana [b]").stdout.strip()
    shown = run("list").stdout
    assert held.split("_")[1] in shown
    assert "Ana [b]" in shown
    assert held.split("_", 2)[2] not in shown


def test_revoke_ends_a_token(file: Path):
    token_id = run("create", "--role", "staff").stdout.split("_")[1]
    assert run("revoke", token_id).exit_code == 0
    assert AccessFile(file).tokens() == {}


def test_an_unknown_id_is_told(file: Path):
    assert isinstance(run("revoke", "nobody").exception, NoSuchToken)


def test_a_role_that_there_is_not_is_refused_and_writes_nothing(file: Path):
    assert run("create", "--role", "boss").exit_code == 2
    assert not file.exists()
