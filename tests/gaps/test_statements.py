import pytest

from gaps.context import Claim
from gaps.statements import find_amounts
from ingest.schema import Article, Section, Sentence


def amounts(text):
    return list(find_amounts(Claim(Article("u", "t", text), Section((), "", 0, len(text)), Sentence(0, len(text)))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes 8 to 12 weeks.", [("8-12", "week")]),
        ("It takes eight to twelve weeks.", [("8-12", "week")]),
        ("It costs $1,200.", [("1200", "$")]),
        ("3 hours a day, 3 days per week", [("3", "hour a day"), ("3", "day a week")]),
        ("Groups of up to 8 people", [("8", "people at most or least")]),
        ("A 50-minute session", [("50", "minute")]),
        ("Since 1974, call 555-0142", []),
    ],
)
def test_a_number_is_read_with_its_unit(text, expected):
    assert [(amount.value, amount.unit) for amount in amounts(text)] == expected


def test_the_words_before_the_next_price_belong_to_it():
    first, second = amounts("The intake costs $220 and an individual session $165.")
    assert ("individu", "session") in second.keys
    assert ("individu", "session") not in first.keys
