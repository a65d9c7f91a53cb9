from gaps.grouping import EVERYWHERE, NO_TOPIC, group_gaps, say_check
from gaps.radar import Radar
from gaps.schema import GapReport
from gaps.topics import Topic

GRIEF = Topic("Grief", "condition", "https://clinic.example/grief/")
A, B = "https://clinic.example/grief/", "https://clinic.example/b/"


def radar(today):
    return Radar(GapReport(today, ()), {A: "Grief", B: "Bees"}, (GRIEF, Topic("Panic Disorder", "condition")))


def groups(gaps, order, today):
    return [(group.title, [gap.subject for gap in group.gaps]) for group in group_gaps(radar(today), gaps, order)]


def test_by_check_in_the_order_of_the_worst(make_gap, site):
    gaps = [make_gap(check="dead_link", severity="error", subject="a"), make_gap(subject="b"), make_gap(check="dead_link", subject="c")]
    assert groups(gaps, "check", site.context().today) == [("dead_link", ["a", "c"]), ("missing_reference", ["b"])]


def test_by_page_a_gap_stands_on_each_of_its_few_pages_and_the_templates_apart(make_gap, site):
    gaps = [make_gap(subject="two", pages=(A, B)), make_gap(subject="all", pages=tuple(f"{B}{at}/" for at in range(9)))]
    assert groups(gaps, "page", site.context().today) == [("Grief", ["two"]), ("Bees", ["two"]), (EVERYWHERE, ["all"])]


def test_by_topic_by_the_topics_page_or_by_its_name(make_gap, site):
    gaps = [
        make_gap(subject="x", pages=(A,)),
        make_gap(subject="help for panic disorders", pages=(B,)),
        make_gap(subject="y", pages=(B,)),
        make_gap(subject="z", pages=()),
    ]
    named = groups(gaps, "topic", site.context().today)
    assert named == [("Grief", ["x"]), ("Panic Disorder", ["help for panic disorders"]), (NO_TOPIC, ["y", "z"])]


def test_a_group_counts_by_severity(make_gap, site):
    (group,) = group_gaps(radar(site.context().today), [make_gap(severity="error"), make_gap(severity="error"), make_gap()], "check")
    assert group.counts == {"error": 2, "warning": 1}


def test_checks_are_said_as_words():
    assert say_check("missing_crisis_signpost") == "Missing crisis signpost"
