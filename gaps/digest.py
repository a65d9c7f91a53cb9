"""What an editor is mailed on Monday: this week's five gaps, and what was opened and closed since the last run."""

from email.message import EmailMessage
from email.policy import SMTP

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from gaps.report import this_week
from gaps.schema import SEVERITIES, Gap, GapReport

MOST_LISTED = 15
"""Gaps of a kind (opened, closed) that are listed: the mail is a reminder, the page holds them all."""


def to_digest(report: GapReport) -> str:
    """The digest as plain text, to be mailed or printed."""
    return _render("digest.txt", report)


def to_html_digest(report: GapReport) -> str:
    """The digest as HTML without pictures or scripts, as mail programs show it."""
    return _render("digest.html", report)


def to_mail(report: GapReport) -> str:
    """The digest as a message of text and HTML (RFC 5322) without sender and recipient: `sendmail editor@clinic.example < digest.eml`.

    `X-Unsent` lets a mail program open it as a draft.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{count_of(len(report.gaps), 'gap')} on {report.day.isoformat()}: what to do this week"
    mail["X-Unsent"] = "1"
    mail.set_content(to_digest(report))
    mail.add_alternative(to_html_digest(report), subtype="html")
    return mail.as_string()


def summarise(report: GapReport) -> str:
    """The report in a sentence or two: how many gaps of which kind, and what changed."""
    counts = ", ".join(count_of(sum(gap.severity == severity for gap in report.gaps), severity) for severity in SEVERITIES)
    silenced = f"; {len(report.silenced)} silenced" if report.silenced else ""
    since = f" Since {report.previous_day}: {len(report.opened)} opened, {len(report.closed)} closed." if report.previous_day else ""
    return f"{count_of(len(report.gaps), 'gap')}: {counts}{silenced}.{since}"


def count_of(number: int, noun: str) -> str:
    """The number with its noun, in the plural unless it is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _render(template: str, report: GapReport) -> str:
    changes: list[tuple[str, tuple[Gap, ...]]] = [("Closed since the last run", report.closed), ("New since the last run", report.opened)]
    return _environment.get_template(template).render(
        report=report, summary=summarise(report), week=this_week(report.gaps), changes=changes, most=MOST_LISTED
    )


_environment = Environment(
    loader=PackageLoader("gaps", ""),
    autoescape=select_autoescape(enabled_extensions=("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["one_line"] = lambda text: " ".join(str(text).split())
