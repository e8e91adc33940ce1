"""What generated code imports: models' wire facts, codecs for JSON and XML, and the HTTP client."""

from bindwright.runtime.model import UNSET, Model, Unset
from bindwright.runtime.resolve import describe
from bindwright.runtime.wire import Checks, Choice, Entries, Wire, Xml, at, root, wire

__all__ = [
    "UNSET",
    "Checks",
    "Choice",
    "Entries",
    "Model",
    "Unset",
    "Wire",
    "Xml",
    "at",
    "describe",
    "root",
    "wire",
]
