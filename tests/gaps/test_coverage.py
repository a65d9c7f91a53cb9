import pytest

from gaps.coverage import describe_cells, make_question_matrix, make_treatment_matrix, weakest_cells
from gaps.topics import Topic
from index.schema import Hit, Interpretation, PageResult, SearchOutcome
from ingest.schema import Passage

GRIEF, IPT = Topic("Grief", "condition", "https://clinic.example/grief/"), Topic("Interpersonal Therapy", "therapy")


def finds(text, *, confidence=1.0, url=GRIEF.url, title="Grief", headings=()):
    passage = Passage(text, 0, len(text), url, "part", title, heading_path=headings)
    page = PageResult(1, 1.0, url, title, "", None, (Hit(1, passage, 1.0, 0.5),))
    return lambda question: SearchOutcome(Interpretation(question), "answered", confidence, (page,), 1)


def finds_nothing(question):
    return SearchOutcome(Interpretation(question), "not_covered", 0.05, (), 0)


def symptoms(search):
    return make_question_matrix(search, [GRIEF]).cell(GRIEF, "symptoms")


def test_a_question_is_asked_of_a_topic_only_where_it_makes_sense():
    matrix = make_question_matrix(finds("Text."), [GRIEF, IPT])
    assert matrix.cell(GRIEF, "symptoms").question == "What are the symptoms of Grief?"
    assert matrix.cell(IPT, "symptoms") is None


@pytest.mark.parametrize(
    ("search", "support", "band"),
    [
        (finds("It hurts.", headings=("Signs of grief",)), "a section", "high"),
        (finds("Early signs are tears."), "a sentence", "high"),
        (finds("Grief shows up as tears.", url="https://clinic.example/loss/", title="Loss"), "in passing", "medium"),
        (finds("Our groups meet on Monday."), "another question", "low"),
        (finds("Signs of spring.", url="https://clinic.example/garden/", title="Garden"), "nothing", "low"),
        (finds_nothing, "nothing", "low"),
    ],
)
def test_a_cell_is_worth_what_the_passage_behind_it_says(search, support, band):
    assert (symptoms(search).support, symptoms(search).band) == (support, band)


def test_the_search_has_to_be_sure_too():
    assert symptoms(finds("It hurts.", headings=("Signs",), confidence=0.2)).band == "low"


def test_conditions_are_crossed_with_therapies_and_a_passage_has_to_name_both():
    named = make_treatment_matrix(finds("Interpersonal therapy helps."), [GRIEF, IPT]).cells
    other = make_treatment_matrix(finds("Time helps."), [GRIEF, IPT]).cells
    assert [cell.question for cell in named] == ["Does Interpersonal Therapy help with Grief?"]
    assert [cell.band for cell in (*named, *other)] == ["high", "low"]


def test_a_therapy_is_also_named_by_the_letters_in_its_own_title():
    therapy = Topic("Interpersonal Therapy", "therapy", "https://clinic.example/ipt/")
    search = finds("IPT helps with grief.", url=therapy.url, title="Interpersonal Therapy (IPT)")
    assert make_treatment_matrix(search, [GRIEF, therapy]).cells[0].support == "in passing"


def test_without_conditions_or_therapies_nothing_is_asked():
    assert make_treatment_matrix(finds_nothing, [IPT]).cells == ()


def test_the_weakest_cells_are_those_most_asked_and_least_answered():
    matrix = make_question_matrix(finds_nothing, [GRIEF])
    assert [cell.question for cell in weakest_cells(matrix, count=2)] == ["How is Grief treated?", "What are the symptoms of Grief?"]
    gap = next(describe_cells(matrix, count=1))
    assert (gap.subject, gap.severity, gap.place) == ("How is Grief treated?", "warning", GRIEF.url)
