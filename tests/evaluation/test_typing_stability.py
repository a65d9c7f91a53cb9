import pytest

from evaluation.typing_stability import settled_at


@pytest.mark.parametrize(("firsts", "share"), [("aaaa", 0.25), ("abbb", 0.5), ("abab", 1.0), ("bbab", 1.0), ("abbbbbbbbb", 0.2)])
def test_a_list_is_settled_after_its_first_page_changed_for_the_last_time(firsts: str, share: float):
    assert settled_at([(first,) for first in firsts]) == share
