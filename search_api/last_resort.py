"""What becomes of an error nobody foresaw: a plain sentence to the client, and to the log where it happened, never with which words."""

import logging
from traceback import extract_tb

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.error_handlers import answer_error

log = logging.getLogger("clinic_search")


class AnswerUnforeseen:
    """Answers 500. Starlette's own handler hands the error on to the server, whose log would hold its message, and that what was asked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; answers it if nothing was answered yet."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:
            log.error("%s: %s", type(error).__name__, describe_place(error))
            if started:
                raise ConnectionAbortedError("The answer could not be finished.") from None
            response = answer_error(Request(scope), 500, "Something went wrong on our side.")
            await response(scope, receive, send)


def describe_place(error: BaseException) -> str:
    """Where an error came from: the functions on its way, without any value."""
    frames = extract_tb(error.__traceback__)
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-6:])
