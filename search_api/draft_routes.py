"""Do we already have this? Staff paste a title or a draft and see what the site says of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse

from index.draft_check import check_draft
from search_api.dependencies import require_role
from search_api.schema import SearchRequest
from search_api.searching import run_staff_search
from search_api.staff_routes import TheFinder, TheSearcher, TheStaffDesk

LONGEST_DRAFT = 200_000
"""Characters: more than any article has; the body limit of the service would refuse not much more."""
TITLE_PAGES = 5

router = APIRouter(prefix="/staff/draft", dependencies=[Depends(require_role("staff"))])


@router.get("", response_class=HTMLResponse)
def draft_form(desk: TheStaffDesk) -> HTMLResponse:
    """The form alone."""
    page = desk.render(
        "staff_draft.html", desk.texts.say("desk_draft"), room="/staff/draft", title="", text="", report=None, found=None, error=""
    )
    return HTMLResponse(page)


@router.post("", response_class=HTMLResponse)
def draft_report(
    desk: TheStaffDesk,
    searcher: TheSearcher,
    finder: TheFinder,
    title: Annotated[str, Form(max_length=500)] = "",
    text: Annotated[str, Form(max_length=LONGEST_DRAFT)] = "",
) -> HTMLResponse:
    """What the site already says. The draft is compared and forgotten: it is neither kept nor logged."""
    empty = not (title.strip() or text.strip())
    report = None if empty else check_draft(searcher, finder, title=title, text=text)
    found = run_staff_search(searcher, SearchRequest(q=title, k=TITLE_PAGES))[1] if title.strip() else None
    page = desk.render(
        "staff_draft.html",
        desk.texts.say("desk_draft"),
        room="/staff/draft",
        title=title,
        text=text,
        report=report,
        found=found,
        error=desk.texts.say("draft_empty") if empty else "",
    )
    return HTMLResponse(page, status_code=422 if empty else 200)
