"""Bytes to text, as a browser would read them and a little more forgiving."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from dataclasses import dataclass

from bs4.dammit import EncodingDetector

BYTE_ORDER_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))

WHATWG_NAMES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What browsers mean by these labels (https://encoding.spec.whatwg.org/#names-and-labels), in Python's codec names."""

NOT_FOR_THE_WEB = frozenset({"utf-7", "utf-32", "utf-32-le", "utf-32-be", "idna", "punycode", "undefined", "mbcs"})
"""Codecs that browsers refuse, because they were used to smuggle scripts or are no character sets."""

MULTIBYTE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as text: the encoding that was used and how many characters had to be replaced."""

    text: str
    encoding: str
    replaced: int


def decode_page(data: bytes, declared_charset: str = "") -> Decoded:
    """The text of a document in the encoding a browser would choose; NUL characters are dropped, nothing is ever fatal.

    Byte order mark, HTTP charset, `<meta>` declaration, then UTF-8 or windows-1252
    (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding). A declaration that the bytes
    contradict loses: text that is valid multi-byte UTF-8 is UTF-8 whatever it says, and text that is mostly not UTF-8 is windows-1252.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    return _decode(data, _choose_encoding(data, declared_charset))


def _choose_encoding(data: bytes, declared_charset: str) -> str:
    declared = _known_codec(declared_charset) or _known_codec(_declared_inside(data))
    if declared.startswith("utf-16") and data[:2000].count(0) < len(data[:2000]) // 4:
        declared = "utf-8"  # the prescan of the standard: a page whose ASCII could be read is not UTF-16
    if declared in {"", "utf-8", "cp1252"}:
        return "utf-8" if _is_mostly_utf8(data) else "cp1252"
    return declared


def _declared_inside(data: bytes) -> str:
    return EncodingDetector.find_declared_encoding(data[:8192], is_html=True, search_entire_document=True) or ""


def _known_codec(label: str) -> str:
    """Python's name for an encoding label, "" if browsers do not know it."""
    try:
        name = lookup(label.strip().strip("\"'")).name if label.isascii() else ""
    except (LookupError, ValueError):
        return ""
    return "" if name in NOT_FOR_THE_WEB or not _decodes_text(name) else WHATWG_NAMES.get(name, name)


def _decodes_text(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name), str)
    except (LookupError, UnicodeError):  # "hex", "rot13": codecs, but of bytes to bytes or text to text
        return name.startswith("utf-16")


def _is_mostly_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return len(MULTIBYTE_UTF8.findall(data)) > data.decode("utf-8", "replace").count("\ufffd")
    return True


def _decode(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    replaced = text.count("\ufffd") - data.count("\ufffd".encode()) * (encoding == "utf-8")
    return Decoded(text.replace("\x00", ""), encoding.replace("cp1252", "windows-1252"), max(replaced, 0))
