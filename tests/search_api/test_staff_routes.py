import csv
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.judgments import judgments_of, read_staff_judgments
from search_api.access import AccessFile
from search_api.app import create_app
from search_api.settings import Settings
from search_api.staff_search import DeskQuery, type_label

IPT = "https://clinic.example/therapies/ipt/"
TRAUMA = "Interpersonal psychotherapy can help people with PTSD without exposure"


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    """The small index under a name of its own, so that what is judged of it lands in this test's folder."""
    link = tmp_path / "index"
    link.mkdir()
    for part in small_index.iterdir():
        (link / part.name).symlink_to(part)
    return link


@pytest.fixture
def staff(index: Path, tmp_path: Path) -> Iterator[TestClient]:
    _, held = AccessFile(tmp_path / "tokens.json").create("staff", "Ana", today=date(2026, 11, 23))
    app = create_app(Settings(index=index, access=tmp_path / "tokens.json"))
    with TestClient(app, headers={"authorization": f"Bearer {held}", "accept": "text/html"}) as client:
        yield client


def rows(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.removeprefix("\ufeff"))))


def test_a_search_shows_score_reasons_and_what_visitors_get(staff: TestClient):
    page = staff.get("/staff", params={"q": TRAUMA}).text
    assert "Visitors get an answer" in page
    assert "Meaning, best 90 words" in page
    assert "Why here" in page


def test_staff_see_which_pages_the_clinics_file_hides_and_why(index: Path, tmp_path: Path):
    file = tmp_path / "clinic.toml"
    file.write_text("[[hidden]]\nurl = 'https://clinic.example/fees/'\nreason = 'prices change in May'\n")
    _, held = AccessFile(tmp_path / "tokens.json").create("staff", "Ana", today=date(2026, 11, 23))
    app = create_app(Settings(index=index, access=tmp_path / "tokens.json", site=file))
    with TestClient(app, headers={"authorization": f"Bearer {held}", "accept": "text/html"}) as staff:
        for page in (staff.get("/staff", params={"q": "fees"}), staff.get("/staff/page", params={"url": "https://clinic.example/fees/"})):
            assert (page.status_code, "prices change in May" in page.text) == (200, True)


def test_a_missing_reference_is_shown_to_staff_and_not_to_visitors(staff: TestClient):
    assert "The text cites it, the list has no such entry." in staff.get("/staff", params={"q": TRAUMA}).text
    staff.headers.pop("authorization")
    visitor = staff.post("/api/search", json={"q": TRAUMA, "explain": True}).json()["results"][0]
    assert [one["marker"] for one in visitor["passage"]["references"]] == ["1"]
    assert "explain" not in visitor


def test_the_api_explains_to_staff_who_ask(staff: TestClient):
    asked = staff.post("/api/search", json={"q": TRAUMA, "explain": True}).json()["results"][0]
    assert asked["explain"]["lexical"] == pytest.approx(sum(asked["explain"]["terms"].values()), abs=0.01)
    assert "explain" not in staff.post("/api/search", json={"q": TRAUMA}).json()["results"][0]


def test_a_wrong_token_is_refused_even_where_none_is_needed(staff: TestClient):
    wrong = {"authorization": "Bearer cs_0123456789ab_" + "x" * 43, "accept": "application/json"}
    assert staff.post("/api/search", json={"q": TRAUMA}, headers=wrong).status_code == 401


def test_results_can_be_kept_to_a_language(staff: TestClient):
    page = staff.get("/staff", params={"q": "terapia interpersonal", "language": "es"}).text
    assert "/es/terapia/" in page
    assert "/therapies/ipt/" not in page


def test_nothing_to_search_for_is_told_and_not_an_error(staff: TestClient):
    assert staff.get("/staff", params={"q": "   "}).status_code == 200
    answer = staff.get("/staff", params={"q": "\u200b"})
    assert answer.status_code == 422
    assert "The query is empty" in answer.text


def test_results_are_saved_as_a_spreadsheet(staff: TestClient):
    answer = staff.get("/staff/results.csv", params={"q": TRAUMA})
    assert answer.headers["content-disposition"] == 'attachment; filename="search-results.csv"'
    first = rows(answer.text)[0]
    assert first["title"] == "Interpersonal Psychotherapy (IPT)"
    assert (first["missing references"], first["reviewed"]) == ("2", "2026-03-01")


def test_stored_markup_stays_text(staff: TestClient):
    page = staff.get("/staff", params={"q": "individual session dollars"}).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_similar_passages_of_a_passage_leave_itself_out(staff: TestClient):
    passage = staff.post("/api/search", json={"q": TRAUMA}).json()["results"][0]["passage"]["passage_id"]
    page = staff.get("/staff/similar", params={"passage": passage}).text
    assert f"passage={passage}" not in page
    assert "word for word" in page


def test_an_unknown_passage_or_page_is_told(staff: TestClient):
    assert staff.get("/staff/similar", params={"passage": "0" * 16}).status_code == 422
    assert staff.get("/staff/page", params={"url": "https://clinic.example/gone/"}).status_code == 422


def test_a_search_keeps_its_filters_in_its_address():
    query = DeskQuery(q="sleep & mood", section="blog", show=30)
    assert query.address() == "/staff?q=sleep+%26+mood&section=blog&show=30"
    assert query.address(q="x", show=10) == "/staff?q=x&section=blog"


def test_a_type_of_page_is_written_in_words():
    assert type_label("MedicalWebPage") == "Medical web page"


def test_a_judgment_is_kept_shown_and_taken_back(staff: TestClient, index: Path):
    passage = staff.post("/api/search", json={"q": TRAUMA}).json()["results"][0]["passage"]["passage_id"]
    press = {"q": TRAUMA, "passage_id": passage, "grade": "2"}
    answer = staff.post("/staff/judge", data=press, follow_redirects=False)
    assert answer.headers["location"].endswith(f"#judge-{passage}")
    (kept,) = read_staff_judgments(judgments_of(index))
    assert kept.relevant == {f"{IPT}#post-traumatic-stress-disorder-(ptsd)": 2}
    assert 'value="clear" aria-pressed="true"' in staff.get("/staff", params={"q": TRAUMA}).text
    staff.post("/staff/judge", data=press | {"grade": "clear"})
    assert read_staff_judgments(judgments_of(index)) == []


def test_nothing_answers_is_kept_and_listed(staff: TestClient, index: Path):
    staff.post("/staff/judge-unanswered", data={"q": "xylophones", "answerable": "no"})
    assert [one.answerable for one in read_staff_judgments(judgments_of(index))] == [False]
    assert "xylophones" in staff.get("/staff/judgments").text
    staff.post("/staff/judgments/remove", data={"q": "xylophones"})
    assert read_staff_judgments(judgments_of(index)) == []


def test_a_grade_that_is_none_is_refused(staff: TestClient, index: Path):
    assert staff.post("/staff/judge", data={"q": TRAUMA, "passage_id": "x", "grade": "9"}).status_code == 422
    assert read_staff_judgments(judgments_of(index)) == []


def test_a_form_of_another_site_changes_nothing(index: Path, tmp_path: Path):
    _, held = AccessFile(tmp_path / "tokens.json").create("staff", "Ana", today=date(2026, 11, 23))
    with TestClient(create_app(Settings(index=index, access=tmp_path / "tokens.json")), base_url="https://clinic.example") as browser:
        browser.post("/sign-in", data={"token": held})
        assert browser.post("/staff/judge-unanswered", data={"q": "forged", "answerable": "no"}).status_code == 403
        assert browser.post("/staff/draft", data={"title": "forged"}).status_code == 403
    assert read_staff_judgments(judgments_of(index)) == []


def test_the_passport_tells_states_of_references_dates_and_sections(staff: TestClient):
    page = staff.get("/staff/page", params={"url": IPT}).text
    assert page.count('class="state listed"') == 1
    assert page.count('class="state missing"') == 1
    assert "March 1, 2026" in page
    assert "the page does not say" in page
    assert "Post-Traumatic Stress Disorder (PTSD)" in page


def test_the_pages_are_listed_filtered_and_saved(staff: TestClient):
    assert staff.get("/staff/pages", params={"q": "emdr"}).text.count('scope="row"') == 1
    listed = rows(staff.get("/staff/pages.csv", params={"sort": "title"}).text)
    assert [row["title"] for row in listed] == ["EMDR", "Fees", "Interpersonal Psychotherapy (IPT)", "Terapia interpersonal"]
    assert next(row for row in listed if "IPT" in row["title"])["missing"] == "1"


def test_a_draft_that_copies_a_page_is_recognised_and_its_words_marked(staff: TestClient):
    text = "Interpersonal psychotherapy is a short therapy that works on relationships. It was first tested in 1974."
    page = staff.post("/staff/draft", data={"title": "Short therapies", "text": text}).text
    assert "Yes. “Interpersonal Psychotherapy (IPT)” already says most of this." in page
    assert "<mark>Interpersonal psychotherapy is a short therapy" in page


def test_a_draft_on_something_new_is_told_so(staff: TestClient):
    page = staff.post(
        "/staff/draft", data={"title": "", "text": "Tomatoes ripen late on shaded balconies unless pruned every second week."}
    ).text
    assert "No. Our pages say nothing like it." in page


def test_an_empty_draft_is_told_and_a_hostile_one_stays_text(staff: TestClient):
    assert staff.post("/staff/draft", data={"title": " "}).status_code == 422
    page = staff.post("/staff/draft", data={"text": "</textarea><script>alert(1)</script> " + "word " * 3000}).text
    assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/staff", "/staff/draft", "/staff/pages", "/staff/repeated", "/staff/judgments"])
def test_every_room_speaks_spanish(staff: TestClient, path: str):
    page = staff.get(path, headers={"accept-language": "es"}).text
    assert '<html lang="es">' in page
    assert 'aria-current="page"' in page


def test_a_spreadsheet_of_no_question_is_refused(staff: TestClient):
    assert staff.get("/staff/results.csv").status_code == 422


def test_an_overdue_crisis_panel_is_told_on_every_page_for_staff_with_its_owner(index: Path, tmp_path: Path):
    bundled = files("safety").joinpath("crisis_panel.toml").read_text("utf-8")
    own = "[crisis]\n" + bundled.replace("\n[en]", "\n[crisis.en]").replace("\n[es]", "\n[crisis.es]").replace("2026-11-23", "2019-11-23")
    (tmp_path / "clinic.toml").write_text(re.sub("review_by = .*", "review_by = 2020-05-23", own), "utf-8")
    _, held = AccessFile(tmp_path / "tokens.json").create("staff", "Ana", today=date(2026, 11, 23))
    app = create_app(Settings(index=index, access=tmp_path / "tokens.json", site=tmp_path / "clinic.toml"))
    staff = TestClient(app, headers={"authorization": f"Bearer {held}", "accept": "text/html"})
    for path in ("/staff", "/staff/pages"):
        page = staff.get(path).text
        assert "should have been reviewed by May 23, 2020" in page
        assert "Clinical director" in page
    assert "reviewed by May" not in TestClient(app).get("/").text
