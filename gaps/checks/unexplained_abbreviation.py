"""Abbreviations that the site never spells out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from bm25s.stopwords import STOPWORDS_EN_PLUS

from gaps.abbreviations import ABBREVIATION, is_spelled_out
from gaps.context import CheckContext
from gaps.places import place_of, shorten
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap
from index.lexicon import read_lexicon
from ingest.schema import Article

KNOWN = frozenset(
    """US USA UK EU UN NY NYC LA DC CA OR WA TX FL AZ NV CO MA PA OH IL MI NC GA VA AB BC MB NB NL NS ON PE QC SK YT NT AM PM TV OK ID PO
    DVD CD PC IT HR CEO GTA FAQ FAQS PDF URL WWW HTML SMS GPS ATM PIN RSVP ASAP DIY AKA BA BS MS MD PHD PSYD JD RN NP DO LLC INC
    LTD PLLC TBD NA MR MRS DR ST AVE HIV AIDS DNA BMI ER ICU CPR EKG ECG MRI CT IV LGBT LGBTQ BIPOC HIPAA PIPEDA FDA CDC NIH NHS
    WHO NIMH SAMHSA NAMI APA FBI DMV COVID IBM BMW PPO HMO EAP HSA FSA GED SAT DEA NASA BBC CNN UPS AA SOS VIP TED HST GST INR USD
    CAD UPI NGO AI VR EV GP PR SEO KM MG ML TTC GO EMT LSAT MCAT GPA ROI GM AMD MBA CPA LMFT LCSW LPC LPCC LMHC LICSW MSW RSW RP
    CADC LCADC ACSW LCPC NCC BCBA MFT AMFT LSW CRC CCS CRPO PGD II III VI VII VIII IX XI XII""".split()
)
"""What readers know, what is better known by its letters than by its words, agencies, places, and the qualifications behind names."""
_SHOUTED = re.compile(r"\b[A-Z]{2,}\b(?:[\s,!-]+[A-Z]{2,}\b){2,}")
"""Three words in capitals in a row are a heading, not abbreviations."""
_AFTER_NAME = re.compile(r"(?:[A-Z][a-z]+|[A-Z]{2,6}|[A-Z]\.),\s*$")
FEWEST_USES = 3
"""Fewer uses on a page may be a name: a road, a hospital, a company."""
_FUNCTION_WORDS = frozenset(STOPWORDS_EN_PLUS)
LONG_WORD = 4
"""Letters: shorter words (ACT, BED) are abbreviations of therapies and disorders too."""
_CARE_OR_CONDITION = re.compile(r"(?:[A-Z]{1,3}[BCEFMP]T|[A-Z]{2,3}D|[A-Z]+RIs?|[A-Z]{1,2}OIs?)")
"""Letters that end as those of a therapy or disorder do (SFBT, PTSD), or of a group of medicines (SSRI, MAOI): one use is enough."""


def check(context: CheckContext) -> Iterator[Gap]:
    """An abbreviation of care is used and no page of the site says what it stands for. Reported once for all pages that use it.

    Of care are those that end like a therapy, a disorder or a medicine (SFBT, PTSD, SSRI), from their first use, and the other ones of the
    search's lexicon (IOP, DSM), from three on a page. Everyday ones (FAQ, PPO), letters behind the names of people and those of roads,
    hospitals and associations are not reported. English pages only.
    """
    explained = {definition.letters.upper() for found in context.definitions.values() for definition in found}
    words = frozenset(word for article in context.english_articles for word in article.text.split())
    users: dict[str, list[Article]] = defaultdict(list)
    for article in context.english_articles:
        for letters in _used(article):
            if letters.upper() not in KNOWN | explained and not _is_word(letters, words):
                users[letters].append(article)
    for letters, articles in users.items():
        if not any(is_spelled_out(letters, f"{article.title}\n{article.text}") for article in articles):
            yield _describe(letters, articles)


def _used(article: Article) -> list[str]:
    """The abbreviations that a page uses, qualifications behind names left out."""
    text = _SHOUTED.sub(" ", article.text)
    uses = Counter(found["letters"] for found in ABBREVIATION.finditer(text) if not _is_qualification(text, found))
    return [
        letters
        for letters, count in uses.items()
        if _CARE_OR_CONDITION.fullmatch(letters) or (count >= FEWEST_USES and letters.upper() in _lexicon_letters())
    ]


@cache
def _lexicon_letters() -> frozenset[str]:
    return frozenset(entry.form.upper() for entry in read_lexicon() if entry.kind == "abbreviation")


def _is_word(letters: str, words: frozenset[str]) -> bool:
    """Whether an "abbreviation" is a word in capitals: NOT, FACT, MYTH."""
    return letters.lower() in _FUNCTION_WORDS or (len(letters) >= LONG_WORD and letters.lower() in words)


def _is_qualification(text: str, found: re.Match[str]) -> bool:
    """Whether the letters stand behind a name: "Maren Oduya, LMFT, CADC"."""
    return _AFTER_NAME.search(text[max(0, found.start() - 40) : found.start()]) is not None


def _describe(letters: str, articles: list[Article]) -> Gap:
    first = articles[0]
    use = next(found for found in ABBREVIATION.finditer(first.text) if found["letters"] == letters)
    start = first.text.rfind("\n", 0, use.start()) + 1
    end = first.text.find("\n", use.end())
    urls = [article.url for article in articles]
    return Gap(
        severity="notice",
        subject=letters,
        place=place_of(first, use.start(), use.end()),
        reason=f"“{letters}” is used {on_pages(urls)} and spelled out nowhere on the site.",
        evidence=shorten(first.text[start : end if end >= 0 else len(first.text)]),
        advice=f"Write the words at the first use, with {letters} in brackets.",
        pages=tuple(urls),
        site_wide=True,
    )
