"""Whether the service holds: every route refuses whom it should, and no request of its own document makes it fail.

`python -m evaluation robustness var/index`. Nothing listens: the application is asked in this process, over a copy of the index.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemathesis
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Err

from evaluation.load import Tell
from index.generations import CURRENT, current_generation
from search_api.access import AccessFile
from search_api.app import create_app
from search_api.dependencies import needed_role
from search_api.settings import Settings

CASES = 30
"""Requests made up for each operation of the document and each kind of client."""
UNLIMITED = "1000000/second"


def measure_robustness(index: Path, *, cases: int = CASES, tell: Tell = sys.stderr.write) -> dict[str, int]:
    """Counts of what was tried on a server of this index, and of what it should not have done.

    `routes`: pairs of a path and a method; `public` and `closed` of them. `let_in`: closed ones that did not refuse a stranger, a browser
    and a wrong token. `operations` and `cases`: of our OpenAPI document, asked by schemathesis as a stranger and as an editor;
    `server_errors`: answers of 500 and above. The last count of the three is 0 or the service is broken.
    """
    with copied(index) as copy:
        access = copy.parent / "tokens.json"
        _, held = AccessFile(access).create("editor", "robustness", today=datetime.now(UTC).date())
        app = create_app(Settings(index=copy, access=access, rate=UNLIMITED))
        walked = walk_routes(app)
        asked, failed = Counter[str](), Counter[str]()
        for client in ({}, {"authorization": f"Bearer {held}"}):
            tell(f"asking all operations as {'an editor' if client else 'a stranger'}\n")
            ask_document(app, client, cases=cases, asked=asked, failed=failed)
        app.state.gap_runner.stop()
    return walked | {"operations": len(asked), "cases": asked.total(), "server_errors": failed.total()}


def walk_routes(app: FastAPI) -> dict[str, int]:
    """Every route of the application by every method: how many there are, and how many closed ones let somebody in."""
    counts = Counter[str]({"routes": 0, "public": 0, "closed": 0, "let_in": 0})
    with TestClient(app, follow_redirects=False) as client:
        for route in iter_route_contexts(app.routes):
            path = route.path or ""
            closed = needed_role(route.name or "", path) is not None
            for method in route.methods or ():
                counts.update(["routes", "closed" if closed else "public"])
                counts["let_in"] += closed and not all(_is_refused(client, method, path, headers) for headers in STRANGERS)
    return dict(counts)


STRANGERS: tuple[Mapping[str, str], ...] = ({}, {"accept": "text/html"}, {"authorization": "Bearer cs_0"})


def _is_refused(client: TestClient, method: str, path: str, headers: Mapping[str, str]) -> bool:
    answer = client.request(method, path, headers=dict(headers))
    return answer.status_code in (401, 403, 429) or (answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"))


def ask_document(app: FastAPI, headers: Mapping[str, str], *, cases: int, asked: Counter[str], failed: Counter[str]) -> None:
    """Asks what is made up from the application's own OpenAPI document; `asked` counts it by operation, `failed` what got a 500."""
    document = schemathesis.openapi.from_dict(app.openapi())
    document.app = app
    for found in document.get_all_operations():
        if isinstance(found, Err):
            raise found.err()
        operation = found.ok()

        @settings(max_examples=cases, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case[Any]) -> None:
            label = f"{case.operation.method.upper()} {case.operation.path}"
            asked[label] += 1
            failed[label] += case.call(headers=dict(headers)).status_code >= 500

        ask()


@contextmanager
def copied(index: Path) -> Iterator[Path]:
    """A copy of the generation that answers now, as an index of its own: what editors' requests write stays out of the real one."""
    generation = current_generation(index)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "index"
        shutil.copytree(generation, copy / generation.name)
        shutil.copy(index / CURRENT, copy / CURRENT)
        yield copy
