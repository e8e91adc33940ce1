"""The table of errors in the documentation is what happens, and both clients do the same."""

from __future__ import annotations

from tests.http import error_table


def test_the_page_of_errors_is_what_both_clients_do() -> None:
    rows = error_table.run()
    assert {fault: outcomes for fault, outcomes in rows.items() if outcomes[0] != outcomes[1]} == {}
    assert error_table.PAGE.read_text("utf-8") == error_table.page(rows)
