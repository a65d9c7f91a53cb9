"""More flaws for the seeded hand to plant: what is written into pages or taken from them by editors in a hurry."""

import re
from datetime import date
from random import Random

from evaluation.gap_mutations import Break, Subject, long_paragraph, visible_text

PARAGRAPH_END = "</p>"
EXPIRED = (
    ("This offer ends on March 3, 2024.", "March 3, 2024"),
    ("Registration for the spring group closes on 12 May 2025.", "12 May 2025"),
    ("Our accreditation is valid through 01/31/2025.", "01/31/2025"),
    ("Sign up by June 1, 2026 and the first talk is free.", "June 1, 2026"),
    ("The certificate expires in August 2025.", "August 2025"),
)
CLAIMS = (
    "Studies show that this cuts symptoms in half.",
    "Research has found that most people feel better within a month.",
    "It is one of the best-proven and most effective treatments there is.",
    "Around 70% of patients recover fully.",
    "Clinical trials have confirmed the effect again and again.",
)
PLACEHOLDERS = (
    "[Add photo of the team]",
    "TODO: check with the doctor",
    "Lorem ipsum dolor sit amet, consectetur.",
    "{{ phone_number }}",
    "[insert link]",
)
LETTERS = ("We also offer QZBT to adults.", "Ask us about KRPD.", "Some people take XSRIs for it.")
YEAR_BACK = 3


def _write_in(page: Subject, random: Random, sentence: str) -> str | None:
    """The page with a sentence at the end of one of its long paragraphs."""
    own = long_paragraph(page.article, random)
    spot = re.search(rf"<p\b[^>]*>\s*{re.escape(own[:25])}(?:(?!</p>).)*</p>", page.html, re.DOTALL) if own else None
    return page.html[: spot.end() - len(PARAGRAPH_END)] + f" {sentence}</p>" + page.html[spot.end() :] if spot else None


def _add_expired(page: Subject, random: Random) -> tuple[str, str] | None:
    """Writes a date that has passed into a paragraph."""
    sentence, day = random.choice(EXPIRED)
    changed = _write_in(page, random, sentence)
    return (changed, day) if changed else None


def _add_claim(page: Subject, random: Random) -> tuple[str, str] | None:
    """Puts a claim of evidence without a source in a paragraph of its own."""
    own = long_paragraph(page.article, random)
    spot = re.search(rf"<p\b[^>]*>\s*{re.escape(own[:25])}(?:(?!</p>).)*</p>", page.html, re.DOTALL) if own else None
    sentence = random.choice(CLAIMS)
    return (page.html[: spot.end()] + f"\n<p>{sentence}</p>" + page.html[spot.end() :], sentence) if spot else None


def _add_placeholder(page: Subject, random: Random) -> tuple[str, str] | None:
    """Leaves a note to the editor in a paragraph."""
    note = random.choice(PLACEHOLDERS)
    changed = _write_in(page, random, note)
    return (changed, " ".join(re.findall(r"\w+", note)[:2])) if changed else None


def _add_letters(page: Subject, random: Random) -> tuple[str, str] | None:
    """Uses an abbreviation that nobody explains."""
    sentence = random.choice(LETTERS)
    changed = _write_in(page, random, sentence)
    found = re.search(r"[A-Z]{3,}", sentence)
    return (changed, found[0]) if changed and found else None


def _swap_digits(page: Subject, random: Random) -> tuple[str, str] | None:
    """Swaps two digits of a telephone number in the text of the article."""
    del random
    line = next((line for line in page.article.text.split("\n") if "(541) 555-0142" in line), "")
    words = re.escape(line.partition("(541)")[0][-25:])
    spot = re.search(rf"{words}(?:<[^>]*>|\s)*\(541\) 555-0142", page.html) if line else None
    return (page.html[: spot.end() - 4] + "0412" + page.html[spot.end() :], "555-0412") if spot else None


def _raise_fee(page: Subject, random: Random) -> tuple[str, str] | None:
    """Writes another price for an individual session than the rest of the site, and than the other pages that are broken so."""
    fee = str(random.randrange(166, 199))
    changed, count = re.subn(r"(individual session[^<.$]{0,40})\$165", rf"\1${fee}", page.html)
    return (changed, fee) if count else None


def _empty_section(page: Subject, random: Random) -> tuple[str, str] | None:
    """Takes out what stands between two headings."""
    spots = list(
        re.finditer(
            r"(<h2\b[^>]*>((?:(?!</h2>).)*)</h2>)((?:(?!<h2|<h1|<aside|<section|<footer|</article|</main).)+)(?=<h2)", page.html, re.DOTALL
        )
    )
    own = {section.heading_path[-1] for section in page.article.sections if section.heading_path}
    inside = [spot for spot in spots if visible_text(spot[2]) in own]
    if not inside:
        return None
    spot = random.choice(inside)
    return page.html[: spot.start()] + spot[1] + "\n" + page.html[spot.end() :], visible_text(spot[2])


def _mangle_doi(page: Subject, random: Random) -> tuple[str, str] | None:
    """Mistypes a DOI wherever the page prints or links it."""
    dois = [reference.doi for reference in page.article.references if reference.doi and page.html.count(reference.doi)]
    if not dois:
        return None
    doi = random.choice(dois)
    wrong = random.choice((doi.replace("10.", "10", 1), doi.replace("10.", "10,", 1), doi.partition("/")[0]))
    return page.html.replace(doi, wrong), wrong


def _repeat_entry(page: Subject, random: Random) -> tuple[str, str] | None:
    """Copies an entry to the end of its own list, so that one work stands there twice."""
    entries = page.article.references
    if len(entries) < 2:
        return None
    entry = random.choice(entries[:-1])
    items = list(re.finditer(r"<li\b[^>]*>(?:(?!</li>).)*</li>", page.html, re.DOTALL))
    first = [item for item in items if visible_text(item.group()).startswith(entry.text[:24])]
    last = [item for item in items if visible_text(item.group()).startswith(entries[-1].text[:24])]
    if len(first) != 1 or len(last) != 1:
        return None
    copy = re.sub(r'\sid="[^"]*"', "", first[0].group())
    return page.html[: last[0].end()] + copy + page.html[last[0].end() :], f"references {entry.marker} and"


def _age_copyright(page: Subject, random: Random) -> tuple[str, str] | None:
    """Sets the copyright year back on one page."""
    del random
    found = re.search(r"(?:©|&copy;|Copyright)[^<]{0,30}?(20\d\d)", page.html)
    if not found:
        return None
    old = str(int(found[1]) - YEAR_BACK)
    return page.html[: found.start(1)] + old + page.html[found.end(1) :], old


def _blur_link(page: Subject, random: Random) -> tuple[str, str] | None:
    """Gives a link of the text words that say nothing."""
    words = random.choice(("click here", "here", "this link"))
    for link in page.article.links:
        changed, count = re.subn(rf"(<a\b[^>]*>)\s*{re.escape(link.text)}\s*(</a>)", rf"\g<1>{words}\g<2>", page.html, count=1)
        if count and link.text.strip():
            return changed, words
    return None


def _review_tomorrow(page: Subject, random: Random) -> tuple[str, str] | None:
    """Sets the day of review into the future, in every form in which the page writes it."""
    del random
    day = page.article.metadata.reviewed_on
    if not day:
        return None
    later = date(2031, day.month, min(day.day, 28))
    forms = ((day.isoformat(), later.isoformat()), (f"{day:%B} {day.day}, {day.year}", f"{later:%B} {later.day}, {later.year}"))
    changed = page.html
    for now, then in forms:
        changed = changed.replace(now, then)
    return (changed, "") if changed != page.html else None


def _declare_spanish(page: Subject, random: Random) -> tuple[str, str] | None:
    """Says of an English page that it is in Spanish."""
    del random
    changed, count = re.subn(r'(<html\b[^>]*\blang=")en[^"]*"', r'\1es"', page.html, count=1)
    return (changed, "") if count else None


TEXT_BREAKS: dict[str, Break] = {
    "expired_date": _add_expired,
    "uncited_claim": _add_claim,
    "placeholder_text": _add_placeholder,
    "unexplained_abbreviation": _add_letters,
    "contradicting_contact": _swap_digits,
    "contradicting_numbers": _raise_fee,
    "empty_section": _empty_section,
    "malformed_identifier": _mangle_doi,
    "duplicate_reference": _repeat_entry,
    "old_copyright": _age_copyright,
    "vague_link": _blur_link,
    "future_date": _review_tomorrow,
    "untranslated_page": _declare_spanish,
}
"""The check that is to find it -> how a page is broken."""
