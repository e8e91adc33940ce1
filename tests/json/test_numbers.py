"""Numbers out of range are refused at their place, in both formats and by both paths."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import define, field
from bindwright.runtime import Model, json, root, wire, xml
from bindwright.runtime.errors import DecodeError, EncodeError


@define(kw_only=True)
class Numbers(Model):
    __wire__ = root("Numbers")

    ratio: float | None = field(default=None, metadata=wire("ratio", format="double"))
    price: Decimal | None = field(default=None, metadata=wire("price", format="decimal"))
    text: Decimal | None = field(default=None, metadata=wire("text", format="decimal", quoted=True))


SETTINGS = [json.Settings(), json.Settings(speculate=False)]


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize(
    "number", ["1e6146", "-1E-6146", "1e99999999999", "0e99999999999999999999", "5e-9999999"]
)
def test_an_exponent_that_would_fill_the_memory(number: str, settings: json.Settings) -> None:
    for name, written in (("price", number), ("text", f'"{number}"')):
        with pytest.raises(DecodeError, match="6145 places") as caught:
            json.decode(f'{{"{name}":{written}}}', Numbers, settings=settings)
        assert caught.value.path == f"$.{name}"


@pytest.mark.parametrize("number", ["1e6145", "1E-6145", "1.50e3", "-0", "12345678901234567890.123456789"])
def test_others_are_exact(number: str) -> None:
    value = json.decode(f'{{"price":{number}}}', Numbers)
    assert value.price == Decimal(number)
    assert xml.decode(xml.encode(value), Numbers) == value


@pytest.mark.parametrize(
    ("number", "plain"),
    [("1e2", "100"), ("-1.50E1", "-15.0"), ("1e-9", "0.000000001"), ("0e3", "0"), ("0E-8", "0.00000000")],
)
def test_decimals_are_written_without_an_exponent(number: str, plain: str) -> None:
    for name, written, expected in (("price", number, plain), ("text", f'"{number}"', f'"{plain}"')):
        value = json.decode(f'{{"{name}":{written}}}', Numbers)
        assert f'"{name}":{expected}' in json.encode(value).decode()


def test_a_decimal_that_would_fill_the_memory_is_not_written() -> None:
    for number in ("1E+6146", "1E-6146", "0E-999999"):
        with pytest.raises(EncodeError, match="6145 places"):
            json.encode(Numbers(price=Decimal(number)))


@pytest.mark.parametrize("number", ["1e400", "-1E+309"])
def test_beyond_a_double(number: str) -> None:
    with pytest.raises(DecodeError) as caught:
        xml.decode(f"<Numbers><ratio>{number}</ratio></Numbers>", Numbers)
    assert caught.value.path == "/Numbers/ratio"
    with pytest.raises(DecodeError):
        json.decode(f'{{"ratio":{number}}}', Numbers)
    assert xml.decode("<Numbers><ratio>-INF</ratio></Numbers>", Numbers).ratio == float("-inf")


@pytest.mark.parametrize("type_", [list[float], dict[str, float], float, list[float | None]])
def test_an_integer_that_is_no_double_is_written_as_it_was_read(type_: object) -> None:
    digits = b"1" + b"0" * 400
    text = {float: digits, dict[str, float]: b'{"a":%s}' % digits}.get(type_, b"[%s]" % digits)  # type: ignore[call-overload]
    assert json.encode(json.decode(text, type_), type_) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("digits", ["9007199254740993", "-12345678901234567890", "1" + "0" * 400])
def test_a_whole_number_keeps_its_digits_in_both_formats(digits: str) -> None:
    value = json.decode(f'{{"ratio":{digits}}}', Numbers)
    document = xml.encode(value)
    assert f"<ratio>{digits}</ratio>".encode() in document
    for _ in range(3):
        assert xml.decode(document, Numbers).ratio == int(digits)
    assert json.encode(xml.decode(document, Numbers)) == json.encode(value)
