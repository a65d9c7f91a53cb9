from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation.__main__ import KINDS, app, load_measure


@pytest.mark.parametrize("arguments", [["nonesuch", "corpus"], ["answers", "corpus", "--half", "nonesuch"]])
def test_a_kind_or_half_that_there_is_not_is_refused_with_those_there_are(arguments: list[str]):
    ran = CliRunner().invoke(app, arguments)
    assert ran.exit_code == 2
    assert "nonesuch" in ran.output
    assert "report" in ran.output or "retrieval" in ran.output


def test_every_kind_names_a_function_that_is_there():
    assert all(callable(load_measure(kind)) for kind in KINDS)


def test_a_set_that_is_not_there_is_skipped_and_said(tmp_path: Path):
    ran = CliRunner().invoke(app, ["retrieval", str(tmp_path / "none")])
    assert ran.exit_code == 1
    assert "skipped" in ran.output
