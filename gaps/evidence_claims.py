"""Which sentences claim that there is evidence."""

import re
from collections.abc import Iterator
from itertools import groupby

from gaps.context import CheckContext, Claim
from ingest.schema import Article

_STUDIES = r"(?:studies|research|researchers|trials?|meta-analys[ei]s|systematic reviews?|scientists|the evidence|evidence|surveys?|data)"
_SHOW = r"(?:shows?|showed|shown|finds|found|suggests?|suggested|demonstrates?|demonstrated|indicates?|indicated|proves?|proved|proven|confirms?|confirmed|reveals?|revealed|supports?|concluded)"
_EFFECTIVE = (
    r"(?:(?:highly|very|most|clinically|scientifically|proven|particularly|extremely|also|equally|just|as) )*"
    r"(?:effective|efficacious|proven|evidence[- ]based|empirically supported|research[- ]backed|scientifically supported|gold[- ]standard)"
)
_TREATMENT = r"(?:treatment|therapy|therapies|psychotherapy|intervention|approach|method|technique|medication|option|modality)s?"
CLAIM = re.compile(
    rf"""\b{_STUDIES}\b(?:\s[\w’'()-]+){{0,6}}?\s{_SHOW}\b      # "studies of adults have shown"
    |\baccording\sto\s(?:\w+\s){{0,3}}{_STUDIES}\b              # "according to recent research"
    |\b(?:clinically|scientifically)\s(?:proven|tested|validated|shown)\b
    |\bproven\sto\b
    |\bin\s(?:a|one|another)\s(?:\w+\s){{0,3}}(?:study|trial|survey|meta-analysis)\b
    |\b\d+(?:\.\d+)?\s?(?:%|percent|per\scent)\sof\s(?:\w+\s){{0,3}}(?:people|adults?|patients|clients|women|men|teen\w*|children|adolescents|Americans|Canadians|cases|couples|veterans|population|those|participants|users|individuals)\b
    |\b(?:one|two|three|four|\d+)\s(?:in|out\sof)\s(?:every\s)?(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s(?:\w+\s)?(?:people|adults?|patients|women|men|teen\w*|children|Americans|Canadians|persons|individuals|couples|users)\b
    |\b(?:is|are|be|been|remains?)\s(?:an?\s|one\sof\sthe\s|the\s)?{_EFFECTIVE}\s(?:\w+\s){{0,2}}?{_TREATMENT}\b
    |\b(?:is|are|be|been)\s{_EFFECTIVE}\s(?:for|in\streating|at\streating|against|in\sreducing|at\sreducing)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Said of evidence: studies that show, shares of people, treatments that are called effective."""

NO_CLAIM = re.compile(
    r"\b(?:no|little|few|limited|insufficient|not enough) (?:\w+ )?(?:evidence|research|studies|data)\b|\bwe (?:will |may )?found\b|\b(?:ask|if|whether)\b[^.]*\beffective\b"
    r"|\b(?:ongoing|under way|underway)\b",
    re.IGNORECASE,
)
"""Sentences that say that evidence is missing, or that ask for it."""


def is_claim(text: str) -> bool:
    """Whether a sentence claims evidence: a statement, not a question."""
    return not text.rstrip().endswith("?") and CLAIM.search(text) is not None and NO_CLAIM.search(text) is None


def unsupported_claims(context: CheckContext, article: Article) -> Iterator[Claim]:
    """The first claim of every paragraph that has no marker after it and no link of its own in that paragraph."""
    for _, paragraph in groupby(context.sentences(article), key=lambda claim: (claim.section.start, claim.sentence.block)):
        sentences = list(paragraph)
        first = next((at for at, claim in enumerate(sentences) if is_claim(claim.text)), None)
        if first is not None and not any(_has_source(claim) for claim in sentences[first:]):
            yield sentences[first]


def _has_source(claim: Claim) -> bool:
    """Whether a sentence carries a marker or a link, or names its study in brackets: "(Markowitz, 2015)"."""
    sentence = claim.sentence
    linked = any(link.start < sentence.end and sentence.start < link.end for link in claim.article.links)
    return bool(sentence.markers) or linked or re.search(r"\([^()]*\b(?:19|20)\d\d\b[^()]*\)", claim.text) is not None
