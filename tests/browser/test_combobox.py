"""The completion, key by key: an editable combobox with list autocomplete (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
TYPED = "anxi"


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """The search page with some letters typed and the suggestions open."""
    page = visitor()
    page.locator("#q").press_sequentially(TYPED, delay=10)
    expect(options(page).first).to_be_visible()
    return page


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def active(page: Page) -> str:
    return page.locator("#q").get_attribute("aria-activedescendant") or ""


def test_a_screen_reader_is_told_what_the_field_is_and_that_the_list_is_open(page: Page):
    field = page.get_by_role("combobox", name="Search our articles")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Suggestions")).to_have_id(field.get_attribute("aria-controls") or "")
    expect(page.locator("#status")).to_contain_text(re.compile(r"\d suggestions?\. Use the arrow keys\."))


def test_nothing_is_chosen_before_an_arrow_is_pressed(page: Page):
    assert active(page) == ""
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)


def test_down_goes_through_the_list_and_round_while_the_typed_words_stay(page: Page):
    count = options(page).count()
    assert count >= 2
    seen = []
    for _ in range(count + 1):
        page.keyboard.press("ArrowDown")
        seen.append(active(page))
        expect(page.locator("[role=option][aria-selected=true]")).to_have_id(active(page))
    assert seen == [*(f"suggestion-{at}" for at in range(count)), "suggestion-0"]
    expect(page.locator("#q")).to_have_value(TYPED)
    expect(page.locator("#q")).to_be_focused()


def test_up_goes_to_the_last_one(page: Page):
    page.keyboard.press("ArrowUp")
    assert active(page) == f"suggestion-{options(page).count() - 1}"


def test_enter_takes_the_chosen_one_and_searches_for_it(page: Page):
    page.keyboard.press("ArrowDown")
    text = options(page).first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(text)
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator(".page h3", has_text=text).first).to_be_visible()


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page):
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_value(TYPED)


def test_escape_closes_the_list_and_then_empties_the_field(page: Page):
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#q")).to_have_value(TYPED)
    assert active(page) == ""
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")


def test_alt_down_opens_without_choosing_and_alt_up_closes(page: Page):
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert active(page) == ""
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_down_opens_a_closed_list_at_its_first_entry(page: Page):
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert active(page) == "suggestion-0"


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "ArrowRight"])
def test_keys_that_move_in_the_text_leave_the_list(page: Page, key: str):
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    assert active(page) == ""
    expect(page.get_by_role("listbox")).to_be_visible()


def test_tab_closes_the_list_takes_nothing_and_goes_on(page: Page):
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_value(TYPED)
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()


def test_a_click_takes_an_entry_and_the_field_keeps_the_focus(page: Page):
    text = options(page).nth(1).inner_text()
    options(page).nth(1).click()
    expect(page.locator("#q")).to_have_value(text)
    expect(page.locator("#q")).to_be_focused()


def test_typing_on_keeps_entries_that_still_fit_in_their_order(page: Page):
    before = options(page).all_inner_texts()
    page.keyboard.type("e")
    page.wait_for_timeout(400)
    after = options(page).all_inner_texts()
    assert after
    assert after == [text for text in before if text in after]


def test_the_list_covers_the_page_and_moves_nothing(page: Page):
    page.keyboard.press("Enter")
    page.locator("#results:not([aria-busy]) h2").first.wait_for()
    top = page.locator("#results").bounding_box()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.locator("#results").bounding_box() == top
