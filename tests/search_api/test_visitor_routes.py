import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.settings import Settings


@pytest.fixture(scope="module")
def client(small_index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(index=small_index)), client=("127.0.0.1", 50000)) as client:
        yield client


def test_suggestions_continue_what_is_typed(client: TestClient):
    found = client.post("/api/suggest", json={"q": "inter"}).json()
    assert found["query"] == "inter"
    assert "Interpersonal Psychotherapy (IPT)" in found["suggestions"]


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "zzzzzz"])
def test_nothing_to_suggest_is_an_empty_list(client: TestClient, typed: str):
    assert client.post("/api/suggest", json={"q": typed}).json()["suggestions"] == []


def test_at_most_so_many_suggestions_are_given(client: TestClient):
    many, one = (client.post("/api/suggest", json={"q": "p", "k": k}).json()["suggestions"] for k in (20, 1))
    assert len(many) > 1
    assert one == many[:1]


def test_the_language_is_that_of_the_address_or_the_browser(client: TestClient):
    assert '<html lang="es">' in client.get("/?lang=es").text
    assert '<html lang="es">' in client.get("/", headers={"accept-language": "es-MX,es;q=0.9"}).text
    assert '<html lang="es">' in client.post("/", data={"q": "duelo", "lang": "es"}).text
    assert '<html lang="en">' in client.get("/?lang=tlh").text


def test_a_chosen_meaning_takes_the_place_of_what_was_typed(client: TestClient):
    page = client.post("/", data={"q": "xyz", "instead": "EMDR trauma"}).text
    assert 'name="q" type="text" value="EMDR trauma"' in page
    assert "Eye movement" in page


def test_a_section_keeps_only_its_pages(client: TestClient):
    page = client.post("/", data={"q": "eye movement trauma session", "section": "therapies"}).text
    pages = re.findall(r'<h3><a href="https://clinic.example(/[^"]*?/)[#"]', page)
    assert pages
    assert set(pages) <= {"/therapies/emdr/", "/therapies/ipt/"}


def test_show_says_how_many_pages(client: TestClient):
    assert client.post("/", data={"q": "session therapy", "show": 2}).text.count('class="page"') == 2


def test_what_is_typed_is_answered_in_brief_and_shows_nothing_else_than_the_search_that_is_meant(client: TestClient):
    brief = client.post("/", data={"q": "interpersonal psychotherapy PTSD"}, headers={"search-live": "brief"}).text
    whole = client.post("/", data={"q": "interpersonal psychotherapy PTSD"}).text
    folded = r"(<details class=\"more\")(?: data-later)?(>.*?</summary>)(?:.*?</ul>\s*(?=</details>\s*</div>))?\s*"
    assert re.sub(folded, r"\1\2", brief, flags=re.DOTALL) == re.sub(folded, r"\1\2", whole, flags=re.DOTALL)
    assert len(brief) < len(whole)
    assert "data-later" in brief
    assert "data-later" not in whole


def test_the_widget_is_answered_in_brief_too_in_the_usual_shape(client: TestClient):
    asked = {"q": "interpersonal psychotherapy PTSD"}
    brief = client.post("/api/search", json=asked, headers={"search-live": "brief"}).json()
    whole = client.post("/api/search", json=asked).json()
    assert any(page["more"] for page in whole["results"])
    assert brief["results"] == [{**page, "more": []} for page in whole["results"]]
    assert {**brief, "results": 0, "took_ms": 0} == {**whole, "results": 0, "took_ms": 0}


def test_a_shared_link_shows_its_results(client: TestClient):
    assert client.get("/", params={"q": "session fees"}).text.count('class="page"') > 0


def test_no_page_that_holds_a_question_is_kept_by_the_browser(client: TestClient):
    assert client.post("/", data={"q": "PTSD"}).headers["cache-control"] == "no-store"
    assert "PTSD" not in str(client.post("/", data={"q": "PTSD"}).headers)


def test_the_theme_and_the_widget_are_public_files(client: TestClient):
    assert client.get("/theme.css").headers["content-type"].startswith("text/css")
    widget = client.get("/widget.js")
    assert widget.headers["content-type"].startswith("text/javascript")
    assert widget.headers["cross-origin-resource-policy"] == "cross-origin"


def test_every_address_that_a_page_names_on_this_server_answers(client: TestClient):
    for page in (client.get("/").text, client.post("/", data={"q": "PTSD"}).text, client.get("/widget-example").text):
        for address in re.findall(r'(?:src|href|action)="(/[^"]*)"', page):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_example_page_embeds_the_widget_around_a_plain_form(client: TestClient):
    page = client.get("/widget-example").text
    inside = page[page.index("<clinic-search>") : page.index("</clinic-search>")]
    assert '<form class="plain-search" action="/" method="post">' in inside
    assert '<script src="/widget.js" async></script>' in page


@pytest.mark.parametrize("path", ["/", "/widget-example"])
def test_no_page_holds_inline_script_or_style(client: TestClient, path: str):
    page = client.get(path).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page)


def test_the_wordpress_plugin_names_this_service_and_is_saved_as_a_file(client: TestClient):
    answer = client.get("/clinic-search.php")
    assert answer.headers["content-disposition"] == "attachment; filename=clinic-search.php"
    assert answer.text.startswith("<?php\n")
    assert f"$service = '{client.base_url}/';".replace("//';", "/';") in answer.text


@pytest.mark.parametrize("host", ["evil.example'; system('x'); //", "a.example/?><?php", "a b.example"])
def test_a_host_that_is_none_reaches_no_code(client: TestClient, host: str):
    plugin = client.get("/clinic-search.php", headers={"host": host}).text
    assert host not in plugin
    assert re.search(r"\$service = 'https?://[\w.:-]+/';", plugin)


def test_what_a_pause_adds_to_half_a_word_is_of_the_pages_that_the_key_brought(client: TestClient):
    def pages(live: str) -> list[str]:
        body = client.post("/api/search", json={"q": "eye movement desens"}, headers={"search-live": live}).json()
        return [result["url"] for result in body["results"]]

    whole_word = client.post("/api/search", json={"q": "eye movement desensitization"}).json()["results"]
    assert pages("brief") == pages("whole") == [result["url"] for result in whole_word]
    body = client.post("/api/search", json={"q": "desens"}, headers={"search-live": "whole"}).json()
    assert (body["query"], body["interpretation"]["corrected"], body["results"][0]["url"]) == ("desens", "", whole_word[0]["url"])
    assert body["results"][0]["passage"]["highlights"]
