import pytest

from gaps.errors import BadGapSettings
from gaps.schema import Silence
from gaps.settings import GapSettings, read_gap_settings


def test_a_clinic_without_a_table_has_the_defaults():
    assert read_gap_settings({"name": "Clinic"}) == GapSettings()


def test_limits_and_silences_are_read():
    table = {"review_months": 24, "silences": [{"check": "thin_page", "page": "*/light-therapy/", "reason": "being written"}]}
    expected = GapSettings(review_months=24, silences=(Silence("thin_page", "being written", "*/light-therapy/"),))
    assert read_gap_settings({"gaps": table}) == expected


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"review_month": 24}, "no setting 'review_month'"),
        ({"review_months": "often"}, "review_months"),
        ({"silences": [{"check": "thin_page"}]}, "reason"),
        ({"silences": [{"check": "thin_page", "reason": " "}]}, "needs a reason"),
    ],
)
def test_what_cannot_be_used_is_named(table, message):
    with pytest.raises(BadGapSettings, match=message):
        read_gap_settings({"gaps": table})
