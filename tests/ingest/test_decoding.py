import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.decoding import decode_page

UMLAUT = "Fünf Übungen gegen Ängste"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-1", "utf-16-le", "shift_jis"])
def test_a_charset_in_the_http_header_is_used(encoding):
    text = "テスト" if encoding == "shift_jis" else UMLAUT
    assert decode_page(f"<p>{text}".encode(encoding), encoding).text == f"<p>{text}"


def test_a_byte_order_mark_outweighs_the_header():
    assert decode_page(b"\xef\xbb\xbf" + UMLAUT.encode(), "iso-8859-1").text == UMLAUT


def test_a_meta_tag_is_read_where_the_header_is_silent():
    data = '<meta charset="iso-8859-2"><p>Zażółć gęślą jaźń'.encode("iso-8859-2")
    assert decode_page(data).text.endswith("Zażółć gęślą jaźń")


def test_iso_8859_1_means_windows_1252_as_in_browsers():
    assert decode_page(b"<p>\x93quoted\x94", "iso-8859-1").text == "<p>“quoted”"


def test_undeclared_bytes_that_are_no_utf8_are_windows_1252():
    decoded = decode_page(UMLAUT.encode("windows-1252"))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (UMLAUT, "windows-1252", 0)


def test_utf8_declared_as_latin_1_is_read_as_utf8():
    assert decode_page(f'<meta charset="iso-8859-1">{UMLAUT}'.encode()).text.endswith(UMLAUT)


def test_latin_1_declared_as_utf8_is_read_as_windows_1252():
    assert decode_page(UMLAUT.encode("windows-1252"), "utf-8").text == UMLAUT


def test_a_stray_broken_byte_in_utf8_is_replaced_and_counted():
    decoded = decode_page(f"{UMLAUT} \xff".encode() + b"\xff", "utf-8")
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)
    assert decoded.text.startswith(UMLAUT)


@pytest.mark.parametrize("label", ["utf-7", "hex", "no-such-charset", "rot13", "\x00", "ü", "undefined", "idna"])
def test_a_label_that_no_browser_knows_is_ignored(label):
    assert decode_page(b"<p>plain", label).text == "<p>plain"


def test_zero_bytes_are_dropped():
    assert decode_page(b"<p>a\x00b").text == "<p>ab"


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "gb2312", "big5", "euc-kr", "x"]))
def test_no_bytes_are_fatal(data, charset):
    assert "\x00" not in decode_page(data, charset).text
