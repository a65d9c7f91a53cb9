"""The editors' report: what was found, the most pressing first, and what changed since the last run."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from gaps.checks import check_names, run_check
from gaps.context import CheckContext
from gaps.schema import SEVERITIES, Gap, GapReport, Severity, Silence

THIS_WEEK = 5
"""What one editor can do beside the daily work."""
OF_ONE_KIND = 2
"""Of one check, at most this many are shown under "this week": five of a kind hide the others."""


def find_gaps(context: CheckContext, *, checks: Sequence[str] = (), more: Iterable[Gap] = ()) -> list[Gap]:
    """The gaps of a site in the order in which they press, silenced ones left out.

    `checks` names the checks to run, all if empty; `more` are gaps found elsewhere, such as unanswered questions. Raises `UnknownCheck`.
    """
    found = [*more, *(gap for name in checks or check_names() for gap in run_check(name, context))]
    return sort_gaps(gap for gap in found if not is_silenced(gap, context.settings.silences))


def sort_gaps(gaps: Iterable[Gap]) -> list[Gap]:
    """The worst first; of one severity those that visitors ask for most, then those on most pages, then by check and place."""
    return sorted(gaps, key=lambda gap: (SEVERITIES.index(gap.severity), -gap.demand, -len(gap.pages), gap.check, gap.place, gap.subject))


def is_silenced(gap: Gap, silences: Iterable[Silence]) -> bool:
    """Whether an editor has put this gap to rest."""
    return any(_matches(gap, silence) for silence in silences)


def _matches(gap: Gap, silence: Silence) -> bool:
    on_page = not silence.page or any(fnmatchcase(page, silence.page) for page in gap.pages)
    return silence.check in ("*", gap.check) and on_page and (not silence.subject or fnmatchcase(gap.subject, silence.subject))


def make_report(context: CheckContext, *, previous: GapReport | None = None, more: Sequence[Gap] = ()) -> GapReport:
    """The report of this run, compared with the one before: what is new, and what was closed."""
    everything = find_gaps(replace(context, settings=replace(context.settings, silences=())), more=more)
    gaps = [gap for gap in everything if not is_silenced(gap, context.settings.silences)]
    before = {gap.gap_id: gap for gap in previous.gaps} if previous else {}
    still = {gap.gap_id for gap in everything}
    return GapReport(
        day=context.today,
        gaps=tuple(gaps),
        opened=tuple(gap for gap in gaps if gap.gap_id not in before) if previous else (),
        closed=tuple(gap for gap_id, gap in before.items() if gap_id not in still),
        silenced=len(everything) - len(gaps),
        previous_day=previous.day if previous else None,
    )


def this_week(gaps: Sequence[Gap], *, count: int = THIS_WEEK) -> list[Gap]:
    """The few gaps to begin with: the first ones, at most two of each check while other checks have any."""
    taken: Counter[str] = Counter()
    first: list[Gap] = []
    later: list[Gap] = []
    for gap in gaps:
        taken[gap.check] += 1
        (first if taken[gap.check] <= OF_ONE_KIND else later).append(gap)
    return [*first, *later][:count]


def fails(gaps: Iterable[Gap], fail_on: Severity) -> bool:
    """Whether a gap is at least as bad as `fail_on`: what the exit status of a content repository's CI is made of."""
    return any(SEVERITIES.index(gap.severity) <= SEVERITIES.index(fail_on) for gap in gaps)
