"""Personal data in a text: found, and replaced by what it is.

Numbers and addresses are found by their form and by the words around them; names in `safety.names`. Whatever looks like personal data
is taken: a lost word costs an editor little, a kept one may name a patient.
"""

import ipaddress
import re
from collections.abc import Iterator

import phonenumbers
from stdnum import luhn

from safety.names import find_names, is_ordinary_word
from safety.schema import PersonalKind, Span

MAX_CLEAN_AGE = 89
"""Ages above it are identifiers under HIPAA's Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)."""

_DASH = r"[-‐‑‒–—]"
_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]*[\w+-]@[\w-]+(?:\.[\w-]+)+|\b[\w.+-]+\s?[(\[ ]\s?at\s?[)\] ]\s?[\w-]+(?:\s?[(\[ ]\s?(?:dot|punto)\s?[)\] ]\s?[a-z]+)+\b|\b[\w.+-]+ arroba [\w.-]+(?: punto [a-z]+)*",
    re.IGNORECASE,
)
_URL = re.compile(
    r"\bhttps?://[^\s<>\"]+|\bwww\.[^\s<>\"]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|me|co|us|info|example|blog|app|dev|uk|mx|es|health|link|page|site|social|gg|tv|ly|be)\b(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
_IP6 = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_IP4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_MAC = re.compile(r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b", re.IGNORECASE)
_AT_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_][\w.-]{1,29}\b_?|\bu/[\w-]{3,}")
_LOGIN = re.compile(
    r"\b(?:user ?name|user ?id|usuario|screen ?name|handle|gamer ?tag|login|snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|discord|telegram|reddit|kik|psn|xbox)(?: name| id)?(?:\s*[:=]\s*| is | es | )(?P<value>@?[A-Za-z][\w.-]{3,})",
    re.IGNORECASE,
)
_CUED_HANDLE = re.compile(
    r"\b(?:user ?name|user ?id|usuario|screen ?name|handle|gamer ?tag|login|snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|twitter|discord|telegram|whatsapp|facebook|fb|venmo|cash ?app|reddit|threads|skype|xbox|psn|kik)"
    r"(?: (?:id|name|account|handle|user|is|es|user ?name|cuenta|me|me at|add|dm|tag))*\s*(?:is|es|:|=|,)?\s+(?:is\s+|es\s+)?(?P<value>@?[A-Za-z0-9]*[A-Za-z][\w.#$-]*(?:[\d_.#]|(?<=[\d_.#])\w)[\w.#]*)",
    re.IGNORECASE,
)

_SSN = re.compile(rf"(?<![\w-])\d{{3}}(?:{_DASH}|[ .])\d{{2}}(?:{_DASH}|[ .])\d{{4}}(?![\w])")
_SSN_CUE = re.compile(
    r"(?:\bssn?\b|\bss ?#|\bsocial\b|\bseguro social\b|\bitin\b|\bein\b|\btin\b)[^\d\n]{0,40}(?P<value>\d(?:[ .‐‑‒–—-]?\d){8}|(?:x{3}|\*{3})[-x* ]*\d{4}|\d{4}\b)",
    re.IGNORECASE,
)
_CARD = re.compile(rf"(?<![\w.])\d(?:[ {_DASH[1:-1]}.]?\d){{12,18}}(?!\w)")
_CARD_CUE = re.compile(
    r"\b(?:card|visa|mastercard|amex|discover|hsa|fsa|debit|credit|tarjeta|cuenta bancaria|iban|routing)\b[^\d\n]{0,30}(?P<value>\d(?:[ .‐‑‒–—-]?\d){11,18})",
    re.IGNORECASE,
)
_NORTH_AMERICAN = re.compile(
    r"(?<![\w$./#-])(?:(?:\+|00)?1[ .-]?|001[ .-])?\(?[2-9]\d{2}\)?[ .‐‑‒–—/-]{0,3}\d{3}[ .‐‑‒–—/-]{0,3}[\dO]{4}(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?![\w]|[.-]\d)",
    re.IGNORECASE,
)
_WITH_001 = re.compile(r"(?<!\w)001[ .-]\d{3}[ .-]\d{3}[ .-]\d{4}(?!\w)")
_ABROAD = re.compile(r"(?<![\w.])(?:011|00)[ .-]?[1-9]\d{0,2}(?:[ .-]?\d{2,5}){2,5}(?!\w)")
_LOCAL = re.compile(r"(?<![\w$./#-])\d{3}[ .‐‑‒–—-]\d{4}(?![\w]|[.-]\d)")
_LOCAL_CUE = re.compile(
    r"\b(?:phone|cell|mobile|call|text|number|tel|fax|tel[eé]fono|celular|m[oó]vil|ll[aá]m\w*|reach|home|work|voicemail|ring|whatsapp)\b",
    re.IGNORECASE,
)
_PHONE_CUE = re.compile(
    r"\b(?:phone|cell|mobile|call|text|tel|fax|tel[eé]fono|celular|m[oó]vil|n[uú]mero|ll[aá]m\w*|whatsapp|ring|number|home|sms)\b[^\d+\n]{0,25}(?P<value>\+?\d(?:[ ().‐‑‒–—-]{0,2}\d){6,14})(?!\w)",
    re.IGNORECASE,
)
_DIGIT = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|double|triple|\d{1,4})"
)
_SPELLED = re.compile(rf"\b(?=[\d -]*[a-z])(?:{_DIGIT}[ -]){{4,14}}{_DIGIT}\b", re.IGNORECASE)
_TOLL_FREE = re.compile(r"^(?:\+?1)?(?:800|833|844|855|866|877|888)")
_LOCAL_DIGITS = 7
_FOREIGN_REGIONS = ("GB", "MX", "ES")
"""Where numbers without a country code are also read: the languages of this project, and the commonest neighbour of English."""

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|ene|abr|ago|dic)"
_YEAR = r"(?:1[89]\d\d|20[0-2]\d)"
_FULL_DATE = rf"(?:\d{{1,2}}[/.\- ]\d{{1,2}}[/.\- ]{_YEAR}|{_YEAR}[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of| de)? {_MONTHS}\.?,?(?: of| de| del)? {_YEAR}|\d{{1,2}}[-/.]{_MONTHS}[-/.]{_YEAR}|{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})"
_SHORT_DATE = rf"(?:\d{{1,2}}[/.\- ]\d{{1,2}}[/.\- ]\d{{2}}|(?:0[1-9]|1[0-2])[0-3]\d(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d|\d{{1,2}}[/\-]\d{{1,2}}|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of| de)? {_MONTHS}(?:\.?,? '?\d\d)?|{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? '?\d\d)?|{_MONTHS} (?:of )?{_YEAR})"
_BIRTH_CUE = r"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|birth ?day|b-?day|born|birth|nac[ií]|nacid[oa]|nacimiento|cumplea[nñ]os|fdn|f\. ?nac\.?|naci[oó])\b"
_BORN = re.compile(rf"{_BIRTH_CUE}[^\d\n]{{0,25}}?(?P<value>{_FULL_DATE}|{_SHORT_DATE})(?!\w)", re.IGNORECASE)
_FULL_DATE_ALONE = re.compile(rf"(?<![\w/.-]){_FULL_DATE}(?![\w/])", re.IGNORECASE)
_LAST_BIRTH_YEAR = 2024
_APPOINTMENT = re.compile(
    r"\b(?:appointment|appt|session|cita|expires?|expiration|updated|reviewed|deadline|due|closed|event|visit|on|before|until|by|since|schedule\w*|policy|as of|after|from|to|between)\s+(?:is |was |date |on |for |of |del? |para |el )*$",
    re.IGNORECASE,
)
_PUBLIC_DATES = re.compile(r"^(?:0?9/11/2001|sept\w* 11,? 2001|jan\w* 6,? 2021|oct\w* 7,? 2023)$", re.IGNORECASE)

_AGE = re.compile(
    r"\b(?P<before>(?:9\d|1[0-2]\d))(?=[ -]?(?:yo\b|y/o\b|y\.o\.|yrs?\b|years?[ -]old|year[ -]old|years? of age|años|anos|yr old|ish\b))"
    r"|\b(?:age[ds]?|edad(?: de)?|tiene|cumpli[oó]|turn(?:ed|s|ing)?|(?:mom|mother|mum|dad|father|grandma|grandmother|grandpa|grandfather|aunt|uncle|wife|husband|neighbor|neighbour|patient|client|she|he|i|nana|granny|abuela|abuelo|madre|padre|mamá|papá|man|woman|lady)(?: is| was|['’]s|['’]m| am)?(?: now| almost| nearly| about)?|i['’]?m|she['’]s|he['’]s)[ ,:]+(?P<after>9\d|1[0-2]\d)\b(?!\s?(?:%|mg|min|dollars|lbs|pounds|kg|days|hours|minutes|sessions|percent|weeks|months|/|\$|:|\.\d|d[ií]as|kilos|\d))",
    re.IGNORECASE,
)

_STREET = (
    r"(?:street|st|avenue|ave|av|boulevard|blvd|road|rd|drive|dr|lane|ln|court|ct|circle|cir|place|pl|terrace|ter|terr|way|parkway|pkwy|loop|highway|hwy|trail|trl|square|sq|crescent|cres|row|alley|aly|close|mews|grove|run|ridge|pike|path|point|pt|"
    r"crossing|xing|cove|heights|hts|plaza|plz|bend|hollow|walk|glen|view|route|rte|expressway|expy|freeway|fwy|broadway|mall|spur|landing|commons|gardens|park)"
)
_UNIT = r"(?:,? ?(?:apt|apartment|unit|suite|ste|space|spc|flat|floor|fl|room|rm|lot|bldg|building|trailer|depto|departamento|piso|interior|int|#)\.? ?#?\s?\w+(?:-\w+)?|,? #\s?\w+)"
_STATE = r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|Oregon|Washington|California|Idaho|Nevada|Texas|Arizona|Colorado|Utah|Montana|Florida|Ohio|Michigan|Illinois|New York)"
_CITY = rf"(?:,? ?(?:in |en )?(?-i:[A-Z][a-z'’.-]+(?: [A-Z][a-z'’.-]+){{0,2}}))?(?:,? ?(?-i:\b{_STATE}\b)\.?)?(?:,? (?:\d{{5}}(?:-\d{{4}})?|(?-i:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|[A-Z]\d[A-Z] ?\d[A-Z]\d))\b)?"
_DIRECTION = r"(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west|northeast|northwest|southeast|southwest)\.? )?"
_NOT_STREET = r"(?!(?:minutes?|min|hours?|sessions?|steps?|stages?|weeks?|days?|years?|months?|mg|miles?|people|kids|ways?|times|habits|love|percent|dollars|of|y|yo)\b)"
_ADDRESS = re.compile(
    rf"(?:\b(?:apt|apartment|unit|suite|flat|space|room)\.? ?#?\w+,? )?\b\d{{1,6}}(?:-\d+)?[a-z]? (?:1/2 )?{_DIRECTION}{_NOT_STREET}(?:\d{{1,3}}(?:st|nd|rd|th) {_DIRECTION}|(?:[\w'’.-]+ ){{1,4}}?){_STREET}\b\.?(?: {_STREET}\b\.?)?(?: (?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b\.?)?(?: \d{{1,4}}\b(?: (?:n|s|e|w)\b)?)?{_UNIT}?{_CITY}",
    re.IGNORECASE,
)
_HIGHWAY = re.compile(
    rf"\b\d{{1,6}} {_DIRECTION}(?:highway|hwy|route|rte|county road|state road|us|interstate)[ -]\d{{1,4}}\b(?: (?:n|s|e|w|north|south|east|west)\b)?{_UNIT}?{_CITY}",
    re.IGNORECASE,
)
_BOX = re.compile(
    rf"\b(?:p\.? ?o\.? ?box|apartado(?: postal)?|casilla|(?:rr|hc|star route) ?\d+,? box|general delivery) ?#?\s?\w+{_CITY}", re.IGNORECASE
)
_CALLE = re.compile(
    rf"\b(?:calle|avenida|av\.?|avda\.?|carretera|camino|paseo|colonia|calz(?:ada)?|privada|callej[oó]n|boulevard|rua|via|plaza) (?:de la |de los |del |de |la |las |los |el )?(?:(?:[\w'’.°º-]+ ){{1,5}}(?:#|no\.? ?|n[uú]mero |num\.? )\d{{1,5}}\b|(?:[\w'’.°º-]+ ){{0,4}}?\d{{1,5}}\b)(?:{_UNIT})?(?:,? col(?:onia|\.) \w+(?: \w+)?)?{_CITY}|\b\d{{1,5}},? (?:rue|via|calle|avenida|avenue) (?:de |du |des |la |del |las |los )*(?-i:[A-Z])[\w'’-]+(?: (?-i:[A-Z])[\w'’-]+)?{_CITY}",
    re.IGNORECASE,
)
_LIVES = re.compile(
    rf"\b(?:live[sd]? (?:at|on|in)|address(?: is|:)?|(?:house|home|apartment|place) (?:is|at|on)(?: (?:is|at|on))*|moved to|reside[sd]? at|home is|staying at|send (?:it|them|this|the \w+) to|mail (?:it|them|this|the \w+) to|vivo en|direcci[oó]n(?: es|:)|domicilio(?: es|:)) (?P<value>(?:the )?\d{{1,6}}[a-z]? (?!(?:minutes|min|hours|miles|years|days|blocks)\b)[\w'’.-]+(?: (?-i:[A-Z])[\w'’.-]+)?{_UNIT}?{_CITY})",
    re.IGNORECASE,
)
_ZIP = re.compile(
    rf"\b(?:zip(?: ?code)?|c[oó]digo postal|postal code|postcode)\s*(?:is|es|:)?\s*(?P<value>\d{{5}}(?:-\d{{4}})?|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b|(?P<plus>\b\d{{5}}-\d{{4}}\b)|(?P<state>\b(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?),? (?-i:{_STATE}) \d{{5}}\b)",
    re.IGNORECASE,
)

_RECORD_NOUN = (
    r"(?:mrn|mr ?#|medical record|patient|member(?:ship)?|subscriber|policy|account|acct|chart|claim|case|rx|prescription|invoice|reference|ref|confirmation|authorization|auth|group|insurance|medicaid|medicare|ohp|"
    r"aetna|cigna|bcbs|blue cross|kaiser|humana|uhc|optum|moda|tricare|providence|regence|driver['’]?s?(?: license)?|license|licence|dl|passport|visa|green card|alien|case ?worker|inmate|student|employee|badge|ticket|file|record|record locator|order|receipt|beneficiary|enrollee|portal|booking|referral|certificate|permit|dea|npi|vin|serial|tracking|"
    r"paciente|p[oó]liza|expediente|cuenta|afiliad[oa]|historia cl[ií]nica|miembro|folio|registro|seguro|licencia|pasaporte|identificaci[oó]n|reclamo|matr[ií]cula|receta|caso|curp|dni|nie|rfc|n[uú]mero de caso|referencia|factura)"
)
_RECORD_MARK = r"(?:id|i\.d\.|#|number|num|no\.?|nr|n[oº°]|code|identifier|identification|n[uú]mero|nro\.?|c[oó]digo|clave)"
_RECORD_VALUE = r"(?P<value>(?=[A-Z\d/-]*\d)(?:[A-Z]{0,5}[ -]?)?[A-Z\d]*\d[A-Z\d]*(?:[-/][A-Z\d]+)*(?: \d{3,})*)"
_RECORD = re.compile(
    rf"(?:\b{_RECORD_NOUN}(?: (?:id|record|card|group|license|insurance|locator|file|medical|policy|claim|account))*\s*(?:{_RECORD_MARK}[ .:#]*)+|\b(?:mrn|mr#|curp|dni|rfc|rx|vin|npi|dea)\b[ :#]*|\b{_RECORD_MARK} (?:de |del )?(?:la |el |mi )?{_RECORD_NOUN}(?: m[eé]dico| cl[ií]nic[oa])?)(?:\s*(?:is|es|was|:|=|-|,|for|of|de)\s*)?(?:\s*(?:is|es|:)\s*)?\s*{_RECORD_VALUE}\b",
    re.IGNORECASE,
)
_RECORD_PLAIN = re.compile(
    rf"\b(?:mrn|medical record|policy|account|acct|member|subscriber|passport|chart|claim|invoice|confirmation|p[oó]liza|expediente|cuenta|folio|pasaporte|case|patient)\s*(?:is |es |: ?|# ?|= ?|ending(?: in)? |terminada en )?(?P<value>(?=[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d)[A-Z]{{0,5}}-?\d[A-Z\d-]{{3,}})\b",
    re.IGNORECASE,
)
_BARE_ID = re.compile(
    r"(?<![\w.-])(?-i:(?=[A-Z\d]*\d{5})[A-Z]{1,5}-?\d{6,12}[A-Z]?|\d{1,3}[A-Z]{1,3}\d{5,}|\d[A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}|[A-HJ-NPR-Z\d]{8}[\dX][A-HJ-NPR-Z\d]{2}\d{6})(?![\w-])"
)
_LONG_NUMBER = re.compile(rf"(?<![\w$./+(-])\d{{7,19}}(?![\w%]|[.]\d)")

_PLATE_CUE = r"(?:licen[sc]e[ -]plates?|plates?(?: number| no\.?| #)?|tag number|licen[sc]e number|registration|placas?|matr[ií]cula|n[uú]mero de placa)"
_PLATE_VALUE = r"(?P<value>(?=[A-Z\d -]*\d)(?=[A-Z\d -]*[A-Z])(?:[A-Z\d]{1,4}[ -][A-Z\d]{2,5}(?:-[A-Z\d]{2,5})?|[A-Z\d]{5,8})|\d{3}[ -][A-Z]{3}|[A-Z]{2,4}[ -]?\d{2,5}|(?-i:[A-Z]{4,8}))"
_PLATE_AFTER = re.compile(rf"\b{_PLATE_CUE}\s*(?:is|es|:|=|#|number|n[uú]mero)?\s*(?:is |es |: ?)?{_PLATE_VALUE}\b", re.IGNORECASE)
_VEHICLE = (
    r"(?:licen[sc]e plate|plates?|placas?|cars?|trucks?|van|suv|sedan|jeep|pickup|minivan|motorcycle|vehicle|parked|parking|towed|tow|tag|lot|spot|garage|headlights|lights|honda|toyota|ford|chevy|chevrolet|subaru|nissan|hyundai|kia|bmw|audi|"
    r"mazda|tesla|volvo|vw|volkswagen|dodge|ram|lexus|camry|corolla|civic|accord|prius|carro|coche|camioneta|auto|estacionad[oa]|gr[uú]a|estacionamiento)"
)
_PLATE_SHAPE = r"(?P<value>(?-i:(?<![\w-])(?=[A-Z\d -]*\d)(?=[\d -]*[A-Z])(?:[A-Z]{2,4}[- ]?\d{2,4}[A-Z]?|\d{2,4}[- ]?[A-Z]{2,4}|\d[A-Z]{3}\d{3}|[A-Z]\d{5,6}|[A-Z]{1,3}[- ]\d{1,4}[- ][A-Z\d]{1,3})(?![\w-])))"
_PLATE_BEFORE = re.compile(rf"{_PLATE_SHAPE}(?=.{{0,60}}\b{_VEHICLE}\b)", re.IGNORECASE)
_PLATE_NEAR = re.compile(rf"\b{_VEHICLE}\b[^\n]{{0,40}}?{_PLATE_SHAPE}", re.IGNORECASE)

_PLAIN_RULES: tuple[tuple[PersonalKind, re.Pattern[str]], ...] = (
    ("email", _EMAIL),
    ("url", _URL),
    ("device", _MAC),
    ("handle", _AT_HANDLE),
    ("handle", _CUED_HANDLE),
    ("ssn", _SSN_CUE),
    ("card", _CARD_CUE),
    ("birth_date", _BORN),
    ("address", _ADDRESS),
    ("address", _HIGHWAY),
    ("address", _BOX),
    ("address", _CALLE),
    ("address", _LIVES),
    ("address", _ZIP),
    ("plate", _PLATE_AFTER),
    ("ssn", _SSN),
    ("phone", _NORTH_AMERICAN),
    ("phone", _WITH_001),
    ("phone", _ABROAD),
    ("record_number", _RECORD),
    ("record_number", _RECORD_PLAIN),
    ("plate", _PLATE_BEFORE),
    ("plate", _PLATE_NEAR),
    ("record_number", _BARE_ID),
    ("phone", _PHONE_CUE),
    ("age", _AGE),
)
"""In the order in which they claim characters: what is surest by its form first."""


def find_personal_data(text: str) -> list[Span]:
    """Spans of personal data in the text, in order and without overlap; each covers the value, not the words that announce it."""
    taken: list[Span] = []
    for span in _candidates(text):
        if span.end > span.start and not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def scrub(text: str) -> str:
    """The text with every span of personal data replaced by its kind in brackets, such as `[email]`."""
    for span in reversed(find_personal_data(text)):
        text = f"{text[: span.start]}[{_LABELS.get(span.kind, span.kind)}]{text[span.end :]}"
    return text


_LABELS: dict[str, str] = {"person": "name", "birth_date": "birth date", "record_number": "record number"}


def _candidates(text: str) -> Iterator[Span]:
    yield from _find_addresses_of_machines(text)
    yield from _find_cards(text)
    for kind, pattern in _PLAIN_RULES:
        for match in pattern.finditer(text):
            span = _span(match, kind)
            if not _is_public(text, span):
                yield span
    yield from _find_foreign_phones(text)
    yield from _find_spelled_numbers(text)
    yield from _find_logins(text)
    yield from _find_dates(text)
    yield from _find_local_phones(text)
    yield from (
        Span(match.start(), match.end(), "record_number") for match in _LONG_NUMBER.finditer(text) if not _TOLL_FREE.match(match[0])
    )
    yield from find_names(text)


def _span(match: re.Match[str], kind: PersonalKind) -> Span:
    """The value of a match: its first named group that took part, else all of it, without trailing punctuation."""
    name = next((name for name, value in match.groupdict().items() if value), None)
    start, end = match.span(name) if name else match.span()
    value = match.string[start:end].rstrip(" ,.;:!?)'\"" if kind != "handle" else " ,.;:!?")
    return Span(start, start + len(value), kind)


def _is_public(text: str, span: Span) -> bool:
    """Whether a match is nobody's own: a toll-free line, a hotline, a price, a date that everybody knows."""
    value = text[span.start : span.end]
    digits = re.sub(r"\D", "", value)
    if span.kind == "phone":
        return bool(_TOLL_FREE.match(digits)) or len(digits) < 7 and not value[0].isalpha()
    if span.kind == "record_number":
        letters = sum(character.isalpha() for character in value)
        return len(digits) < (2 if letters > 1 else 3)
    return False


def _find_addresses_of_machines(text: str) -> Iterator[Span]:
    for pattern in (_IP4, _IP6):
        for match in pattern.finditer(text):
            try:
                ipaddress.ip_address(match[0])
            except ValueError:
                continue
            yield Span(match.start(), match.end(), "ip")


def _find_cards(text: str) -> Iterator[Span]:
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield Span(match.start(), match.end(), "card")


def _find_foreign_phones(text: str) -> Iterator[Span]:
    """Numbers that Google's libphonenumber reads as dialable, with a country code or in one of a few countries."""
    for region in (None, *_FOREIGN_REGIONS):
        leniency = phonenumbers.Leniency.POSSIBLE if region is None else phonenumbers.Leniency.VALID
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=leniency):
            announced = region is None or match.raw_string.startswith(("0", "(0")) or _LOCAL_CUE.search(text)
            if announced and not _TOLL_FREE.match(re.sub(r"\D", "", match.raw_string)):
                yield Span(match.start, match.end, "phone")


def _find_spelled_numbers(text: str) -> Iterator[Span]:
    """Telephone numbers said in words, wholly or in part."""
    for match in _SPELLED.finditer(text):
        digits = sum(len(part) if part.isdigit() else 1 for part in re.split("[ -]", match[0]))
        if digits >= _LOCAL_DIGITS and not match[0].replace(" ", "").isdigit():
            yield Span(match.start(), match.end(), "phone")


def _find_logins(text: str) -> Iterator[Span]:
    for match in _LOGIN.finditer(text):
        if not is_ordinary_word(match["value"]):
            yield _span(match, "handle")


def _find_dates(text: str) -> Iterator[Span]:
    """Full dates on which somebody may have been born, unless the words before them say what else they are."""
    for match in _FULL_DATE_ALONE.finditer(text):
        years = re.findall(_YEAR, match[0])
        if (
            years
            and int(years[0]) <= _LAST_BIRTH_YEAR
            and not _APPOINTMENT.search(text[: match.start()])
            and not _PUBLIC_DATES.match(match[0])
        ):
            yield Span(match.start(), match.end(), "birth_date")


def _find_local_phones(text: str) -> Iterator[Span]:
    for match in _LOCAL.finditer(text):
        if _LOCAL_CUE.search(text):
            yield Span(match.start(), match.end(), "phone")
