"""What staff may ask, and editors too."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from search_api.dependencies import get_desk, require_role
from search_api.desk_pages import Desk

TheStaffDesk = Annotated[Desk, Depends(get_desk("staff"))]

router = APIRouter(prefix="/staff", dependencies=[Depends(require_role("staff"))])


@router.get("", response_class=HTMLResponse)
def staff_home(desk: TheStaffDesk) -> HTMLResponse:
    """The staff's first page."""
    return HTMLResponse(desk.render("signed_in.html", desk.texts.say("staff_title"), room="/staff"))
