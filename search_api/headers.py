"""What every answer tells the browser: load nothing from elsewhere, tell nobody where you come from, keep nothing."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
"""No third party, no referrer that holds a question: https://owasp.org/www-project-secure-headers/."""
DEFAULT_HEADERS = {"cache-control": "no-store", "cross-origin-resource-policy": "same-origin"}
"""For answers that do not say otherwise: what was asked on a shared computer is not for the next person."""
HTTPS_HEADERS = {"strict-transport-security": "max-age=31536000"}
"""Only where the browser came by HTTPS (RFC 6797, https://www.rfc-editor.org/rfc/rfc6797#section-7.2)."""


class AddSecurityHeaders:
    """Adds the headers to every answer, also to errors and refusals."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and the answer back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS | (HTTPS_HEADERS if scope["scheme"] == "https" else {}))
                for name, value in DEFAULT_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
