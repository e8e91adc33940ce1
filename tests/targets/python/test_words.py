"""Words of names in any script."""

from __future__ import annotations

import pytest
from bindwright.targets.naming import words
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "snake", "pascal"),
    [
        ("größe", "größe", "Größe"),
        ("AuftragsÜbersicht", "auftrags_übersicht", "AuftragsÜbersicht"),
        ("übersichtID", "übersicht_id", "ÜbersichtID"),
        ("ΗλεκτρονικήΔιεύθυνση", "ηλεκτρονική_διεύθυνση", "ΗλεκτρονικήΔιεύθυνση"),
        ("путьКФайлу", "путь_к_файлу", "ПутьКФайлу"),
        ("e\u0301te\u0301", "été", "Été"),
        ("हिन्दी शब्द", "हिन्दी_शब्द", "हिन्दीशब्द"),
        ("宠物-名前", "宠物_名前", "宠物名前"),
        ("OAuth2Schlüssel", "oauth2_schlüssel", "OAuth2Schlüssel"),
        ("straße12", "straße12", "Straße12"),
    ],
)
def test_words_end_where_case_changes_or_punctuation_stands(text: str, snake: str, pascal: str) -> None:
    assert words.snake(text) == snake
    assert words.pascal(text) == pascal


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Nd", "Pd", "Zs"]), max_size=30))
def test_words_are_parts_of_the_text_that_fit_identifiers(text: str) -> None:
    for word in words.words(text):
        assert ("a" + word).isidentifier()


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_other_scripts_are_split_like_ascii(text: str) -> None:
    """The same capitals in Cyrillic letters have the same borders."""
    plain = "".join(letter for letter in text if letter.isalpha() or letter in "-_ ")
    cyrillic = "".join(
        chr(ord("а") + (ord(letter) - ord("a"))) if letter.islower()
        else chr(ord("А") + (ord(letter) - ord("A"))) if letter.isupper()
        else letter
        for letter in plain
    )  # fmt: skip
    if not any(known in plain for known in ("OAuth", "GraphQL", "GitHub", "IPv", "iOS", "macOS", "DevOps")):
        ascii_words = list(words.words(plain))
        if not any(word[:-1].isupper() and word.endswith("s") for word in ascii_words):  # IDs, URLs
            assert list(map(len, words.words(cyrillic))) == list(map(len, ascii_words))
