"""The sample clinic on this machine: links stay on it, dead links are dead, the search box is where README puts it."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from evaluation.sample_website import base_address, create_website, dress_page, read_saved_site

SITE = Path(__file__).parents[2] / "corpus/site"
BASE, SEARCH = "https://www.wrenfield.example/", "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def pages():
    return read_saved_site(SITE)


@pytest.fixture(scope="module")
def website(pages):
    return TestClient(create_website(pages, BASE, SEARCH))


def test_every_saved_page_is_served_under_its_path(website, pages):
    assert len(pages) == len(list(SITE.glob("*.html")))
    assert {website.get(path).status_code for path in pages} == {200}


def test_a_path_without_its_closing_slash_finds_the_page(website):
    assert "<h1" in website.get("/contact").text


def test_the_planted_dead_link_is_dead_and_its_path_is_no_markup(website):
    answer = website.get("/therapies/art-therapy/<b>x")
    assert answer.status_code == 404
    assert "<b>" not in answer.text


def test_no_link_of_a_page_leaves_for_the_address_that_does_not_exist(website, pages):
    assert [path for path in pages if f'href="{BASE}' in website.get(path).text] == []


def test_the_search_box_stands_once_on_every_page_and_comes_from_the_service(pages):
    for html in pages.values():
        dressed = dress_page(html, BASE, SEARCH)
        assert dressed.count("<clinic-search>") == dressed.count(f'src="{SEARCH}/widget.js"') == 1


def test_without_a_service_there_is_no_box(pages):
    assert "clinic-search" not in dress_page(pages["/"], BASE, "")


def test_the_home_page_names_the_address_of_the_site(pages):
    assert base_address(pages["/"]) == BASE
