"""Who asks, and what they may: tokens of scripts, sessions of browsers, and the mark that a signed-in page puts on its forms."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from search_api.access import AccessFile, Role, Token, role_includes, token_id_of
from search_api.clients import client_address, is_loopback
from search_api.errors import ForgedForm, NoSession, RoleMissing, SignInNeeded, WrongToken
from search_api.limits import ClientLimits
from search_api.sessions import Session, Sessions

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1)."""
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
"""Where the mark stands in a form, and where a script of our own page puts it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: the token, and the session if it is a browser."""

    token: Token
    session: Session | None = None


class Doorkeeper:
    """Knows tokens and sessions, and lets nobody guess for long."""

    def __init__(self, access: AccessFile, limits: ClientLimits) -> None:
        self._access = access
        self._limits = limits
        self.sessions = Sessions()

    def recognise(self, held: str, address: str) -> Token:
        """The token of what a client presents; one that is in use passes, whoever guesses beside it.

        Raises `WrongToken` or `TooManyTries`.
        """
        if known := self._access.recall(held):
            return known
        self._limits.refuse_guessing(address, token_id_of(held))
        try:
            return self._access.recognise(held)
        except WrongToken:
            self._limits.count_wrong_token(address, token_id_of(held))
            raise

    def identify(self, request: Request) -> Identity:
        """Who asks. Raises `SignInNeeded`, `WrongToken` or `TooManyTries`."""
        scheme, _, held = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return Identity(self.recognise(held.strip(), client_address(request.scope)))
        try:
            session = self.sessions.read(request.cookies.get(cookie_name(request), ""), now=datetime.now(UTC))
            return Identity(self._access.tokens()[session.token_id], session)
        except (NoSession, KeyError):
            raise SignInNeeded("This page is for staff. Please sign in.") from None

    def admit(self, request: Request, role: Role) -> Identity:
        """Who asks, if that role includes the page. Raises `RoleMissing`, and what `identify` raises."""
        identity = self.identify(request)
        if not role_includes(identity.token.role, role):
            raise RoleMissing(f"This page needs the role {role}.")
        return identity

    def form_mark(self, identity: Identity) -> str:
        """What every form on a page of theirs must send along as `csrf`; "" for a script, which needs none."""
        return self.sessions.form_mark(identity.session) if identity.session else ""

    async def refuse_forgery(self, request: Request, identity: Identity) -> None:
        """Raises `ForgedForm` if a browser sends a change that does not come from one of our own pages.

        A script that presents its token cannot be tricked into it by another site and needs no mark.
        """
        if request.method in SAFE_METHODS or identity.session is None:
            return
        sent = request.headers.get(CSRF_HEADER) or (await request.form()).get(CSRF_FIELD)
        if not isinstance(sent, str) or not self.sessions.is_form_mark(identity.session, sent):
            raise ForgedForm("This form is too old or was not sent from our page. Please go back, load the page again and repeat.")


def is_secure(request: Request) -> bool:
    """Whether cookies must travel by HTTPS only: always, except on this machine itself."""
    host = request.url.hostname or ""
    return request.url.scheme == "https" or not (host == "localhost" or is_loopback(host))


def cookie_name(request: Request) -> str:
    """The name of the session's cookie; with the prefix, browsers refuse one that was set without HTTPS or by another host."""
    return "__Host-clinic_search" if is_secure(request) else "clinic_search"
