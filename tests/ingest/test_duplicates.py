"""Which pages are the same article, and which only look alike."""

from ingest.duplicates import article_digest, find_duplicates
from ingest.schema import Article, Metadata

URL = "https://clinic.example/"


def article(path, text="Grief takes its time.", title="Grief", canonical=""):
    return Article(URL + path, title, text, metadata=Metadata(canonical_url=canonical))


def test_the_page_with_the_shortest_address_is_kept_whatever_the_order():
    pages = [article("grief?print=1"), article("grief"), article("grief/copy")]
    expected = {f"{URL}grief?print=1": f"{URL}grief", f"{URL}grief/copy": f"{URL}grief"}
    assert find_duplicates(pages) == find_duplicates(reversed(pages)) == expected


def test_the_canonical_page_is_kept_though_its_address_is_longer():
    pages = [article("g", canonical=f"{URL}therapy/grief"), article("therapy/grief")]
    assert find_duplicates(pages) == {f"{URL}g": f"{URL}therapy/grief"}


def test_a_print_version_with_other_words_is_a_duplicate_of_its_canonical_page():
    pages = [article("grief?print=1", "Printed for you. Grief takes its time.", canonical=f"{URL}grief"), article("grief")]
    assert find_duplicates(pages) == {f"{URL}grief?print=1": f"{URL}grief"}


def test_of_two_pages_that_name_each_other_one_is_kept():
    pages = [article("a", "One.", canonical=f"{URL}b"), article("b", "Two.", canonical=f"{URL}a")]
    assert find_duplicates(pages) == {f"{URL}a": f"{URL}b"}


def test_a_canonical_address_that_was_not_crawled_makes_no_duplicate():
    assert find_duplicates([article("a", canonical="https://elsewhere.example/a")]) == {}


def test_near_identical_pages_for_two_cities_stay_two_pages():
    assert find_duplicates([article("a", "Therapy in Ajax."), article("b", "Therapy in Barrie.")]) == {}


def test_pages_with_one_text_and_two_titles_stay_two_pages():
    assert find_duplicates([article("a", title="Ajax"), article("b", title="Barrie")]) == {}


def test_a_canonical_address_alone_makes_no_duplicate():
    front = article("", "Welcome.", "Home")
    assert find_duplicates([front, *(article(f"p{n}", f"Text {n}.", canonical=URL) for n in range(5))]) == {}


def test_white_space_does_not_change_a_digest_and_a_word_does():
    assert article_digest(article("a", "One two")) == article_digest(article("b", "One\n two ")) != article_digest(article("a", "One too"))
