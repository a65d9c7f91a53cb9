import pytest

from gaps.checks.old_copyright import check


@pytest.mark.parametrize("text", ["©2023 Pacific Health. All rights reserved.", "Copyright 2019-2025 Clinic", "(c) 2020 Clinic"])
def test_a_copyright_year_of_the_past_is_found(site, text):
    assert len(list(check(site.page("/", "# Home", footer=(text,)).context()))) == 1


@pytest.mark.parametrize("text", ["© 2026 Clinic", "© 2019-2026 Clinic", "© 2019-present Clinic", "Founded in 2014", "© Clinic"])
def test_this_year_and_lines_without_a_year_are_in_order(site, text):
    assert list(check(site.page("/", "# Home", footer=(text,)).context())) == []


def test_one_year_in_several_wordings_is_one_gap(site):
    site.page("/a/", footer=("© 2024 Clinic",)).page("/b/", footer=("© 2024 The Clinic",))
    assert [(gap.subject, len(gap.pages)) for gap in check(site.context())] == [("copyright 2024", 2)]
