"""Character encodings: those that IANA registers under a name that Python does not know, and what is none."""

from __future__ import annotations

import codecs
from functools import lru_cache

_PYTHON_NAMES = {
    "ms_kanji": "cp932", "gb_2312-80": "gb2312", "mac": "mac_roman", "csmacintosh": "mac_roman",
    "extended_unix_code_packed_format_for_japanese": "euc_jp", "cseucpkdfmtjapanese": "euc_jp",
    "pc-multilingual-850+euro": "cp858", "ebcdic-us-37+euro": "cp1140", "latin-9": "iso8859-15",
    **dict.fromkeys(("iso-ir-149", "ks_c_5601-1989", "ksc_5601", "csksc56011987"), "euc_kr"),
    **{f"iso{dash}8859-{part}-{how}": f"iso8859-{part}" for dash in "-_" for part in (6, 8) for how in "ei"},
    **{f"csiso8859{part}{how}": f"iso8859-{part}" for part in (6, 8) for how in "ei"},
    **{f"csiso8859{part}": f"iso8859-{part}" for part in (13, 14, 15, 16)},
    **{f"{kind}{page:05}": f"cp{page}" for kind in ("ibm", "ccsid", "cp", "csibm") for page in (858, 1140)},
    **{f"cswindows{page}": f"cp{page}" for page in (874, *range(1250, 1259))},
    "windows-874": "cp874", "windows-936": "gbk", "windows-949": "cp949",
    "windows-31j": "cp932", "cswindows31j": "cp932",
    **{f"cs{name}": name for name in (
        "tis620", "gb2312", "gbk", "gb18030", "kz1048", "utf8", "utf16", "utf32", "big5hkscs",
    )},
    "cseuckr": "euc_kr", "csiso2022jp2": "iso2022_jp_2", "cskoi8u": "koi8_u", "cshproman8": "hp_roman8",
    "csutf7": "utf-7", **{f"csutf{size}{end}": f"utf-{size}-{end}" for size in (16, 32) for end in ("le", "be")},
}  # fmt: skip
_OF_OTHER_THINGS = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "charmap")
)
"""Codecs of Python for names of hosts, for literals and for mistakes: texts, yet in no character encoding."""


def python_name(name: str) -> str:
    """The name under which Python has a registered encoding; other names as they are, in lower case."""
    name = name.lower()
    return _PYTHON_NAMES.get(name, name)


@lru_cache(128)
def codec_name(name: str) -> str | None:
    """The name of Python's codec for a character encoding; None for what is none, or is not known.

    ``hex``, ``zip`` and their like turn bytes into bytes: a header must not choose to inflate a body.
    """
    try:
        codec = codecs.lookup(python_name(name))
    except (LookupError, ValueError):  # ValueError: a null character in the name
        return None
    return codec.name if codec._is_text_encoding and codec.name not in _OF_OTHER_THINGS else None
