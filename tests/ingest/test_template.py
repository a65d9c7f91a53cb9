"""Synthetic sites of every size: each names the shape of site that it stands for."""

import time
from random import Random

import pytest

from ingest.blocks import block_page
from ingest.schema import Page
from ingest.template import Overrides, learn_template, strip_template

WORDS = (
    "sleep anxiety therapy session patient clinic mood worry sense body breath family group week month"
    " change habit thought feeling plan goal value"
    " trust skill support memory stress panic calm focus energy school work"
    " friend parent child partner grief loss anger shame hope fear night"
).split()
MENU = "<nav><ul>" + "".join(f'<li><a href="/m{n}">Entry {word}</a></li>' for n, word in enumerate(WORDS)) + "</ul></nav>"
FOOTER = "<footer><p>2108 Harbour Street, San Diego</p><p>In crisis? Call 988.</p><p>© 2024 Harbour Clinic</p></footer>"
AUTHOR = (
    '<div class="box"><h4>About the writer</h4><p>Dr. Ada Writer has treated patients here since the year it opened its doors.</p></div>'
)


def sentence(random, words=12):
    return " ".join(random.choice(WORDS) for _ in range(words)).capitalize() + "."


def paragraphs(seed, number=5):
    random = Random(seed)
    return [sentence(random, random.randint(10, 30)) for _ in range(number)]


def article(seed, *, extra="", number=5):
    body = "".join(f"<p>{text}</p>" for text in paragraphs(seed, number))
    return f'<article class="entry"><h1>Subject {WORDS[seed % 40]} number {seed}</h1>{body}{extra}</article>'


def shell(content, *, menu=MENU, before="", after="", footer=FOOTER):
    return f"<html><body>{menu}{before}<div class='content'>{content}</div>{after}{footer}</body></html>"


def strip_site(pages, overrides=None):
    blocked = [block_page(Page(f"https://clinic.example/{number}", html)) for number, html in enumerate(pages)]
    template = learn_template(blocked, overrides)
    return [strip_template(page, template) for page in blocked]


def kept(page):
    return [block.text for block in page.kept]


def reasons(page):
    return {stripped.block.text: stripped.reason for stripped in page.stripped}


@pytest.mark.parametrize("size", [1, 2, 3, 30, 300])
def test_on_a_site_of_any_size_exactly_the_article_remains(size):
    pages = strip_site([shell(article(seed)) for seed in range(size)])
    for seed, page in enumerate(pages):
        assert kept(page) == [f"Subject {WORDS[seed % 40]} number {seed}", *paragraphs(seed)]


@pytest.mark.parametrize("size", [3, 30, 300])
def test_menus_and_footers_without_landmarks_or_names_are_learned(size):
    menu = MENU.replace("nav>", "div>")
    footer = FOOTER.replace("footer>", "div>")
    for seed, page in enumerate(strip_site([shell(article(seed), menu=menu, footer=footer) for seed in range(size)])):
        assert kept(page)[1:] == paragraphs(seed)


def test_kept_and_stripped_blocks_are_all_blocks_of_the_page_in_order():
    html = shell(article(1, extra=AUTHOR))
    blocks = block_page(Page("https://clinic.example/0", html)).blocks
    page = strip_site([html, *(shell(article(seed, extra=AUTHOR)) for seed in range(2, 9))])[0]
    merged = list(page.kept)
    for offset, stripped in enumerate(page.stripped):
        merged.insert(stripped.kept_before + offset, stripped.block)
    assert tuple(merged) == blocks


def test_a_mega_menu_heavier_than_the_article_goes_and_the_article_stays():
    mega = "<div><ul>" + "".join(f'<li><a href="/x{n}">Heading of page {n} in the menu</a></li>' for n in range(400)) + "</ul></div>"
    for seed, page in enumerate(strip_site([shell(article(seed, number=2), menu=mega) for seed in range(20)])):
        assert kept(page)[1:] == paragraphs(seed, 2)


def test_an_author_box_on_a_third_of_the_pages_goes():
    pages = strip_site([shell(article(seed), after=AUTHOR if seed % 3 == 0 else "") for seed in range(60)])
    assert all("Dr. Ada Writer" not in " ".join(kept(page)) for page in pages)
    assert reasons(pages[0])["About the writer"] == "in a box that says the same on 20 pages"


def test_a_box_on_a_tenth_of_the_pages_goes():
    pages = strip_site([shell(article(seed), after=AUTHOR if seed % 10 == 0 else "") for seed in range(60)])
    assert all("Dr. Ada Writer" not in " ".join(kept(page)) for page in pages)


def test_a_fact_that_is_true_on_a_third_of_the_pages_stays():
    def page_about(seed):
        fact = f"<ul><li>Chronic: can last for years or be lifelong</li><li>{sentence(Random(seed + 999))}</li></ul>"
        return shell(article(seed, extra=(fact if seed % 3 == 0 else "") + f"<p>{sentence(Random(seed + 5000))}</p>"))

    pages = strip_site([page_about(seed) for seed in range(30)])
    assert sum("Chronic: can last for years or be lifelong" in kept(page) for page in pages) == 10


FACTS = (
    '<div class="facts"><div class="fact"><p>One adult in four will have a disorder of this kind in the course of a life.</p></div>'
    '<div class="fact"><p>Four of five who are treated for it say that they feel better within months.</p></div></div>'
)
CALL = '<div class="facts"><p>Your first step costs nothing and takes ten minutes of your day.</p><a href="/call">Call us today</a></div>'


def put_between(seed, box):
    first, *rest = (f"<p>{text}</p>" for text in paragraphs(seed))
    return shell(f"<article><h1>Subject number {seed}</h1>{first}{box}{''.join(rest)}</article>")


def test_a_box_of_facts_between_the_parts_of_some_articles_stays():
    pages = strip_site([put_between(seed, FACTS if seed % 4 == 0 else "") for seed in range(40)])
    assert "One adult in four" in " ".join(kept(pages[4]))
    assert "Four of five" in " ".join(kept(pages[8]))


@pytest.mark.parametrize(("box", "every"), [(CALL, 4), (FACTS, 1)])
def test_a_box_between_the_parts_goes_if_it_asks_for_something_or_stands_everywhere(box, every):
    pages = strip_site([put_between(seed, box if seed % every == 0 else "") for seed in range(40)])
    assert kept(pages[4])[1:] == paragraphs(4)


WRAPPED = {
    "plain": ("{}", "{}"),
    "elementor": (
        '<div class="e-con"><div class="widget-heading"><div class="widget">{}</div></div>',
        '<div class="widget-text">{}</div></div>',
    ),
    "sections": ('<section class="part"><div class="head">{}</div>', '<div class="body">{}</div></section>'),
    "accordions": ('<div class="accordion"><div class="item"><div class="title">{}</div>', '<div class="panel">{}</div></div></div>'),
}


@pytest.mark.parametrize("size", [3, 12, 60])
@pytest.mark.parametrize("wrapping", WRAPPED)
def test_the_headings_that_every_page_about_a_disorder_has_stay_with_its_short_lists(wrapping, size):
    head, body = WRAPPED[wrapping]

    def page_about(seed):
        random = Random(seed)
        lists = [[f"{random.choice(WORDS)} and {random.choice(WORDS)}" for _ in range(5)] for _ in range(4)]
        parts = "".join(
            head.format(f"<h2>{name}</h2>") + body.format("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
            for name, items in zip(("Symptoms", "Causes", "Treatment", "When to get help"), lists, strict=True)
        )
        return shell(head.format(f"<h1>Disorder {seed}</h1>") + parts + ("</div>" if "e-con" in head else "")), lists

    made = [page_about(seed) for seed in range(size)]
    for seed, page in enumerate(strip_site([html for html, _ in made])):
        expected = [f"Disorder {seed}"]
        for name, items in zip(("Symptoms", "Causes", "Treatment", "When to get help"), made[seed][1], strict=True):
            expected += [name, *items]
        assert kept(page) == expected


def test_a_motto_between_the_title_and_the_text_of_every_page_goes():
    motto = '<div class="hero"><h2>Care that meets you where you are</h2></div>'
    page = strip_site(
        [
            shell(f"<h1>Subject {seed}</h1>{motto}<p>{sentence(Random(seed))}</p><h2>On {seed}</h2><p>x {seed} y z.</p>")
            for seed in range(20)
        ]
    )[3]
    assert "Care that meets you where you are" not in kept(page)


def test_forty_city_pages_that_share_most_of_their_text_keep_it():
    shared = paragraphs(7, 8)

    def city(number):
        body = "".join(f"<p>{text}</p><p>{sentence(Random(number * 100 + place))}</p>" for place, text in enumerate(shared))
        return shell(f"<h1>Anxiety therapy in City {number}</h1>{body}<h2>Questions</h2><p>{shared[0]}</p>")

    pages = strip_site([city(number) for number in range(40)] + [shell(article(seed)) for seed in range(100, 160)])
    for page in pages[:40]:
        assert set(shared) <= set(kept(page))
    assert all(set(paragraphs(seed)) <= set(kept(page)) for seed, page in zip(range(100, 160), pages[40:], strict=True))


def test_a_call_to_action_in_the_articles_own_container_goes():
    call = "<p>Ready to start? Call us today at 858-295-8694 for a free consultation.</p>"
    pages = strip_site([shell(article(seed, extra=call if seed % 2 else "")) for seed in range(20)])
    assert all("Call us today" not in " ".join(kept(page)) for page in pages)


def test_a_disclaimer_at_the_end_of_every_article_stays():
    disclaimer = "<p>This article is for informational purposes only and no substitute for medical advice.</p>"
    pages = strip_site([shell(article(seed, extra=disclaimer)) for seed in range(20)])
    assert all(kept(page)[-1].startswith("This article is for informational purposes") for page in pages)


def test_a_crisis_line_in_the_article_stays_and_the_one_in_the_footer_goes():
    crisis = "<p>If you are in danger now, call 988 or 911.</p>"
    for page in strip_site([shell(article(seed, extra=crisis)) for seed in range(20)]):
        assert "If you are in danger now, call 988 or 911." in kept(page)
        assert "In crisis? Call 988." not in kept(page)


def test_a_heading_that_is_also_a_menu_entry_stays():
    menu = '<div><ul><li><a href="/b">Bipolar Disorder</a></li><li><a href="/r">Resources</a></li></ul></div>'
    extra = "<h2>Bipolar Disorder</h2><p>{}</p>"
    pages = strip_site([shell(article(seed, extra=extra.format(sentence(Random(seed)))), menu=menu) for seed in range(12)])
    assert all(kept(page).count("Bipolar Disorder") == 1 for page in pages)
    assert all(reasons(page).get("Resources") for page in pages)


def test_short_lists_and_accordions_of_one_page_stay():
    extra = (
        "<h2>Signs</h2><ul><li>Fatigue {0}</li><li>Worry {0}</li></ul><details><summary>How long {0}?</summary><p>Weeks {0}.</p></details>"
    )
    for seed, page in enumerate(strip_site([shell(article(seed, extra=extra.format(WORDS[seed]))) for seed in range(10)])):
        expected = ["Signs", f"Fatigue {WORDS[seed]}", f"Worry {WORDS[seed]}", f"How long {WORDS[seed]}?", f"Weeks {WORDS[seed]}."]
        assert kept(page)[-5:] == expected


@pytest.mark.parametrize("size", [1, 12])
def test_a_list_of_references_stays_although_it_is_all_links(size):
    listed = '<h2>References</h2><ol><li><a href="https://doi.org/10.1/{0}">https://doi.org/10.1/{0}</a></li>'
    listed += '<li><a href="https://x.org/{0}">Smith {0}</a></li></ol>'
    for seed, page in enumerate(strip_site([shell(article(seed, extra=listed.format(seed))) for seed in range(size)])):
        assert kept(page)[-3:] == ["References", f"https://doi.org/10.1/{seed}", f"Smith {seed}"]


def test_a_byline_that_differs_only_in_its_date_goes():
    byline = '<div class="x"><p>Written by Ada Writer, who works here • Published: October {0}, 2024 • {0} min read</p></div>'
    pages = strip_site([shell(article(seed), before=byline.format(seed + 1)) for seed in range(12)])
    assert all(seed_text not in " ".join(kept(page)) for page in pages for seed_text in ("Written by", "min read"))


def test_a_short_page_whose_sentences_end_in_reference_numbers_is_kept_whole():
    html = """<body><nav><a href="/">Home</a></nav><main><h1>IPT</h1><p>IPT is a short treatment.</p><h2>PTSD</h2>
    <p>It helps without any exposure.<sup>1</sup></p><h2>References</h2><ol><li>Markowitz 2015</li></ol></main></body>"""
    assert kept(strip_site([html])[0]) == [
        "IPT", "IPT is a short treatment.", "PTSD", "It helps without any exposure.1", "References", "Markowitz 2015",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["Modified workload: fewer duties at first", "Reviewed treatments that help", "By day and by night"])
def test_an_item_that_begins_like_a_byline_and_names_nobody_stays(line):
    page = strip_site([shell(article(1, extra=f"<ul><li>{line}</li></ul>"))])[0]
    assert line in kept(page)


@pytest.mark.parametrize("line", ["By Ada Writer", "Medically reviewed by Dr. Ada Writer", "Reviewed: Ada Writer, MD", "3 min read"])
def test_a_byline_goes(line):
    page = strip_site([shell(article(1, extra=f"<p>{line}</p>"))])[0]
    assert line not in kept(page)


def test_a_sentence_that_begins_like_a_byline_stays():
    text = "By the end of treatment most people in our study slept better than before."
    assert text in kept(strip_site([shell(article(1, extra=f"<p>{text}</p>"))])[0])


def test_the_name_of_the_site_as_an_h1_on_every_page_is_not_a_title():
    pages = strip_site([shell(article(seed).replace("h1>", "h2>"), before="<h1>Harbour Clinic</h1>") for seed in range(12)])
    assert all("Harbour Clinic" not in kept(page) for page in pages)
    assert all(kept(page)[0].startswith("Subject") for page in pages)


@pytest.mark.parametrize(
    "kind", ["breadcrumbs", "share-buttons", "cookie-notice", "newsletter-signup", "related-posts", "comments", "author-bio", "reviews"]
)
@pytest.mark.parametrize("size", [1, 8])
def test_what_an_element_calls_itself_counts_even_on_one_page(kind, size):
    box = '<div class="{}"><p>Something that differs on page {} of them, said at some length.</p></div>'
    pages = strip_site([shell(article(seed), after=box.format(kind, WORDS[seed])) for seed in range(size)])
    assert all("Something that differs" not in " ".join(kept(page)) for page in pages)


def test_a_table_of_contents_goes():
    contents = "<ul>" + "".join(f'<li><a href="#s{n}">Part {n}</a></li>' for n in range(4)) + "</ul>"
    sections = "".join(f'<h2 id="s{n}">Part {n}</h2><p>{sentence(Random(n))}</p>' for n in range(4))
    page = strip_site([shell(article(1, extra=contents + sections))])[0]
    assert kept(page).count("Part 1") == 1
    assert reasons(page)["Part 1"] == "table of contents of the page"


def test_a_menu_printed_twice_on_a_single_page_without_landmarks_goes():
    menu = "<div>" + "".join(f"<p>Entry {word}</p>" for word in WORDS[:9]) + "</div>"
    page = strip_site([shell(article(1), menu=menu + menu)])[0]
    assert kept(page)[1:] == paragraphs(1)


def test_rows_that_say_the_same_are_no_menu():
    rows = "<ul>" + "<li>Monday open</li><li>Closed</li>" * 4 + "</ul>"
    assert kept(strip_site([shell(article(1, extra=rows))])[0]).count("Closed") == 4


def test_an_invitation_of_the_pages_own_stays_on_a_single_page():
    extra = f'<div class="cta-box"><h3>What we offer</h3><p>{sentence(Random(3))}</p></div>'
    assert sentence(Random(3)) in kept(strip_site([shell(article(1, extra=extra))])[0])


def test_a_heading_goes_with_all_that_stood_under_it():
    pages = strip_site(
        [shell(article(seed, extra=f"<h2>Next {WORDS[seed]}</h2><p>Call us today or book a session.</p>")) for seed in range(9)]
    )
    assert all(not any(text.startswith("Next") for text in kept(page)) for page in pages)


def test_no_page_is_emptied_even_if_all_of_it_stands_elsewhere():
    pages = strip_site([shell(article(seed)) for seed in range(9)] + [shell("<p>Thank you.</p>"), shell("<p>Thank you.</p>")])
    assert kept(pages[-1]) == ["Thank you."]


def test_pages_of_plain_text_lose_what_their_site_repeats():
    menu = "\n".join(f"  • Entry {word}" for word in WORDS[:9])

    def text(seed):
        return (
            f"{menu}\n\nTreating {WORDS[seed]}\n\n"
            + "\n\n".join(paragraphs(seed))
            + "\n\nCALL US TODAY 858.295.8694\n\n©2023 Harbour Clinic"
        )

    blocked = [block_page(Page(f"site:/{seed}.txt", text(seed), "text")) for seed in range(5)]
    template = learn_template(blocked)
    for seed, page in enumerate(blocked):
        assert kept(strip_template(page, template)) == [f"Treating {WORDS[seed]}", *paragraphs(seed)]


def test_an_editor_keeps_and_strips_by_text_and_by_selector():
    html = [shell(article(seed, extra="<p class='own note'>Note of page.</p><p>Out with it now.</p>"), after=AUTHOR) for seed in range(8)]
    overrides = Overrides(
        keep=("  about THE writer ",), strip=("Out with it now.",), keep_selectors=("footer p",), strip_selectors=("article > .own",)
    )
    page = strip_site(html, overrides)[0]
    assert "About the writer" in kept(page)
    assert "© 2024 Harbour Clinic" in kept(page)
    assert reasons(page)["Out with it now."] == reasons(page)["Note of page."] == "an editor decided so (clinic.toml)"


@pytest.mark.parametrize("selector", ["p:first-child", "a[href]", "", "div >", "p + p"])
def test_a_selector_that_cannot_be_read_is_refused_in_words(selector):
    with pytest.raises(ValueError, match="selector"):
        strip_site([shell(article(seed)) for seed in range(3)], Overrides(strip_selectors=(selector,)))


def test_stripping_is_the_same_in_whatever_order_the_pages_come():
    html = [shell(article(seed, extra=AUTHOR if seed % 3 else "")) for seed in range(15)]
    forwards = strip_site(html)
    backwards = strip_site(html[::-1])[::-1]
    assert [kept(page) for page in forwards] == [kept(page) for page in backwards]


def test_where_a_blog_files_a_post_goes_even_below_the_references_and_entries_stay():
    filed = "<h2>References</h2><ol><li>Tags in the brain. J Sleep. 2019.</li></ol><p>Filed under: Living well Tagged sleep</p>"
    (page,) = strip_site([shell(article(1, extra=filed))])
    assert reasons(page)["Filed under: Living well Tagged sleep"] == "a label of the page, not of its subject"
    assert "Tags in the brain. J Sleep. 2019." in kept(page)


def test_a_quotation_stays_in_a_box_for_social_media_and_goes_in_one_for_testimonials():
    for box, stays in (("social-media-embed", True), ("testimonials", False)):
        quote = (
            f"<div class='{box}'><blockquote>Sleep came back, and with it the wish to see my friends.</blockquote><p>Follow me there.</p>"
        )
        (page,) = strip_site([shell(article(1, extra=f"{quote}</div>"))])
        assert ("Sleep came back, and with it the wish to see my friends." in kept(page)) is stays
        assert "Follow me there." not in kept(page)


def test_the_label_of_a_button_goes_and_the_question_of_an_accordion_stays():
    buttons = (
        "<button class='card-choice'>Choose the monthly package</button><button class='accordion'>What it costs</button><p>It is free.</p>"
    )
    for pages in (1, 4):
        page = strip_site([shell(article(seed, extra=buttons if seed == 1 else "")) for seed in range(1, pages + 1)])[0]
        assert reasons(page)["Choose the monthly package"] == "the label of a button"
        assert "What it costs" in kept(page)


def test_an_empty_crawl_and_an_empty_page_are_no_error():
    assert learn_template([]).pages == 0
    assert kept(strip_site([""])[0]) == []


def test_time_grows_with_the_number_of_pages_and_not_with_its_square():
    blocked = [block_page(Page(f"https://clinic.example/{seed}", shell(article(seed, extra=AUTHOR)))) for seed in range(400)]

    def seconds(pages):
        started = time.process_time()
        template = learn_template(pages)
        for page in pages:
            strip_template(page, template)
        return time.process_time() - started

    few, many = (min(seconds(blocked[:pages]) for _ in range(3)) for pages in (50, 400))
    assert many < 8 * 2.5 * max(few, 0.02)  # the square of eight would be 64
