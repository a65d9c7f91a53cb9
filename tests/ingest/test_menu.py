from ingest.blocks import block_page
from ingest.menu import read_menu
from ingest.schema import MenuEntry, Page
from ingest.template import learn_template

NESTED = """<nav><ul>
<li><a href="/">Home</a></li>
<li><span>What We Treat</span>
<ul><li><a href="/ocd/">OCD</a><li><a href="/adhd">ADHD</a><ul><li><a href="/adhd/adults">Adults</a></ul></ul></li>
<li><a href="/contact#form">Contact</a></li></ul></nav>"""


def site(*paths, menu=NESTED):
    own = {path: f"<h1>Page {path}</h1><p>All that there is to say about {path}, at some length.</p>" for path in paths}
    return [block_page(Page(f"https://clinic.example{path}", f"<body>{menu}<main>{text}</main></body>")) for path, text in own.items()]


def menu_of(pages):
    return read_menu(pages, learn_template(pages))


def test_entries_carry_the_labels_above_them():
    entries = menu_of(site("/", "/ocd", "/contact", "/x"))
    assert [entry.path for entry in entries] == [
        ("Home",),
        ("What We Treat",),
        ("What We Treat", "OCD"),
        ("What We Treat", "ADHD"),
        ("What We Treat", "ADHD", "Adults"),
        ("Contact",),
    ]


def test_an_entry_knows_whether_its_page_is_in_the_crawl():
    found = {entry.path[-1]: entry.has_page for entry in menu_of(site("/", "/ocd", "/contact", "/x"))}
    assert found == {"Home": True, "What We Treat": False, "OCD": True, "ADHD": False, "Adults": False, "Contact": True}


def test_an_entry_of_several_menus_is_listed_once_where_the_main_menu_has_it():
    footer = '<footer><ul><li><a href="/ocd">OCD treatment</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>'
    paths = [entry.path for entry in menu_of(site("/", "/ocd", "/y", "/x", menu=footer + NESTED))]
    assert ("What We Treat", "OCD") in paths
    assert ("OCD treatment",) not in paths
    assert paths[-1] == ("Privacy",)


def test_a_menu_of_links_in_one_line_has_an_entry_for_each():
    menu = '<nav><a href="/">Home</a><a href="/fees">Fees</a></nav>'
    assert menu_of(site("/", "/x", "/y", menu=menu)) == (
        MenuEntry(("Home",), "https://clinic.example/", True),
        MenuEntry(("Fees",), "https://clinic.example/fees", False),
    )


def test_breadcrumbs_and_jumps_within_the_page_are_no_menu():
    menu = '<nav class="breadcrumbs"><a href="/a">Up</a></nav><nav><a href="#main">Skip to content</a><a href="/fees">Fees</a></nav>'
    assert [entry.path for entry in menu_of(site("/", "/x", "/y", menu=menu))] == [("Fees",)]


def test_a_menu_without_landmark_is_known_by_its_repetition():
    assert len(menu_of(site("/", "/ocd", "/contact", "/x", menu=NESTED.replace("nav>", "div>")))) == 5


def test_a_menu_of_plain_text_nests_by_indentation_and_finds_pages_by_title():
    menu = "  • Treatments\n    • Family Therapy\n    • Art Therapy\n  • Contact\n"
    text = f"{menu}Menu\n{menu}\nFamily Therapy for Everyone\n\nIt is for the whole family.\n"
    entries = menu_of([block_page(Page("site:/family.txt", text, "text"))])
    assert entries == (
        MenuEntry(("Treatments",), "", False),
        MenuEntry(("Treatments", "Family Therapy"), "", True),
        MenuEntry(("Treatments", "Art Therapy"), "", False),
        MenuEntry(("Contact",), "", False),
    )
