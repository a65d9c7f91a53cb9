from collections import Counter
from pathlib import Path

from fastapi import FastAPI, HTTPException

from evaluation.robustness import ask_document, measure_robustness, walk_routes


def test_no_request_of_our_document_makes_the_service_fail_and_no_closed_route_lets_a_stranger_in(small_index: Path):
    before = sorted(small_index.rglob("*"))
    counts = measure_robustness(small_index, cases=10, tell=list[str]().append)
    assert (counts["server_errors"], counts["let_in"]) == (0, 0)
    assert counts["routes"] == counts["public"] + counts["closed"] >= 35
    assert counts["operations"] == counts["routes"]
    assert counts["cases"] > 5 * counts["operations"]
    assert sorted(small_index.rglob("*")) == before


def test_a_route_that_fails_and_one_that_lets_anybody_in_are_counted():
    app = FastAPI(openapi_url=None)

    @app.get("/staff/open")
    def leak(number: int) -> None:
        raise HTTPException(500)

    app.router.routes[:] = [route for route in app.routes if getattr(route, "name", "") == "leak"]
    assert walk_routes(app) == {"routes": 1, "public": 0, "closed": 1, "let_in": 1}
    asked, failed = Counter[str](), Counter[str]()
    ask_document(app, {}, cases=20, asked=asked, failed=failed)
    assert 0 < failed["GET /staff/open"] <= asked["GET /staff/open"]
