"""What the words of a line or the name of an element say about its part in a page."""

import re
from functools import lru_cache


def _any_of(*phrases: str) -> str:
    return "(?:" + "|".join(phrases) + ")"


def _named(words: str) -> re.Pattern[str]:
    """A pattern for any of these words in a class name or id; `~` stands for a separator between parts."""
    return re.compile("(?<![a-z])" + _any_of(*(word.replace("~", " ") for word in words.split())) + "(?![a-z])")


ASKING = _any_of(
    r"call (?:us|now|today)", r"contact (?:us|dr\.?|our)", "get in touch", "get started", r"reach out (?:to (?:us|our)|today)",
    "book (?:a|an|your|now|free|online)", "schedule (?:a|an|your|now)", "make an appointment", "request an?",
    r"free (?:\d+[- ]?min\w* )?(?:consult\w*|call|quote)", "start (?:your|healing|today)", "sign up", "subscribe", "newsletter",
    "join (?:us|our)", "follow us", "learn more", "read (?:more|full|article|next)", "click here", "download (?:our|the|now)",
    "view (?:all|more)", "see all", "find out more", "fill (?:out|in) (?:the|this|our) form", "speak (?:to|with) (?:us|our|a)",
    "we(?:'|’)re here to help", "ready to (?:start|begin|get|take|talk)", "ll[áa]m(?:a|e)nos", "cont[áa]ct(?:a|e)nos",
    "kontaktieren sie", "contactez[- ]nous",
)  # fmt: skip
CALL_TO_ACTION = re.compile(rf"\b{ASKING}\b")
"""Phrases, in lower case, by which pages ask for something; only a vote, never a reason by itself to strip a sentence of an article."""

PHONE = re.compile(r"(?<!\w)(?:\+?\d{1,3}[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)")

PROTECTED = re.compile(
    r"\b"
    + _any_of(
        r"suicid\w+", "crisis", "emergency", "9-?8-?8", "9-?1-?1", "in danger", "informational purposes", "medical advice",
        "substitute for", "disclaimer", "not intended to", "does not constitute",
        r"consult (?:a|your|with a) (?:doctor|physician|health\w*|qualified|licensed)",
    )
    + r"\b"
)  # fmt: skip
"""Crisis lines and disclaimers, in lower case: repeated on purpose, and part of what an article must say."""

REFERENCES = re.compile(
    r"^(?:\d+[.)]?\s*)?"
    + _any_of(
        "(?:article |selected |key |further |scientific )?(?:references?|sources?|citations?|bibliography|works cited)",
        "footnotes?", "endnotes?", "resources", "further reading", "referencias", "fuentes", "bibliograf[íi]a", "r[ée]f[ée]rences",
        "quellen", "literatur",
    )
    + r"(?: (?:&|and|cited|list) ?\w*)?\s*:?$",
    re.IGNORECASE,
)  # fmt: skip

MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    r"\b" + _any_of(
        r"\d{4}-\d{2}-\d{2}", rf"(?:{DAY} )?{MONTHS}\.?,? (?:{DAY},? )?\d{{4}}", r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}",
        r"\d+(?= min(?:ute)?s?(?: read|$))",
    )
    + r"\b",
    re.IGNORECASE,
)  # fmt: skip
"""Dates and reading times: what differs in a byline that is otherwise the same on every page."""

BYLINE = re.compile(
    r"^(?:by|(?:medically |clinically |fact[- ])?(?:written|posted|published|updated|modified|reviewed|edited|created"
    r"|last (?:updated|modified|reviewed)))\b",
    re.IGNORECASE,
)
SIGNED = re.compile(r"^(?:[\w -]{0,30}\b)?(?:[Bb][Yy]:?|:)\s+(?:[Tt]he\s+)?[^\W\d_a-z]")
"""A name follows: "Modified workload" and "By the end of treatment" are no bylines."""
COUNTED = re.compile(
    r"^\d+ (?:min|hours?|days?|weeks?|months?|years?|comments?|views|shares|likes|replies)\b(?: (?:read|ago))?$", re.IGNORECASE
)
DIGIT = re.compile(r"\d")
MAX_BYLINE_WORDS = 40
MAX_NAME_WORDS = 8
"""A byline without a date is a name; "By the end of treatment most people sleep better." is a sentence."""

INTERFACE = re.compile(
    "^" + _any_of(
        "skip to (?:main |the )?(?:content|navigation)", "menu", "search", "share(?: (?:this|on|via).{0,30})?", "print",
        "e-?mail(?: this.{0,20})?", "tweet",
        "facebook", "twitter", "linkedin", "pinterest", "whatsapp", "instagram", "youtube", "copy link", "comments?",
        r"\d+ comments?", "reply", "leave a (?:reply|comment)",
        "(?:article|table of) contents", "contents", "on this page",
        "in this article", "jump to.{0,20}", "back to .{0,20}", "top", "next", "previous", "(?:previous|next) (?:post|article).{0,60}",
        "advertisements?", "sponsored", "close", "open", r"loading\.*", "log ?in", "sign ?in", "home",
        "related (?:posts?|articles?|stories|content|reading|topics?)", "you (?:may|might) also (?:like|enjoy).{0,20}", "recent posts",
        "latest posts?",
        "tags?:.{0,100}", "filed under:?.{0,80}", "categories:?.{0,80}", "quick links", r"all rights reserved\.?",
        ".{0,40}(?:©|copyright).{0,120}", "image(?: credit| source)?:.{0,80}", "photo(?: credit| by)?:.{0,80}",
    )
    + "$",
    re.IGNORECASE,
)  # fmt: skip
"""Lines that speak of the page, not of its subject."""

FILED = re.compile(r"^(?:filed under|posted in|tagged|tags?|categor(?:y|ies))\b.{0,100}$", re.IGNORECASE)
"""Where a blog files a post: stands below its references, too."""

NAMES = _named(
    "addthis addtoany ads? adslot advert\\w* author authorbox authors banner bio breadcrumbs? buy byline "
    "caption carousel cart colophon commentlist comments? consent cookies? copyright credit credits crumbs dateline dfp disqus "
    "entrymeta feedback follow footer gallery gdpr hero~meta jump latest login masthead menu menus meta modal "
    "morearticles morefrom morenews moreposts morestories mostread mostviewed nav navbar "
    "navigation newsletters? optin outbrain outro overlay pager pagination "
    "partners paywall poll popular popup postmeta postnav price print promos? promoted promotion pubdate ratings? readmore readnext "
    "recent recirc\\w* recommend\\w* register related relateds? respond reviews rss screen~reader\\w* share sharedaddy shares sharing "
    "shop side~bar sidebar sidebars sign~up signin signup skip skiplink slider social socials sponsor\\w* sr~only subscribe "
    "subscription suggest\\w* survey tableofcontents taboola taglist tags? teasers? testimonials? timestamp toc toolbar tools "
    "trending upsell utility visuallyhidden widgetarea widgets?"
)
"""Parts of class names and ids by which authors of themes call what is not the article, as in Readability's and trafilatura's lists
(https://github.com/mozilla/readability, https://github.com/adbar/trafilatura)."""

BESIDES = _named(
    "addthis addtoany advert\\w* author~?(?:box|bio|info|card) breadcrumbs? byline commentlist comments? consent cookies? disqus "
    "gdpr latest~posts lightbox modal newsletters? optin outbrain pagination popup recent~posts related relatedposts? respond "
    "reviews screen~reader~text share sharedaddy sharing skip~?link sr~only subscribe subscription table~of~contents taboola "
    "testimonials? toc visuallyhidden"
)
"""The names among them that leave no doubt: what they hold is not the article even where it reads like prose."""

LONGER_THAN_ARTICLES = re.compile(r"(?<![a-z])(?:comments|commentlist|disqus|footer|colophon|cookies?|consent|gdpr)(?![a-z])")

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


MANY_HYPHENS = 4
"""Ids of five words and more are slugs of headings; those of components have up to four ("ez-toc-container")."""


@lru_cache(maxsize=65_536)
def _names(label: str) -> str:
    """The id and classes of `tag#id.class` as words in lower case; an id made from a heading's text ("when-we-share-...") names nothing."""
    tag, _, names = label.replace("#", ".", 1).partition(".")
    if "#" in label and (tag == "h" or names.partition(".")[0].count("-") >= MANY_HYPHENS):
        names = names.partition(".")[2]
    return re.sub(r"[-_:.#/]+", " ", CAMEL.sub(" ", names)).lower()


@lru_cache(maxsize=65_536)
def names_boilerplate(label: str) -> bool:
    """Whether an element's `tag#id.class` names something that is often beside the article."""
    return bool(NAMES.search(_names(label)))


@lru_cache(maxsize=65_536)
def names_besides(label: str) -> bool:
    """Whether an element's `tag#id.class` names something that is never the article."""
    return bool(BESIDES.search(_names(label)))


@lru_cache(maxsize=65_536)
def outweighs_articles(label: str) -> bool:
    """Whether an element's name is that of a part which may be longer than the article beside it."""
    return bool(LONGER_THAN_ARTICLES.search(_names(label)))


def is_byline(text: str) -> bool:
    """Whether a line says who wrote a page or when, and nothing else."""
    words = text.count(" ") + 1
    if words > MAX_BYLINE_WORDS:
        return False
    date = DATE.search(text) if DIGIT.search(text) else None
    if date and (date.start() <= 12 and words <= MAX_NAME_WORDS + 4 and text[-1] not in ".!?"):
        return len(text) - len(date[0]) < 40
    if COUNTED.match(text):
        return True
    if not BYLINE.match(text):
        return False
    return bool(date) or (words <= MAX_NAME_WORDS and text[-1] not in ".!?:" and bool(SIGNED.match(text)))


def is_small_print(text: str) -> bool:
    """Whether a line says who owns or wrote a page and when, and nothing of its subject."""
    return is_byline(text) or "©" in text or INTERFACE.match(text) is not None


def asks_for_something(text: str) -> bool:
    """Whether a line reads like a call to action."""
    return bool(CALL_TO_ACTION.search(text.casefold()) or (DIGIT.search(text) and PHONE.search(text)))


def is_protected(text: str) -> bool:
    """Whether a line is a crisis line or a disclaimer."""
    return bool(PROTECTED.search(text.casefold()))
