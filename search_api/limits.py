"""How much a client may ask: counted in memory only, under a key that nobody can turn back into an address."""

import hmac
import secrets
import time
from hashlib import sha256
from math import ceil

from limits import RateLimitItem, RateLimitItemPerMinute, parse_many
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from search_api.clients import client_address, is_loopback, network_of
from search_api.error_handlers import answer_error
from search_api.errors import TooManyTries

MAX_BODY_BYTES = 256 * 1024
"""Twice the longest query (10,000 characters, each of twelve bytes as escaped JSON); a draft of 20,000 words for the staff's desk."""
WRONG_TOKENS = RateLimitItemPerMinute(5, 15)
"""Wrong tries with one token id from one client: NIST SP 800-63B-4 asks for a limit of at most 100, OWASP names 3 to 5."""
UNCOUNTED_PATHS = ("/static/", "/healthz", "/readyz")
"""Files that take no work, and what a monitor asks every few seconds."""


class ClientLimits:
    """Counts per client. Clients are known by a keyed hash whose key changes with every start of the process."""

    def __init__(self, rate: str) -> None:
        self._rates = parse_many(rate)
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._key = secrets.token_bytes(32)

    def admit(self, address: str) -> None:
        """Counts a request. Raises `TooManyTries` if the client has asked too much."""
        client = self._client(address)
        for rate in self._rates:
            if not self._counter.hit(rate, "request", client):
                raise TooManyTries("Too many requests; please wait a moment.", self._wait(rate, "request", client))

    def refuse_guessing(self, address: str, token_id: str) -> None:
        """Raises `TooManyTries` if this client was wrong about this token too often. Nobody else's tries count."""
        client = self._client(address)
        if not self._counter.test(WRONG_TOKENS, "token", client, token_id):
            raise TooManyTries("Too many wrong tokens; please wait some minutes.", self._wait(WRONG_TOKENS, "token", client, token_id))

    def count_wrong_token(self, address: str, token_id: str) -> None:
        """Remembers that a client was wrong about a token."""
        self._counter.hit(WRONG_TOKENS, "token", self._client(address), token_id)

    def _client(self, address: str) -> str:
        return hmac.digest(self._key, network_of(address).encode(), sha256).hex()

    def _wait(self, rate: RateLimitItem, *names: str) -> int:
        """Seconds until the next request may pass, at least 1."""
        return max(1, ceil(self._counter.get_window_stats(rate, *names).reset_time - time.time()))


class LimitRate:
    """Answers 429 to a client that asks too much.

    Clients on this machine are not counted: they are its owner's, or a proxy's that does not say for whom it asks.
    """

    def __init__(self, app: ASGIApp, limits: ClientLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request pass or answers it."""
        try:
            if _is_counted(scope):
                self._limits.admit(client_address(scope))
        except TooManyTries as error:
            response = answer_error(Request(scope), 429, str(error), {"retry-after": str(error.seconds)})
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class LimitBody:
    """Answers 413 to a request that is too large: at once if it says so, else as soon as too much has come."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = RequestBodyLimitMiddleware(app, MAX_BODY_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request pass or answers it."""
        if scope["type"] == "http" and _declared_bytes(scope) > MAX_BODY_BYTES:
            response = answer_error(Request(scope), 413, f"The request is too large; at most {MAX_BODY_BYTES // 1024} KiB are read.")
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_counted(scope: Scope) -> bool:
    return scope["type"] == "http" and not is_loopback(client_address(scope)) and not scope["path"].startswith(UNCOUNTED_PATHS)


def _declared_bytes(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 20 else 0
