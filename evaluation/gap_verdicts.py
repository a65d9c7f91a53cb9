"""False alarms, counted by eye: gaps of real sites that a person has read, each called right or false.

The sites may not be copied, so the file holds hashes of gaps and no words of them. Of the checks with few gaps all were read, of the others
a random sample. A gap that the checks no longer report is not counted, nor is one that nobody has read.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from csv import DictReader
from importlib.resources import files
from typing import Any

from scipy.stats import binomtest

from gaps.schema import Gap


def read_verdicts(site: str) -> dict[str, bool]:
    """Of the gaps of this site that were read, by id: whether it was a false alarm."""
    lines = files("evaluation").joinpath("gap_verdicts.tsv").read_text("utf-8").splitlines()
    return {row["gap_id"]: row["verdict"] == "false" for row in DictReader(lines, delimiter="\t") if row["site"] == site}


def score_verdicts(verdicts: Mapping[str, bool], gaps: Sequence[Gap], *, detail: bool) -> Mapping[str, Any]:
    """The share of false alarms among the gaps that were read, with Wilson's interval at 95 %; by check with `detail`."""
    read = [(gap.check, verdicts[gap.gap_id]) for gap in gaps if gap.gap_id in verdicts]
    if not read:
        return {}
    false = sum(is_false for _, is_false in read)
    interval = binomtest(false, len(read)).proportion_ci(method="wilson")
    figures: dict[str, Any] = {
        "read": len(read),
        "false_alarms": false / len(read),
        "false_alarms_from": interval.low,
        "false_alarms_to": interval.high,
    }
    if detail:
        by_check = Counter(check for check, _ in read)
        false_by_check = Counter(check for check, is_false in read if is_false)
        figures["false_of_read"] = {check: f"{false_by_check[check]}/{count}" for check, count in sorted(by_check.items())}
    return figures
