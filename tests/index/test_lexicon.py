from collections import Counter

import pytest

from index.lexical import STOP_WORDS, find_stems, stem
from index.lexicon import LexiconEntry, parse_lexicon, read_lexicon
from index.vocabulary import LONGEST_FORM


def test_a_line_is_an_entry_and_a_remark_is_none():
    assert parse_lexicon(["# said", "", "means\tshrink\tpsychiatrist\town"]) == [LexiconEntry("means", "shrink", "psychiatrist")]


def test_a_line_of_another_shape_is_named():
    with pytest.raises(ValueError, match="Line 2"):
        parse_lexicon(["", "means\tshrink"])


def test_no_form_is_too_long_to_be_found():
    assert [entry.form for entry in read_lexicon() if len(find_stems(entry.form)) > LONGEST_FORM] == []


def test_no_entry_is_there_twice():
    rows = Counter((entry.kind, entry.form, entry.meaning) for entry in read_lexicon())
    assert [row for row, count in rows.items() if count > 1] == []


def test_no_plain_form_is_a_stop_word_by_its_stem():
    """The stem of "overeating" is "over"."""
    stops = {(stem(word),) for word in STOP_WORDS}
    assert [entry.form for entry in read_lexicon() if entry.kind in ("means", "same") and tuple(find_stems(entry.form)) in stops] == []
