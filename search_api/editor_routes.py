"""What editors may ask, and nobody else."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from search_api.dependencies import get_doorkeeper, require_role
from search_api.doorkeeper import Identity
from search_api.error_handlers import visitor_texts
from search_api.pages import render_signed_in_page

TheEditor = Annotated[Identity, Depends(require_role("editor"))]

router = APIRouter(prefix="/editor", dependencies=[Depends(require_role("editor"))])


@router.get("", response_class=HTMLResponse)
def editor_home(request: Request, identity: TheEditor) -> HTMLResponse:
    """The editors' first page."""
    texts = visitor_texts(request)
    mark = get_doorkeeper(request).form_mark(identity)
    return HTMLResponse(render_signed_in_page(request.app.state.clinic, texts, texts.say("editor_title"), identity.token, csrf=mark))
