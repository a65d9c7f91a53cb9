from search_api.quote_groups import group_quotes
from search_api.schema import CitationOut, PassageOut, ReferenceOut


def quote(text: str, url: str, *markers: str) -> PassageOut:
    citation = CitationOut(title="IPT", heading_path=["PTSD"], url=url, fragment_url=f"{url}:~:text={text}")
    references = [ReferenceOut(marker=marker, text=f"Study {marker}", url="", doi="", pmid="") for marker in markers]
    return PassageOut(passage_id=text, text=text, highlights=[], citation=citation, references=references)


PTSD, GRIEF = "https://clinic.example/ipt/#ptsd", "https://clinic.example/ipt/#grief"


def test_neighbouring_quotes_of_one_place_are_one_group():
    groups = group_quotes([quote("a", PTSD), quote("b", PTSD), quote("c", GRIEF), quote("d", PTSD)])
    assert [[one.text for one in group.quotes] for group in groups] == [["a", "b"], ["c"], ["d"]]


def test_the_address_of_a_group_lands_on_every_quote():
    (group,) = group_quotes([quote("first%20words", PTSD), quote("last", PTSD)])
    assert group.url == f"{PTSD}:~:text=first%20words&text=last"


def test_each_reference_of_a_group_is_named_once():
    (group,) = group_quotes([quote("a", PTSD, "3", "5"), quote("b", PTSD, "5", "6")])
    assert [one.marker for one in group.references] == ["3", "5", "6"]
