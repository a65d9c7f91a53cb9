"""Staff say which section answers a question; the lab measures the search by it."""

from os.path import relpath
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from index.judgments import JudgedQuery, judge_answerable, judge_target, read_staff_judgments, target_of
from search_api.dependencies import require_role
from search_api.staff_routes import TheJudgments, TheSearcher, TheStaffDesk
from search_api.staff_search import DeskQuery

router = APIRouter(prefix="/staff", dependencies=[Depends(require_role("staff"))])


class Judgment(DeskQuery):
    """What a press of a judge button says, and the search that it was pressed on. `clear` takes the judgment back."""

    passage_id: str
    grade: Literal["0", "1", "2", "clear"]


class Unanswered(DeskQuery):
    """Whether staff say that no page answers the search."""

    answerable: Literal["no", "clear"]


class Removal(DeskQuery):
    """A judgment of the list that is taken back; without a target, all of this question's."""

    target: str = ""


@router.get("/judgments", response_class=HTMLResponse)
def list_judgments(desk: TheStaffDesk, judgments: TheJudgments) -> HTMLResponse:
    """All that staff have judged."""
    judged = list(reversed(read_staff_judgments(judgments)))
    page = desk.render(
        "staff_judgments.html", desk.texts.say("desk_judgments"), room="/staff/judgments", judged=judged, folder=relpath(judgments)
    )
    return HTMLResponse(page)


@router.post("/judge")
def judge(judgment: Annotated[Judgment, Form()], searcher: TheSearcher, judgments: TheJudgments) -> RedirectResponse:
    """Keeps a grade and goes back to the search. Raises `BadQuery` for a passage that the index does not hold."""
    target = target_of(searcher.passage(judgment.passage_id))
    judge_target(judgments, judgment.q, target, None if judgment.grade == "clear" else int(judgment.grade))
    return RedirectResponse(_back_to(judgment) + f"#judge-{judgment.passage_id}", 303)


@router.post("/judge-unanswered")
def judge_unanswered(judgment: Annotated[Unanswered, Form()], judgments: TheJudgments) -> RedirectResponse:
    """Keeps that no page answers a question, or takes that back."""
    judge_answerable(judgments, judgment.q, None if judgment.answerable == "clear" else False)
    return RedirectResponse(_back_to(judgment) + "#judge-all", 303)


@router.post("/judgments/remove")
def remove_judgment(removal: Annotated[Removal, Form()], judgments: TheJudgments) -> RedirectResponse:
    """Takes judgments back and goes back to the list."""
    known = next((one for one in read_staff_judgments(judgments) if one.text == removal.q), JudgedQuery("", removal.q))
    for target in [removal.target] if removal.target else [*known.relevant]:
        judge_target(judgments, removal.q, target, None)
    if not removal.target:
        judge_answerable(judgments, removal.q, None)
    return RedirectResponse("/staff/judgments", 303)


def _back_to(query: DeskQuery) -> str:
    return DeskQuery(**{name: getattr(query, name) for name in DeskQuery.model_fields}).address()
