"""What the sample clinic holds: pages, words, references, furniture, flaws, queries. `python -m evaluation sample corpus` prints it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from evaluation.gaps import read_planted_flaws
from evaluation.judged_site import JUDGMENTS
from evaluation.sample_article import SampleArticle
from evaluation.sample_pages import SampleSite
from evaluation.sample_site import load_site
from gaps.context import CheckContext
from gaps.reading_ease import reading_grade
from index.judgments import QRELS, QUERIES, read_grades
from ingest.pipeline import ingest_site

FURNITURE = {
    "menu, twice": "body:has(#primary-menu):has(#mobile-menu)",
    "breadcrumbs": ".rank-math-breadcrumb",
    "sidebar": ".widget_popular",
    "call-us box in the article": "article .cta-block",
    "author box": ".author-box",
    "latest posts": ".widget_recent_entries",
    "related articles": ".related-posts",
    "share buttons": ".sharedaddy",
    "cookie banner": "#cookie-notice",
    "newsletter form": ".newsletter form",
    "review widget": ".reviews-widget",
    "JSON-LD": 'script[type="application/ld+json"]',
    "inline script": "script:not([src]):not([type])",
    "inline style": "style",
    "hidden text": '[style*="display:none"], [style*="display: none"]',
    "accordions": ".elementor-toggle-item, .et_pb_toggle, .wp-block-details",
    "table of contents": "#ez-toc-container",
    "footer of articles": ".footer-articles",
    "footer of practical pages": ".footer-practical",
    "footer of the blog": ".footer-blog",
}
"""What a page's template adds -> where it stands."""


def measure_sample(folder: Path, *, detail: bool = False) -> Mapping[str, Any]:
    """Counts of a sample clinic's folder; `detail` adds the pages that carry each piece of the template, of all saved pages."""
    site = load_site(folder)
    pages = [LexborHTMLParser(path.read_text("utf-8")) for path in sorted((folder / "site").glob("*.html"))]
    figures: dict[str, Any] = {
        "pages": len(pages),
        "articles": len(site.articles),
        "articles by section": dict(Counter(article.section for article in site.articles)),
        "archives, categories, tags, authors, hubs": len(pages) - len(site.articles),
        "words of articles": sum(word_counts(site).values()),
        "reading grade": grade_range(folder / "site"),
        **count_references(site.articles),
        "planted flaws": len(read_planted_flaws(folder / "README.md")),
        **count_judgments(folder / JUDGMENTS),
    }
    return figures | ({"pages with": count_furniture(pages)} if detail else {})


def word_counts(site: SampleSite) -> dict[str, int]:
    """Words of each article by its address: title and body, without its reference list."""
    return {article.url: len(" ".join((article.title, *site.bodies[article.url].gold)).split()) for article in site.articles}


def count_references(articles: Iterable[SampleArticle]) -> dict[str, Any]:
    """Entries of reference lists, the different works among them, and how many articles print them in each style."""
    citing = [article for article in articles if article.references]
    texts = [entry.text for article in citing for entry in article.references]
    return {
        "references": len(texts),
        "different works": len(set(texts)),
        "articles by reference style": dict(Counter(article.reference_style for article in citing)),
    }


def grade_range(pages: Path) -> dict[str, float]:
    """The school grade of the median and of the hardest English page, of its paragraphs alone."""
    context = CheckContext(ingest_site([str(pages)]), date(2026, 11, 23))
    prose = (
        [claim.text for claim in context.sentences(article) if claim.sentence.kind == "paragraph"] for article in context.english_articles
    )
    grades = [reading_grade(sentences) for sentences in prose if sentences]
    return {"median": median(grades), "highest": max(grades)}


def count_judgments(folder: Path) -> dict[str, Any]:
    """Queries by kind and half, and grades."""
    queries = [json.loads(line) for line in (folder / QUERIES).read_text("utf-8").splitlines()]
    grades = Counter(grade for targets in read_grades(folder / QRELS).values() for grade in targets.values())
    return {
        "queries": len(queries),
        "queries by kind": dict(Counter(query["kind"] for query in queries)),
        "queries by half": dict(Counter(query["half"] for query in queries)),
        "grades": {str(grade): grades[grade] for grade in sorted(grades, reverse=True)},
    }


def count_furniture(pages: Sequence[LexborHTMLParser]) -> dict[str, int]:
    """How many pages carry each piece of the template."""
    return {name: sum(page.css_first(selector) is not None for page in pages) for name, selector in FURNITURE.items()}
