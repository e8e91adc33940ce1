"""``python -m tools.changes_page``: writes ``docs/reference/changes.md`` from the rules of `bindwright diff`."""

from __future__ import annotations

from pathlib import Path

from bindwright.changes.rules import RULES

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "changes.md"
_LETTERS = {"none": "–", "compatible": "C", "risky": "R", "breaking": "B"}
_HEAD = """# Kinds of change

What [`bindwright diff`](../how-to/changes.md) knows. **B** breaking: something that followed the old document can fail
or lose data. **R** risky: it depends on what the other side does. **C** compatible. **–** not felt. Where an old client
gets no error, the change is marked *silent*. The columns of JSON and XML are for who asks and for who reads the answer;
a change is only judged where its part is in a message, and in XML only where the API speaks it. Forms, texts, parameters
and headers are text, and judged in both formats. Of two reasons the first is for who asks, the second for who reads the
answer. The column of the binding says what such a change mostly means to callers of the package; what it means to yours
is the difference of the surfaces of the two packages.

| kind | JSON ask | JSON answer | XML ask | XML answer | binding | why |
| --- | --- | --- | --- | --- | --- | --- |
"""


def text() -> str:
    """The page."""
    rows = [
        f"| `{rule.kind}` | "
        + " | ".join(_LETTERS[level] for level in rule.levels)
        + f" | {rule.reason}{f' / {rule.answer_reason}' if rule.answer_reason else ''}{f'; {rule.xml_reason}' if rule.xml_reason else ''}{' (*silent*)' if rule.silent else ''} |"
        for rule in RULES.values()
    ]
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
