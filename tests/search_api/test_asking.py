from pathlib import Path

import pytest
from rich.console import Console

from index.errors import SearchIndexError
from search_api.asking import ask_index
from search_api.schema import RephrasedAnswerOut, RephrasedOut
from search_api.settings import Settings
from search_api.terminal import print_answer, print_results

WORDS = "I want to kill myself"


def ask(question: str, index: Path, locale: str = ""):
    return ask_index(question, index, k=3, settings=Settings(index=index), locale=locale)


def printed(show, response) -> str:
    console = Console(width=200)
    with console.capture() as capture:
        show(response, console)
    return capture.get()


def test_a_crisis_is_met_on_the_command_line_as_on_the_page(small_index: Path):
    response = ask(WORDS, small_index)
    assert response.crisis is not None
    assert response.crisis.class_ == "crisis"
    assert response.answer is None


def test_the_panel_comes_in_the_language_of_the_terminal(small_index: Path):
    crisis = ask(WORDS, small_index, "es_MX.UTF-8").crisis
    assert crisis is not None
    assert crisis.panel.heading.startswith("No est")


def test_the_panel_comes_without_any_index(tmp_path: Path):
    response = ask(WORDS, tmp_path)
    assert response.crisis is not None
    assert response.results == []


def test_any_other_question_without_an_index_is_an_error(tmp_path: Path):
    with pytest.raises(SearchIndexError):
        ask("fees", tmp_path)


@pytest.mark.parametrize("show", [print_results, print_answer])
def test_the_panel_is_printed_before_everything_else(small_index: Path, show):
    text = printed(show, ask(WORDS, small_index))
    assert text.index("Call 988") < text.index("clinic.example")
    assert "The site does not say" not in text


def test_a_question_about_the_subject_gets_one_quiet_line(small_index: Path):
    text = printed(print_results, ask("suicide prevention", small_index))
    assert "call or text 988" in text
    assert "Veterans" not in text


def test_an_ordinary_question_gets_neither(small_index: Path):
    assert "988" not in printed(print_answer, ask("fees", small_index))


def test_a_language_models_words_are_labelled_and_the_quotes_stand_below_them(small_index: Path):
    response = ask("interpersonal psychotherapy PTSD without exposure", small_index)
    assert response.answer is not None
    said = RephrasedOut(text="It can help [bold]people[/bold].", quote=0)
    answer = RephrasedAnswerOut(quotes=response.answer.quotes, rephrased=[said])
    shown = printed(print_answer, response.model_copy(update={"answer": answer}))
    label, words, quote = (shown.index(part) for part in ("written by a computer", said.text, response.answer.quotes[0].text))
    assert label < words < quote
    assert "written by a computer" not in printed(print_answer, response)
