"""What stands in docstrings, and what is left out of them as noise."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.prose import heading
from bindwright.targets.python import PythonOptions, emit
from bindwright.targets.python.syntax.code import wrap


def test_a_title_that_repeats_the_name_says_nothing() -> None:
    assert heading("Pet", "Pet") == ""
    assert heading("pet shop", "PetShop") == ""
    assert heading("CreatePetRequest", "CreatePetBody") == ""
    assert heading("Haustier", "Pet") == "Haustier"
    assert heading("A pet of the shop", "Pet") == "A pet of the shop"


def test_rows_of_tables_stay_on_their_lines() -> None:
    row = "| " + "word " * 30 + "|"
    assert wrap(f"| A | B |\n{row}", 80) == ["| A | B |", row]


def test_defaults_of_parameters_are_told() -> None:
    api = ir.Api(info=ir.Info(title="t", version="1"))
    api.types["integer"] = ir.Scalar(id="integer", base="integer")
    use = ir.Use(type="integer", default=50, has_default=True)
    parameter = ir.Parameter(name="limit", location="query", use=use, doc="How many.")
    api.operations = [
        ir.Operation(id="GET /a", method="get", path="/a", operation_id="pets", parameters=[parameter])
    ]
    text = emit(api, PythonOptions(package="shop")).files["shop/api/default.py"]
    assert "limit: How many. Default: ``50``." in text
