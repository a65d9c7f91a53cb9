import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from gaps.helpful_votes import add_vote, helpful_votes_of
from gaps.question_log import append_questions
from gaps.radar_store import last_run, load_radar, report_folder
from index.searcher import Searcher
from search_api.access import AccessFile
from search_api.app import create_app
from search_api.gap_commands import report_gaps
from search_api.question_writer import question_log_of
from search_api.settings import Settings

TODAY = date(2026, 11, 23)
HOSTILE = '"><img src=x onerror=zyxq()> tinnitus'
VIEWS = ("/editor", "/editor/gaps", "/editor/coverage", "/editor/questions")


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    """An index of this test alone: runs are written into its folder."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))


@pytest.fixture
def app(index: Path, tmp_path: Path) -> FastAPI:
    return create_app(Settings(index=index, access=tmp_path / "tokens.json"))


@pytest.fixture
def editor(app: FastAPI, tmp_path: Path) -> Iterator[TestClient]:
    _, held = AccessFile(tmp_path / "tokens.json").create("editor", "Ana", today=TODAY)
    with TestClient(app, base_url="https://clinic.example", follow_redirects=False) as client:
        assert client.post("/sign-in", data={"token": held}).status_code == 303
        yield client


@pytest.fixture
def run(index: Path) -> None:
    """A run over the small site, with a log in which somebody asked something hostile on many days."""
    rows = [(HOSTILE, date(2026, 11, day), 0.0) for day in range(10, 20)]
    append_questions(question_log_of(index), rows, scrub=str)
    report_gaps(Searcher.open(index), index, today=TODAY)


def test_before_the_first_run_every_page_says_how_to_begin(editor: TestClient):
    for view in VIEWS:
        answer = editor.get(view)
        assert answer.status_code == 200
        assert "There is no report yet" in answer.text
        assert "Check the site now" in answer.text


@pytest.mark.usefixtures("run")
def test_the_first_page_shows_this_weeks_gaps_with_place_evidence_and_advice(editor: TestClient):
    page = editor.get("/editor").text
    assert "Checked on November 23, 2026" in page
    assert "Marker 2 has no entry in the reference list" in page
    assert 'href="https://clinic.example/therapies/ipt/' in page
    assert "Add entry 2 to the list" in page
    assert "[[gaps.silences]]" in page


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("view", [*VIEWS, "/editor/gaps?by=page", "/editor/gaps?by=topic&severity=error"])
def test_hostile_words_of_visitors_and_pages_are_shown_escaped(editor: TestClient, view: str):
    page = editor.get(view).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


@pytest.mark.usefixtures("run")
def test_what_visitors_ask_is_shown_with_its_cause(editor: TestClient):
    page = editor.get("/editor/questions").text
    assert "&#34;&gt;&lt;img src=x onerror=zyxq()&gt; tinnitus" in page
    assert "Not covered" in page


@pytest.mark.usefixtures("run")
def test_gaps_can_be_kept_to_a_severity_and_to_one_check(editor: TestClient):
    errors = editor.get("/editor/gaps?severity=error").text
    assert "Missing reference" in errors
    assert "notice</span>" not in errors
    assert "A reference number in the text has no entry" in editor.get("/editor/gaps?only=missing_reference").text
    assert "There are no such gaps" in editor.get("/editor/gaps?only=nonsense").text


@pytest.mark.usefixtures("run")
def test_a_cell_of_the_matrix_leads_to_the_passage_behind_it(editor: TestClient):
    page = editor.get("/editor/coverage?matrix=questions&topic=Interpersonal+Psychotherapy&column=how+long").text
    assert "How long does Interpersonal Psychotherapy take?" in page
    assert "% sure that this answers" in page


@pytest.mark.usefixtures("run")
def test_files_are_saved_and_charts_are_shown(editor: TestClient, index: Path):
    saved = editor.get("/editor/files/gaps.csv")
    assert saved.headers["content-disposition"] == 'attachment; filename="gaps.csv"'
    folder = last_run(report_folder(index))
    assert folder is not None
    assert saved.content == (folder / "gaps.csv").read_bytes()
    chart = editor.get("/editor/files/coverage-light.svg")
    assert (chart.headers["content-type"], "content-disposition" in chart.headers) == ("image/svg+xml", False)


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("name", ["radar.json", "..%2FLATEST", "nothing.csv"])
def test_no_other_file_can_be_asked_for(editor: TestClient, name: str):
    assert editor.get(f"/editor/files/{name}").status_code == 404


@pytest.mark.parametrize("query", ["by=colour", "severity=bad", "matrix=reloaded"])
def test_an_unknown_choice_is_refused(editor: TestClient, query: str):
    path = "/editor/coverage" if "matrix" in query else "/editor/gaps"
    assert editor.get(f"{path}?{query}").status_code == 422


@pytest.mark.usefixtures("run")
def test_a_damaged_report_is_told_and_not_raised(editor: TestClient, index: Path):
    folder = last_run(report_folder(index))
    assert folder is not None
    (folder / "radar.json").write_text("{half")
    answer = editor.get("/editor")
    assert answer.status_code == 200
    assert "the next run starts anew" in answer.text


def test_staff_and_strangers_see_nothing_of_it(app: FastAPI, tmp_path: Path):
    _, held = AccessFile(tmp_path / "tokens.json").create("staff", "Bo", today=TODAY)
    with TestClient(app) as client:
        for path in (*VIEWS, "/editor/files/gaps.csv"):
            assert client.get(path).status_code == 401
            assert client.get(path, headers={"authorization": f"Bearer {held}"}).status_code == 403


def test_a_run_is_begun_from_our_own_page_only_and_its_report_appears(editor: TestClient, app: FastAPI, index: Path):
    assert editor.post("/editor/runs").status_code == 403
    sessions = app.state.doorkeeper.sessions
    mark = sessions.form_mark(sessions.read(editor.cookies["__Host-clinic_search"], now=datetime.now(UTC)))
    assert editor.post("/editor/runs", data={"csrf": mark}).headers["location"] == "/editor"
    assert "The site is being checked since" in editor.get("/editor").text
    deadline = time.monotonic() + 60
    while app.state.gap_runner.running_since() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert app.state.gap_runner.failure() == ""
    assert load_radar(report_folder(index)) is not None
    assert "Check the site now" in editor.get("/editor").text


def vote(index: Path, page: str, *, days: int, helpful: bool = False) -> None:
    for day in range(days):
        add_vote(helpful_votes_of(index), page, "related", helpful=helpful, day=date(2026, 11, 1 + day))


@pytest.mark.usefixtures("run")
def test_votes_are_shown_by_page_under_the_rule_of_the_question_log(editor: TestClient, index: Path):
    vote(index, "https://clinic.example/therapies/ipt/", days=5)
    vote(index, "https://clinic.example/therapies/ipt/", days=1, helpful=True)
    vote(index, "https://clinic.example/fees/", days=4)
    page = editor.get("/editor/questions").text
    section = page[page.index('id="helpful"') :]
    assert re.search(r"Interpersonal Psychotherapy \(IPT\)</a></th>\s*<td[^>]*>1</td><td[^>]*>5</td><td[^>]*>17 %</td>", section)
    assert "Fees" not in section
    assert "4 votes are held back" in section


def test_a_page_with_a_few_votes_is_held_back_in_its_passport_too(editor: TestClient, index: Path):
    vote(index, "https://clinic.example/fees/", days=4)
    assert "found it helpful" not in editor.get("/staff/page", params={"url": "https://clinic.example/fees/"}).text
    vote(index, "https://clinic.example/fees/", days=5)
    assert "0 found it helpful, 9 did not" in editor.get("/staff/page", params={"url": "https://clinic.example/fees/"}).text


@pytest.mark.usefixtures("run")
def test_votes_stand_beside_the_pages_that_are_nearest_to_a_question(editor: TestClient, index: Path):
    for path in ("therapies/ipt/", "therapies/emdr/", "fees/", "es/terapia/"):
        vote(index, f"https://clinic.example/{path}", days=6)
    page = editor.get("/editor/questions").text
    assert "(0 of 6 found this page helpful)" in page[: page.index('id="helpful"')]


def test_a_file_of_votes_that_is_damaged_is_told_and_the_page_stays(editor: TestClient, index: Path):
    helpful_votes_of(index).write_text("no database, but a text that is long enough to be one" * 20)
    answer = editor.get("/editor/questions")
    assert answer.status_code == 200
    assert "move it away" in answer.text
