import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.reading_check import check_reading

PIECES = st.sampled_from(
    (
        "<p> </p> <div> </div> <ul> <li> <ol> <sup> </sup> <h1> <h2>References</h2> <table> <tr> <td> <a href=#x> </a> <br> <details> "
        "<summary> <nav> <main> <aside hidden> <script> <!-- --> <dl> <dt> <dd> [1] [2,4-6] .3 word. ¹² & &amp; &#0; 10.1000/x 2019 \\x00 "
        "é 語 <p/ <"
    ).split(" ")
)


@settings(deadline=None)
@given(st.lists(st.one_of(PIECES, st.just(" "), st.just("\n\n")), max_size=60).map("".join))
def test_any_heap_of_markup_is_read_and_keeps_its_offsets(html):
    check_reading(html.encode())


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read(data):
    check_reading(data)


def test_the_check_can_fail():
    with pytest.raises(TypeError):
        check_reading("text")
