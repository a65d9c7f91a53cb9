"""The process that listens."""

import socket
from collections.abc import Callable

import uvicorn

from search_api.app import create_app
from search_api.errors import PortTaken
from search_api.settings import Settings

SHUTDOWN_SECONDS = 10
"""How long requests under way may take to end once the server was told to stop."""


def run_server(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serves until it is told to stop. No access log: it would hold what people asked."""
    listening = bind_port(settings.host, settings.port)
    application = create_app(settings)
    announce(f"Search page: http://{settings.host}:{settings.port}/  (stop with Ctrl+C)")
    config = uvicorn.Config(
        application, access_log=False, log_level="warning", timeout_graceful_shutdown=SHUTDOWN_SECONDS, server_header=False
    )
    uvicorn.Server(config).run(sockets=[listening])


def bind_port(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"Port {port} on {host} is taken or not allowed; choose another one with --port (or make run PORT=8080)."
        ) from error
    return listening
