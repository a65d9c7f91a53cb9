from gaps.checks.duplicate_passage import check

PARAGRAPH = " ".join(f"word{number}" for number in range(40))


def own(name):
    return " ".join(f"{name}{number}" for number in range(80))


def test_a_paragraph_that_stands_on_two_pages_is_found_even_with_a_word_changed(site):
    site.page("/a/", "# A", PARAGRAPH, own("x")).page("/b/", "# B", PARAGRAPH.replace("word39", "other"), own("y"))
    assert [len(gap.pages) for gap in check(site.context())] == [2]


def test_a_short_line_may_repeat(site):
    site.page("/a/", "# A", "Call us today at the front desk.", own("x")).page("/b/", "# B", "Call us today at the front desk.", own("y"))
    assert list(check(site.context())) == []


def test_pages_that_are_copies_are_left_to_their_own_check(site):
    site.page("/a/", "# A", PARAGRAPH, own("x")).page("/b/", "# B", PARAGRAPH, own("x"))
    assert list(check(site.context())) == []


def test_paragraphs_that_the_same_pages_share_are_one_gap(site):
    second = " ".join(f"more{number}" for number in range(30))
    site.page("/a/", "# A", PARAGRAPH, own("x"), second).page("/b/", "# B", PARAGRAPH, own("y"), second)
    (gap,) = check(site.context())
    assert gap.reason.startswith("2 paragraphs stand on 2 pages")


def test_disclaimers_calls_to_act_and_the_author_may_repeat(site):
    tail = " ".join(f"w{number}" for number in range(30))
    lines = (
        f"Important disclaimer: {tail}",
        f"Begin with a free call, a short consultation by phone. {tail}",
        f"Maren Oduya, LMFT is the clinical director here {tail}",
    )
    site.page("/a/", "# A", *lines, own("x")).page("/b/", "# B", *lines, own("y"))
    assert list(check(site.context())) == []
