"""What staff may ask, and editors too."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from search_api.dependencies import get_doorkeeper, require_role
from search_api.doorkeeper import Identity
from search_api.error_handlers import visitor_texts
from search_api.pages import render_signed_in_page

TheStaff = Annotated[Identity, Depends(require_role("staff"))]

router = APIRouter(prefix="/staff", dependencies=[Depends(require_role("staff"))])


@router.get("", response_class=HTMLResponse)
def staff_home(request: Request, identity: TheStaff) -> HTMLResponse:
    """The staff's first page."""
    texts = visitor_texts(request)
    mark = get_doorkeeper(request).form_mark(identity)
    return HTMLResponse(render_signed_in_page(request.app.state.clinic, texts, texts.say("staff_title"), identity.token, csrf=mark))
