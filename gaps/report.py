"""The editors' report: what was found, the most pressing first, and what changed since the last run."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from gaps.checks import check_names, run_check
from gaps.context import CheckContext
from gaps.schema import SEVERITIES, Gap, GapReport, Severity, Silence, SilencedGap

THIS_WEEK = 5
"""What one editor can do beside the daily work."""
WRITING = frozenset({"unanswered_question", "empty_cell"})
"""Kinds of gaps that call for new text; all others call for mending what is there."""
OF_THE_NETWORK = frozenset({"external_link", "retracted_reference"})
"""Checks that look only where the network is asked for."""
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


def silence_for(gap: Gap) -> str:
    """The lines of `clinic.toml` that put this gap, and no other, to rest once a reason is written into them."""
    page = "" if gap.site_wide or not gap.pages else f"page = {_toml_text(gap.pages[0])}\n"
    subject = f"subject = {_toml_text(gap.subject)}\n"
    return f'[[gaps.silences]]\ncheck = "{gap.check}"\n{page}{subject}reason = ""\n'


def _toml_text(text: str) -> str:
    """A pattern that matches the text alone, as a TOML string: JSON's escapes are TOML's (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(re.sub(r"([*?[])", r"[\1]", text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _reason(gap: Gap, silences: Iterable[Silence]) -> str:
    """The reason of the first silence that covers the gap, "" if there is none."""
    return next((silence.reason for silence in silences if _matches(gap, silence)), "")


def _matches(gap: Gap, silence: Silence) -> bool:
    on_page = not silence.page or any(fnmatchcase(page, silence.page) for page in gap.pages)
    return silence.check in ("*", gap.check) and on_page and (not silence.subject or fnmatchcase(gap.subject, silence.subject))


def make_report(context: CheckContext, *, previous: GapReport | None = None, more: Sequence[Gap] = ()) -> GapReport:
    """The report of this run, compared with the one before: what is new, and what was closed."""
    more = [*more, *_not_looked_at(context, previous)]
    everything = find_gaps(replace(context, settings=replace(context.settings, silences=())), more=more)
    silenced = [SilencedGap(gap, reason) for gap in everything if (reason := _reason(gap, context.settings.silences))]
    quiet = {one.gap.gap_id for one in silenced}
    gaps = [gap for gap in everything if gap.gap_id not in quiet]
    before = {gap.gap_id: gap for gap in previous.gaps} if previous else {}
    still = {gap.gap_id for gap in everything}
    return GapReport(
        day=context.today,
        gaps=tuple(gaps),
        opened=tuple(gap for gap in gaps if gap.gap_id not in before) if previous else (),
        closed=tuple(gap for gap_id, gap in before.items() if gap_id not in still),
        silenced=tuple(silenced),
        previous_day=previous.day if previous else None,
    )


def _not_looked_at(context: CheckContext, previous: GapReport | None) -> list[Gap]:
    """What the last run found on the network, if this one does not look: nobody has closed it."""
    if context.reached is not None or previous is None:
        return []
    return [gap for gap in previous.gaps if gap.check in OF_THE_NETWORK]


def this_week(gaps: Sequence[Gap], *, count: int = THIS_WEEK) -> list[Gap]:
    """The few gaps to begin with: the worst, of equals one of each check before a second; at most two of a check while others have any.

    If the site has something to write, one of them is that: a desk that only mends never gets to it.
    """
    nth: Counter[str] = Counter()
    ranked: list[tuple[bool, int, int, Gap]] = []
    for gap in gaps:
        nth[gap.check] += 1
        ranked.append((nth[gap.check] > OF_ONE_KIND, SEVERITIES.index(gap.severity), nth[gap.check], gap))
    chosen = [gap for *_, gap in sorted(ranked, key=lambda one: one[:3])][:count]
    to_write = next((gap for gap in gaps if gap.check in WRITING), None)
    if to_write is None or any(gap.check in WRITING for gap in chosen):
        return chosen
    return [*chosen[: count - 1], to_write]


def fails(gaps: Iterable[Gap], fail_on: Severity) -> bool:
    """Whether a gap is at least as bad as `fail_on`: what the exit status of a content repository's CI is made of."""
    return any(SEVERITIES.index(gap.severity) <= SEVERITIES.index(fail_on) for gap in gaps)
