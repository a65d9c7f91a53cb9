"""The pages that people see, rendered on the server; everything that comes from a visitor or a site is escaped."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urldefrag

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from search_api.assets import asset_url, content_digest
from search_api.clinic import Clinic
from search_api.crisis import panel_text
from search_api.quote_groups import group_quotes
from search_api.schema import CrisisOut, PassageOut, ReferenceOut, SearchResponse
from search_api.snippets import clip_passage, whole_passage
from search_api.texts import FALLBACK, Texts, known_languages, read_texts
from search_api.theme import theme_css

PAGES_A_STEP = 10
"""Pages shown at first, and added by each "show more"."""
MOST_SHOWN = 50
"""Beyond this nobody scrolls: other words help more."""
TEASER_PAGES = 5
"""Pages named where the site does not cover the question: closest topics, not results."""


SOME_SERVICE = "https://search.example.org/"
"""What stands for the address of the service where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The search page in one state: the form alone, with results, or with what was wrong.

    `sections` are the parts of the site that results can be kept to, by value and label; `languages` are those of the pages, by URL.
    Where nothing is near, `main_pages` (label and address) lead on, and `tells_a_topic` says whether there was more than stop words.
    `voted`: the visitor has just said whether this was helpful. `crisis` stands here beside the response because the panel is shown even
    if there is no response.
    """

    query: str = ""
    verbatim: bool = False
    section: str = ""
    show: int = PAGES_A_STEP
    lang: str = ""
    response: SearchResponse | None = None
    crisis: CrisisOut | None = None
    error: str = ""
    voted: bool = False
    tells_a_topic: bool = True
    sections: tuple[tuple[str, str], ...] = ()
    main_pages: tuple[tuple[str, str], ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_crisis(self) -> bool:
        """Whether help stands first and nothing is offered but help."""
        return self.crisis is not None and self.crisis.class_ == "crisis"


def render_search_page(clinic: Clinic, page: SearchPage, texts: Texts | None = None) -> str:
    """The search page as HTML."""
    return render_page("search.html", clinic, texts, page=page)


def render_widget_example(clinic: Clinic, texts: Texts | None = None, *, service: str = SOME_SERVICE) -> str:
    """A page like those of a clinic's own site, with the search box embedded; `service` is the address that others would embed it from."""
    plugin = render_wordpress_plugin(clinic, texts, service=service)
    return render_page("widget_example.html", clinic, texts, service=service, plugin=plugin)


def render_wordpress_plugin(clinic: Clinic, texts: Texts | None = None, *, service: str = SOME_SERVICE) -> str:
    """The WordPress plugin that embeds the search box of this service, PHP."""
    return render_page("clinic-search.php", clinic, texts, service=service, php=php_text)


def php_text(text: str) -> Markup:
    """The text as it stands between single quotes in PHP, and in a comment: on one line, unable to end either."""
    line = " ".join(text.split()).replace("*/", "* /").replace("?>", "? >")
    return Markup(line.replace("\\", "\\\\").replace("'", "\\'"))


def render_sign_in_page(clinic: Clinic, texts: Texts, *, goal: str, error: str = "") -> str:
    """The form that asks staff for their token; `goal` is the address of the page that they wanted."""
    return render_page("sign_in.html", clinic, texts, goal=goal, error=error)


def section_label(section: str) -> str:
    """The part of the site in words: the slug without its dashes, or the name of the language that it is."""
    if section in known_languages():
        return read_texts(section).name
    words = re.sub(r"[-_]+", " ", section).strip()
    return words[:1].upper() + words[1:]


def with_meaning(query: str, abbreviation: str, meaning: str) -> str:
    """The query with the abbreviation spelled out, as the visitor chose to mean it."""
    return re.sub(rf"(?<!\w){re.escape(abbreviation)}(?!\w)", lambda _: meaning, query, flags=re.IGNORECASE)


def phone_link(phone: str) -> str:
    """The `tel:` address of a telephone number as people write it."""
    return "tel:" + re.sub(r"[^\d+]", "", phone)


def web_address(url: str) -> str:
    """The address if a browser may be sent there, else "": a site's addresses come from strangers' pages."""
    return url if url.startswith(("https://", "http://")) else ""


def reference_url(reference: ReferenceOut) -> str:
    """Where the literature can be read: its own address or that of its DOI, "" if neither is known."""
    return web_address(reference.url) or (f"https://doi.org/{quote(reference.doi, safe='/')}" if reference.doi else "")


def render_page(template: str, clinic: Clinic, texts: Texts | None, **values: object) -> str:
    """A template of `templates/` with what all pages know: the clinic, the texts and the colours."""
    chosen = texts or read_texts(clinic.language if clinic.language in known_languages() else FALLBACK)
    theme = f"/theme.css?v={content_digest(theme_css(clinic.colours).encode())}"
    help_line = panel_text(clinic, chosen.language).support_line
    return environment.get_template(template).render(
        clinic=clinic, texts=chosen, say=chosen.say, theme=theme, help_line=help_line, **values
    )


def _reviewed_on(passage: PassageOut, response: SearchResponse) -> object:
    """The day on which the passage's page was reviewed, None if it does not say."""
    page = urldefrag(passage.citation.url).url
    return next((result.reviewed_on for result in response.results if urldefrag(result.url).url == page), None)


def _other_languages(language: str) -> list[Texts]:
    return [read_texts(code) for code in known_languages() if code != language]


environment = Environment(
    loader=PackageLoader("search_api"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.filters |= {
    "grouped": group_quotes,
    "clipped": clip_passage,
    "whole": whole_passage,
    "page_address": lambda url: urldefrag(url).url,
    "phone_link": phone_link,
    "reference_url": reference_url,
    "section_label": section_label,
    "web_address": web_address,
    "with_meaning": with_meaning,
    "json_text": lambda value: json.dumps(dict(value), ensure_ascii=False),
}
environment.globals |= {
    "asset": asset_url,
    "reviewed_on": _reviewed_on,
    "other_languages": _other_languages,
    "page_step": PAGES_A_STEP,
    "most_shown": MOST_SHOWN,
    "teaser_pages": TEASER_PAGES,
}
