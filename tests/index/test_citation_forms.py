from datetime import date

import pytest

from index.citation_forms import write_citations
from index.schema import Citation
from ingest.schema import Article, Metadata, Reference

FRAGMENT = "https://clinic.example/ipt/#ptsd:~:text=IPT%20helps"
CITATION = Citation(
    "IPT & you",
    ("IPT & you", "PTSD"),
    "https://clinic.example/ipt/#ptsd",
    FRAGMENT,
    (Reference("5", "Markowitz JC. 2015 <b>"),),
    reviewed_on=date(2026, 2, 17),
    published_on=date(2023, 5, 9),
)


def article_of(**metadata: object) -> Article:
    return Article("https://clinic.example/ipt/", "IPT & you", "", metadata=Metadata(site_name="Wrenfield", **metadata))  # type: ignore[arg-type]


def forms(**metadata: object) -> dict[str, str]:
    return dict(write_citations("IPT helps.", CITATION, article_of(**metadata)))


def test_the_plain_form_has_the_words_the_place_the_review_the_link_and_the_literature():
    assert forms()["plain"] == (
        f"“IPT helps.”\nIPT & you > PTSD, Wrenfield, reviewed February 17, 2026. {FRAGMENT}\n[5] Markowitz JC. 2015 <b>"
    )


def test_the_html_form_is_escaped_and_names_its_source():
    html = write_citations("<script>\nx", CITATION, article_of())["html"]
    assert '<blockquote cite="https://clinic.example/ipt/#ptsd"><p>&lt;script&gt;<br>x</p>' in html
    assert f'<a href="{FRAGMENT}">IPT &amp; you &gt; PTSD</a>, Wrenfield, reviewed February 17, 2026' in html
    assert "<li>[5] Markowitz JC. 2015 &lt;b&gt;</li>" in html


def test_the_apa_form_is_dated_by_the_last_change_and_not_by_a_review():
    assert forms(author="Maren Oduya, LMFT", modified_on=date(2026, 1, 3))["apa"] == (
        "Oduya, M. (2026, January 3). IPT & you. Wrenfield. https://clinic.example/ipt/#ptsd"
    )


def test_a_page_without_author_or_date_is_the_sites_own_and_undated():
    assert forms()["apa"] == "Wrenfield. (n.d.). IPT & you. https://clinic.example/ipt/#ptsd"


@pytest.mark.parametrize(
    ("author", "listed"),
    [
        ("Dr. Ana Maria de la Cruz, MD", "de la Cruz, A. M."),
        ("Wrenfield", "Wrenfield."),
        ("the editors of the clinic", "the editors of the clinic."),
    ],
)
def test_names_are_listed_by_surname_and_organisations_as_they_stand(author: str, listed: str):
    assert forms(author=author)["apa"].startswith(f"{listed} (n.d.)")
