from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from search_api.access import AccessFile, Role
from search_api.app import create_app
from search_api.dependencies import LOOPBACK_ROUTES, PUBLIC_ROUTES, needed_role, require_role
from search_api.doorkeeper import Identity
from search_api.settings import Settings
from search_api.sign_in_routes import own_page

BROWSER = {"accept": "text/html,application/xhtml+xml;q=0.9"}
TODAY = date(2026, 11, 23)


@pytest.fixture
def access(tmp_path: Path) -> AccessFile:
    return AccessFile(tmp_path / "tokens.json")


@pytest.fixture
def app(small_index: Path, tmp_path: Path) -> FastAPI:
    app = create_app(Settings(index=small_index, access=tmp_path / "tokens.json", rate="10000/minute"))

    @app.get("/editor/new")
    def for_editors() -> str:
        return "editors only"

    @app.post("/staff/change")
    def change(identity: Annotated[Identity, Depends(require_role("staff"))]) -> str:
        return identity.token.name

    return app


@pytest.fixture
def browser(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="https://clinic.example", headers=BROWSER, follow_redirects=False) as client:
        yield client


def sign_in(browser: TestClient, access: AccessFile, role: Role = "staff") -> str:
    """The id of the token with which the browser is signed in from now on."""
    token, held = access.create(role, "Ana", today=TODAY)
    assert browser.post("/sign-in", data={"token": held}).status_code == 303
    return token.token_id


def form_mark(app: FastAPI, browser: TestClient) -> str:
    sessions = app.state.doorkeeper.sessions
    return sessions.form_mark(sessions.read(browser.cookies["__Host-clinic_search"], now=datetime.now(UTC)))


def bearer(held: str) -> dict[str, str]:
    return {"authorization": f"Bearer {held}"}


def test_every_route_is_public_by_name_or_refuses_a_stranger_a_browser_and_a_wrong_token(app: FastAPI):
    routes = list(iter_route_contexts(app.routes))
    closed = [route for route in routes if needed_role(route.name, route.path)]
    assert {route.name for route in routes} - {route.name for route in closed} <= PUBLIC_ROUTES
    assert {route.name for route in closed} >= {"staff_home", "editor_home", "sign_out", "metrics", "for_editors"}
    with TestClient(app, follow_redirects=False) as client:
        for route in closed:
            for method in route.methods:
                assert client.request(method, route.path).status_code == 401, route.name
                assert client.request(method, route.path, headers=BROWSER).headers["location"].startswith("/sign-in"), route.name
                assert client.request(method, route.path, headers=bearer("cs_0")).status_code in (401, 429), route.name


def test_only_metrics_answer_to_the_machine_itself(app: FastAPI):
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        assert client.get("/metrics").status_code == 200
        assert client.get("/staff").status_code == 401
    assert {"metrics"} == LOOPBACK_ROUTES


def test_a_public_name_does_not_open_a_path_of_the_staffs():
    assert needed_role("search", "/api/search") is None
    assert needed_role("search", "/staff/search") == "staff"
    assert needed_role("search", "/editor") == "editor"
    assert needed_role("search", "/staffed") is None
    assert needed_role("unheard_of", "/staffed") == "editor"


def test_a_browser_is_sent_to_the_form_and_back_to_the_page_that_it_wanted(browser: TestClient, access: AccessFile):
    asked = browser.get("/editor/new?q=secret")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/editor/new")
    assert 'name="next" value="/editor/new"' in browser.get(asked.headers["location"]).text
    _, held = access.create("editor", "", today=TODAY)
    answer = browser.post("/sign-in", data={"token": f" {held}\n", "next": "/editor/new"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/editor/new")
    assert browser.get("/editor/new").json() == "editors only"


def test_the_cookie_is_for_this_host_for_https_for_no_script_and_for_no_other_site(browser: TestClient, access: AccessFile):
    _, held = access.create("staff", "", today=TODAY)
    cookie = browser.post("/sign-in", data={"token": held}).headers["set-cookie"]
    assert cookie.startswith("__Host-clinic_search=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/", "Max-Age=28800"} <= set(cookie.split("; "))
    assert held not in cookie


def test_on_this_machine_the_cookie_works_without_https(app: FastAPI, access: AccessFile):
    _, held = access.create("staff", "", today=TODAY)
    with TestClient(app, base_url="http://127.0.0.1:8000", headers=BROWSER) as client:
        assert "secure" not in client.post("/sign-in", data={"token": held}, follow_redirects=False).headers["set-cookie"].lower()
        assert client.get("/staff").status_code == 200


def test_a_wrong_token_shows_the_form_again_and_gives_no_cookie(browser: TestClient):
    answer = browser.post("/sign-in", data={"token": "<b>wrong</b>"})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert 'name="token"' in answer.text
    assert "wrong</b>" not in answer.text


def test_staff_see_their_pages_and_not_the_editors(browser: TestClient, access: AccessFile):
    sign_in(browser, access, "staff")
    assert browser.get("/staff").status_code == 200
    assert browser.get("/editor").status_code == 403


def test_editors_see_both(browser: TestClient, access: AccessFile):
    sign_in(browser, access, "editor")
    assert [browser.get(path).status_code for path in ("/staff", "/editor", "/editor/new")] == [200, 200, 200]


def test_revoking_a_token_ends_its_sessions(browser: TestClient, access: AccessFile):
    token_id = sign_in(browser, access)
    access.revoke(token_id)
    assert browser.get("/staff").headers["location"].startswith("/sign-in")


def test_a_script_presents_its_token_with_each_request(app: FastAPI, access: AccessFile):
    token, held = access.create("staff", "nightly", today=TODAY)
    with TestClient(app) as client:
        assert client.post("/staff/change", headers=bearer(held)).json() == "nightly"
        assert client.get("/editor", headers=bearer(held)).status_code == 403
        access.revoke(token.token_id)
        assert client.post("/staff/change", headers=bearer(held)).status_code == 401


def test_a_stranger_without_a_browser_is_told_how_to_identify(app: FastAPI):
    with TestClient(app) as client:
        answer = client.get("/staff")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json() == {"error": "This page is for staff. Please sign in."}


def test_a_change_needs_the_mark_of_its_session(app: FastAPI, browser: TestClient, access: AccessFile):
    sign_in(browser, access)
    assert browser.post("/staff/change").status_code == 403
    assert browser.post("/staff/change", data={"csrf": "x"}).status_code == 403
    mark = form_mark(app, browser)
    assert browser.post("/staff/change", data={"csrf": mark}).json() == "Ana"
    assert browser.post("/staff/change", headers={"x-csrf-token": mark}).json() == "Ana"
    sign_in(browser, access)
    assert browser.post("/staff/change", data={"csrf": mark}).status_code == 403


def test_the_pages_carry_the_mark_in_their_forms(app: FastAPI, browser: TestClient, access: AccessFile):
    sign_in(browser, access)
    assert f'name="csrf" value="{form_mark(app, browser)}"' in browser.get("/staff").text


def test_signing_out_ends_the_session_also_for_a_copy_of_the_cookie(app: FastAPI, browser: TestClient, access: AccessFile):
    sign_in(browser, access)
    copy = browser.cookies["__Host-clinic_search"]
    answer = browser.post("/sign-out", data={"csrf": form_mark(app, browser)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    browser.cookies.clear()
    assert browser.get("/staff", headers={"cookie": f"__Host-clinic_search={copy}"}).status_code == 303


def test_signing_out_needs_the_mark_too(browser: TestClient, access: AccessFile):
    sign_in(browser, access)
    assert browser.post("/sign-out").status_code == 403
    assert browser.get("/staff").status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "https://clinic.example", "sec-fetch-site": "same-site"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "https://clinic.example"}, 303),
        ({"origin": "null"}, 303),
    ],
)
def test_another_site_cannot_sign_anybody_in(browser: TestClient, access: AccessFile, sent: dict[str, str], status: int):
    _, held = access.create("staff", "", today=TODAY)
    assert browser.post("/sign-in", data={"token": held}, headers=sent).status_code == status


@pytest.mark.parametrize(
    "goal",
    [
        "https://evil.example/",
        "//evil.example/staff",
        "/\\evil.example",
        "/",
        "/staff/../..",
        "/staffed",
        "/staff\r\nset-cookie: a=b",
        "",
        "/é",
    ],
)
def test_signing_in_leads_to_no_other_site(browser: TestClient, access: AccessFile, goal: str):
    _, held = access.create("staff", "", today=TODAY)
    assert own_page(goal) == "/staff"
    assert browser.post("/sign-in", data={"token": held, "next": goal}).headers["location"] == "/staff"


def test_who_guesses_is_stopped_and_locks_nobody_else_out(app: FastAPI, access: AccessFile):
    token, held = access.create("staff", "", today=TODAY)
    wrong = f"cs_{token.token_id}_{'x' * 43}"
    with TestClient(app, client=("192.0.2.66", 1)) as guesser:
        tries = [guesser.post("/sign-in", data={"token": wrong}).status_code for _ in range(7)]
        refused = guesser.post("/sign-in", data={"token": held})
    assert tries == [401] * 5 + [429] * 2
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 30 * 60
    with TestClient(app, client=("192.0.2.7", 1), follow_redirects=False) as owner:
        assert owner.post("/sign-in", data={"token": held}).status_code == 303


def test_a_token_in_use_goes_on_working_beside_a_guesser_with_the_same_address(app: FastAPI, access: AccessFile):
    token, held = access.create("staff", "", today=TODAY)
    with TestClient(app) as client:
        assert client.get("/staff", headers=bearer(held)).status_code == 200
        tries = [client.get("/staff", headers=bearer(f"cs_{token.token_id}_{'x' * 43}")).status_code for _ in range(6)]
        assert tries == [401] * 5 + [429]
        assert client.get("/staff", headers=bearer(held)).status_code == 200


def test_a_damaged_token_file_lets_nobody_in_and_names_no_path(app: FastAPI, browser: TestClient, access: AccessFile, tmp_path: Path):
    sign_in(browser, access)
    (tmp_path / "tokens.json").write_bytes(b"{")
    answer = browser.get("/staff", headers={"accept": "application/json"})
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    assert browser.get("/").status_code == 200


def test_pages_of_the_staff_are_not_kept_by_the_browser(browser: TestClient, access: AccessFile):
    sign_in(browser, access)
    assert browser.get("/staff").headers["cache-control"] == "no-store"
