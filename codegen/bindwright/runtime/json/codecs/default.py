"""The table of what compiles what, and the registry that ``json.decode`` and ``json.encode`` use."""

from __future__ import annotations

from bindwright.runtime.json.codecs.lenient_unions import lenient_union_reader
from bindwright.runtime.json.codecs.model_codec import ModelCodec
from bindwright.runtime.json.codecs.read_plans import read_plan
from bindwright.runtime.json.codecs.unions import derived_reader, union_reader, union_writer
from bindwright.runtime.json.encoding.untyped import UntypedWriter
from bindwright.runtime.json.plan.registry import Makers, Registry
from bindwright.runtime.json.settings import COMMON

# A table, not registration by import: an import that looks unused can be deleted without breaking anything.
MAKERS = Makers(
    ModelCodec, union_reader, lenient_union_reader, union_writer, derived_reader, read_plan, UntypedWriter
)
REGISTRY = Registry(MAKERS, documents=COMMON)
"""With the hooks of ``json.converter()``."""
