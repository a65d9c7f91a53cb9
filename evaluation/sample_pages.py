"""What the templates are given for each page of the sample clinic: articles with their furniture, and listings."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evaluation.sample_article import BadArticle, SampleArticle
from evaluation.sample_body import SampleBody, parse_body, slug, visible_text
from evaluation.sample_layout import cut_sections, insert_ctas
from evaluation.sample_menu import make_menu
from evaluation.sample_references import entry_html
from evaluation.sample_theme import Lot, Theme, picture

EXCERPT_WORDS = 26
WORDS_PER_MINUTE = 220
POPULAR = 5
MIN_HEADINGS_FOR_TOC = 4
LATEST = 3
RELATED = 3
ARTICLE_SECTIONS = ("conditions", "therapies", "addiction-guide")

Context = dict[str, Any]
"""What a template reads as `page`."""


@dataclass(frozen=True)
class SampleSite:
    """The articles and the theme that prints them."""

    articles: tuple[SampleArticle, ...]
    theme: Theme

    @cached_property
    def listed(self) -> tuple[SampleArticle, ...]:
        """The articles that menus, cards and archives may link to."""
        return tuple(article for article in self.articles if article.listed)

    @cached_property
    def posts(self) -> tuple[SampleArticle, ...]:
        """The blog posts, newest first."""
        return tuple(
            sorted((article for article in self.listed if article.section == "blog"), key=lambda post: post.published, reverse=True)
        )

    @cached_property
    def bodies(self) -> dict[str, SampleBody]:
        """URL to parsed body.

        Raises:
            BadArticle: a body cannot be read.
        """
        return {article.url: self.parse(article) for article in self.articles}

    def parse(self, article: SampleArticle) -> SampleBody:
        """An article's body, with the accordions of its section."""
        accordion, prefix = self.theme.section(article.section)["accordion"], str(page_number(article.url))
        try:
            return parse_body(article.body, article.reference_style, accordion=accordion, prefix=prefix, draw=picture)
        except ValueError as error:
            raise BadArticle(f"{article.url}: {error}") from error

    def card(self, article: SampleArticle) -> Context:
        """An article as cards show it."""
        words = self.bodies[article.url].lead.split()
        excerpt = " ".join(words[:EXCERPT_WORDS]) + (" […]" if len(words) > EXCERPT_WORDS else "")
        return {"url": article.url, "label": article.label, "title": article.title, "excerpt": excerpt, "date": article.published}

    @cached_property
    def shared(self) -> Context:
        """What every page shows: menu, popular articles, programmes, latest posts."""
        popular = [article for article in self.listed if article.section in ARTICLE_SECTIONS]
        programs = [article for article in self.listed if article.url in self.theme.data["site"]["programs"]]
        return {
            "menu": make_menu(self.theme.data["menu"], self.articles),
            "popular": [self.card(article) for article in Lot("popular").shuffled("all", popular)[:POPULAR]],
            "programs": [self.card(article) for article in programs],
            "latest": [self.card(article) for article in self.posts[:LATEST]],
        }


def page_number(url: str) -> int:
    """The number under which WordPress would keep the page."""
    return 100 + Lot(url).number("post", 8900)


def absolute(site: SampleSite, url: str) -> str:
    """A site-relative URL with the site's address in front."""
    return f"{site.theme.data['site']['base_url']}{url}"


def base_page(site: SampleSite, url: str, title: str, section: str) -> Context:
    """What every kind of page needs."""
    return {
        "url": url,
        "canonical": absolute(site, url),
        "title": title,
        "section": section,
        "language": "en",
        "lot": Lot(url),
        "number": page_number(url),
        "footer": site.theme.section(section)["footer"],
        "crumbs": crumbs(site, url, title, section),
        "alternates": [],
        "article": None,
        "robots": "follow, index, max-snippet:-1, max-image-preview:large",
    }


def crumbs(site: SampleSite, url: str, title: str, section: str) -> list[Context]:
    """The way from the home page down to this page."""
    settings = site.theme.section(section)
    trail = [{"label": "Home", "url": "/"}]
    if "hub" in settings or section == "blog":
        trail.append({"label": settings["label"], "url": f"/{section}/"})
    return [*(step for step in trail if step["url"] != url), {"label": title, "url": url}]


def article_page(site: SampleSite, article: SampleArticle) -> Context:
    """All that the template of an article needs."""
    body, page = site.bodies[article.url], base_page(site, article.url, article.title, article.section)
    lot: Lot = page["lot"]
    headings = [block for block in body.blocks if block.kind == "heading"]
    page |= {
        "article": article,
        "description": article.description,
        "language": article.language,
        "alternates": alternates(site, article.url),
        "body_class": f"{'single single-post' if article.section == 'blog' else 'page'} postid-{page['number']}",
        "byline": article.section in (*ARTICLE_SECTIONS, "blog", "services", "es"),
        "minutes": max(1, round(len(" ".join(body.gold).split()) / WORDS_PER_MINUTE)),
        "sections": cut_sections(insert_ctas(body.blocks, lot, len(site.theme.data["cta"]))),
        "toc": headings if len(headings) > MIN_HEADINGS_FOR_TOC and article.section != "home" and lot.number("toc", 2) else [],
        "references": references(site, article, body),
        "reviews": lot.shuffled("reviews", site.theme.data["reviews"])[:3] if lot.number("review", 3) == 0 else [],
        "related": related(site, article),
        "terms": terms(article),
        **neighbours(site, article),
    }
    return page | {"json_ld": article_json_ld(site, page, article)}


def references(site: SampleSite, article: SampleArticle, body: SampleBody) -> Context | None:
    """The reference list as it is printed, None for an article without one."""
    if not article.references:
        return None
    style = article.reference_style
    back = {
        number: f"fnref-{number}-{use}"
        for number, use in reversed(re.findall(r'id="fnref-(\d+)-(\d+)"', "".join(b.html for b in body.blocks)))
    }
    entries = [
        {"number": f"[{number}]" if style == "brackets" else f"{number}.", "html": entry_html(entry, style), "back": back.get(str(number))}
        for number, entry in enumerate(article.references, start=1)
    ]
    return {
        "heading": article.references_heading,
        "anchor": slug(article.references_heading),
        "entries": entries,
        "list": list_kind(site, article),
    }


def list_kind(site: SampleSite, article: SampleArticle) -> str:
    """How the reference list is made: footnotes, paragraphs that carry their numbers as text, or an ordered list."""
    if article.reference_style == "footnotes":
        return "footnotes"
    divi = site.theme.section(article.section)["builder"] == "divi"
    return "paragraphs" if divi or article.reference_style == "brackets" else "ordered"


def gold_text(site: SampleSite, article: SampleArticle) -> str:
    """The visible text of an article, one block a line: title, body, reference list."""
    body, lines = site.bodies[article.url], [article.title]
    lines += body.gold
    if found := references(site, article, body):
        lines.append(found["heading"])
        printed = found["list"] == "paragraphs"
        lines += [
            f"{entry['number']} {visible_text(entry['html'])}" if printed else visible_text(entry["html"]) for entry in found["entries"]
        ]
    return "\n".join(lines) + "\n"


def alternates(site: SampleSite, url: str) -> list[tuple[str, str]]:
    """The language links of a page that has a translation."""
    pairs: dict[str, str] = site.theme.data["translations"]
    spanish = url if url in pairs else next((other for other, english in pairs.items() if english == url), "")
    return [("en", absolute(site, pairs[spanish])), ("es", absolute(site, spanish))] if spanish else []


def related(site: SampleSite, article: SampleArticle) -> list[Context]:
    """Three other pages of the same section; the home page shows the programmes, other practical pages nothing."""
    if article.section == "home":
        return list(site.shared["programs"])
    siblings = [other for other in site.listed if other.section == article.section and other.url != article.url]
    if article.section not in (*ARTICLE_SECTIONS, "blog", "services"):
        return []
    return [site.card(other) for other in Lot(article.url).shuffled("related", siblings)[:RELATED]]


def neighbours(site: SampleSite, article: SampleArticle) -> Context:
    """The blog posts before and after this one."""
    if article not in site.posts:
        return {"previous": None, "next": None}
    place = site.posts.index(article)
    older = site.posts[place + 1 : place + 2]
    newer = site.posts[max(0, place - 1) : place]
    return {"previous": site.card(older[0]) if older else None, "next": site.card(newer[0]) if newer else None}


def term(kind: str, name: str) -> Context:
    """A link to a category or tag page."""
    return {"label": name, "url": f"/{kind}/{slug(name)}/"}


def terms(article: SampleArticle) -> Context | None:
    """The category and tags of a blog post."""
    if not article.category:
        return None
    return {"category": term("category", article.category), "tags": [term("tag", tag) for tag in article.tags]}


def article_json_ld(site: SampleSite, page: Context, article: SampleArticle) -> str:
    """What the page tells search engines about itself (https://schema.org/MedicalWebPage)."""
    kind = {"blog": "BlogPosting"}.get(article.section, "MedicalWebPage" if article.references else "WebPage")
    own = {
        "@type": kind,
        "headline": article.title,
        "url": page["canonical"],
        "inLanguage": article.language,
        "datePublished": str(article.published),
        "dateModified": str(article.modified),
        "author": {"@type": "Person", "name": article.author},
    }
    if article.reviewed:
        own |= {"lastReviewed": str(article.reviewed), "reviewedBy": {"@type": "Person", "name": article.reviewed_by}}
    return json_ld(site, page, own)


def json_ld(site: SampleSite, page: Context, own: Context) -> str:
    """A graph of the clinic, the breadcrumbs and the page itself, safe inside a script element."""
    data = site.theme.data["site"]
    trail = [
        {"@type": "ListItem", "position": place, "name": crumb["label"], "item": absolute(site, crumb["url"])}
        for place, crumb in enumerate(page["crumbs"], start=1)
    ]
    clinic = {"@type": "MedicalClinic", "name": data["name"], "telephone": data["phone"], "url": f"{data['base_url']}/"}
    graph = [clinic, {"@type": "BreadcrumbList", "itemListElement": trail}, own]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).replace("</", "<\\/")


def listing_page(
    site: SampleSite,
    url: str,
    title: str,
    articles: Sequence[SampleArticle],
    *,
    section: str = "blog",
    intro: str = "",
    kind: str = "archive",
) -> Context:
    """An archive, category, tag, author or hub page: cards with excerpts."""
    page = base_page(site, url, title, section)
    page |= {
        "description": intro or f"{title}: articles of {site.theme.data['site']['name']}.",
        "intro": intro,
        "body_class": kind,
        "cards": [site.card(article) for article in articles],
        "pages": [],
    }
    return page | {"json_ld": json_ld(site, page, {"@type": "CollectionPage", "name": title, "url": page["canonical"]})}


def listing_pages(site: SampleSite) -> Iterator[Context]:
    """Every listing of the site."""
    yield from hub_pages(site)
    yield from blog_pages(site)
    yield from term_pages(site)
    yield from author_pages(site)


def hub_pages(site: SampleSite) -> Iterator[Context]:
    """The entry pages of the sections that have one."""
    for section, settings in site.theme.data["sections"].items():
        if "hub" in settings:
            inside = [article for article in site.listed if article.section == section]
            yield listing_page(
                site, f"/{section}/", settings["label"], inside, section=section, intro=settings["hub"], kind="archive post-type-archive"
            )


def blog_pages(site: SampleSite) -> Iterator[Context]:
    """The blog's archive, some posts a page."""
    size = site.theme.data["site"]["posts_per_page"]
    urls = ["/blog/" if start == 0 else f"/blog/page/{start // size + 1}/" for start in range(0, len(site.posts), size)]
    for place, url in enumerate(urls):
        links = [{"number": number + 1, "url": link, "current": number == place} for number, link in enumerate(urls)]
        title = "Blog" if place == 0 else f"Blog, page {place + 1}"
        page = listing_page(site, url, title, site.posts[place * size : (place + 1) * size], kind="blog archive paged")
        yield page | {"pages": links if len(urls) > 1 else []}


def term_pages(site: SampleSite) -> Iterator[Context]:
    """Category pages, and tag pages, which ask search engines to stay away."""
    for category in sorted({post.category for post in site.posts}):
        posts = [post for post in site.posts if post.category == category]
        yield listing_page(site, term("category", category)["url"], f"Category: {category}", posts, kind="archive category")
    for tag in sorted({tag for post in site.posts for tag in post.tags}):
        posts = [post for post in site.posts if tag in post.tags]
        page = listing_page(site, term("tag", tag)["url"], f"Tag: {tag}", posts, kind="archive tag")
        yield page | {"robots": "follow, noindex"}


def author_pages(site: SampleSite) -> Iterator[Context]:
    """What each author has written."""
    for name, author in site.theme.data["authors"].items():
        written = [article for article in site.listed if article.author == name and article.section != "home"]
        yield listing_page(site, f"/author/{author['slug']}/", f"Author: {name}", written, intro=author["bio"], kind="archive author")
