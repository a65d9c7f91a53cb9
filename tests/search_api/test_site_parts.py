from ingest.schema import MenuEntry
from search_api.site_parts import MOST_MAIN_PAGES, main_pages, site_sections


def entry(*path: str, has_page: bool = True) -> MenuEntry:
    return MenuEntry(path, f"https://clinic.example/{'/'.join(path)}/", has_page)


def labels(*menu: MenuEntry) -> list[str]:
    return [label for label, _ in main_pages(menu)]


def test_the_main_pages_are_those_that_head_a_menu_in_its_order():
    menu = (
        entry("Therapies", "EMDR"),
        entry("A post of the blog"),
        entry("Admissions", "Fees"),
        entry("About"),
        entry("About", "Team"),
        entry("Gone", has_page=False),
        entry("Gone", "Child"),
        entry("Therapies"),
    )
    assert labels(*menu) == ["Therapies", "About"]
    assert main_pages(menu)[0] == ("Therapies", "https://clinic.example/Therapies/")


def test_a_menu_without_levels_gives_its_first_pages():
    assert labels(*(entry(f"Page {number}") for number in range(9))) == [f"Page {number}" for number in range(MOST_MAIN_PAGES)]


def test_a_site_without_a_menu_has_no_main_pages():
    assert labels() == []


def test_sections_come_by_size_and_then_by_name():
    assert site_sections({"fees": 1, "addiction-guide": 2, "es": 2}) == (
        ("addiction-guide", "Addiction guide"),
        ("es", "Español"),
        ("fees", "Fees"),
    )
