"""Pages that a translated site does not have in its other language."""

from collections import defaultdict
from collections.abc import Iterator

from gaps.addresses import address_key
from gaps.context import CheckContext
from gaps.languages import base_language, detect_language
from gaps.places import shorten
from gaps.schema import Gap
from ingest.schema import Article

FEW_PAGES = 2
"""One page in another language is a page, not a translation of the site."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A page says that it is in one language and is written in another, or the site's second language lacks pages of the first.

    What is lacking is reported once for each language, with the pages that have no counterpart. Counterparts are those that a page
    declares (`hreflang`) or links to in the other language.
    """
    for article in context.site.articles:
        declared, read = base_language(article.metadata.language), detect_language(article.text)
        if declared and read and declared != read:
            yield _describe_untranslated(article, declared, read)
    yield from _missing_translations(context)


def _describe_untranslated(article: Article, declared: str, read: str) -> Gap:
    return Gap(
        severity="warning",
        subject=f"language {declared}",
        place=article.url,
        reason=f"The page says that it is in “{declared}” and is written in “{read}”.",
        evidence=shorten(article.text),
        advice="Translate the text, or correct the page's language: screen readers pronounce it by that.",
        pages=(article.url,),
    )


def _missing_translations(context: CheckContext) -> Iterator[Gap]:
    by_language: dict[str, list[Article]] = defaultdict(list)
    for article in context.site.articles:
        by_language[context.language(article)].append(article)
    main = max(by_language, key=lambda language: len(by_language[language]), default="")
    for language, articles in by_language.items():
        if language != main and len(articles) >= FEW_PAGES:
            translated = {key for article in articles for key in _counterparts(context, article)}
            own = {address_key(article.url) for article in articles}
            missing = [
                article
                for article in by_language[main]
                if address_key(article.url) not in translated and not own.intersection(_declared(article))
            ]
            if missing:
                yield _describe_missing(language, missing, len(by_language[main]))


def _counterparts(context: CheckContext, article: Article) -> set[str]:
    """Pages that this page is a translation of: those it declares, else those in another language that it links to in its text."""
    declared = _declared(article) - {address_key(article.url)}
    linked = {address_key(link.url) for link in article.links}
    return declared or {
        key for key in linked if key in context.articles and context.language(context.articles[key]) != context.language(article)
    }


def _declared(article: Article) -> set[str]:
    return {address_key(url) for _, url in article.metadata.alternates}


def _describe_missing(language: str, missing: list[Article], total: int) -> Gap:
    return Gap(
        severity="notice",
        subject=f"translation into {language}",
        place=missing[0].url,
        reason=f"{len(missing)} of {total} pages have no counterpart in “{language}”.",
        evidence=shorten("; ".join(article.title for article in missing)),
        advice="Translate first what people need before they call: how to start, costs, in a crisis.",
        pages=tuple(article.url for article in missing),
        site_wide=True,
    )
