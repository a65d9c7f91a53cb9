"""Who has signed in with a browser: a signed cookie that expires, and a mark on every form of a signed-in page."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from search_api.errors import NoSession

SESSION_LENGTH = timedelta(hours=8)
"""A working day: the most that OWASP names for people who work with a service all day
(https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#absolute-timeout)."""


@dataclass(frozen=True, slots=True)
class Session:
    """A browser in which somebody signed in with this token."""

    session_id: str
    token_id: str
    until: datetime


class Sessions:
    """Starts, reads and ends sessions. The key lives as long as the process: after a restart everybody signs in again."""

    def __init__(self) -> None:
        key = secrets.token_bytes(32)
        self._cookies = URLSafeSerializer(key, salt="session")
        self._forms = URLSafeSerializer(key, salt="form")
        self._ended: dict[str, datetime] = {}

    def start(self, token_id: str, *, now: datetime) -> Session:
        """A new session, never one that the browser brought along."""
        return Session(secrets.token_urlsafe(16), token_id, now + SESSION_LENGTH)

    def seal(self, session: Session) -> str:
        """The session as a cookie's value: readable, but nobody else can make one."""
        return str(self._cookies.dumps([session.session_id, session.token_id, session.until.isoformat()]))

    def read(self, cookie: str, *, now: datetime) -> Session:
        """The session of a cookie's value. Raises `NoSession` if it was not sealed here, has expired or was ended."""
        try:
            session_id, token_id, until = self._cookies.loads(cookie)
        except BadSignature as error:
            raise NoSession("This is no session of this service. Please sign in.") from error
        session = Session(session_id, token_id, datetime.fromisoformat(until))
        if now >= session.until or session_id in self._ended:
            raise NoSession("The session is over. Please sign in again.")
        return session

    def end(self, session: Session, *, now: datetime) -> None:
        """Lets the session's cookie count no longer, also a copy of it."""
        self._ended = {name: until for name, until in self._ended.items() if until > now}
        self._ended[session.session_id] = session.until

    def form_mark(self, session: Session) -> str:
        """What every form of this session must send along as `csrf`."""
        return str(self._forms.dumps(session.session_id))

    def is_form_mark(self, session: Session, mark: str) -> bool:
        """Whether a form comes from a page of this session; takes the same time for every wrong mark."""
        return hmac.compare_digest(self.form_mark(session).encode(), mark.encode("utf-8", "replace"))
