"""Signing in with a browser, and out again."""

import re
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from search_api.clients import client_address
from search_api.dependencies import get_doorkeeper, require_role
from search_api.doorkeeper import Doorkeeper, Identity, cookie_name, is_secure
from search_api.error_handlers import visitor_texts
from search_api.errors import ForgedForm, TooManyTries, WrongToken
from search_api.pages import render_sign_in_page
from search_api.sessions import SESSION_LENGTH, Session, Sessions

HOME = "/staff"
"""Where somebody lands who signed in without having been sent here from another page."""
OWN_PAGES = re.compile(r"/(staff|editor)(/[\w.~/-]*)?", re.ASCII)
"""The only addresses that signing in leads to: nobody is sent to another site (https://cwe.mitre.org/data/definitions/601.html)."""
LONGEST_TOKEN = 200

router = APIRouter()

TheDoorkeeper = Annotated[Doorkeeper, Depends(get_doorkeeper)]
Next = Annotated[str, Query(alias="next", max_length=500)]


@router.get("/sign-in", response_class=HTMLResponse)
def sign_in_page(request: Request, goal: Next = HOME) -> HTMLResponse:
    """The form that asks for a token."""
    return HTMLResponse(render_sign_in_page(request.app.state.clinic, visitor_texts(request), goal=own_page(goal)))


@router.post("/sign-in", response_class=HTMLResponse)
def sign_in(
    request: Request,
    doorkeeper: TheDoorkeeper,
    token: Annotated[str, Form(max_length=LONGEST_TOKEN)] = "",
    goal: Annotated[str, Form(alias="next", max_length=500)] = HOME,
) -> Response:
    """The page that was asked for, with a session; or the form again."""
    _refuse_other_sites(request)
    try:
        known = doorkeeper.recognise(token.strip(), client_address(request.scope))
    except (WrongToken, TooManyTries) as error:
        return _form_again(request, own_page(goal), error)
    session = doorkeeper.sessions.start(known.token_id, now=datetime.now(UTC))
    response = RedirectResponse(own_page(goal), 303)
    _set_cookie(request, response, doorkeeper.sessions, session)
    return response


@router.post("/sign-out")
def sign_out(
    request: Request, doorkeeper: TheDoorkeeper, identity: Annotated[Identity, Depends(require_role("staff"))]
) -> RedirectResponse:
    """The way back to the search page; the session is over, also for a copy of its cookie."""
    if identity.session:
        doorkeeper.sessions.end(identity.session, now=datetime.now(UTC))
    response = RedirectResponse("/", 303)
    response.delete_cookie(cookie_name(request), secure=is_secure(request), httponly=True, samesite="strict")
    return response


def own_page(goal: str) -> str:
    """The address if it is one of the staff's or the editors' pages, else the staff's first page."""
    return goal if OWN_PAGES.fullmatch(goal) and ".." not in goal else HOME


def _refuse_other_sites(request: Request) -> None:
    """Raises `ForgedForm` if another site sends the form, to sign somebody in under a name that is not theirs.

    Browsers tell in `sec-fetch-site` (https://www.w3.org/TR/fetch-metadata/). Older ones have only `origin`, which is "null" also on our
    own form, because our pages send no referrer.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    foreign = site not in ("same-origin", "none") if site else origin != "null" and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise ForgedForm("This form was not sent from our page.")


def _form_again(request: Request, goal: str, error: WrongToken | TooManyTries) -> HTMLResponse:
    tired = isinstance(error, TooManyTries)
    texts = visitor_texts(request)
    page = render_sign_in_page(request.app.state.clinic, texts, goal=goal, error=texts.say("sign_in_wait" if tired else "sign_in_wrong"))
    headers = {"retry-after": str(error.seconds)} if isinstance(error, TooManyTries) else None
    return HTMLResponse(page, status_code=429 if tired else 401, headers=headers)


def _set_cookie(request: Request, response: Response, sessions: Sessions, session: Session) -> None:
    response.set_cookie(
        cookie_name(request),
        sessions.seal(session),
        max_age=int(SESSION_LENGTH.total_seconds()),
        secure=is_secure(request),
        httponly=True,
        samesite="strict",
    )
