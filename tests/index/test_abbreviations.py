import pytest

from index.abbreviations import find_definitions, mine_abbreviations


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("We offer Interpersonal Psychotherapy (IPT) here.", ("IPT", "Interpersonal Psychotherapy")),
        ("treated with eye movement desensitization and reprocessing (EMDR)", ("EMDR", "eye movement desensitization and reprocessing")),
        ("IPT (interpersonal psychotherapy) helps", ("IPT", "interpersonal psychotherapy")),
        ("Post-Traumatic Stress Disorder (“PTSD”)", ("PTSD", "Post-Traumatic Stress Disorder")),
        ("cognitive behavioral therapy for insomnia (CBT-I)", ("CBT-I", "cognitive behavioral therapy for insomnia")),
        ("generalized anxiety disorder (GAD, formerly neurosis)", ("GAD", "generalized anxiety disorder")),
    ],
)
def test_a_definition_is_found(text: str, pair: tuple[str, str]):
    assert list(find_definitions(text)) == [pair]


@pytest.mark.parametrize(
    "text", ["open daily (Monday)", "see our page (XYZ)", "the study (2015)", "a fee (USD)", "()", "nothing (", "PTSD (PTSD)"]
)
def test_other_brackets_are_no_definitions(text: str):
    assert list(find_definitions(text)) == []


def test_definitions_are_counted():
    assert mine_abbreviations(["Major Depressive Disorder (MDD)", "major depressive disorder (MDD)"]) == {
        ("MDD", "major depressive disorder"): 2
    }
