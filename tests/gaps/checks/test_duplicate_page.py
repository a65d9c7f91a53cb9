from gaps.checks.duplicate_page import check

TEXT = "If you live in {} and are looking for a therapist you do not have to drive far. We see adults by video and in our rooms. "
MORE = " ".join(f"Sentence number {number} says something of its own about care and how it goes." for number in range(20))


def test_pages_that_differ_in_a_name_only_are_one_gap(site):
    for town in ("Oakville", "Barrie", "Ajax"):
        site.page(f"/{town}/", f"# Therapy in {town}", TEXT.format(town) + MORE)
    assert [len(gap.pages) for gap in check(site.context())] == [3]


def test_pages_that_share_a_paragraph_are_not_copies(site):
    site.page("/a/", "# A", TEXT.format("Ajax"), "word one two three " * 60).page("/b/", "# B", TEXT.format("Ajax"), MORE)
    assert list(check(site.context())) == []
