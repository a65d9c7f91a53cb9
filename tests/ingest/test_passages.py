from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.articles import assemble_article
from ingest.passages import SHORT_WORDS, sentences_from, split_passages, split_windows
from ingest.schema import Article, Block, StrippedPage

LIMIT = 60


def count_words(text: str) -> int:
    """A tokenizer of one token a word and two special ones."""
    return len(text.split()) + 2


def article_of(*blocks: Block) -> Article:
    return assemble_article(StrippedPage("https://clinic.example/a/", blocks, ()))


def heading(text: str, level: int = 2) -> Block:
    return Block(text, "heading", level, text.lower())


def words(count: int, word: str = "word") -> str:
    return " ".join([word] * (count - 1) + [word + "."])


def test_a_section_that_fits_is_one_passage_with_its_heading_path():
    (passage,) = split_passages(
        article_of(heading("Title", 1), heading("Help"), Block(words(30))), count_tokens=count_words, max_tokens=LIMIT
    )
    assert (passage.title, passage.heading_path, passage.anchor) == ("Title", ("Help",), "help")
    assert passage.embedding_text == f"Title > Help\n{words(30)}"


def test_a_long_section_becomes_parts_of_about_equal_length():
    article = article_of(heading("T", 1), Block(" ".join(words(10) for _ in range(12))))
    lengths = [len(passage.text.split()) for passage in split_passages(article, count_tokens=count_words, max_tokens=LIMIT)]
    assert sum(lengths) == 120
    assert max(lengths) - min(lengths) <= 10


def test_short_neighbours_under_one_heading_are_joined():
    article = article_of(
        heading("Clinic", 1),
        heading("Visit"),
        heading("Hours", 3),
        Block("Nine to five."),
        heading("Parking", 3),
        Block("Behind the house."),
    )
    (passage,) = split_passages(article, count_tokens=count_words, max_tokens=LIMIT)
    assert passage.text == "Nine to five.\nParking\nBehind the house."
    assert passage.heading_path == ("Visit",)


def test_a_line_above_the_title_stands_with_the_words_below_it():
    article = article_of(Block("ANXIETY THERAPY ONTARIO"), heading("Anxiety Therapy", 1), Block(words(30)))
    (passage,) = split_passages(article, count_tokens=count_words, max_tokens=LIMIT)
    assert passage.text == f"ANXIETY THERAPY ONTARIO\nAnxiety Therapy\n{words(30)}"


def test_a_section_of_its_own_length_is_never_joined():
    article = article_of(heading("V"), heading("A", 3), Block(words(SHORT_WORDS)), heading("B", 3), Block(words(SHORT_WORDS)))
    assert len(split_passages(article, count_tokens=count_words, max_tokens=LIMIT)) == 2


def test_a_list_item_is_not_cut_in_the_middle():
    items = [Block(words(18), "list_item") for _ in range(6)]
    passages = split_passages(article_of(heading("T", 1), *items), count_tokens=count_words, max_tokens=LIMIT)
    assert all(len(passage.text.split()) % 18 == 0 for passage in passages)


def test_a_sentence_longer_than_the_model_reads_is_cut_between_words():
    passages = split_passages(article_of(Block(words(200))), count_tokens=count_words, max_tokens=LIMIT)
    assert " ".join(passage.text for passage in passages) == words(200)
    assert all(count_words(passage.embedding_text) <= LIMIT for passage in passages)


def test_the_id_changes_with_address_anchor_and_text_only():
    text, other_text = words(20), words(21)
    first, *_ = split_passages(article_of(heading("A"), Block(text)), count_tokens=count_words)
    again, *_ = split_passages(article_of(heading("A"), Block(text), heading("B"), Block(other_text)), count_tokens=count_words)
    other, *_ = split_passages(article_of(heading("A"), Block(other_text)), count_tokens=count_words)
    assert first.passage_id == again.passage_id != other.passage_id


def test_windows_cover_every_sentence_in_order():
    text = " ".join(words(20) for _ in range(7))
    sentences = [(at * 101, at * 101 + 100) for at in range(7)]
    windows = split_windows(text, sentences, words=60)
    assert (windows[0][0], windows[-1][1]) == (0, sentences[-1][1])
    assert all(left[1] <= right[0] for left, right in pairwise(windows))


sentences = st.lists(st.text(alphabet="ab. ", min_size=1, max_size=30), min_size=1, max_size=30).map(" ".join)
body = st.builds(Block, sentences, st.sampled_from(["paragraph", "list_item", "table_row"]))
headings = st.builds(Block, st.text("AB", min_size=1, max_size=9), st.just("heading"), st.integers(2, 4), st.just("x"))


@given(st.lists(body | headings, max_size=12), st.integers(20, 80))
def test_passages_are_verbatim_disjoint_within_the_limit_and_lose_no_word(drawn: list[Block], limit: int):
    article = article_of(*drawn)
    passages = split_passages(article, count_tokens=count_words, max_tokens=limit)
    assert all(passage.text == article.text[passage.start : passage.end] for passage in passages)
    assert all(left.end <= right.start for left, right in pairwise(passages))
    assert all(count_words(passage.embedding_text) <= limit for passage in passages)
    covered = {offset for passage in passages for offset in range(passage.start, passage.end)}
    written = {o for section in article.sections for o in range(section.start, section.end) if not article.text[o].isspace()}
    assert written <= covered


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5), st.integers(0, 300), st.integers(0, 300))
def test_the_sentences_from_a_span_are_those_that_begin_in_it(sizes: list[int], start: int, length: int):
    blocks = [one for at, size in enumerate(sizes) for one in (heading(f"Part {at}"), Block(" ".join(words(4) for _ in range(size))))]
    article = article_of(heading("T", 1), *(one for one in blocks if one.text))
    everything = [sentence for section in article.sections for sentence in section.sentences]
    expected = [one for one in everything if start <= one.start < start + length]
    assert list(sentences_from(article, start, start + length)) == expected
