"""What the crisis detector tells apart. The sentences are examples of its rules; recall is measured by `evaluation.safety`."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.crisis import FIRM, detect_crisis


def class_of(text):
    return detect_crisis(text).class_


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "suicidal",
        "no reason to live",
        "I don't want to wake up tomorrow",
        "gonna kms tonight",
        "988",
        "I took a whole bottle of pills",
    ],
)
def test_a_wish_to_die_is_a_crisis(text):
    assert class_of(text) == "crisis"


@pytest.mark.parametrize(
    "text", ["quiero morir", "QUIERO MORIR", "me quiero matar", "no tengo razon para vivir", "no tengo razón para vivir", "línea de crisis"]
)
def test_spanish_is_understood_with_and_without_accents(text):
    assert class_of(text) == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "i want to kil myslef",
        "suicdal",
        "su1c1dal",
        "s**cidal",
        "k i l l myself",
        "wanttodie",
        "I wannaaaa dieeee",
        "ｓｕｉｃｉｄａｌ",
        "im sui cidal",
        "kiero morir",
        "soy suisida",
    ],
)
def test_a_crisis_is_found_however_it_is_spelled(text):
    assert class_of(text) == "crisis"


@pytest.mark.parametrize(
    "text", ["I am not suicidal but I need help", "I would never kill myself", "no pienso en suicidarme", "not suicidal, just tired"]
)
def test_a_denial_is_support(text):
    assert class_of(text) == "support"


@pytest.mark.parametrize(
    "text",
    [
        "I don't know if I am suicidal",
        "I said I wasn't suicidal, I lied",
        "not joking, I will kill myself",
        "I'm not suicidal but I want to die",
    ],
)
def test_a_denial_of_something_else_or_one_taken_back_is_a_crisis(text):
    assert class_of(text) == "crisis"


@pytest.mark.parametrize(
    "text", ["I was suicidal years ago and I am well now", "I attempted suicide in college", "intenté suicidarme hace años"]
)
def test_the_past_is_support(text):
    assert class_of(text) == "support"


@pytest.mark.parametrize("text", ["de joven intenté suicidarme, ahora estoy bien", "I had suicidal thoughts as a teenager but not anymore"])
def test_a_past_that_is_over_now_is_support_although_now_is_said(text):
    assert class_of(text) == "support"


def test_a_past_that_is_back_is_a_crisis():
    assert class_of("I was suicidal years ago and now it is back, I feel suicidal again") == "crisis"


@pytest.mark.parametrize(
    "text", ["my brother is going to kill himself tonight", "my daughter left a suicide note", "mi hijo se quiere matar ahora"]
)
def test_danger_to_somebody_else_now_is_a_crisis(text):
    assert class_of(text) == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "how do I help a friend who is suicidal",
        "my client is suicidal, risk assessment policy",
        "suicide rates in teens",
        "my uncle died by suicide",
    ],
)
def test_worry_work_and_study_are_support(text):
    assert class_of(text) == "support"


@pytest.mark.parametrize(
    "text", ["someone I know talks about wanting to die, how do I help", "my cousin has a suicidal teen, how do I help"]
)
def test_naming_whom_one_means_does_not_make_it_ones_own_wish(text):
    assert class_of(text) == "support"


def test_a_spanish_verb_names_the_writer_though_somebody_stands_before_it():
    assert class_of("necesito hablar con alguien, quiero morir") == "crisis"


def test_a_professional_who_speaks_of_their_own_wish_is_in_crisis():
    assert class_of("I am a therapist and I want to kill myself") == "crisis"


@pytest.mark.parametrize("text", ["he is going to kill me", "I am going to shoot my boss", "my husband is beating me right now"])
def test_violence_that_threatens_is_a_crisis(text):
    assert class_of(text) == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "suicide squad",
        "dying to know my results",
        "homicide show",
        "this traffic is killing me",
        "my phone died",
        "cut myself shaving",
        "billing myself out of network",
        "me muero de risa",
    ],
)
def test_an_idiom_is_none(text):
    assert class_of(text) == "none"


def test_an_idiom_does_not_hide_a_wish():
    assert class_of("work is killing me and I honestly want to kill myself") == "crisis"


def test_harm_ocd_as_a_condition_is_not_a_crisis():
    assert class_of("intrusive thoughts of hurting my baby ocd") == "none"


def test_the_reason_holds_no_word_of_the_text():
    assert "zebra" not in detect_crisis("my zebra wants to die and I want to kill myself").reason


def test_the_vote_raises_a_text_that_no_phrase_knows():
    assert class_of("purple lamps") == "none"
    assert detect_crisis("purple lamps", similarity=lambda _: 0.01).class_ == "crisis"


def test_the_vote_counts_from_its_floor():
    assert detect_crisis("purple lamps", similarity=lambda _: -0.01).class_ == "none"


@pytest.mark.parametrize(("text", "quiet"), [("I am not suicidal", "support"), ("this traffic is killing me", "none")])
def test_the_vote_outweighs_phrases_only_if_it_is_firm(text, quiet):
    assert detect_crisis(text, similarity=lambda _: FIRM - 0.01).class_ == quiet
    assert detect_crisis(text, similarity=lambda _: FIRM + 0.01).class_ == "crisis"


def test_the_vote_never_lowers_a_verdict():
    assert detect_crisis("I want to die", similarity=lambda _: -9.0).class_ == "crisis"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_class(text):
    assert class_of(text) in {"crisis", "support", "none"}


@given(
    st.sampled_from(["I want to die", "suicidal", "me quiero matar"]),
    st.sampled_from(
        [str.upper, str.title, lambda text: f"  {text}!!! ", lambda text: text.replace(" ", "\n"), lambda text: text.replace(" ", "... ")]
    ),
)
def test_case_and_spacing_do_not_matter(text, change):
    assert class_of(change(text)) == "crisis"


def test_a_pasted_page_costs_what_its_length_costs():
    def cost(sentences: int) -> float:
        started = time.process_time()
        class_of("I feel low and wonder what you offer. " * sentences)
        return time.process_time() - started

    cost(1)  # phrases are read on first use
    assert cost(260) < 30 * cost(65)  # four times the text costs four times as much; a rule that backtracks, far more


def test_a_wish_at_the_end_of_a_pasted_page_is_found():
    assert class_of("I feel low and wonder what you offer. " * 250 + " I want to kill myself.") == "crisis"
