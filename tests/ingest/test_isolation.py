from ingest.isolation import each_alone
from ingest.schema import LedgerEntry, Page


def length_of_short(page: Page) -> int:
    if len(page.content) > 3:
        raise ValueError(page.content)
    return len(page.content)


def test_a_page_that_breaks_our_code_is_recorded_and_the_others_are_read():
    told: list[LedgerEntry] = []
    pages = [Page("a", "x"), Page("b", "far too long" * 50), Page("c", "xyz")]
    assert list(each_alone(pages, length_of_short, record=told.append)) == [1, 3]
    assert [(entry.url, entry.outcome) for entry in told] == [("b", "error")]
    assert told[0].reason.startswith("it could not be understood: ValueError: far too long")
    assert len(told[0].reason) < 200


def test_pages_are_read_one_at_a_time():
    read: list[str] = []

    def note(page: Page) -> str:
        read.append(page.url)
        return page.url

    results = each_alone([Page("a", ""), Page("b", "")], note, record=lambda _entry: None)
    assert next(results) == "a"
    assert read == ["a"]
