import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from gaps.reading_ease import reading_grade
from search_api.texts import Texts, choose_language, known_languages, read_texts

LANGUAGES = known_languages()
TABLES = ("sentences", "script", "widget", "desk_script")


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_english_and_spanish_are_known():
    assert set(LANGUAGES) >= {"en", "es"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_every_language_says_the_same_things_with_the_same_words_to_fill_in(language: str, table: str):
    english, other = getattr(read_texts("en"), table), getattr(read_texts(language), table)
    assert list(other) == list(english)
    for key in english:
        assert placeholders(other[key]) == placeholders(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_holds_markup(language: str):
    texts = read_texts(language)
    assert [key for table in TABLES for key, text in getattr(texts, table).items() if not text.strip() or "<" in text] == []


def test_two_languages_do_not_share_their_sentences():
    english, spanish = read_texts("en").sentences, read_texts("es").sentences
    assert [key for key in english if english[key] == spanish[key]] == []


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [("en", date(2026, 3, 1), "March 1, 2026"), ("es", date(2025, 12, 31), "31 de diciembre de 2025")],
)
def test_a_day_is_said_as_the_language_writes_it(language: str, day: date, said: str):
    assert read_texts(language).say_date(day) == said


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 source for these words"), (2, "2 sources for these words"), (0, "0 sources for these words")]
)
def test_a_count_chooses_singular_or_plural(count: int, said: str):
    assert read_texts("en").say("sources", count=count) == said


def test_a_sentence_that_no_file_holds_is_an_error():
    with pytest.raises(KeyError):
        read_texts("en").say("no_such_key")


def test_an_unknown_language_is_named_with_the_known_ones():
    with pytest.raises(ValueError, match="'xx'; there are en, es"):
        read_texts("xx")


@pytest.mark.parametrize(
    ("asked", "header", "default", "chosen"),
    [
        ("es", "en", "en", "es"),
        ("", "es-MX,es;q=0.9,en;q=0.8", "en", "es"),
        ("", "fr;q=0.9, es;q=0.3, en;q=0.4", "es", "en"),
        ("", "es;q=0, en;q=0.1", "es", "en"),
        ("", "fr, de", "es", "es"),
        ("", "", "es-ES", "es"),
        ("", "", "fr", "en"),
        ("<script>", "\x00;;;q=9,,", "en", "en"),
        ("../../etc", "*", "es", "es"),
    ],
)
def test_the_language_asked_for_wins_then_the_browsers_then_the_clinics(asked: str, header: str, default: str, chosen: str):
    assert choose_language(asked, header, default) == chosen


def test_texts_are_read_once():
    assert isinstance(read_texts("en"), Texts)
    assert read_texts("en") is read_texts("en")


def test_what_visitors_read_asks_for_no_more_than_eight_years_of_school():
    visitors = {key: text for key, text in read_texts("en").sentences.items() if len(text.split()) >= 8}
    desk = tomllib.loads((files("search_api") / "languages" / "en.toml").read_text("utf-8"))["desk"]
    hard = {
        key: grade for key, text in visitors.items() if key not in desk and (grade := reading_grade(re.split(r"(?<=[.?!:])\s", text))) > 8
    }
    assert hard == {}
