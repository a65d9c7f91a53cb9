from datetime import date
from email import message_from_string

from gaps.digest import MOST_LISTED, summarise, to_digest, to_html_digest, to_mail
from gaps.schema import GapReport, SilencedGap

TODAY, BEFORE = date(2026, 11, 23), date(2026, 11, 16)
HOSTILE = "<script>alert(1)</script>\r\nBcc: x@y.example"


def test_the_digest_names_what_was_closed_and_opened(make_gap):
    report = GapReport(TODAY, (make_gap(),), (make_gap(subject="new one"),), (make_gap(subject="old one"),), previous_day=BEFORE)
    for digest in (to_digest(report), to_html_digest(report)):
        assert "1 opened, 1 closed" in digest
        assert digest.index("old one") < digest.index("new one")


def test_a_quiet_week_says_so():
    assert "Nothing was found" in to_digest(GapReport(TODAY, ()))


def test_a_long_list_is_cut_and_counted(make_gap):
    opened = tuple(make_gap(subject=f"number {at}") for at in range(MOST_LISTED + 3))
    assert "and 3 more" in to_digest(GapReport(TODAY, opened, opened, previous_day=BEFORE))


def test_hostile_text_is_escaped_in_html_and_stays_on_its_line_in_text(make_gap):
    report = GapReport(TODAY, (make_gap(subject=HOSTILE, place="javascript:alert(1)"),))
    assert "<script>" not in to_html_digest(report)
    assert 'href="javascript' not in to_html_digest(report)
    assert "\nBcc:" not in to_digest(report)


def test_the_mail_holds_text_and_html_and_no_header_of_a_strangers(make_gap):
    mail = message_from_string(to_mail(GapReport(TODAY, (make_gap(subject=HOSTILE),))))
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert mail["Subject"] == "1 gap on 2026-11-23: what to do this week"
    assert mail["Bcc"] is None


def test_the_summary_counts_in_words(make_gap):
    report = GapReport(TODAY, (make_gap(severity="error"),), silenced=(SilencedGap(make_gap(), "ours"),))
    assert summarise(report) == "1 gap: 1 error, 0 warnings, 0 notices; 1 silenced."
