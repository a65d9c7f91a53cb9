"""The search service as a real server in a thread, for browsers that look at it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from search_api.app import create_app
from search_api.server import bind_port
from search_api.settings import Settings

START_SECONDS = 60
"""How long a server may take to start before something is wrong; on a busy machine it takes twenty seconds."""


@contextmanager
def serve_in_background(settings: Settings) -> Iterator[str]:
    """The address, on a free port of this machine, of a service that runs until the block ends."""
    listening = bind_port("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), access_log=False, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        _wait_for(server)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


def _wait_for(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The server did not start within {START_SECONDS} seconds.")
        time.sleep(0.02)
