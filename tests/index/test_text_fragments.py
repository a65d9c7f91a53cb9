import re
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.text_fragments import fragment_url, place_url
from ingest.schema import Article, Block
from tests.index.conftest import ARTICLE, BODY, URL, article_of, span


def directive(part: str, article: Article = ARTICLE) -> str:
    return fragment_url(article, *span(part, article)).partition(":~:text=")[2]


def test_short_words_stand_in_the_fragment_whole_and_encoded():
    assert directive("It lasts 16 weeks, often less & rarely more.") == "It%20lasts%2016%20weeks%2C%20often%20less%20%26%20rarely%20more"
    assert "short%2Dterm" in directive("It is a short-term")


def test_a_marker_inside_the_span_is_bridged_by_first_and_last_words():
    assert unquote(directive("IPT helps. It is a short-term")) == "IPT helps,It is a short-term"


def test_words_that_stand_twice_get_a_prefix():
    article = article_of(Block("Sleep helps a lot. Rest well. In mania sleep helps a lot."))
    second = article.text.rindex("sleep helps")
    assert (
        unquote(fragment_url(article, second, second + len("sleep helps a lot")).partition("text=")[2])
        == "lot. Rest well. In mania-,sleep helps a lot"
    )


def test_cells_and_terms_are_bridged_since_the_page_prints_neither_bar_nor_colon():
    article = article_of(Block("Group | 90 minutes | $60", "table_row"), Block("Grief: the loss of a person", "definition"))
    assert unquote(fragment_url(article, *span("Group | 90 minutes | $60", article)).partition("text=")[2]) == "Group,$60"
    assert (
        unquote(fragment_url(article, *span("Grief: the loss of a person", article)).partition("text=")[2]) == "Grief,the loss of a person"
    )


def test_a_page_without_anchor_is_cited_by_its_address():
    assert place_url(URL, "") == URL
    assert place_url(URL + "#old", "né w") == URL + "#n%C3%A9%20w"


def test_a_span_of_punctuation_falls_back_to_the_place():
    article = article_of(Block("... --"))
    assert fragment_url(article, 0, 3) == URL


@pytest.mark.parametrize("part", ["IPT helps.", BODY[11:40]])
def test_the_anchor_and_the_directive_share_one_fragment(part: str):
    assert re.fullmatch(r"[^#]+#ptsd:~:text=[^#]+", fragment_url(ARTICLE, *span(part), anchor="ptsd"))


@given(st.text(alphabet="ab cd.,-&\u0301é“”\n", min_size=5, max_size=300), st.data())
def test_every_part_of_a_directive_stands_in_the_text(text: str, data: st.DataObject):
    article = article_of(Block(" ".join(text.split())))
    assume(article.text)
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    parts = fragment_url(article, start, end).partition(":~:text=")[2].split(",")
    assert all(unquote(part.strip("-")) in article.text for part in parts)


def test_words_that_end_a_block_and_stand_before_get_the_next_block_as_suffix():
    article = article_of(Block("We see most people once a week. Yes you may ask."), Block("Yes"), Block("Tobias is our psychiatrist."))
    end = article.text.index("\nTobias")
    assert unquote(fragment_url(article, 0, end).partition("text=")[2]) == "We see most people once,Yes,-Tobias is our psychiatrist."


def test_a_short_item_gets_the_words_before_it_since_a_menu_may_hold_it_too():
    article = article_of(Block("We see people with:"), Block("Grief", "list_item"), Block("Panic attacks", "list_item"))
    assert directive("Grief", article) == "We%20see%20people%20with%3A-,Grief"


def test_no_context_runs_across_the_place_of_a_marker():
    article = article_of(
        Block("Sleep helps a lot. In trials it helped.1 Sleep helps a lot."), Block("Notes", "heading", 2), Block("A. 2001.", "list_item")
    )
    second = article.text.rindex("Sleep helps")
    assert "helped" not in fragment_url(article, second, second + len("Sleep helps a lot"))


def test_a_part_of_a_word_is_no_earlier_place():
    article = article_of(Block("Unrest helps nobody at all. Rest helps nobody at all but you."))
    assert unquote(directive("Rest helps nobody at all", article)) == "Rest helps nobody at all"
