from hypothesis import given
from hypothesis import strategies as st

from ingest.articles import assemble_article
from ingest.references import dangling_markers
from ingest.schema import Block, Metadata, StrippedPage

URL = "https://clinic.example/therapies/ipt/"


def heading(text: str, level: int = 2, anchor: str = "") -> Block:
    return Block(text, "heading", level, anchor or text.lower().replace(" ", "-"))


def page(*blocks: Block, metadata: Metadata = Metadata()) -> StrippedPage:  # noqa: B008
    return StrippedPage(URL, blocks, (), metadata)


IPT = page(
    heading("Interpersonal Psychotherapy", 1),
    Block("A short therapy."),
    heading("What it helps with"),
    heading("PTSD", 3),
    Block("It works without exposure.2 Many stay.1"),
    heading("References"),
    Block("A. 2001.", "list_item"),
)


def section_texts(article):
    return [(section.heading_path, section.anchor, article.text[section.start : section.end]) for section in article.sections]


def test_sections_carry_their_headings_their_anchor_and_their_text():
    assert section_texts(assemble_article(IPT)) == [
        ((), "", "A short therapy."),
        (("What it helps with",), "what-it-helps-with", ""),
        (("What it helps with", "PTSD"), "ptsd", "It works without exposure. Many stay."),
    ]


def test_each_sentence_carries_its_own_markers():
    article = assemble_article(IPT)
    sentences = article.sections[-1].sentences
    assert [(article.text[one.start : one.end], one.markers) for one in sentences] == [
        ("It works without exposure.", ("2",)),
        ("Many stay.", ("1",)),
    ]
    assert dangling_markers(article) == ("2",)


def test_a_marker_between_two_sentences_without_a_space_is_the_first_ones():
    article = assemble_article(page(Block("睡眠很重要。[1]它可以治疗。"), metadata=Metadata(language="zh")))
    assert [sentence.markers for sentence in article.sections[0].sentences] == [("1",), ()]


def test_the_reference_list_is_no_text():
    article = assemble_article(IPT)
    assert "2001" not in article.text
    assert [reference.text for reference in article.references] == ["A. 2001."]


def test_the_title_is_the_h1_or_the_page_title_without_the_name_of_the_site_or_the_address():
    assert assemble_article(IPT).title == "Interpersonal Psychotherapy"
    named = Metadata(title="Fees | Wrenfield", site_name="Wrenfield")
    assert assemble_article(page(Block("Text."), metadata=named)).title == "Fees"
    assert assemble_article(page(Block("Text."))).title == "Ipt"


def test_a_list_item_with_two_full_stops_stays_one_unit():
    article = assemble_article(page(Block("Call us. Then come.", "list_item")))
    assert len(article.sections[0].sentences) == 1


def test_a_page_without_blocks_is_an_empty_article():
    article = assemble_article(page())
    assert (article.text, article.sections) == ("", ())


texts = st.text(alphabet="ab .,12\u0301é", min_size=1, max_size=40)
blocks = st.builds(Block, texts, st.sampled_from(["paragraph", "list_item", "quote"]), st.just(0)) | st.builds(
    Block, texts, st.just("heading"), st.integers(1, 6), texts
)


@given(st.lists(blocks, max_size=12))
def test_offsets_always_point_at_the_text_they_claim(drawn: list[Block]):
    article = assemble_article(page(*drawn))
    for section in article.sections:
        assert 0 <= section.start <= section.end <= len(article.text)
        for sentence in section.sentences:
            assert section.start <= sentence.start < sentence.end <= section.end
            assert article.text[sentence.start : sentence.end].strip() == article.text[sentence.start : sentence.end]


@given(st.lists(blocks, max_size=12))
def test_no_letter_of_a_kept_block_is_lost(drawn: list[Block]):
    article = assemble_article(page(*drawn))
    kept = "".join(block.text for block in drawn)
    listed = "".join(reference.text for reference in article.references)
    assert sorted(filter(str.isalpha, article.text + listed)) == sorted(filter(str.isalpha, kept))
