"""Every file of `gaps/checks/` keeps the same promises."""

from datetime import date

import pytest

from gaps.checks import check_names, explain_check, load_check, run_check
from gaps.context import CheckContext
from gaps.errors import UnknownCheck
from gaps.schema import SEVERITIES
from ingest.articles import assemble_article
from ingest.schema import Block, Image, Metadata, Site, StrippedPage

TODAY = date(2026, 11, 23)
BAD = Block(
    "Studies show that 40% of addicts [insert number] relapse.[9] Offer ends May 1, 2020. © 2019 <script>alert(1)</script> \x00 SFBT",
    dom_path=("html",),
)


def wrecked_site() -> Site:
    pages = [
        StrippedPage(
            f"https://a.example/{n}/", (BAD, Block("", dom_path=("html",)), Block("(((" * 500)), (), Metadata(), (Image("", None),)
        )
        for n in range(3)
    ]
    pages.append(StrippedPage("not an address", (), ()))
    return Site(tuple(map(assemble_article, pages)), tuple(pages), (), ())


@pytest.mark.parametrize("name", check_names())
def test_an_editor_can_read_what_the_check_is_about(name):
    assert len(explain_check(name).split()) >= 10


@pytest.mark.parametrize("name", check_names())
def test_an_empty_site_has_no_gaps(name):
    assert list(run_check(name, CheckContext(Site((), (), (), ()), TODAY))) == []


@pytest.mark.parametrize("name", check_names())
def test_every_gap_is_complete_and_a_second_run_finds_the_same(name):
    first, second = (list(run_check(name, CheckContext(wrecked_site(), TODAY))) for _ in range(2))
    assert first == second
    for gap in first:
        assert gap.check == name
        assert gap.severity in SEVERITIES
        assert all((gap.subject, gap.reason, gap.advice, gap.pages))


@pytest.mark.parametrize("name", check_names())
def test_no_two_gaps_of_a_check_are_taken_for_one_another(name):
    ids = [gap.gap_id for gap in run_check(name, CheckContext(wrecked_site(), TODAY))]
    assert len(ids) == len(set(ids))


def test_an_unknown_check_is_refused_with_the_names_that_there_are():
    with pytest.raises(UnknownCheck, match="dead_link"):
        load_check("dead_lnk")
