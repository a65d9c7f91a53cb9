"""Which sentences claim that there is evidence."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext, Claim
from ingest.schema import Article, BlockKind

_STUDIES = r"(?:studies|research|researchers|trials?|meta-analys[ei]s|systematic reviews?|scientists|evidence|surveys?)"
_SHOW = (
    r"(?:shows?|showed|shown|finds|found|suggests?|suggested|demonstrates?|demonstrated|indicates?|indicated|proves?|proved|proven|"
    r"confirms?|confirmed|reveals?|revealed|supported|supports?(?=\s(?:that|the|its|this|these|using|it)\b)|concluded)"
)
_ADVERBS = r"(?:(?:highly|very|most|clinically|scientifically|particularly|extremely|also|equally|just|as|often|usually|generally|long) )*"
_PRAISE = (
    r"(?:effective|efficacious|proven|best[- ](?:proven|studied|researched|supported)|well[- ]studied|well[- ]established|"
    r"evidence[- ]based|empirically supported|research[- ]backed|"
    r"scientifically supported)"
)
_CARE = (
    r"(?:treatment|therapy|therapies|psychotherapy|intervention|approach|medication|medicine|counsell?ing|program|programme|EMDR|"
    r"(?-i:[A-Z]{1,3}[BP]T))s?"
)
_PEOPLE = (
    r"(?:people|adults?|patients|clients|women|men|teen\w*|children|adolescents|Americans|Canadians|cases|couples|veterans|population|those|"
    r"participants|users|individuals|persons)"
)
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
CLAIM = re.compile(
    rf"""\b{_STUDIES}\b(?:\s[\w’'()-]+){{0,6}}?\s{_SHOW}\b      # "studies of adults have shown"
    |\b{_STUDIES}\ssupports?\b                                   # "it has research support"
    |\baccording\sto\s(?:\w+\s){{0,3}}{_STUDIES}\b              # "according to recent research"
    |\b(?:clinically|scientifically)\s(?:proven|tested|validated|shown)\b
    |\bproven\sto\b
    |\bin\s(?:a|one|another)\s(?:\w+\s){{0,3}}(?:study|trial|survey|meta-analysis)\b
    |\b\d+(?:\.\d+)?\s?(?:%|percent|per\scent)\sof\s(?:\w+\s){{0,3}}{_PEOPLE}\b
    |\b{_COUNT}\s(?:in|out\sof)\s(?:every\s)?{_COUNT}\s(?:\w+\s)?{_PEOPLE}\b
    |\b{_CARE}\b[^.;]{{0,80}}?\b(?:is|are|been|remains?)\s(?:(?:described|considered|known|seen|regarded)\sas\s|considered\s)?
        (?:an?\s|one\sof\sthe\s|the\s)?{_ADVERBS}{_PRAISE}\b         # "these interventions are effective"
    |\b(?:is|are|been|remains?)\s(?:(?:described|considered|known|seen|regarded)\sas\s|considered\s)?
        (?:an?\s|one\sof\sthe\s|the\s)?{_ADVERBS}{_PRAISE}(?:\s\w+){{0,3}}?\s{_CARE}\b      # "IPT is an effective treatment"
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Said of evidence: studies that show, shares of people, treatments that are called effective."""

NO_CLAIM = re.compile(
    r"\b(?:no|little|few|limited|insufficient|not enough) (?:\w+ )?(?:evidence|research|studies|data)\b|\bwe (?:will |may )?found\b"
    r"|\b(?:ask|if|whether|once|when|how)\b[^.]*\beffective\b|\b(?:ongoing|under way|underway)\b|\bnot (?:\w+ )?(?:effective|proven)\b"
    r"|\bwhat (?:the )?(?:research|studies|evidence|science)\b"
    r"|\beffective (?:on|from|as of|until|communicat\w+)\b",
    re.IGNORECASE,
)
"""Sentences that say that evidence is missing, that ask for it, or that use the words in another sense."""

ATTRIBUTED = re.compile(
    r"\b(?:Journal|Review|Archives|Lancet|University|Institutes?|Associations?|Organi[sz]ation|Cent(?:er|re)s?|College|Academy|Agency|Ministry|"
    r"Department|Foundation|Commission|Survey|WHO|CDC|NIMH|NIH|SAMHSA|NICE|APA|CAMH|StatCan)\b"
    r"|\b(?:study|studies|survey|research|report|trial) (?:by|in|from|published in) (?-i:[A-Z])"
)
"""Names of journals, universities and bodies: the sentence says who found it, though not where it can be read."""

_LISTED: frozenset[BlockKind] = frozenset({"list_item", "table_row", "definition"})


def is_claim(text: str) -> bool:
    """Whether a sentence claims evidence: a statement, neither a question nor the lead of a list."""
    return not text.rstrip().endswith(("?", ":")) and CLAIM.search(text) is not None and NO_CLAIM.search(text) is None


def unsupported_claims(context: CheckContext, article: Article) -> Iterator[Claim]:
    """The first claim of every paragraph whose paragraph names no source from there on; a list is one paragraph with the one before it."""
    for sentences in _paragraphs(context, article):
        first = next((at for at, claim in enumerate(sentences) if is_claim(claim.text)), None)
        if first is not None:
            searched = sentences if sentences[-1].sentence.kind in _LISTED else sentences[first:]
            if not any(map(_has_source, searched)):
                yield sentences[first]


def _paragraphs(context: CheckContext, article: Article) -> Iterator[list[Claim]]:
    paragraph: list[Claim] = []
    for claim in context.sentences(article):
        if paragraph and not _continues(paragraph[-1], claim):
            yield paragraph
            paragraph = []
        paragraph.append(claim)
    if paragraph:
        yield paragraph


def _continues(before: Claim, claim: Claim) -> bool:
    if before.section.start != claim.section.start:
        return False
    return before.sentence.block == claim.sentence.block or claim.sentence.kind in _LISTED


def _has_source(claim: Claim) -> bool:
    """Whether a sentence carries a marker or a link, or names its study in brackets: "(Markowitz, 2015)"."""
    sentence = claim.sentence
    linked = any(link.start < sentence.end and sentence.start < link.end for link in claim.article.links)
    return bool(sentence.markers) or linked or re.search(r"\([^()]*\b(?:19|20)\d\d\b[^()]*\)", claim.text) is not None
