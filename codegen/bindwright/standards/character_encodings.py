"""Names of character encodings that IANA registers and Python knows under another name."""

from __future__ import annotations

_PYTHON_NAMES = {
    "windows-31j": "cp932", "cswindows31j": "cp932", "ms_kanji": "cp932", "windows-874": "cp874",
    "windows-936": "gbk", "windows-949": "cp949", "iso-8859-6-e": "iso8859-6", "iso-8859-6-i": "iso8859-6",
    "iso-8859-8-e": "iso8859-8", "iso-8859-8-i": "iso8859-8", "gb_2312-80": "gb2312", "cseuckr": "euc_kr",
    "cseucpkdfmtjapanese": "euc_jp", "extended_unix_code_packed_format_for_japanese": "euc_jp",
}  # fmt: skip


def python_name(name: str) -> str:
    """The name under which Python has a registered encoding; other names as they are, in lower case."""
    name = name.lower()
    return _PYTHON_NAMES.get(name, name)
