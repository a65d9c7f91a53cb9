from dataclasses import replace

import pytest

from index.lexicon import LexiconEntry, SearchRules
from index.schema import Ambiguity, Expansion
from index.vocabulary import EXPANSION_WEIGHT, RARE, SiteWords, Vocabulary

SITE = SiteWords(
    counts={"interpersonal": 30, "psychotherapy": 40, "therapy": 50, "trauma": 20, "bipolar": 9, "anxiety": 12},
    definitions=(("IPT", "interpersonal psychotherapy", 4),),
    coverage={"interpersonal psychotherapy": 9, "borderline personality disorder": 2, "bipolar disorder": 5, "social anxiety disorder": 3},
)
VOCABULARY = Vocabulary(SITE)


def test_a_misspelt_word_is_mended_and_shown():
    interpretation = VOCABULARY.interpret("interpersnal therapy trauma").interpretation
    assert interpretation.corrected == "interpersonal therapy trauma"
    assert interpretation.query == "interpersnal therapy trauma"


def test_a_spanish_question_is_not_mended_into_english():
    assert VOCABULARY.interpret("¿cuánto tarda la terapia en hacer efecto?").interpretation.corrected == ""


def test_a_spanish_question_reads_english_articles_too():
    reading = VOCABULARY.interpret("¿cuánto cuesta la terapia de pareja?")
    assert {"fee", "marriag", "counsel"} <= set(reading.terms)
    assert reading.text.endswith("fees marriage counseling")


def test_the_model_reads_a_spanish_question_word_by_word_in_english():
    text = VOCABULARY.interpret("¿por qué mi hijo no quiere comer?").text
    assert "my son not wants" in text
    assert "hijo" not in text


def test_a_question_says_whether_it_is_spanish():
    asked = ("mi hijo no quiere comer", "my son does not want to eat", "IPT")
    assert [VOCABULARY.interpret(query).interpretation.language for query in asked] == ["es", "", ""]


def test_where_the_site_has_spanish_pages_the_spanish_stands_behind_the_english():
    bilingual = Vocabulary(replace(SITE, languages=("en", "es")))
    text = bilingual.interpret("mi hijo no quiere comer").text
    assert text.startswith("my son not wants")
    assert "mi hijo no quiere comer" in text


def test_a_forbidden_word_is_not_put_into_english():
    rules = SearchRules(forbidden=frozenset({"hijo"}))
    reading = Vocabulary(SITE, rules).interpret("mi hijo no quiere comer")
    assert "my hijo not wants" in reading.text
    assert "son" not in reading.terms


def test_a_word_that_two_languages_share_is_not_translated_in_english():
    assert "insur" not in VOCABULARY.interpret("the seguro of my family").terms
    assert VOCABULARY.interpret("the seguro of my family").text == "the seguro of my family"


def test_a_plain_word_that_the_site_hardly_uses_is_told_to_the_model_in_clinical_words():
    often = Vocabulary(replace(SITE, counts={**SITE.counts, "shrink": RARE + 1}))
    assert VOCABULARY.interpret("can I see a shrink").text == "can I see a shrink psychiatrist"
    assert often.interpret("can I see a shrink").text == "can I see a shrink"


def test_a_form_with_a_word_of_how_one_asks_is_read():
    assert VOCABULARY.interpret("how much is it").terms["fee"] == EXPANSION_WEIGHT
    assert "anorexia" in VOCABULARY.interpret("my son is not eating").terms


def test_search_instead_for_leaves_the_spelling():
    assert VOCABULARY.interpret("interpersnal", correct=False).interpretation.corrected == ""


def test_abbreviations_and_drug_names_are_never_mended():
    for query in ("EMDR", "lexapro", "zolpidem", "XPT", "emdr"):
        assert VOCABULARY.interpret(query).interpretation.corrected == ""


def test_an_abbreviation_that_the_site_defines_is_spelt_out_for_the_model_and_weighs_less_for_words():
    reading = VOCABULARY.interpret("ipt for grief")
    assert reading.text == "ipt (interpersonal psychotherapy) for grief"
    assert reading.interpretation.expanded == (Expansion("ipt", "interpersonal psychotherapy"),)
    assert reading.terms["interperson"] == EXPANSION_WEIGHT
    assert reading.terms["ipt"] == 1


def test_two_meanings_that_the_site_covers_are_a_choice_best_covered_first():
    (choice,) = VOCABULARY.interpret("BPD").interpretation.ambiguous
    assert choice == Ambiguity("BPD", ("bipolar disorder", "borderline personality disorder"))


def test_the_sites_own_definition_comes_before_better_covered_meanings():
    site = SiteWords(coverage=SITE.coverage, definitions=(("BPD", "borderline personality disorder", 1),))
    assert Vocabulary(site).interpret("BPD").interpretation.expanded == (Expansion("BPD", "borderline personality disorder"),)


def test_a_meaning_that_the_site_does_not_cover_is_no_choice():
    interpretation = VOCABULARY.interpret("SAD").interpretation
    assert interpretation.expanded == (Expansion("SAD", "social anxiety disorder"),)
    assert interpretation.ambiguous == ()


def test_an_ordinary_word_is_no_abbreviation_unless_in_capitals():
    assert VOCABULARY.interpret("I feel sad").interpretation.expanded == ()


def test_a_plain_word_finds_the_clinical_one_and_not_the_reverse():
    assert "psychotherapi" in VOCABULARY.interpret("talking treatment after a car crash").terms
    assert "trauma" in VOCABULARY.interpret("talking treatment after a car crash").terms
    assert "crash" not in VOCABULARY.interpret("trauma").terms


def test_the_long_form_finds_its_abbreviation():
    assert VOCABULARY.interpret("interpersonal psychotherapy").terms["ipt"] == EXPANSION_WEIGHT


def test_a_plural_abbreviation_is_read():
    assert VOCABULARY.interpret("SSRIs").interpretation.expanded[0].meaning == "selective serotonin reuptake inhibitor"


def test_a_hyphenated_abbreviation_is_read_as_one():
    assert VOCABULARY.interpret("CBT-I").interpretation.expanded[0].meaning == "cognitive behavioral therapy for insomnia"


def test_the_sites_own_rules_add_and_forbid():
    rules = SearchRules(entries=(LexiconEntry("abbreviation", "WOW", "women of wellness"),), forbidden=frozenset({"IPT", "qwertz"}))
    vocabulary = Vocabulary(SITE, rules)
    assert vocabulary.interpret("WOW").interpretation.expanded == (Expansion("WOW", "women of wellness"),)
    assert vocabulary.interpret("IPT").interpretation.expanded == ()


def test_only_stop_words_punctuation_or_an_emoji_leave_no_terms():
    for query in ("the and of", "?!", "🙂"):
        assert VOCABULARY.interpret(query).terms == {}


@pytest.mark.parametrize(
    ("query", "tells"), [("what is the", False), ("qué es la", False), ("?", False), ("my son", True), ("el duelo", True)]
)
def test_a_query_of_stop_words_of_one_language_names_no_topic(query: str, tells: bool):
    assert VOCABULARY.interpret(query).tells_a_topic is tells


def test_an_abbreviation_is_a_topic_whatever_its_letters():
    assert VOCABULARY.interpret("IPT").tells_a_topic
