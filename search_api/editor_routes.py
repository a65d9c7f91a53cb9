"""What editors may ask, and nobody else."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from search_api.dependencies import get_desk, require_role
from search_api.desk_pages import Desk

TheEditorDesk = Annotated[Desk, Depends(get_desk("editor"))]

router = APIRouter(prefix="/editor", dependencies=[Depends(require_role("editor"))])


@router.get("", response_class=HTMLResponse)
def editor_home(desk: TheEditorDesk) -> HTMLResponse:
    """The editors' first page."""
    return HTMLResponse(desk.render("signed_in.html", desk.texts.say("editor_title"), room="/editor"))
