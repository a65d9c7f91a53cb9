"""Pages that the menu forgets."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gaps.addresses import address_key
from gaps.context import CheckContext, is_html
from gaps.schema import Gap
from index.lexical import find_terms
from ingest.schema import Article

MOSTLY = 0.7
"""Where at least this share of a section's pages is in the menu, the menu means to list the section."""
FEW_SIBLINGS = 4
"""A section with fewer pages shows no custom."""
_PARENTHESES = re.compile(r"\([^)]*\)")
_KIND_OF_CARE = re.compile(r"(?:psycho)?therap(?:y|ies)|counsell?ing|disorders?|addictions?|programs?|programmes?", re.IGNORECASE)
"""The head nouns by which a clinic's menu names what it treats and how."""
_SUBJECT = re.compile(rf"\b((?:[A-Z][\w’'-]*\s(?:of\s|and\s|for\s)?){{1,4}}(?:{_KIND_OF_CARE.pattern}))\b", re.IGNORECASE)


def check(context: CheckContext) -> Iterator[Gap]:
    """The site's menu lists the pages of a kind, and this page of the same kind is not among them.

    Of the same kind are the pages of one folder, if most of them are in the menu; for a page saved as text, whose
    folder is not known, the menu's entries that end in the same word (Therapy, Disorder, Addiction).
    """
    yield from _missing_siblings(context)
    for key, article in context.articles.items():
        page = context.pages.get(key)
        if page and not is_html(page):
            yield from _missing_label(context, article)


def _missing_siblings(context: CheckContext) -> Iterator[Gap]:
    sections: dict[str, list[Article]] = defaultdict(list)
    for article in context.site.articles:
        if article.site_section:
            sections[article.site_section].append(article)
    for section, articles in sections.items():
        missing = [article for article in articles if address_key(article.url) not in context.menu_keys]
        listed = len(articles) - len(missing)
        if len(articles) >= FEW_SIBLINGS and listed >= MOSTLY * len(articles):
            yield from (_describe(article, f"{listed} of the {len(articles)} pages of “{section}” are in the menu") for article in missing)


def _missing_label(context: CheckContext, article: Article) -> Iterator[Gap]:
    subject = _SUBJECT.search(_PARENTHESES.sub("", article.title))
    if not subject or not context.site.menu:
        return
    head = _KIND_OF_CARE.findall(subject.group(1))[-1]
    labels = [entry.path[-1] for entry in context.site.menu]
    siblings = [label for label in labels if label.lower().rstrip("s").endswith(_head_stem(head))]
    wanted = set(find_terms(_topic_words(subject.group(1))))
    if len(siblings) >= FEW_SIBLINGS and wanted and not any(wanted <= set(find_terms(label)) for label in labels):
        yield _describe(article, f"the menu lists {len(set(siblings))} pages like it ({', '.join(list(dict.fromkeys(siblings))[:3])} ...)")


def _head_stem(head: str) -> str:
    return head.lower().removeprefix("psycho").rstrip("s")


def _topic_words(subject: str) -> str:
    """The subject without its head noun and without the words of a question before it: "Can Interpersonal Psychotherapy"."""
    return re.sub(
        r"^(?:(?:how|what|why|when|can|does|do|is|are|the|a|an|our)\s)+", "", _KIND_OF_CARE.sub("", subject), flags=re.IGNORECASE
    ).strip()


def _describe(article: Article, why: str) -> Gap:
    return Gap(
        severity="warning",
        subject="menu",
        place=article.url,
        reason=f"“{article.title}” is not in the menu, although {why}.",
        evidence=article.title,
        advice="Add the page to the menu beside its siblings.",
        pages=(article.url,),
    )
