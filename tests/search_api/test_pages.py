import re
from datetime import date

import pytest

from search_api.clinic import Clinic, Contact
from search_api.pages import (
    SearchPage,
    phone_link,
    reference_url,
    render_search_page,
    render_wordpress_plugin,
    section_label,
    with_meaning,
)
from search_api.schema import (
    AmbiguityOut,
    AnswerOut,
    CitationOut,
    CrisisOut,
    ExpansionOut,
    InterpretationOut,
    PanelLineOut,
    PanelOut,
    PassageOut,
    ReferenceOut,
    RephrasedAnswerOut,
    RephrasedOut,
    ResultOut,
    SearchResponse,
)
from search_api.texts import read_texts

CLINIC = Clinic(name="Clinic", contact=Contact(phone="(541) 555-0142", email="hello@clinic.example", url="https://clinic.example/contact/"))
PANEL = PanelOut(
    heading="Help now",
    message="You are not alone.",
    support_line="Talk to someone: 988.",
    lines=[PanelLineOut(label="Lifeline", action="Call 988", href="tel:988")],
)


def passage(text: str = "Words about trauma.", **fields: object) -> PassageOut:
    citation = CitationOut(
        title="Trauma",
        heading_path=["What it is"],
        url="https://clinic.example/trauma/#it",
        fragment_url="https://clinic.example/trauma/#it:~:text=Words",
    )
    return PassageOut(**{"passage_id": "p", "text": text, "highlights": [], "citation": citation, "references": [], **fields})


def result(rank: int = 1, **fields: object) -> ResultOut:
    known = {
        "title": "Trauma",
        "url": "https://clinic.example/trauma/",
        "section": "conditions",
        "reviewed_on": date(2026, 3, 1),
        "passage": passage(),
        "more": [],
    }
    return ResultOut(**{"rank": rank, "score": 1.0, **known, **fields})


def response(**fields: object) -> SearchResponse:
    reading = InterpretationOut(corrected="", expanded=[], ambiguous=[])
    known = {
        "query": "trauma",
        "interpretation": reading,
        "verdict": "answered",
        "answer": AnswerOut(quotes=[passage()]),
        "results": [result()],
        "total": 1,
    }
    return SearchResponse(**{**known, "crisis": None, "took_ms": 1.0, **fields})


def rendered(one: SearchResponse | None = None, language: str = "en", **fields: object) -> str:
    return render_search_page(CLINIC, SearchPage(**{"query": "trauma", "response": one, **fields}), read_texts(language))


def test_the_answer_shows_its_words_its_place_its_date_and_a_link_to_the_very_sentence():
    page = rendered(response())
    answer = page[page.index('class="answer"') : page.index("</section>")]
    assert "Words about trauma." in answer
    assert "What it is" in answer
    assert "Reviewed March 1, 2026" in answer
    assert 'href="https://clinic.example/trauma/#it:~:text=Words"' in answer


def test_nothing_is_said_of_a_review_that_no_page_tells_of():
    assert "Reviewed" not in rendered(response(results=[result(reviewed_on=None)]))


def test_a_reference_leads_to_its_address_or_its_doi_and_never_to_a_script():
    assert reference_url(ReferenceOut(marker="1", text="t", url="https://a.example/x", doi="10.1/x", pmid="")) == "https://a.example/x"
    assert reference_url(ReferenceOut(marker="1", text="t", url="", doi="10.1176/a<b>", pmid="")) == "https://doi.org/10.1176/a%3Cb%3E"
    assert reference_url(ReferenceOut(marker="1", text="t", url="javascript:alert(1)", doi="", pmid="")) == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_speaks_the_visitors_language(language: str):
    page = rendered(response(), language)
    texts = read_texts(language)
    assert f'<html lang="{language}">' in page
    assert texts.say("answer_heading") in page
    assert texts.say_date(date(2026, 3, 1)) in page


@pytest.mark.parametrize(("language", "said"), [("en", "Privacy notice"), ("es", "Aviso de privacidad")])
def test_the_clinics_privacy_notice_is_linked_where_there_is_one(language: str, said: str):
    linked = render_search_page(Clinic(privacy_notice="https://clinic.example/privacy?a=1&b=2"), SearchPage(), read_texts(language))
    assert f'<a href="https://clinic.example/privacy?a=1&amp;b=2">{said}</a>' in linked
    assert said not in render_search_page(Clinic(), SearchPage(), read_texts(language))


def test_a_page_in_another_language_says_so_to_screen_readers():
    page = rendered(response(), languages={"https://clinic.example/trauma/": "es"})
    assert '<li class="page" lang="es"' in page
    assert '<span class="fact" lang="en">Reviewed' in page


def test_a_mended_spelling_is_told_and_can_be_undone():
    page = rendered(response(interpretation=InterpretationOut(corrected="trauma", expanded=[], ambiguous=[])), query="truama")
    assert re.search(r"Showing results for <strong[^>]*>trauma</strong>", page)
    assert re.search(r'<button[^>]*name="verbatim" value="truama"[^>]*><bdi>truama</bdi></button>', page)


def test_an_ambiguous_abbreviation_says_how_it_was_read_once_and_offers_its_other_meanings():
    reading = InterpretationOut(
        corrected="",
        expanded=[
            ExpansionOut(abbreviation="BPD", meaning="bipolar disorder"),
            ExpansionOut(abbreviation="IPT", meaning="interpersonal psychotherapy"),
        ],
        ambiguous=[AmbiguityOut(abbreviation="BPD", meanings=["bipolar disorder", "borderline personality disorder"])],
    )
    page = rendered(response(interpretation=reading), query="help for bpd?")
    assert re.findall(r'name="instead" value="([^"]+)"', page) == ["help for borderline personality disorder?"]
    assert "These results are for <strong>bipolar disorder</strong>. BPD can also mean:" in page
    assert re.findall(r"Read as\s+(.*)</p>", page) == ["<bdi>IPT</bdi>: interpersonal psychotherapy"]


def test_only_the_whole_abbreviation_is_spelled_out():
    assert with_meaning("SAD and sadness", "SAD", "social anxiety disorder") == "social anxiety disorder and sadness"
    assert with_meaning(r"a\1 (SAD)", "SAD", r"\1") == r"a\1 (\1)"


def test_what_the_site_does_not_cover_is_said_with_close_topics_and_contacts_and_no_snippets():
    page = rendered(response(verdict="not_covered", answer=None, results=[result(rank) for rank in range(1, 9)]))
    assert "Our pages do not say anything about this." in page
    assert 'href="tel:5415550142"' in page
    assert page.count("<bdi>Trauma</bdi>") == 5
    assert "Words about trauma." not in page


NOTHING = {"verdict": "not_covered", "answer": None, "results": [], "total": 0}
MENU = (("Therapies", "https://clinic.example/therapies/"), ("<Fees>", "https://clinic.example/fees/"), ("Trap", "javascript:alert(1)"))


def test_where_no_topic_is_near_the_main_pages_of_the_site_lead_on():
    page = rendered(response(**NOTHING), main_pages=MENU)
    assert "Closest topics" not in page
    assert re.findall(r'<li><a href="([^"]+)"><bdi>([^<]*)</bdi>', page) == [
        ("https://clinic.example/therapies/", "Therapies"),
        ("https://clinic.example/fees/", "&lt;Fees&gt;"),
    ]
    assert "Or begin here" not in rendered(response(**NOTHING))


def test_words_that_name_no_topic_are_asked_for_one_and_nothing_is_said_of_the_site():
    page = rendered(response(**NOTHING), query="what is the", tells_a_topic=False, main_pages=MENU)
    assert "What is it about?" in page
    assert "do not say anything" not in page


def test_a_language_models_words_are_labelled_stand_above_the_quotes_and_stay_text():
    answer = RephrasedAnswerOut(quotes=[passage()], rephrased=[RephrasedOut(text="Trauma <b>heals</b>.", quote=0)])
    page = rendered(response(answer=answer))
    box = page[page.index('class="rephrased"') : page.index('id="answer-heading"')]
    assert "In plainer words" in box
    assert "Trauma &lt;b&gt;heals&lt;/b&gt;." in box
    assert "A computer wrote this" in box
    assert "Words about trauma." in page[page.index('id="answer-heading"') :]
    assert "A computer wrote this" not in rendered(response())


def test_a_crisis_puts_help_first_and_offers_nothing_but_help():
    page = rendered(response(), crisis=CrisisOut(class_="crisis", panel=PANEL))
    main = page[page.index("<main") :]
    assert main.index("Help now") < main.index('class="topics"')
    assert '<a href="tel:988"><strong>Call 988</strong></a>' in main
    assert "Words about trauma." not in main
    assert 'class="answer"' not in main
    assert "555-0142" not in page
    assert "Link to this search" not in page


def test_the_panel_stands_even_where_the_search_is_down():
    page = rendered(None, crisis=CrisisOut(class_="crisis", panel=PANEL), error="The search is not available right now.")
    assert "Help now" in page
    assert "not available" in page
    assert "555-0142" not in page


def test_a_question_about_support_gets_one_quiet_line_and_its_answer():
    page = rendered(response(), crisis=CrisisOut(class_="support", panel=PANEL))
    assert '<p class="support">Talk to someone: 988.</p>' in page
    assert 'class="crisis"' not in page
    assert 'class="answer"' in page


def test_results_can_be_kept_to_a_part_of_the_site():
    page = rendered(response(), section="fees", sections=(("conditions", "Conditions"), ("fees", "Fees")))
    assert re.findall(r'name="section" value="(\w*)"[^>]*aria-pressed="true"', page) == ["fees"]


@pytest.mark.parametrize(("show", "total", "offered"), [(10, 30, "20"), (40, 90, "50"), (50, 90, None), (10, 1, None)])
def test_more_pages_are_offered_while_there_are_some(show: int, total: int, offered: str | None):
    found = re.search(r'name="show" value="(\d+)" id="more-pages"', rendered(response(total=total), show=show))
    assert (found and found[1]) == offered


def test_markup_from_a_visitor_or_a_site_stays_text():
    evil = "<img src=x onerror=alert(1)>\"'</script>"
    page = rendered(
        response(query=evil, results=[result(title=evil, passage=passage(evil, highlights=[(0, 4)]))]),
        query=evil,
        section=evil,
        sections=((evil, evil), ("b", "b")),
    )
    assert "<img" not in page.replace("<mark>&lt;img</mark>", "")
    assert "\"'</script>" not in page


def test_a_section_is_called_by_its_words_or_its_language():
    assert [section_label(one) for one in ("addiction-guide", "es", "", "faq_all")] == ["Addiction guide", "Español", "", "Faq all"]


def test_a_telephone_link_holds_digits_only():
    assert phone_link("(541) 555-0142 ext. 3") == "tel:54155501423"
    assert phone_link("+1 541 555 0142") == "tel:+15415550142"


def test_an_address_with_the_words_is_offered_only_as_a_link_to_share():
    page = rendered(response(), query="a&b c", section="x", lang="es")
    assert 'href="/?q=a%26b%20c&amp;section=x&amp;lang=es"' in page
    assert 'action="/?lang=es"' in page


def test_no_name_of_a_clinic_ends_the_text_or_comment_of_the_plugin():
    plugin = render_wordpress_plugin(Clinic(name="O'Brien */ ?> \\' & Sons\nClinic"), read_texts("en"))
    comment = plugin[: plugin.index("*/")]
    assert "O\\'Brien * / ? > \\\\\\' & Sons Clinic" in comment
    assert "?>" not in plugin
