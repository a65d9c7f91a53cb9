import tomllib
from dataclasses import replace

import pytest

from gaps.report import fails, find_gaps, is_silenced, make_report, silence_for, sort_gaps, this_week
from gaps.schema import Silence
from gaps.settings import read_gap_settings


def broken(site):
    return site.page(
        "/ipt/", "# IPT", "It helps.[1] It lasts.[2]", "## References", "1. Smith. Title. Journal. 2020.", "[insert text here]"
    )


def test_the_gaps_of_all_checks_are_found_the_worst_first(site):
    gaps = find_gaps(broken(site).context())
    assert {"missing_reference", "placeholder_text"} <= {gap.check for gap in gaps}
    severities = [gap.severity for gap in gaps]
    assert severities == sorted(severities, key=["error", "warning", "notice"].index)


def test_only_the_named_checks_are_run(site):
    assert {gap.check for gap in find_gaps(broken(site).context(), checks=["missing_reference"])} == {"missing_reference"}


def test_what_is_asked_for_most_comes_first_among_equals(make_gap):
    rare, often = make_gap(subject="a"), make_gap(subject="b", demand=30.0)
    assert sort_gaps([rare, often]) == [often, rare]


def test_a_silenced_gap_is_left_out_and_listed_with_its_reason(site):
    silence = Silence("missing_reference", "the list is being written", page="https://clinic.example/i*", subject="marker 2")
    report = make_report(broken(site).context(silences=(silence,)))
    assert [(one.gap.subject, one.reason) for one in report.silenced] == [("marker 2", "the list is being written")]
    assert [gap for gap in report.gaps if gap.check == "missing_reference"] == []


def test_a_silence_for_another_page_does_not_match(site):
    silence = Silence("missing_reference", "elsewhere", page="https://clinic.example/b/")
    assert make_report(broken(site).context(silences=(silence,))).silenced == ()


def test_a_second_run_tells_what_was_opened_and_closed(site):
    first = make_report(broken(site).context())
    mended = type(site)().page("/ipt/", "# IPT", "It helps.[1]", "## References", "1. Smith. Title. Journal. 2020.", "click here")
    mended.page("/gone/", "lorem ipsum")
    second = make_report(mended.context(), previous=first)
    assert {gap.check for gap in second.closed} >= {"missing_reference"}
    assert {gap.subject for gap in second.opened} >= {"lorem ipsum"}


def test_a_first_run_opens_nothing_and_an_unchanged_site_changes_nothing(site):
    first = make_report(broken(site).context())
    again = make_report(site.context(), previous=first)
    assert (first.opened, again.opened, again.closed) == ((), (), ())


def test_silencing_a_gap_does_not_count_as_closing_it(site):
    first = make_report(broken(site).context())
    silenced = make_report(site.context(silences=(Silence("*", "all well"),)), previous=first)
    assert (silenced.gaps, silenced.closed) == ((), ())


def test_this_week_shows_at_most_two_of_a_kind_while_there_are_others(make_gap):
    gaps = [make_gap(subject=str(number)) for number in range(9)] + [
        make_gap(check="dead_link", subject=str(number)) for number in range(2)
    ]
    assert [gap.check for gap in this_week(gaps)] == ["missing_reference", "dead_link"] * 2 + ["missing_reference"]


def test_a_build_fails_on_gaps_at_least_as_bad_as_it_asks(make_gap):
    warning = make_gap()
    assert [fails([warning], level) for level in ("error", "warning", "notice")] == [False, True, True]
    assert fails([replace(warning, severity="error")], "error")


@pytest.mark.parametrize("subject", ["marker 2", 'a "quoted" [insert *] what?', "line\nbreak \\ back", "\x7f 😀 =1"])
def test_the_lines_that_silence_a_gap_silence_it_and_no_other(make_gap, subject):
    gap = make_gap(subject=subject)
    table = tomllib.loads(silence_for(gap).replace('reason = ""', 'reason = "ours"'))
    silences = read_gap_settings(table).silences
    assert is_silenced(gap, silences)
    assert not is_silenced(make_gap(subject=subject + "x"), silences)
    assert not is_silenced(make_gap(subject=subject, pages=("https://clinic.example/b/",)), silences)


def test_this_week_shows_an_error_of_each_kind_before_a_second_one_and_errors_before_warnings(make_gap):
    errors = [make_gap(check=check, severity="error") for check in ("menu", "menu", "menu", "number", "number", "note")]
    chosen = this_week([*errors, make_gap(check="link"), make_gap(check="link")], count=6)
    assert [gap.check for gap in chosen] == ["menu", "number", "note", "menu", "number", "link"]


def test_one_of_this_weeks_five_is_something_to_write(make_gap):
    gaps = [make_gap(check=f"check_{number}") for number in range(9)] + [make_gap(check="empty_cell", severity="notice")]
    assert [gap.check for gap in this_week(gaps)] == ["check_0", "check_1", "check_2", "check_3", "empty_cell"]


def test_what_the_network_told_stays_open_until_the_network_is_asked_again(site, make_gap):
    context = broken(site).context()
    online = make_report(replace(context, reached={}), more=[make_gap(check="external_link", subject="https://gone.example/")])
    offline = make_report(context, previous=online)
    assert offline.closed == ()
    assert "external_link" in {gap.check for gap in offline.gaps}
    assert {gap.check for gap in make_report(replace(context, reached={}), previous=offline).closed} == {"external_link"}
