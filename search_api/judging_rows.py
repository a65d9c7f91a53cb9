"""From results to rows that staff can grade, and from graded rows to judgments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from index.judgments import JudgedQuery, judge_answerable, judge_target, query_id_of, target_of
from index.searcher import Searcher
from search_api.errors import JudgingSheetError
from search_api.judging_sheet import SheetRow


def list_rows(searcher: Searcher, questions: Iterable[str], judged: Mapping[str, JudgedQuery], *, k: int) -> Iterator[SheetRow]:
    """A row for each section that is found, in the order in which visitors see them, with the grades that it has."""
    for question in dict.fromkeys(questions):
        known = judged.get(query_id_of(question), JudgedQuery("", question))
        seen: set[str] = set()
        for result in searcher.search(question, k=k).results:
            for hit in result.hits:
                target = target_of(hit.passage)
                if target not in seen:
                    seen.add(target)
                    section = " > ".join(hit.passage.heading_path)
                    grade = known.relevant.get(target)
                    yield SheetRow(question, result.rank, result.title, section, hit.passage.text, target, grade, known.answerable)


def store_rows(rows: Sequence[SheetRow], folder: Path) -> int:
    """How many grades of these rows were kept."""
    count = 0
    for row in rows:
        if row.grade is not None:
            judge_target(folder, row.query, row.target, row.grade)
            count += 1
    for query, answerable in {row.query: row.answerable for row in rows if row.answerable is not None}.items():
        judge_answerable(folder, query, answerable)
    return count


def refuse_unknown(rows: Iterable[SheetRow], searcher: Searcher, sheet: Path) -> None:
    """Raises `JudgingSheetError` if a grade names a section that the index does not hold."""
    known = {target_of(passage) for passage in searcher.passages}
    strange = next((row.target for row in rows if row.grade is not None and row.target not in known), None)
    if strange:
        raise JudgingSheetError(f"{sheet}: no section of this index has the address {strange}; write the sheet again after a new build.")
