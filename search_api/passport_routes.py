"""All pages of the site in a table, and the passport of each: for staff."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from gaps.spreadsheet import write_csv
from index.lexical import fold
from index.overlap import Overlap, OverlapFinder
from ingest.schema import Article
from search_api.dependencies import require_role
from search_api.passport import Passport, count_states, count_words, grade_article, make_passport
from search_api.staff_routes import TheFinder, TheSearcher, TheStaffDesk, csv_file
from search_api.staff_search import PageChoice, list_filters
from search_api.vote_view import load_votes

NEAR_PAGES = 5
COMPARED = 40
"""Nearest passages that the near pages are taken from: most pages bring several."""

SORTINGS: dict[str, Callable[[Article], object]] = {
    "title": lambda one: fold(one.title),
    "section": lambda one: (one.site_section, fold(one.title)),
    "words": lambda one: -count_words(one),
    "grade": lambda one: -(grade_article(one) or 0.0),
    "reviewed": lambda one: str(one.metadata.reviewed_on or ""),
    "missing": lambda one: -count_states(one)["missing"] - count_states(one)["uncited"],
}
"""How the table may be sorted: what may need work first."""

router = APIRouter(prefix="/staff", dependencies=[Depends(require_role("staff"))])


class PageFilter(PageChoice):
    """What the table of pages is kept to, and its order."""

    sort: str = "section"

    def choose(self, articles: Iterable[Article]) -> list[Article]:
        """The articles that pass, in order."""
        kept = (one for one in articles if self._passes(one))
        return sorted(kept, key=SORTINGS.get(self.sort, SORTINGS["section"]))  # type: ignore[arg-type]

    def _passes(self, one: Article) -> bool:
        return (
            fold(self.q.strip()) in fold(f"{one.title} {one.url}")
            and self.section in ("", one.site_section)
            and self.language in ("", one.metadata.language.partition("-")[0].lower())
            and self.page_type in ("", one.metadata.page_type)
        )


@router.get("/pages", response_class=HTMLResponse)
def staff_pages(chosen: Annotated[PageFilter, Query()], desk: TheStaffDesk, searcher: TheSearcher) -> HTMLResponse:
    """The pages of the site, and what was left out of the index and why."""
    page = desk.render(
        "staff_pages.html",
        desk.texts.say("desk_pages_heading"),
        room="/staff/pages",
        chosen=chosen,
        articles=chosen.choose(searcher.articles.values()),
        filters=list_filters(searcher),
        left_out=[entry for entry in searcher.site.ledger if entry.outcome not in ("indexed", "unchanged")],
    )
    return HTMLResponse(page)


@router.get("/pages.csv")
def staff_pages_csv(chosen: Annotated[PageFilter, Query()], searcher: TheSearcher) -> Response:
    """The same table as a spreadsheet."""
    return csv_file(write_csv([PAGE_COLUMNS, *map(_row, chosen.choose(searcher.articles.values()))]), "pages")


@router.get("/page", response_class=HTMLResponse)
def page_passport(url: str, request: Request, desk: TheStaffDesk, searcher: TheSearcher, finder: TheFinder) -> HTMLResponse:
    """The passport of a page. Raises `BadQuery` if the index holds none with this address."""
    passport = make_passport(searcher, url)
    page = desk.render(
        "staff_passport.html",
        passport.article.title,
        room="/staff/pages",
        passport=passport,
        near=near_pages(finder, passport),
        hidden=next((page.reason for page in searcher.rules.hidden if page.url == passport.article.url), ""),
        votes=load_votes(request.app.state.helpful_votes, distinct_days=desk.clinic.log.distinct_days).pages.get(passport.article.url),
    )
    return HTMLResponse(page)


def near_pages(finder: OverlapFinder, passport: Passport) -> list[Overlap]:
    """For each of the few pages nearest to the beginning of this one its nearest passage."""
    article = passport.article
    own = frozenset(one.passage_id for one in finder.searcher.passages if one.url == article.url)
    first = next((one for one in finder.searcher.passages if one.url == article.url), None)
    (found,) = finder.find([first.embedding_text if first else article.title], k=COMPARED, without=own)
    nearest = {one.passage.url: one for one in reversed(found)}
    return sorted(nearest.values(), key=lambda one: -one.cosine)[:NEAR_PAGES]


PAGE_COLUMNS: Sequence[str] = (
    "title",
    "url",
    "section",
    "language",
    "type",
    "words",
    "reading grade",
    "published",
    "modified",
    "reviewed",
    "references listed",
    "missing",
    "uncited",
)


def _row(one: Article) -> Sequence[object]:
    about, states = one.metadata, count_states(one)
    grade = grade_article(one)
    days = (str(day or "") for day in (about.published_on, about.modified_on, about.reviewed_on))
    return (
        one.title,
        one.url,
        one.site_section,
        about.language,
        about.page_type,
        count_words(one),
        "" if grade is None else grade,
        *days,
        states["listed"],
        states["missing"],
        states["uncited"],
    )
