from hypothesis import given
from hypothesis import strategies as st

from gaps.near_duplicates import find_shingles, group_near_duplicates, resemblance

TEXT = " ".join(f"w{number}" for number in range(100))


def test_resemblance_is_the_jaccard_of_four_word_runs():
    first, second = find_shingles("a b c d e"), find_shingles("a b c d f")
    assert resemblance(first, second) == 1 / 3


def test_a_text_and_its_copy_with_a_word_changed_are_one_group():
    texts = [TEXT, "other words " * 30, TEXT.replace("w50", "x")]
    assert group_near_duplicates([find_shingles(text) for text in texts], threshold=0.8) == [[0, 2]]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=8, max_size=14), max_size=12))
def test_every_text_that_equals_an_earlier_one_is_grouped_with_it(lists):
    texts = [" ".join(words) for words in lists]
    groups = group_near_duplicates([find_shingles(text) for text in texts], threshold=1.0)
    grouped = {at: number for number, group in enumerate(groups) for at in group}
    for at, text in enumerate(texts):
        earlier = texts.index(text)
        assert earlier == at or grouped[at] == grouped[earlier]


def test_a_thousand_copies_are_compared_with_the_first_only():
    assert [len(group) for group in group_near_duplicates([find_shingles(TEXT)] * 1000, threshold=0.9)] == [1000]
