import httpx2
import pytest

from gaps.link_probe import find_retractions, is_public, probe_link, probe_links
from gaps.schema import Reached

PAGE = "https://elsewhere.example/page"


def client(answer):
    return httpx2.Client(transport=httpx2.MockTransport(answer))


def answers(status, **headers):
    return client(lambda request: httpx2.Response(status, headers=headers))


@pytest.mark.parametrize(
    ("status", "fate"),
    [(200, "alive"), (404, "dead"), (410, "dead"), (403, "blocked"), (429, "blocked"), (503, "blocked"), (500, "unknown")],
)
def test_dead_is_told_from_blocked_and_from_trouble(status, fate):
    assert probe_link(PAGE, answers(status)).fate == fate


def test_a_challenge_is_not_a_page_that_is_alive():
    assert probe_link(PAGE, answers(200, **{"cf-mitigated": "challenge"})).fate == "blocked"


def test_a_page_that_only_refuses_to_show_its_head_is_alive():
    assert probe_link(PAGE, client(lambda request: httpx2.Response(405 if request.method == "HEAD" else 200))).fate == "alive"


@pytest.mark.parametrize(
    ("status", "target", "fate"),
    [(301, "/new", "moved"), (308, "/new", "moved"), (302, "/new", "alive"), (301, "https://www.elsewhere.example/page/", "alive")],
)
def test_a_page_has_moved_if_it_is_elsewhere_for_good(status, target, fate):
    def answer(request):
        first = request.url.path == "/page" and request.url.host == "elsewhere.example"
        return httpx2.Response(status, headers={"location": target}) if first else httpx2.Response(200)

    assert probe_link(PAGE, client(answer)).fate == fate


def test_a_redirect_to_a_page_that_is_gone_is_dead():
    def answer(request):
        return httpx2.Response(301, headers={"location": "/new"}) if request.url.path == "/page" else httpx2.Response(404)

    assert probe_link(PAGE, client(answer)) == Reached("dead", "https://elsewhere.example/new", "404")


def test_a_circle_of_redirects_comes_to_an_end():
    assert probe_link(PAGE, answers(302, location="/page")).fate == "alive"


@pytest.mark.parametrize(
    ("error", "fate"), [("[Errno -2] Name or service not known", "dead"), ("Connection refused", "unknown"), ("timed out", "unknown")]
)
def test_a_host_that_nobody_knows_is_dead_and_one_that_does_not_answer_is_not(error, fate):
    def answer(request):
        raise httpx2.ConnectError(error)

    assert probe_link(PAGE, client(answer)).fate == fate


def test_each_address_is_asked_once_and_none_of_this_house():
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx2.Response(200)

    found = probe_links([PAGE, PAGE, "http://127.0.0.1/", "http://printer.local/", "mailto:x@y.example"], client(answer))
    assert (list(found), asked) == ([PAGE], [PAGE])


def test_a_redirect_into_the_house_is_not_followed():
    def answer(request):
        assert request.url.host == "elsewhere.example"
        return httpx2.Response(302, headers={"location": "http://169.254.169.254/secrets"})

    assert probe_link(PAGE, client(answer)).fate == "alive"


@pytest.mark.parametrize(
    ("url", "public"), [("http://10.0.0.1/", False), ("http://8.8.8.8/", True), ("ftp://a.example/", False), ("http://nas/", False)]
)
def test_what_is_public(url, public):
    assert is_public(url) is public


def test_a_retraction_is_known_by_its_notice_and_a_correction_is_none():
    def answer(request):
        doi = request.url.params["filter"].removeprefix("updates:")
        kind = {"10.1/a": "retraction", "10.1/b": "correction"}.get(doi)
        items = [{"DOI": "10.1/notice", "update-to": [{"DOI": doi.upper(), "type": kind}]}] if kind else []
        return httpx2.Response(200, json={"message": {"items": items}}) if doi != "10.1/broken" else httpx2.Response(500)

    assert find_retractions(["10.1/A", "10.1/b", "10.1/c", "10.1/broken"], client(answer)) == {"10.1/a": "10.1/notice"}
