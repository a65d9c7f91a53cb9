"""Personal data in a text: found, and replaced by what it is.

Numbers and addresses are found by their form and by the words around them; names in `safety.names`. Whatever looks like personal data
is taken: a lost word costs an editor little, a kept one may name a patient.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator, Mapping

import phonenumbers
from stdnum import luhn

from safety.names import find_names, is_ordinary_word
from safety.patterns import pattern
from safety.schema import PersonalKind, Span

RULES: tuple[tuple[str, PersonalKind], ...] = (
    ("email", "email"),
    ("url", "url"),
    ("mac", "device"),
    ("at_handle", "handle"),
    ("cued_handle", "handle"),
    ("ssn_cue", "ssn"),
    ("card_cue", "card"),
    ("born", "birth_date"),
    ("born_said", "birth_date"),
    ("born_before", "birth_date"),
    ("turning", "birth_date"),
    ("short_birth_date", "birth_date"),
    ("address", "address"),
    ("highway", "address"),
    ("box", "address"),
    ("calle", "address"),
    ("lives", "address"),
    ("zip", "address"),
    ("plate_after", "plate"),
    ("ssn", "ssn"),
    ("plus", "phone"),
    ("vanity", "phone"),
    ("north_american", "phone"),
    ("digits", "phone"),
    ("bracketed", "phone"),
    ("with_001", "phone"),
    ("abroad", "phone"),
    ("record", "record_number"),
    ("record_plain", "record_number"),
    ("plate_before", "plate"),
    ("plate_near", "plate"),
    ("bare_id", "record_number"),
    ("phone_cue", "phone"),
    ("phone_ending", "record_number"),
    ("last_four", "record_number"),
    ("age", "age"),
)
"""Patterns of personal_patterns.toml and what they find, in the order in which they claim characters: what is surest by its form first.

Ages are taken above 89 only: younger ones are no identifiers under HIPAA's Safe Harbor, 45 CFR 164.514(b)(2)(i)(C).
"""
LOCAL_DIGITS = 7
"""Digits of the shortest telephone number, one without an area code."""
FOREIGN_REGIONS = ("GB", "MX", "ES", "IE", "AU", "DE", "FR")
"""Where numbers without a country code are also read: the languages of this project, and the commonest neighbours of both."""
LAST_BIRTH_YEAR = 2024
"""A later full date is more likely an appointment, unless words such as "born" announce it."""

_LABELS: Mapping[str, str] = {"person": "name", "birth_date": "birth date", "record_number": "record number"}


def find_personal_data(text: str) -> list[Span]:
    """Spans of personal data in the text, in order and without overlap; each covers the value, not the words that announce it."""
    taken: list[Span] = []
    for span in _candidates(_plain_digits(text)):
        if span.end > span.start and not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def scrub(text: str) -> str:
    """The text with every span of personal data replaced by its kind in brackets, such as `[email]`."""
    for span in reversed(find_personal_data(text)):
        text = f"{text[: span.start]}[{_LABELS.get(span.kind, span.kind)}]{text[span.end :]}"
    return text


def _plain_digits(text: str) -> str:
    """The text, as long as before, with digits and signs of other widths and scripts as plain ones."""
    plain = ((character, unicodedata.normalize("NFKC", character)) for character in text)
    return "".join(after if len(after) == 1 and not character.isalpha() else character for character, after in plain)


def _candidates(text: str) -> Iterator[Span]:
    yield from _find_addresses_of_machines(text)
    yield from _find_cards(text)
    for name, kind in RULES:
        for match in pattern(name).finditer(text):
            span = _span(match, kind)
            if not _is_nobodys(text, span):
                yield span
    yield from _find_foreign_phones(text)
    yield from _find_spelled_numbers(text)
    yield from _find_logins(text)
    yield from _find_dates(text)
    yield from _find_local_phones(text)
    yield from (
        Span(match.start(), match.end(), "record_number")
        for match in pattern("long_number").finditer(text)
        if not pattern("toll_free").match(match[0])
    )
    yield from find_names(text)


def _span(match: re.Match[str], kind: PersonalKind) -> Span:
    """The value of a match: its first named group that took part, else all of it, without trailing punctuation."""
    name = next((name for name, value in match.groupdict().items() if value), None)
    start, end = match.span(name) if name else match.span()
    value = match.string[start:end].rstrip(" ,.;:!?)'\"" if kind != "handle" else " ,.;:!?")
    return Span(start, start + len(value), kind)


def _is_nobodys(text: str, span: Span) -> bool:
    """Whether a match is nobody's own: a toll-free line, or too few digits to tell anybody from others."""
    value = text[span.start : span.end]
    digits = re.sub(r"\D", "", value)
    if span.kind == "phone":
        return bool(pattern("toll_free").match(digits)) or (len(digits) < LOCAL_DIGITS and not any(map(str.isalpha, value)))
    if span.kind == "record_number":
        letters = sum(character.isalpha() for character in value)
        return len(digits) < (2 if letters > 1 else 3)
    return False


def _find_addresses_of_machines(text: str) -> Iterator[Span]:
    for name in ("ip4", "ip6"):
        for match in pattern(name).finditer(text):
            try:
                ipaddress.ip_address(match[0])
            except ValueError:
                continue
            yield Span(match.start(), match.end(), "ip")


def _find_cards(text: str) -> Iterator[Span]:
    for match in pattern("card").finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield Span(match.start(), match.end(), "card")


def _find_foreign_phones(text: str) -> Iterator[Span]:
    """Numbers that Google's libphonenumber reads as dialable, with a country code or in one of a few countries."""
    for region in (None, *FOREIGN_REGIONS):
        leniency = phonenumbers.Leniency.POSSIBLE if region is None else phonenumbers.Leniency.VALID
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=leniency):
            announced = region is None or match.raw_string.startswith(("0", "(0")) or pattern("local_cue").search(text)
            if announced and not pattern("toll_free").match(re.sub(r"\D", "", match.raw_string)):
                yield Span(match.start, match.end, "phone")


def _find_spelled_numbers(text: str) -> Iterator[Span]:
    """Telephone numbers said in words, wholly or in part."""
    for match in pattern("spelled").finditer(text):
        digits = sum(len(part) if part.isdigit() else 1 for part in re.findall(r"\w+", match[0]))
        if digits >= LOCAL_DIGITS and not match[0].replace(" ", "").isdigit():
            yield Span(match.start(), match.end(), "phone")


def _find_logins(text: str) -> Iterator[Span]:
    for match in pattern("login").finditer(text):
        if not is_ordinary_word(match["value"]):
            yield _span(match, "handle")


def _find_dates(text: str) -> Iterator[Span]:
    """Full dates on which somebody may have been born, unless the words before them say what else they are."""
    for match in pattern("full_date_alone").finditer(text):
        years = re.findall(r"\b\d{4}\b", match[0])
        if (
            years
            and int(years[0]) <= LAST_BIRTH_YEAR
            and not pattern("appointment").search(text[: match.start()])
            and not pattern("public_dates").match(match[0])
        ):
            yield Span(match.start(), match.end(), "birth_date")


def _find_local_phones(text: str) -> Iterator[Span]:
    for match in pattern("local").finditer(text):
        if pattern("local_cue").search(text):
            yield Span(match.start(), match.end(), "phone")
