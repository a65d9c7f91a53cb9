from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from gaps.errors import DamagedLog
from gaps.helpful_votes import HelpfulVotes, add_vote, count_withheld_votes, helpful_votes_of, read_votes

DAY = date(2026, 11, 23)
IPT = "https://clinic.example/ipt/"


def test_votes_are_counted_for_each_page(tmp_path: Path):
    file = helpful_votes_of(tmp_path / "index")
    for helpful, day in ((True, DAY), (True, DAY), (False, date(2026, 11, 24))):
        add_vote(file, IPT, "answered", helpful=helpful, day=day)
    add_vote(file, "", "not_covered", helpful=False, day=DAY)
    assert read_votes(file) == {IPT: HelpfulVotes(2, 1), "": HelpfulVotes(0, 1)}


def test_a_page_is_shown_only_once_votes_came_on_enough_days_and_the_others_are_counted(tmp_path: Path):
    file = tmp_path / "votes.db"
    for day in range(20, 25):
        add_vote(file, IPT, "answered" if day % 2 else "related", helpful=day != 22, day=date(2026, 11, day))
    for _ in range(7):
        add_vote(file, "", "not_covered", helpful=False, day=DAY)
    assert read_votes(file, distinct_days=5) == {IPT: HelpfulVotes(4, 1)}
    assert count_withheld_votes(file, distinct_days=5) == 7
    assert read_votes(file, distinct_days=6) == {}
    assert count_withheld_votes(file, distinct_days=6) == 12


def test_the_share_is_that_of_those_who_said_yes():
    assert HelpfulVotes(3, 1).share == 0.75
    assert HelpfulVotes().share == 0.0


def test_without_a_file_there_are_no_votes(tmp_path: Path):
    assert read_votes(tmp_path / "none.db") == {}


def test_votes_at_once_are_all_counted(tmp_path: Path):
    file = tmp_path / "votes.db"
    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(lambda _: add_vote(file, IPT, "answered", helpful=True, day=DAY), range(40)))
    assert read_votes(file) == {IPT: HelpfulVotes(40, 0)}


def test_a_file_of_something_else_is_named(tmp_path: Path):
    (tmp_path / "votes.db").write_text("no database, but a text that is long enough to be one" * 20)
    with pytest.raises(DamagedLog, match=r"votes\.db"):
        add_vote(tmp_path / "votes.db", IPT, "answered", helpful=True, day=DAY)
