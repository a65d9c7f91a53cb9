import pytest

from gaps.abbreviations import find_definitions


@pytest.mark.parametrize(
    ("text", "letters", "meaning"),
    [
        ("We use interpersonal psychotherapy (IPT) here.", "IPT", "interpersonal psychotherapy"),
        (
            "the International Society of Interpersonal Psychotherapy (ISIPT)",
            "ISIPT",
            "International Society of Interpersonal Psychotherapy",
        ),
        ("Interpersonal and social rhythm therapy (IPSRT)", "IPSRT", "Interpersonal and social rhythm therapy"),
        ("National Institute for Health and Care Excellence (NICE)", "NICE", "National Institute for Health and Care Excellence"),
        ("Post-Traumatic Stress Disorder (PTSD)", "PTSD", "Post-Traumatic Stress Disorder"),
        ("EMDR (eye movement desensitization and reprocessing)", "EMDR", "eye movement desensitization and reprocessing"),
        ("CBT stands for cognitive behavioral therapy.", "CBT", "cognitive behavioral therapy"),
    ],
)
def test_a_definition_is_read_in_either_order(text, letters, meaning):
    assert [(found.letters, found.meaning) for found in find_definitions(text)] == [(letters, meaning)]


@pytest.mark.parametrize(
    "text", ["Call us (OR) today.", "Ana Diaz, a Registered Psychotherapist (LMFT)", "BPD or bipolar disorder?", "(IPT)", "Fees (USD)"]
)
def test_brackets_that_define_nothing_are_passed_over(text):
    assert list(find_definitions(text)) == []
