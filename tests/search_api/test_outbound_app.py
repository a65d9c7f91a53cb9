"""Serving opens no connection to anywhere. A child process answers every route while an audit hook listens to its sockets.

Staff's and editors' routes are asked as an editor. What lets an editor start a run begins a process of its own; only that is left out here.
"""

import json
import shutil
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
from datetime import date
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
from search_api.access import AccessFile
from search_api.app import create_app
from search_api.dependencies import needed_role
from search_api.settings import Settings

root = Path(sys.argv[1])
_, held = AccessFile(root / "tokens.json").create("editor", "Ana", today=date(2026, 11, 23))
app = create_app(Settings(index=root, model=sys.argv[2], access=root / "tokens.json", rate="1000000/second"))
article = next(iter(app.state.live_index.searcher().articles.values()))
passage = app.state.live_index.searcher().search("session fees", k=1).results[0].hits[0].passage
answered = set()
with TestClient(app, headers={"accept": "text/html"}, follow_redirects=False) as client:
    closed = [route for route in iter_route_contexts(app.routes) if needed_role(route.name, route.path) and route.name != "editor_run"]
    editor = {"authorization": f"Bearer {held}"}
    for route in closed:
        fields = {"q": "session fees", "url": article.url, "passage": passage.passage_id, "passage_id": passage.passage_id,
            "target": passage.url, "grade": "2", "text": "What a session costs. " * 20, "title": "Fees", "query_id": "x"}
        for method in route.methods:
            path = route.path.replace("{name}", "digest.txt")
            if method == "GET":
                answer = client.get(path, params=fields, headers=editor)
            else:
                answer = client.post(path, data=fields, headers=editor)
            assert answer.status_code not in (401, 403) and answer.status_code < 500, (path, answer.status_code)
            answered.add(route.name)
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


CLOSED = {"staff_home", "staff_results_csv", "similar_passages", "page_passport", "draft_report", "judge", "editor_home", "metrics"}


def test_no_route_connects_to_anywhere(small_index: Path, tmp_path: Path):
    seen, answered = listen(shutil.copytree(small_index, tmp_path / "index"), "512")
    assert set(answered) >= PUBLIC_ROUTES | CLOSED
    assert seen == []


def test_nor_does_the_model_that_is_served_by_default(small_site: Site, tmp_path: Path):
    model = Path("var/model").resolve()
    if not (model / "model.json").exists():
        pytest.skip("the served model is not set up here: make install")
    from datetime import date

    build_index(small_site, tmp_path / "index", embedder=load_embedder("onnx_cpu", str(model)), created_on=date(2026, 11, 23))
    seen, answered = listen(tmp_path / "index", model)
    assert set(answered) >= PUBLIC_ROUTES | CLOSED
    assert seen == []
