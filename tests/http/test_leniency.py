"""Deviations are noted beside values, and go when the values go."""

from __future__ import annotations

import pickle

from bindwright.runtime import Deviation, deviations, leniency

from tests.http.shop import Pet

WRONG = (Deviation("$.Age", "an integer", '"old"'),)


def test_of_a_model() -> None:
    pet = Pet(name="Rex")
    assert leniency.record(pet, WRONG) is pet
    assert deviations(pet) == WRONG
    assert deviations(Pet(name="Rex")) == ()
    assert leniency.latest() == WRONG
    leniency.forget()
    assert leniency.latest() == ()


def test_of_lists_and_maps() -> None:
    pet = leniency.attach(Pet(name="Rex"), WRONG)
    assert deviations([pet, Pet(name="Tom")]) == WRONG
    assert deviations({"a": [pet]}) == WRONG
    numbers = leniency.record([1, "2"], (Deviation("$[1]", "an integer", '"2"'),))
    assert numbers == [1, "2"]
    assert deviations(numbers) == (Deviation("$[1]", "an integer", '"2"'),)


def test_a_scalar_has_none_but_they_are_recorded() -> None:
    assert leniency.record("x", WRONG) == "x"
    assert deviations("x") == ()
    assert leniency.latest() == WRONG


def test_they_do_not_outlive_the_value() -> None:
    before = len(leniency._of_objects)
    pet = leniency.attach(Pet(name="Rex"), WRONG)
    assert len(leniency._of_objects) == before + 1
    del pet
    assert len(leniency._of_objects) == before


def test_a_deviation_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(WRONG)) == WRONG
    assert str(WRONG[0]) == 'expected an integer, found "old" - at $.Age'
