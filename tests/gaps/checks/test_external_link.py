from dataclasses import replace

from gaps.checks.external_link import check
from gaps.schema import Reached

AWAY = "https://elsewhere.example/page"


def found(site, linked, fate):
    context = site.page("/a/", "# A", linked("The study", AWAY)).context()
    return list(check(replace(context, reached={AWAY: Reached(fate, "https://elsewhere.example/new", "404")})))


def test_a_dead_link_is_a_warning_with_its_place(site, linked):
    (gap,) = found(site, linked, "dead")
    assert (gap.severity, gap.subject, gap.place) == ("warning", AWAY, "https://clinic.example/a/#:~:text=The%20study")


def test_a_link_that_moved_names_the_new_address(site, linked):
    (gap,) = found(site, linked, "moved")
    assert "has moved to https://elsewhere.example/new" in gap.reason


def test_a_link_that_is_shown_to_people_only_is_in_order(site, linked):
    assert [gap for fate in ("alive", "blocked", "unknown") for gap in found(site, linked, fate)] == []


def test_without_the_network_nothing_is_looked_at(site, linked):
    assert list(check(site.page("/a/", "# A", linked("The study", AWAY)).context())) == []
