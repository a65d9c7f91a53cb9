import json
import re
from pathlib import Path

import pytest
import typer
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from evaluation.gaps import read_planted_flaws
from evaluation.sample_article import BadArticle, article_from, read_article
from evaluation.sample_body import parse_body
from evaluation.sample_references import spelt_out
from evaluation.sample_site import file_stem, load_site, main, out_of_step, render_files, write_files

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def site():
    return load_site(CORPUS)


@pytest.fixture(scope="module")
def files(site):
    return render_files(site)


@pytest.fixture(scope="module")
def flaws():
    return read_planted_flaws(CORPUS / "README.md")


def words(text):
    return re.findall(r"\w+", text)


def page_words(html):
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style"])
    return " ".join(words(tree.body.text(separator=" ")))


def links(html):
    return [node.attributes.get("href") or "" for node in LexborHTMLParser(html).css("a[href]")]


def test_the_committed_site_and_gold_are_in_step_with_articles_and_template(files):
    assert out_of_step(CORPUS, files) == []


def test_rendering_twice_gives_the_same_bytes(files):
    assert render_files(load_site(CORPUS)) == files


def test_every_line_of_gold_stands_on_its_page_in_this_order(site, files):
    for article in site.articles:
        stem = file_stem(article.url)
        page, place = page_words(files[f"site/{stem}.html"]), 0
        for line in files[f"gold/{stem}.txt"].splitlines():
            found = page.find(" ".join(words(line)), place)
            assert found >= 0, f"{article.url}: {line!r}"
            place = found


def test_gold_holds_each_body_word_for_word_and_nothing_of_the_theme(site, files):
    theme = [box["text"] for box in site.theme.data["cta"]] + [review["text"] for review in site.theme.data["reviews"]]
    for article in site.articles:
        gold = files[f"gold/{file_stem(article.url)}.txt"]
        assert gold.splitlines()[0] == article.title
        assert not [sentence for sentence in theme if sentence in gold]


def test_every_internal_link_of_an_article_points_to_a_page_unless_planted(site, files, flaws):
    pages = {article.url for article in site.articles} | {
        "/" if stem == "index" else f"/{stem.replace('--', '/')}/" for stem in stems(files)
    }
    planted = {(flaw.page, flaw.place) for flaw in flaws if flaw.name in ("dead-link", "dead-anchor")}
    for article in site.articles:
        html = "".join(block.html for block in site.bodies[article.url].blocks)
        for href in links(html):
            if href.startswith("/") and (article.url, href) not in planted:
                assert href.partition("#")[0] in pages, f"{article.url}: {href}"


def stems(files):
    return [name.removeprefix("site/").removesuffix(".html") for name in files if name.endswith(".html")]


def test_every_listed_page_can_be_reached_from_the_home_page_and_no_other_can(site, files):
    reached, waiting = set(), ["/"]
    while waiting:
        url = waiting.pop()
        name = f"site/{file_stem(url)}.html"
        if url not in reached and name in files:
            reached.add(url)
            waiting += [href.partition("#")[0].removeprefix("https://www.wrenfield.example") for href in links(files[name])]
    assert {article.url for article in site.articles} - reached == {article.url for article in site.articles if not article.listed}


def test_the_menu_stands_twice_on_every_page_with_the_same_labels(files):
    for name, html in files.items():
        if name.endswith(".html"):
            tree = LexborHTMLParser(html)
            wide, narrow = ([node.text() for node in tree.css(f"{menu} a")] for menu in ("#primary-menu", "#mobile-menu"))
            assert wide == narrow
            assert len(wide) > 50


def test_no_page_asks_another_machine_for_anything(files):
    for name, html in files.items():
        if name.endswith(".html"):
            tree = LexborHTMLParser(html)
            fetched = [node.attributes.get(key) or "" for key in ("src", "srcset", "poster") for node in tree.css(f"[{key}]")]
            assert all(address.startswith("data:") for address in fetched), name
            assert not tree.css("link[rel=stylesheet], iframe, link[rel=preload]"), name
            assert not re.search(r"url\(|@import", html), name


def test_manifest_names_every_page_and_agrees_with_the_canonical_link(files):
    manifest = json.loads(files["site/manifest.json"])
    for stem in stems(files):
        canonical = LexborHTMLParser(files[f"site/{stem}.html"]).css_first("link[rel=canonical]")
        assert manifest[f"{stem}.html"]["url"] == canonical.attributes["href"]
    assert len(manifest) == len(stems(files))


def test_ids_are_unique_within_a_page(files):
    for name, html in files.items():
        if name.endswith(".html"):
            ids = [node.attributes["id"] for node in LexborHTMLParser(html).css("[id]")]
            assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize(
    ("style", "printed"),
    [("superscript", "so.2,4-6 And."), ("bare", "so.2,4-6 And."), ("brackets", "so.[2,4-6] And."), ("footnotes", "so.2,4,5,6 And.")],
)
def test_a_marker_is_printed_in_the_style_of_its_article(style, printed):
    assert parse_body("It is so.[^2,4-6] And.", style).gold == (f"It is {printed}",)


def test_ranges_of_markers_are_spelt_out():
    assert spelt_out("1,3-5,9") == "1,3,4,5,9"


def test_gold_has_one_line_for_each_visible_block():
    markdown = (
        "Lead\nwraps.\n\n## Head *ing*\n\n- one\n- two\n\n| A | B |\n|---|---|\n| | 2 |\n\nTerm\n:   Meaning\n\n"
        '::: accordion Why?\nBecause.\n:::\n\n::: crisis\nCall 988.\n:::\n\n> Said.\n\n![alt](a.jpg "Caption")\n'
    )
    assert parse_body(markdown, "bare").gold == (
        "Lead wraps.", "Head ing", "one", "two", "A | B", "2", "Term : Meaning", "Why?", "Because.", "Call 988.", "Said.", "Caption",
    )  # fmt: skip


def test_a_marker_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match=r"a marker cannot be read"):
        parse_body("So.[^one]", "bare")


def test_an_article_with_an_unknown_field_is_refused_by_name(tmp_path):
    source = tmp_path / "page.md"
    source.write_text('+++\ntitle = "T"\ncolour = "red"\n+++\nText.\n', encoding="utf-8")
    with pytest.raises(BadArticle, match=r"page\.md.*colour"):
        read_article(source)


def test_an_unknown_reference_style_is_refused():
    front = dict.fromkeys(("title", "section", "description", "language", "author", "published", "modified"), "x")
    with pytest.raises(ValueError, match="expected one of"):
        article_from(front | {"url": "/x/", "reference_style": "harvard"}, "Text.")


def test_check_names_the_files_that_are_missing_changed_or_left_over(tmp_path):
    files = {"site/a.html": "a", "site/b.html": "b", "gold/a.txt": "a"}
    write_files(tmp_path, files)
    (tmp_path / "site/a.html").write_text("x", encoding="utf-8")
    (tmp_path / "site/b.html").unlink()
    (tmp_path / "gold/old.txt").write_text("", encoding="utf-8")
    assert out_of_step(tmp_path, files) == ["gold/old.txt: no article makes it any more", "site/a.html: differs", "site/b.html: missing"]


def test_writing_removes_what_no_article_makes_any_more(tmp_path):
    write_files(tmp_path, {"site/a.html": "a", "gold/a.txt": "a"})
    write_files(tmp_path, {"site/b.html": "b"})
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["b.html"]


def test_the_command_fails_with_a_message_when_a_file_is_out_of_step(tmp_path):
    (tmp_path / "articles").symlink_to(CORPUS / "articles")
    (tmp_path / "template").symlink_to(CORPUS / "template")
    app = typer.Typer()
    app.command()(main)
    result = CliRunner().invoke(app, [str(tmp_path), "--check"])
    assert result.exit_code == 1
    assert "gold/about.txt: missing" in result.output


def test_planted_flaws_are_numbered_from_one(flaws):
    assert [int(flaw.number) for flaw in flaws] == list(range(1, len(flaws) + 1))
    assert len(flaws) >= 25


def test_every_planted_flaw_stands_at_its_place_on_its_page(files, flaws):
    for flaw in flaws:
        html, place = files[f"site/{file_stem(flaw.page)}.html"], flaw.place
        if place.startswith("#"):
            found = LexborHTMLParser(html).css_first(f'[id="{place[1:]}"]') is not None
        elif place.startswith("/"):
            found = flaw.name == "near-duplicate-pages" or any(href.endswith(place) for href in links(html))
        else:
            found = " ".join(words(place)) in page_words(html)
        assert found, flaw


def test_links_and_fragments_of_the_theme_lead_somewhere_unless_planted(files, flaws):
    ids = {
        name: {node.attributes["id"] for node in LexborHTMLParser(html).css("[id]")}
        for name, html in files.items()
        if name.endswith(".html")
    }
    planted = {flaw.place for flaw in flaws if flaw.name in ("dead-link", "dead-anchor", "menu-entry-without-page")}
    for name in ids:
        for href in links(files[name]):
            path, _, fragment = href.removeprefix("https://www.wrenfield.example").partition("#")
            if path.startswith(("http", "mailto:", "tel:")) or href.removeprefix("https://www.wrenfield.example") in planted:
                continue
            target = f"site/{file_stem(path)}.html" if path else name
            assert target in ids, f"{name}: {href}"
            assert not fragment or fragment in ids[target], f"{name}: {href}"
