"""Pages about suicide or self-harm that do not say where to find help at once."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext, Claim, page_blocks
from gaps.places import place_of, shorten
from gaps.schema import Gap
from ingest.schema import Article

_SUBJECT = re.compile(
    r"\bsuicid\w*|\bself[- ]?harm\w*|\bself[- ]injur\w*|\bautolesi\w*|\bquitarse la vida\b"
    r"|\b(?:kill|hurt|harm|cut)(?:ing)? (?:yourself|themselves|oneself|myself|himself|herself)\b"
    r"|\bend(?:ing)? (?:your|their|one['’]s|my|his|her) (?:own )?life\b",
    re.IGNORECASE,
)
_NUMBERS = (
    r"(?<![\d-])(?:988|911|999|112|1-?800-?273-?(?:8255|TALK)|741-?741|116[ -]?123|13[ -]?11[ -]?14|0800[ -]?\d+|1-?833-?456-?4566|686868|"
    r"1-?800-?668-?6868)(?![\d-])"
)
"""Emergency numbers, and crisis lines of the US, Canada, the UK, Ireland, Australia and the EU."""
_SIGNPOST = re.compile(
    rf"{_NUMBERS}|\b(?:crisis|suicide|emergency|distress|help)(?: (?:and|prevention|&|text))*[- ]?(?: ?crisis)? ?"
    r"(?:line|hotline|lifeline|helpline|centre|center|text line|chat)s?\b"
    r"|\bsamaritans\b|\bemergency (?:room|services|department|number)\b|\b(?:call|text|llam\w+ al)(?: or text)? \d{3}\b"
    r"|\blínea de (?:crisis|prevención)\b|\bemergencias\b",
    re.IGNORECASE,
)
_TEMPLATE_SIGNPOST = re.compile(r"(?<![\d-])(?:988|741-?741|116[ -]?123|13[ -]?11[ -]?14|686868)(?![\d-])")
"""In a menu or footer a number has to stand that can be called or texted: a link named "Crisis" is not seen by someone in one."""
MENTIONS = 2
"""A page that says it once in passing (a side effect, a statistic) is not about it."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A page speaks of suicide or self-harm, in a heading or more than once, and names no crisis line.

    Guidelines ask for it beside every such text (https://reportingonsuicide.org/recommendations/). A crisis line's number in the
    site's footer counts.
    """
    for key, article in context.articles.items():
        if not _SUBJECT.search(f"{article.title}\n{article.text}"):
            continue
        mentions = [claim for claim in context.sentences(article) if _SUBJECT.search(claim.text)]
        in_heading = _is_subject(article)
        if (mentions and len(mentions) >= MENTIONS) or in_heading:
            page = context.pages.get(key)
            stripped = " ".join(block.text for block in page_blocks(page) if block not in page.kept) if page else ""
            if not _SIGNPOST.search(_all_text(article)) and not _TEMPLATE_SIGNPOST.search(stripped):
                yield _describe(article, mentions, in_heading)


def _is_subject(article: Article) -> bool:
    headings = (section.heading_path[-1] for section in article.sections if section.heading_path)
    return any(_SUBJECT.search(heading) for heading in (article.title, *headings))


def _all_text(article: Article) -> str:
    return f"{article.text} {' '.join(link.url for link in article.links if link.url.startswith('tel:'))}"


def _describe(article: Article, mentions: list[Claim], in_heading: bool) -> Gap:
    first = mentions[0].sentence if mentions else None
    return Gap(
        severity="error" if in_heading else "warning",
        subject="crisis line",
        place=place_of(article, first.start, first.end) if first else article.url,
        reason=f"{len(mentions)} sentences{' and a heading' if in_heading else ''} speak of suicide or self-harm; no crisis line is named.",
        evidence=shorten(mentions[0].text if mentions else article.title),
        advice="Say right there whom to call or text, at any hour (in the US and Canada: 988).",
        pages=(article.url,),
    )
