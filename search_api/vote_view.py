"""What editors see of the votes: by page, those with the most "no" first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gaps.errors import DamagedLog
from gaps.helpful_votes import HelpfulVotes, count_withheld_votes, read_votes


@dataclass(frozen=True, slots=True)
class VoteView:
    """The votes on each page that may be shown, how many are held back, and what is wrong with their file ("" if nothing is)."""

    pages: Mapping[str, HelpfulVotes] = field(default_factory=dict)
    withheld: int = 0
    problem: str = ""


def load_votes(file: Path, *, distinct_days: int) -> VoteView:
    """What may be shown of this file's votes; a file that cannot be read is told as a problem, not raised."""
    try:
        pages = read_votes(file, distinct_days=distinct_days)
        withheld = count_withheld_votes(file, distinct_days=distinct_days)
    except DamagedLog as error:
        return VoteView(problem=str(error))
    return VoteView(dict(sorted(pages.items(), key=lambda entry: (-entry[1].no, entry[1].yes, entry[0]))), withheld)
