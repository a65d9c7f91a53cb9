import pytest

from index.questions import question_kind, split_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is interpersonal psychotherapy?", "definition"),
        ("¿Qué es la terapia interpersonal?", "definition"),
        ("How long does IPT take?", "amount"),
        ("how much is a group session", "amount"),
        ("opening hours", "amount"),
        ("What are the symptoms of mania?", "list"),
        ("Which therapies help with grief?", "list"),
        ("How do I book an appointment?", "steps"),
        ("Does IPT work for PTSD without exposure?", "yes_no"),
        ("compare CBT and IPT for depression", "comparison"),
        ("IPT for PTSD", "other"),
    ],
)
def test_a_question_is_known_by_its_form(question: str, kind: str):
    assert question_kind(question) == kind


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Compare CBT and IPT for depression", ("CBT for depression", "IPT for depression")),
        ("difference between PHP and IOP?", ("PHP", "IOP")),
        ("EMDR vs exposure for PTSD", ("EMDR for PTSD", "exposure for PTSD")),
        ("sleep and bipolar disorder", ("sleep and bipolar disorder",)),
    ],
)
def test_a_comparison_asks_of_each_side(question: str, parts: tuple[str, ...]):
    assert split_question(question) == parts
