import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import block_page, split_blocks
from ingest.schema import Page

URL = "https://clinic.example/therapy/ipt"


def blocks_of(html, url=URL):
    return split_blocks(Page(url, html))


def texts_of(html):
    return [block.text for block in blocks_of(html)]


def test_whitespace_collapses_as_in_a_browser():
    assert texts_of("<p>  One\n\t two&nbsp; <b> three</b> ") == ["One two three"]


def test_inline_elements_do_not_cut_words():
    assert texts_of("<p>psycho<em>therapy</em> and<br>more") == ["psychotherapy and more"]


def test_two_line_breaks_begin_a_new_block():
    assert texts_of("<div>First.<br><br>Second.</div>") == ["First.", "Second."]


def test_neighbouring_links_are_not_glued():
    assert texts_of("<nav><a href=/a>Home</a><a href=/b>About</a></nav>") == ["Home About"]


def test_text_before_and_after_a_nested_block_stays_in_order():
    assert texts_of("<div>one<p>two</p>three</div>") == ["one", "two", "three"]


@pytest.mark.parametrize(
    "hidden",
    ["<script>x()</script>", "<style>p{}</style>", "<template><p>t</p></template>", "<p hidden>t</p>", '<p style="display: none">t</p>',
     '<span aria-hidden="true">t</span>', "<noscript>t</noscript>", "<select><option>t</select>", "<title>t</title>", "<!-- t -->"],
)  # fmt: skip
def test_what_no_reader_sees_is_no_block(hidden):
    assert texts_of(f"<main><p>seen</p>{hidden}</main>") == ["seen"]


@pytest.mark.parametrize(
    "html",
    [
        "<details><summary>Question?</summary><p>Answer.</p></details>",
        '<button aria-expanded="false" aria-controls="a1">Question?</button><div id="a1" hidden><p>Answer.</p></div>',
        '<div role="tab" aria-controls="t">Question?</div><div id="t" role="tabpanel" style="display:none">Answer.</div>',
        '<div class="et_pb_toggle"><h5>Question?</h5><div class="et_pb_toggle_content" style="display:none">Answer.</div></div>',
        '<div class="elementor-accordion"><div>Question?</div><div class="elementor-tab-content" hidden="hidden">Answer.</div></div>',
        '<div class="kt-accordion-wrap"><div>Question?</div><div class="kt-accordion-panel-hidden" hidden>Answer.</div></div>',
        '<div class="faq-item"><h3>Question?</h3><div class="answer" style="display:none">Answer.</div></div>',
    ],
)
def test_collapsed_accordions_and_tabs_are_content(html):
    assert texts_of(html) == ["Question?", "Answer."]


def test_a_hidden_dialog_is_no_content_even_where_a_button_opens_it():
    html = '<button aria-expanded="false" aria-controls="m" class="menu-toggle">Open it</button><div id="m" class="modal" hidden>Buy</div>'
    assert "Buy" not in texts_of(html)


def test_kinds_and_levels_follow_the_elements():
    html = """<h2>H</h2><p>P</p><ul><li>L</li></ul><blockquote>Q</blockquote><figure><figcaption>C</figcaption></figure>
    <div role="heading" aria-level="4">R</div><details><summary>S</summary></details>"""
    assert [(b.kind, b.level) for b in blocks_of(html)] == [
        ("heading", 2), ("paragraph", 0), ("list_item", 0), ("quote", 0), ("caption", 0), ("heading", 4), ("summary", 0),
    ]  # fmt: skip


def test_a_term_stands_with_its_definition():
    blocks = blocks_of("<dl><dt>IPT</dt><dd>Interpersonal psychotherapy</dd><dt>Who is it for?</dt><dd>Adults.</dd></dl>")
    assert [(b.kind, b.text) for b in blocks] == [
        ("definition", "IPT: Interpersonal psychotherapy"),
        ("summary", "Who is it for?"),
        ("definition", "Adults."),
    ]


def test_a_row_of_a_data_table_is_one_block():
    html = "<table><tr><th>Service<th>Price</tr><tr><td>Intake<td><p>$150</p></table>"
    assert [(b.kind, b.text) for b in blocks_of(html)] == [("table_row", "Service | Price"), ("table_row", "Intake | $150")]


def test_a_table_that_lays_out_a_page_is_not_made_into_rows():
    html = "<table><tr><td><ul><li>Menu</li></ul></td><td><h1>Title</h1><p>Text</p></td></tr></table>"
    assert [(b.kind, b.text) for b in blocks_of(html)] == [("list_item", "Menu"), ("heading", "Title"), ("paragraph", "Text")]


def test_links_carry_offsets_and_absolute_addresses():
    (block,) = blocks_of(
        '<base href="https://clinic.example/x/"><p>See <a href="../y?a=1">the  guide</a>, or <a href="mailto:a@b.c">write</a>.'
    )
    assert [(link.text, link.url) for link in block.links] == [("the guide", "https://clinic.example/y?a=1"), ("write", "mailto:a@b.c")]
    assert [block.text[link.start : link.end] for link in block.links] == ["the guide", "write"]
    assert block.link_share == len("the guidewrite") / len(block.text)


def test_a_link_around_blocks_is_a_link_in_each():
    assert [b.link_share for b in blocks_of('<a href="/ipt"><h3>IPT</h3><p>Read it.</p></a>')] == [1.0, 1.0]


def test_links_of_saved_pages_without_an_address_stay_apart():
    (block,) = blocks_of('<p><a href="ipt.html#who">Who</a>', url="site:/index.html")
    assert block.links[0].url == "site:/ipt.html#who"


def test_superscripts_are_spans_of_the_text():
    (block,) = blocks_of('<p>It works.<sup><a href="#r1">1</a></sup> It <sup>2,3</sup>.')
    assert [block.text[start:end] for start, end in block.superscripts] == ["1", "2,3"]


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        ("<h2 id=own>T</h2>", "own"),
        ("<h2><span id=inside></span>T</h2>", "inside"),
        ("<section id=around><h2>T</h2></section>", "around"),
        ("<a name=before></a><h2>T</h2>", "before"),
        ("<div id=gone></div><h2>T</h2>", ""),
        ("<section id=s><p>first</p><h2>T</h2></section>", ""),
    ],
)
def test_an_anchor_is_where_a_browser_lands(html, anchor):
    assert next(b for b in blocks_of(html) if b.text == "T").anchor == anchor


@pytest.mark.parametrize(
    ("html", "landmark"),
    [
        ("<nav>T</nav>", "navigation"), ("<footer>T</footer>", "contentinfo"), ("<header>T</header>", "banner"),
        ("<aside>T</aside>", "complementary"),
        ("<main>T</main>", "main"), ("<main><article><footer>T</footer></article></main>", "main"), ("<div role=search>T</div>", "search"),
        ("<div role=navigation>T</div>", "navigation"), ("<main><nav>T</nav></main>", "navigation"), ("<p>T</p>", ""),
    ],
)  # fmt: skip
def test_the_nearest_landmark_is_known(html, landmark):
    assert blocks_of(html)[0].landmark == landmark


def test_paths_name_elements_without_digits_and_ancestors_tell_siblings_apart():
    first, second = blocks_of('<div id="post-17"><p class="a b2">x</p><p class="a b3">y</p></div>')
    assert first.dom_path == second.dom_path == ("html", "body", "div#post-", "p.a.b")
    assert first.ancestors[:-1] == second.ancestors[:-1]
    assert first.ancestors[-1] != second.ancestors[-1]


def test_alternative_text_is_kept_only_where_it_describes_a_graphic():
    html = '<p>Text</p><img alt="A smiling woman on a green sofa at home"><img alt="Chart of symptom scores falling over twelve weeks">'
    assert texts_of(html) == ["Text", "Chart of symptom scores falling over twelve weeks"]


def test_a_block_knows_that_a_picture_follows_it():
    first, second = blocks_of("<h2>T</h2><img src=x.png><p>Text</p>")
    assert (first.media_follows, second.media_follows) == (True, False)


def test_a_page_lists_its_pictures_anchors_and_links_shown_or_not():
    page = block_page(Page(URL, '<p id=a>x</p><div hidden id=b><a href="/hidden">h</a><img src="p.png" alt=""></div><img src="q.png">'))
    assert page.anchors == ("a", "b")
    assert page.hrefs == ("https://clinic.example/hidden",)
    assert [(image.url, image.alt) for image in page.images] == [
        ("https://clinic.example/therapy/p.png", ""),
        ("https://clinic.example/therapy/q.png", None),
    ]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&amp;&#0;&#x110000;&nosuch;'


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000 + "x", "<div>" * 100_000 + "x" + "</div>" * 100_000, "<b>" * 100_000 + "x", "<p>x" * 20_000, "x " * 500_000,
     "<a href=y>x</a> " * 20_000, "<" * 500_000 + "x", "<a" * 300_000, "<ul><li>x" * 20_000, "<table><tr><td>" * 5_000 + "x",
     BOMB, "\x00" * 1000 + "x",
     "<p>\ud800x", "<p id=" + "a" * 1_000_000 + ">x", "<p class='" + "a " * 200_000 + "'>x"],
    ids=lambda html: repr(html[:20]),
)  # fmt: skip
def test_hostile_pages_are_read_within_seconds(html):
    started = time.process_time()
    block_page(Page(URL, html))
    assert time.process_time() - started < 10


def test_nothing_is_lost_in_a_hundred_thousand_nested_elements():
    assert texts_of("<div>" * 100_000 + "deep")[-1] == "deep"


def test_a_large_page_is_read_whole():
    html = "<p>A paragraph of a very long page.</p>" * 50_000
    assert len(blocks_of(html)) == 50_000


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from('<>/="& abp1divulisphref#\x00\n'), max_size=200))
def test_no_markup_is_fatal_and_spans_stay_inside_the_text(html):
    for block in blocks_of(html):
        assert block.text == " ".join(block.text.split())
        assert all(block.text[link.start : link.end] == link.text for link in block.links)
        assert len(block.dom_path) == len(block.ancestors)
        assert 0 <= block.link_share <= 1


TEXT = """Skip to content
  • Home
  • Treatments
    • IPT
Menu

Interpersonal Psychotherapy

It is a treatment.
It takes 16 sessions.

Who is it for?

1. Adults
2. Teenagers
"""


def test_a_line_of_plain_text_that_stands_alone_is_a_heading_with_its_slug():
    headings = [b for b in split_blocks(Page("site:/a.txt", TEXT, "text")) if b.level]
    assert [(b.text, b.level, b.anchor) for b in headings] == [
        ("Interpersonal Psychotherapy", 1, "interpersonal-psychotherapy"),
        ("Who is it for?", 2, "who-is-it-for"),
    ]


def test_bullets_of_plain_text_nest_as_they_are_indented():
    items = [b for b in split_blocks(Page("site:/a.txt", TEXT, "text")) if b.kind == "list_item"]
    assert [(b.text, b.dom_path.count("ul")) for b in items] == [
        ("Home", 1), ("Treatments", 1), ("IPT", 2), ("1. Adults", 1), ("2. Teenagers", 1),
    ]  # fmt: skip


def test_headings_of_plain_text_that_do_not_name_the_topic_are_parts_of_those_that_do():
    titles = [
        "Treating Panic Attacks",
        "Causes of Panic Attacks",
        "Genes",
        "Signs of Panic Attacks",
        "Help for Panic Attacks",
        "References",
    ]
    text = "\n\n".join(f"{title}\n\nA sentence about it." for title in titles)
    assert [b.level for b in split_blocks(Page("site:/a.txt", text, "text")) if b.level] == [1, 2, 3, 2, 2, 2]
