from datetime import date
from pathlib import Path

from evaluation.history import append_run, last_run


def test_the_last_run_of_a_data_set_is_found_and_a_damaged_line_passed_over(tmp_path: Path):
    file = tmp_path / "lab" / "history.jsonl"
    assert last_run("retrieval", "", "scifact", file=file) == {}
    for value in (0.7, 0.73):
        append_run("retrieval", "", {"scifact": {"nDCG@10": value}, "other": {"nDCG@10": 0.1}}, day=date(2026, 11, 26), file=file)
    append_run("retrieval", "dev", {"scifact": {"nDCG@10": 0.9}}, day=date(2026, 11, 26), file=file)
    with file.open("a") as lines:
        lines.write('{"kind": "retr\n')
    assert last_run("retrieval", "", "scifact", file=file) == {"nDCG@10": 0.73}
