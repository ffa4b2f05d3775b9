"""Characters as they come: bytes are decoded, line ends are made one, and what nobody sees is left out.

A report's text is made here, once; every position counts characters of the text so made.
"""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from html import unescape

from caregraph.ontology.errors import UnreadableReport

LINE_END_HYPHEN = "\ufffe"  # PDFium's, which texts made by it have too

# Controls, soft hyphens, joiners, zero-width spaces, marks of direction, variation selectors, tags.
_INVISIBLE = (
    "\0-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffc\uffff\U000e0000-\U000e007f"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_HYPHENS = dict.fromkeys("\u2010\u2011\ufe63\uff0d" + LINE_END_HYPHEN, "-")
_DASHES = {"\u2012": "–", "\u2015": "—", "\u2212": "–"}
_SPACES = dict.fromkeys(
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_LIGATURES = dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", "ff fi fl ffi ffl st st".split(), strict=True))
_LETTERS = {**_HYPHENS, **_DASHES, **_SPACES, **_LIGATURES}
_REPLACED = str.maketrans(_LETTERS)
_APOSTROPHES = "ʼ′‛´`＇\ufffd"
_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])[{_APOSTROPHES}](?=[^\W\d_])")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SPECIAL = re.compile(f"[{''.join(_LETTERS)}{_INVISIBLE}{_APOSTROPHES}{_RAISED}\u0300-\u036fÂÃâ]")
_NOTE_FIGURE = re.compile(rf"(?<!\bm)(?<!\dm)(?<!\bkm)(?<=[^\W\d_]|[.,;:?!’”)\]])[{_RAISED}]{{1,3}}")  # but for km²

_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MOST_CONTROLS = 0.01  # of a text's characters
_FEW_CONTROLS = 3  # which a text of any length may have
# A hyphen that Word or a PDF wrote as a control character, or a dash as a soft hyphen.
_CONTROL_HYPHEN = re.compile(r"(?<=\w)[\x02\x1e](?=\w|$)|(?:^|(?<=\s))\xad(?=\s)")
_CONTROL_BULLET = re.compile(r"^([ \t]*)[\x01-\x08\x0e-\x1f](?=[ \t])")
_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

_LINE_END = re.compile(r"\r{1,2}\n|[\r\v\x1c\x1d\x85\u2028\u2029]")
_PARTED = re.compile(r"\xad[ \t]*\n[ \t]*(?=[^\W\d_])")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d?|#\d{1,7}|#x[\da-fA-F]{1,6});")
_LATIN_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
_HIGH = "".join(bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xC0)) + "\x80-\xbf"
# UTF-8 that was taken for Windows-1252: 'â€™' is an apostrophe.
_MISREAD = re.compile(f"[ÂÃ][{_HIGH}]|â[{_HIGH}]{{2}}|â€(?=\\W|$)")


def decode(source: str, content: bytes) -> str:
    """Decode UTF-8, UTF-16 or Windows-1252, which reports come in; a few bytes of another kind are no hindrance.

    Raises:
        UnreadableReport: if the bytes are no text.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    elif encoding := _unmarked_utf16(content):
        text = content.decode(encoding, errors="replace")
    else:
        text = content.decode("utf-8-sig", errors="caregraph-windows-1252")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > max(_FEW_CONTROLS, _MOST_CONTROLS * len(text)):
        raise UnreadableReport(source, "is neither PDF nor HTML nor text in UTF-8, UTF-16 or Windows-1252")
    return text


def _unmarked_utf16(content: bytes) -> str | None:
    """Encoding of UTF-16 without its mark: every other byte of English is 0 in it."""
    sample = content[:1000]
    half = len(sample) // 2
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if half and high.count(0) > 0.7 * half and not low.count(0):
            return encoding
    return None


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("caregraph-windows-1252", _as_windows_1252)


def make_lines(text: str) -> list[str]:
    """Part a text at its line ends, of whatever system; a word that a soft hyphen parts at a line's end is whole.

    >>> make_lines("Chil\\xad\\r\\ndren are seen\\u2028quickly")
    ['Children are seen', 'quickly']
    """
    if _LATIN_CONTROL.search(text):
        text = _read_again(text)
    text = _LINE_END.sub(lambda end: "\n\n" if end[0] == "\u2029" else "\n", text)
    text = re.sub(r"(?<=\n)\f", "", text).replace("\f", "\n")  # a page's end is no paragraph's
    text = _PARTED.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text.split("\n")


def clean(words: str) -> str:
    """Write a line without characters that nobody sees, ligatures as letters, spaces and hyphens of one kind.

    >>> clean("\\u200bchil\\xaddren’s of\\ufb01ce, multi\\u2011agency")
    'children’s office, multi-agency'
    """
    if not _SPECIAL.search(words):
        return words
    words = _TERMINAL_CODE.sub("", _read_again(words))
    words = _CONTROL_BULLET.sub(r"\1•", words)
    words = _CONTROL_HYPHEN.sub("-", words)
    words = _NOTE_FIGURE.sub("", _APOSTROPHE.sub("’", words)).translate(_REPLACED)
    return unicodedata.normalize("NFC", _DROPPED.sub("", words))


def _read_again(text: str) -> str:
    """Read characters as they were meant that an earlier reader took for those of another encoding."""
    text = _MISREAD.sub(lambda match: _as_utf8(match[0]), text)
    return re.sub("[\x80-\x9f]", lambda sign: bytes([ord(sign[0])]).decode("cp1252", errors="ignore"), text)


def _as_utf8(words: str) -> str:
    content = b"".join(bytes([ord(sign)]) if sign < "\u0100" else sign.encode("cp1252") for sign in words)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return "”" if words == "â€" else words


def visible_characters(text: str) -> tuple[str, Sequence[int] | None]:
    """Text of a PDF's page without what nobody sees, and the index that each character had; None if all stay.

    Nothing else is replaced but PDFium's own hyphen, so that a quotation is what the page prints.
    """
    text = text.replace(LINE_END_HYPHEN, "-")
    if not _DROPPED.search(text):
        return text, None
    kept = [index for index, sign in enumerate(text) if not _DROPPED.match(sign)]
    return "".join(text[index] for index in kept), kept
