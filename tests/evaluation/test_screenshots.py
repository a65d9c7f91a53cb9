import re
from pathlib import Path

from evaluation.screenshots import PICTURES

ROOT = Path(__file__).parents[2]


def test_docs_hold_every_picture_that_the_command_takes():
    assert [picture.name for picture in PICTURES if not (ROOT / "docs" / f"{picture.name}.png").is_file()] == []


def test_every_picture_that_the_readme_shows_is_there():
    shown = re.findall(r"docs/[\w-]+\.png", (ROOT / "README.md").read_text("utf-8"))
    assert shown
    assert [name for name in shown if not (ROOT / name).is_file()] == []
