import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.references import (
    dangling_markers,
    expand_numbers,
    find_hidden_markers,
    find_references,
    has_bare_markers,
    parse_reference,
    take_out_markers,
    uncited_references,
)
from ingest.schema import Article, Block, Link, Marker, Reference

PAGE = "https://clinic.example/ipt/"


def heading(text: str, level: int = 2) -> Block:
    return Block(text, "heading", level)


def item(text: str, *links: Link) -> Block:
    return Block(text, "list_item", links=links)


def unmarked(text: str, *, listed: int = 9, superscripts: tuple[tuple[int, int], ...] = (), links: tuple[Link, ...] = ()):
    found = take_out_markers(Block(text, superscripts=superscripts, links=links), page_url=PAGE, listed=listed, accept_bare=True)
    return found.text, [(marker.marker, marker.offset) for marker in found.markers]


@pytest.mark.parametrize(
    ("printed", "text", "markers"),
    [
        ("treatment for PTSD.5", "treatment for PTSD.", [("5", 19)]),
        ("treatment for PTSD.5 More follows.", "treatment for PTSD. More follows.", [("5", 19)]),
        ("psychiatric disorders”.1 ", "psychiatric disorders”.", [("1", 23)]),
        ("psychiatric disorders.”1 Next", "psychiatric disorders.” Next", [("1", 23)]),
        ("symptoms (mild).2,4-6 Next", "symptoms (mild). Next", [("2", 16), ("4", 16), ("5", 16), ("6", 16)]),
        ("began in 1974.3 Since", "began in 1974. Since", [("3", 14)]),
        ("by about 50%.7 Next", "by about 50%. Next", [("7", 13)]),
        ("helps [3], and lasts [2,4-6].", "helps, and lasts.", [("3", 5), ("2", 16), ("4", 16), ("5", 16), ("6", 16)]),
        ("helps [3] and lasts", "helps and lasts", [("3", 5)]),
        ("It helps.¹² Next", "It helps. Next", [("12", 9)]),
    ],
)
def test_markers_are_taken_out_and_remembered(printed: str, text: str, markers: list[tuple[str, int]]):
    assert unmarked(printed) == (text, markers)


@pytest.mark.parametrize(
    "text",
    [
        "Code F43.10 is used for PTSD.",
        "It takes 16 sessions.",
        "It began in 1974.",
        "The DSM-5 lists it. The DSM-5-TR too.",
        "COVID-19 made it worse.",
        "Call us 24/7.",
        "A dose of 3.5 units",
        "See Fig.2 and No.5 of the series",
        "It costs $1,200 in all",
        "a room of 20 m² or 5 km²",
        "Version 2.10 of the manual, 1.2.3",
        "Vitamin B12, omega-3, PHQ-9 and GAD-7.",
        "at 9:30 on 11/30/2025.",
        "on www.example.org/page.2 today",
    ],
)
def test_ordinary_numbers_are_no_markers(text: str):
    assert unmarked(text) == (text, [])


def test_a_number_far_beyond_the_list_is_no_marker():
    assert unmarked("It was the end.99", listed=6) == ("It was the end.99", [])
    assert unmarked("It was the end.7", listed=6)[1] == [("7", 15)]


def test_a_superscript_is_a_marker_but_a_power_is_not():
    assert unmarked("It helps3 people", superscripts=((8, 9),)) == ("It helps people", [("3", 8)])
    assert unmarked("10 x 103 cells", superscripts=((7, 8),))[1] == []


def test_a_link_into_the_page_whose_text_is_a_number_is_a_marker():
    link = Link("3", PAGE + "#ref-3", 10, 11)
    assert unmarked("It helps ([3]) them", links=(Link("[3]", PAGE + "#ref-3", 10, 13),))[1] == [("3", 8)]
    assert unmarked("It helps [3] people", links=(link,)) == ("It helps people", [("3", 8)])
    elsewhere = Link("3", "https://clinic.example/other/#ref-3", 9, 10)
    assert unmarked("It helps 3 people", links=(elsewhere,)) == ("It helps 3 people", [])


def test_links_move_with_the_text():
    link = Link("fees", "https://clinic.example/fees/", 16, 20)
    found = take_out_markers(Block("It helps.[3] See fees."[:16] + "fees.", links=(link,)), page_url=PAGE, listed=3, accept_bare=True)
    assert [found.text[moved.start : moved.end] for moved in found.links] == ["fees"]


def test_bare_digits_need_a_list_or_a_count_from_one():
    assert has_bare_markers([], listed=1)
    assert has_bare_markers([Block("One.1 Two.2")], listed=0)
    assert not has_bare_markers([Block("Room number.7")], listed=0)


BARE = Block("It is common.1 It can be treated.2")
LISTED = [Reference(str(number), "An entry") for number in range(1, 13)]


@pytest.mark.parametrize(
    "text",
    ["Many fall ill by age 18.1 Signs are clear.", "It was so in 24 of 36.2 A second study agrees.", "The group had 8.3 They met weekly."],
)
def test_a_marker_glued_to_the_number_that_ends_a_sentence_is_found(text: str):
    ((start, end, number),) = find_hidden_markers([BARE, Block(text)], LISTED)[1]
    assert text[start:end] == number
    assert (text[start - 1], text[end]) == (".", " ")


@pytest.mark.parametrize(
    "text",
    [
        "We run version 2.1 Beta of it.",
        "It was in 1974.",
        "The code is F43.10 Adjustment disorder.",
        "A mean of 18.1 points was found.",
        "A plant of 8.6 GW was built.",
        "Section 2.1 Overview of it.",
        "It weighs 3.99 Kilograms and more.",
        "Pictures were taken on a 1.5 Tesla scanner.",
        "See table 2.1 The scores.",
        "About 18.1 of them. And 18.1 Of those.",
        "A score of 18.1 Points and a score of 24.1 Points were found.",
    ],
)
def test_a_decimal_and_a_numbered_thing_are_no_markers(text: str):
    assert not find_hidden_markers([BARE, Block(text)], LISTED)


def test_a_number_after_a_number_is_no_marker_on_a_page_that_prints_no_bare_digits_or_lists_no_such_entry():
    block = Block("Many fall ill by age 18.1 Signs are clear.")
    assert not find_hidden_markers([Block("It is common [1]."), block], LISTED)
    assert not find_hidden_markers([BARE, block], LISTED[1:])
    assert not find_hidden_markers([BARE, block], [])


@pytest.mark.parametrize(
    "title",
    [
        "References",
        "Resources",
        "Sources:",
        "FOOTNOTES",
        "Works Cited",
        "Medical references",
        "Referencias",
        "Further Reading",
        "References & Citations",
    ],
)
def test_the_list_stands_under_any_of_its_usual_headings(title: str):
    blocks = [Block("It helps."), heading(title), item("Weissman MM. IPT. 2018. https://doi.org/10.1093/med/1.2"), item("NICE. 2022.")]
    found = find_references(blocks)
    assert (found.start, found.end) == (1, 4)
    assert [reference.marker for reference in found.references] == ["1", "2"]


def test_a_list_of_help_lines_is_no_reference_list():
    blocks = [heading("Resources"), item("Crisis line: 988"), item("Front desk"), item("Parking")]
    assert find_references(blocks).references == ()


def test_a_list_of_the_sites_own_pages_is_no_reference_list():
    own = [
        item("Team", Link("Team", "https://clinic.example/team/", 0, 4)),
        item("Fees", Link("Fees", "https://clinic.example/fees/", 0, 4)),
    ]
    assert find_references([heading("Resources"), *own], page_url=PAGE).references == ()
    assert len(find_references([heading("Resources"), *own], page_url="https://other.example/").references) == 2


def test_the_list_ends_where_its_items_end():
    blocks = [
        heading("References"),
        item("A. 2001."),
        item("B. 2002."),
        Block("Licensed until 11/30/2025"),
        item("Our Team", Link("x", "u", 0, 3)),
    ]
    assert find_references(blocks).end == 3


def test_numbers_in_front_of_entries_are_their_markers():
    blocks = [heading("Sources"), Block("[1] A. 2001."), Block("[3] B. 2002.")]
    assert [(one.marker, one.text) for one in find_references(blocks).references] == [("1", "A. 2001."), ("3", "B. 2002.")]


def test_footnotes_need_no_heading():
    blocks = [Block("It helps."), item("A. 2001. ↩"), item("B. 2002. ↩")]
    assert [one.text for one in find_references(blocks).references] == ["A. 2001.", "B. 2002."]


@pytest.mark.parametrize(
    ("text", "url", "doi", "pmid"),
    [
        ("Markowitz JC. 2015. doi:10.1176/appi.ajp.2014.14070908.", "", "10.1176/appi.ajp.2014.14070908", ""),
        ("https://pubmed.ncbi.nlm.nih.gov/29377848/", "https://pubmed.ncbi.nlm.nih.gov/29377848/", "", "29377848"),
        ("Title (PMID: 1234567).", "", "", "1234567"),
        (
            "See https://doi.org/10.1002/(SICI)1097-4679(199905)55:5.",
            "https://doi.org/10.1002/(SICI)1097-4679(199905)55:5",
            "10.1002/(SICI)1097-4679(199905)55:5",
            "",
        ),
        ("No address, 2001.", "", "", ""),
    ],
)
def test_an_entry_gives_its_address_doi_and_pmid(text: str, url: str, doi: str, pmid: str):
    assert parse_reference("1", text) == Reference("1", text, url, doi, pmid)


@pytest.mark.parametrize(
    ("text", "numbers"), [("3", ("3",)), ("2,4-6", ("2", "4", "5", "6")), ("1–3", ("1", "2", "3")), ("9-2", ("9", "2"))]
)
def test_a_range_stands_for_each_of_its_numbers(text: str, numbers: tuple[str, ...]):
    assert expand_numbers(text) == numbers


def test_dangling_markers_and_uncited_entries_are_told():
    article = Article(PAGE, "t", "x", references=(Reference("1", "a"), Reference("2", "b")), markers=(Marker("1", 0), Marker("7", 1)))
    assert dangling_markers(article) == ("7",)
    assert [one.marker for one in uncited_references(article)] == ["2"]


@given(st.text(alphabet=st.sampled_from("ab .,[]()0123456789¹²”\n"), max_size=60))
def test_nothing_but_markers_and_the_space_before_them_is_lost(text: str):
    found = take_out_markers(Block(text), page_url=PAGE, listed=5, accept_bare=True)
    assert [char for char in found.text if char.isalpha()] == [char for char in text if char.isalpha()]
    assert all(0 <= marker.offset <= len(found.text) for marker in found.markers)
    if not found.markers:
        assert found.text == text.strip()


@pytest.mark.parametrize("repeated", ["²", "so it is.1 ", "so it is [1]. ", "[1, ", "see Fig.2 ", "1,2,"])
def test_a_line_of_a_megabyte_is_read_within_seconds(repeated: str):
    text = repeated * (1_000_000 // len(repeated))
    started = time.process_time()
    take_out_markers(Block(text), page_url="", listed=3, accept_bare=True)
    assert time.process_time() - started < 15


def test_a_long_row_of_superscript_digits_is_no_marker():
    assert take_out_markers(Block("2" + "²" * 5000), page_url="", listed=3, accept_bare=True).markers == ()


def test_many_markers_and_links_move_as_one_by_one():
    sentence = "IPT helps [1] people²."
    text = " ".join([sentence] * 50)
    links = tuple(Link("helps", "https://x.example", at, at + 5) for at in range(4, len(text), len(sentence) + 1))
    unmarked = take_out_markers(Block(text, links=links), page_url="", listed=3, accept_bare=False)
    assert unmarked.text == " ".join(["IPT helps people."] * 50)
    assert [unmarked.text[link.start : link.end] for link in unmarked.links] == ["helps"] * 50
    assert [marker.marker for marker in unmarked.markers] == ["1", "2"] * 50
    assert all(unmarked.text[marker.offset - 5 : marker.offset] in {"helps", "eople"} for marker in unmarked.markers)
