from hypothesis import given
from hypothesis import strategies as st

from search_api.schema import CitationOut, PassageOut
from search_api.snippets import CLIP_CHARACTERS, CLIP_FROM, Snippet, clip_passage, whole_passage

CITATION = CitationOut(title="T", heading_path=[], url="https://clinic.example/", fragment_url="https://clinic.example/")


def passage(text: str, *words: str) -> PassageOut:
    spans, at = [], 0
    for word in words:
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    return PassageOut(passage_id="p", text=text, highlights=spans, citation=CITATION, references=[])


def said(snippet: Snippet) -> str:
    return "".join(text for text, _ in snippet.pieces)


def marked(snippet: Snippet) -> list[str]:
    return [text for text, is_match in snippet.pieces if is_match]


@st.composite
def passages(draw: st.DrawFn) -> PassageOut:
    text = draw(st.text(st.sampled_from("ab .\n?é😀"), max_size=900))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12, unique=True)))
    spans = [(left, right) for left, right in zip(cuts[::2], cuts[1::2], strict=False) if left < right]
    return PassageOut(passage_id="p", text=text, highlights=spans, citation=CITATION, references=[])


@given(passages())
def test_the_whole_passage_is_its_text_with_all_marks(one: PassageOut):
    snippet = whole_passage(one)
    assert said(snippet) == one.text
    assert marked(snippet) == [one.text[start:end] for start, end in one.highlights]
    assert not snippet.is_clipped


@given(passages())
def test_a_clip_is_a_run_of_the_text_and_says_where_it_was_cut(one: PassageOut):
    snippet = clip_passage(one)
    assert said(snippet) in one.text
    assert snippet.cut_before or one.text.startswith(said(snippet))
    assert snippet.cut_after or one.text.strip().endswith(said(snippet).strip())
    assert len(said(snippet)) <= CLIP_FROM


def test_a_short_passage_is_not_clipped():
    assert not clip_passage(passage("short " * 60, "short")).is_clipped


def test_a_clip_holds_the_words_that_were_asked_for_wherever_they_stand():
    text = "Nothing of note is said here. " * 20 + "Exposure is not needed for trauma. " + "More of the rest follows. " * 20
    snippet = clip_passage(passage(text, "Exposure", "trauma"))
    assert marked(snippet) == ["Exposure", "trauma"]
    assert said(snippet).startswith("Exposure is not needed")
    assert snippet.cut_before
    assert snippet.cut_after


def test_a_clip_ends_with_a_sentence_where_one_ends():
    text = "A first sentence stands here with some words. " * 20
    assert said(clip_passage(passage(text))).endswith("words.")
    assert len(said(clip_passage(passage(text)))) > CLIP_CHARACTERS / 2


def test_one_endless_word_is_cut_and_still_shows_the_match_after_it():
    text = "x" * 900 + " trauma " + "y" * 900
    assert marked(clip_passage(passage(text, "trauma"))) == ["trauma"]
