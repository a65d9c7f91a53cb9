import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search_api.errors import PortTaken
from search_api.server import bind_port

BODY = json.dumps({"q": "fees"}).encode()
HEAD = b"POST /api/search HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: %d\r\n\r\n"


@pytest.fixture
def server(small_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A served index in a process of its own, and its port."""
    port = free_port()
    monkeypatch.setenv("CLINIC_SEARCH_ACCESS", str(tmp_path / "tokens.json"))
    command = [sys.executable, "-m", "search_api", "serve", "--index", str(small_index), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            wait_until_it_listens(process, port)
            yield process, port
        finally:
            process.kill()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_listens(process: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(process.communicate()[1])


def read_all(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_request_under_way_is_answered_before_the_server_ends(server: tuple[subprocess.Popen[str], int]):
    process, port = server
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as connection:
        connection.sendall(HEAD % len(BODY) + BODY[:5])
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None
        connection.sendall(BODY[5:])
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["query"] == "fees"
    assert process.wait(20) in (0, -signal.SIGTERM)


def test_nothing_that_was_asked_is_written_to_the_servers_own_log(server: tuple[subprocess.Popen[str], int]):
    process, port = server
    for request in (
        b"GET /api/search?q=pterodactyl HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET /pterodactyl?q=pterodactyl HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET /?q=pterodactyl NONSENSE pterodactyl\r\n\r\n",
        HEAD % 13 + b'{"pterodactyl',
    ):
        with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as connection:
            connection.sendall(request)
            assert read_all(connection)
    process.send_signal(signal.SIGTERM)
    said = "".join(process.communicate(timeout=20))
    assert "pterodactyl" not in said


def test_a_port_that_is_taken_is_told_with_what_to_do():
    with closing(bind_port("127.0.0.1", 0)) as listening:
        listening.listen()
        with pytest.raises(PortTaken, match="--port"):
            bind_port("127.0.0.1", listening.getsockname()[1])
