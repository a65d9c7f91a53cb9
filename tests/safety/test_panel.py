from datetime import date, timedelta
from importlib.resources import files

import pytest

from safety.panel import PanelError, overdue, read_panel

BUNDLED = files("safety").joinpath("crisis_panel.toml").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_language_offers_call_text_chat_relay_and_emergency(language):
    links = {line.href for line in read_panel().text_for(language).lines}
    assert {"tel:988", "sms:988", "https://988lifeline.org/chat", "tel:711", "tel:911"} <= links


def test_the_clinics_own_line_is_filled_in():
    line = read_panel(clinic_name="Wrenfield", clinic_phone="(541) 555-0142").text_for("en").lines[-1]
    assert (line.label, line.action, line.href) == ("Wrenfield", "Call (541) 555-0142", "tel:5415550142")


def test_without_a_phone_the_clinics_line_is_left_out():
    assert all("{" not in line.action + line.label + line.href for line in read_panel().text_for("es").lines)


def test_an_unknown_language_gets_english():
    panel = read_panel()
    assert panel.text_for("fr") == panel.text_for("en")
    assert panel.text_for("es-MX") == panel.text_for("es")


def test_the_panel_is_overdue_from_the_day_after_its_date():
    panel = read_panel()
    assert not overdue(panel, panel.review_by)
    assert overdue(panel, panel.review_by + timedelta(days=1))
    assert panel.reviewed_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('href = "sms:988"', 'href = "tel:988"', "sms:988"),
        ("press 1", "hold on", "Veterans"),
        ("[es]", "[fr]", r"\[es\]"),
        ('owner = "', 'owner = ""  # "', "owner"),
        ("review_by = 2027-05-23", "review_by = 2020-01-01", "review_by"),
        ('href = "tel:911"', 'href = "javascript:911"', "javascript"),
        ("owner = ", "owner ", "TOML"),
        ("review_by = 2027-05-23", 'review_by = "soon"', "review_by"),
    ],
)
def test_a_panel_that_lacks_something_is_refused_by_name(old, new, message):
    assert old in BUNDLED
    with pytest.raises(PanelError, match=message):
        read_panel(text=BUNDLED.replace(old, new))
