import pytest

from gaps.schema import band_of


@pytest.mark.parametrize(
    ("confidence", "band"), [(1.0, "high"), (2 / 3, "high"), (0.66, "medium"), (1 / 3, "medium"), (0.33, "low"), (0.0, "low")]
)
def test_a_confidence_falls_into_one_of_three_bands(confidence, band):
    assert band_of(confidence) == band


def test_a_gap_of_a_page_is_another_one_on_another_page(make_gap):
    assert make_gap().gap_id != make_gap(pages=("https://clinic.example/b/",)).gap_id


def test_a_site_wide_gap_stays_the_same_when_its_first_page_is_mended(make_gap):
    assert make_gap(site_wide=True).gap_id == make_gap(site_wide=True, pages=("https://clinic.example/b/",)).gap_id


def test_rewording_a_reason_does_not_make_a_new_gap(make_gap):
    assert make_gap().gap_id == make_gap(reason="Said otherwise.", severity="error").gap_id
