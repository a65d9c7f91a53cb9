import gc

import pytest

from ingest.collector import RARELY, collecting_rarely


def test_cycles_are_looked_for_rarely_and_afterwards_as_before():
    before = gc.get_threshold()
    with collecting_rarely():
        assert gc.get_threshold() == RARELY
    assert gc.get_threshold() == before


def test_an_error_changes_nothing_for_those_who_come_after():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), collecting_rarely():
        raise ValueError("broken")
    assert gc.get_threshold() == before
