"""Serving opens no connection to anywhere. A child process answers every public route while an audit hook listens to its sockets."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.builder import build_index
from index.embedders import load_embedder
from ingest.schema import Site
from search_api.dependencies import PUBLIC_ROUTES

CHILD = """
import json, socket, sys
from pathlib import Path

seen = []
LOCAL = {"AF_UNIX"}

def listen(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        if arguments[0].family.name not in LOCAL:
            seen.append(event)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "subprocess.Popen", "os.system"):
        seen.append(event)

sys.addaudithook(listen)

if sys.argv[1] == "trap":
    for act in (lambda: socket.create_connection(("192.0.2.1", 9), timeout=0.01), lambda: socket.getaddrinfo("clinic.invalid", 80)):
        try:
            act()
        except OSError:
            pass
    print(json.dumps([sorted(set(seen)), []]))
    sys.exit()

from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from search_api.app import create_app
from search_api.settings import Settings

root = Path(sys.argv[1])
app = create_app(Settings(index=root, model=sys.argv[2], access=root / "tokens.json"))
answered = set()
with TestClient(app, headers={"accept": "text/html"}) as client:
    for route in iter_route_contexts(app.routes):
        path = route.path.replace("{name}", "search.css")
        for method in route.methods:
            for query in ("", "session fees", "I want to die"):
                if method == "POST" and path.startswith("/api/"):
                    answer = client.post(path, json={"q": query})
                elif method == "POST":
                    answer = client.post(path, data={"q": query, "token": query})
                else:
                    answer = client.get(path, params={"q": query} if query else {})
                if answer.status_code == 200 or (path == "/sign-in" and answer.status_code in (401, 429)):
                    answered.add(route.name)
print(json.dumps([sorted(set(seen)), sorted(answered)]))
"""


def listen(*arguments: str | Path) -> tuple[list[str], list[str]]:
    """What the audit hook heard and which routes answered."""
    child = subprocess.run([sys.executable, "-c", CHILD, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
    assert child.returncode == 0, child.stderr
    seen, answered = json.loads(child.stdout)
    return seen, answered


def test_the_listener_hears_a_connection_and_a_name_that_is_looked_up():
    assert listen("trap") == (["socket.connect", "socket.getaddrinfo"], [])


def test_no_public_route_connects_to_anywhere(small_index: Path):
    seen, answered = listen(small_index, "512")
    assert set(answered) >= PUBLIC_ROUTES
    assert seen == []


def test_nor_does_the_model_that_is_served_by_default(small_site: Site, tmp_path: Path):
    model = Path("var/model").resolve()
    if not (model / "model.json").exists():
        pytest.skip("the served model is not set up here: make install")
    from datetime import date

    build_index(small_site, tmp_path / "index", embedder=load_embedder("onnx_cpu", str(model)), created_on=date(2026, 11, 23))
    seen, answered = listen(tmp_path / "index", model)
    assert set(answered) >= PUBLIC_ROUTES
    assert seen == []
