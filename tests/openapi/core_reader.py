"""A second reader of YAML 1.2's core schema: PyYAML's own constructor with the schema's regular expressions.

It shares libyaml with the readers under test but neither their resolving of scalars nor their building of
values. Keys keep their spelling, as in the loader.
"""

from __future__ import annotations

import re
from typing import Any

import yaml


class CoreLoader(yaml.SafeLoader):
    """SafeLoader with the resolvers of YAML 1.2.2, 10.3.2 and none of YAML 1.1's."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML's own attribute

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Keys as they are spelled."""
        self.flatten_mapping(node)
        return {key.value: self.construct_object(item, deep=True) for key, item in node.value}


def _core_int(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = node.value
    return int(text[2:], 8) if text[:2] == "0o" else int(text[2:], 16) if text[:2] == "0x" else int(text)


def _core_float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))


_SCHEMA = (
    ("null", r"(?:null|Null|NULL|~|)", "~nN\0"),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", "tTfF"),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", "-+0123456789"),
    (
        "float",
        r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))",
        "-+.0123456789",
    ),
    ("merge", r"<<", "<"),
)
for _name, _pattern, _first in _SCHEMA:
    _regexp = re.compile(f"(?:{_pattern})\\Z")
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", _regexp, ["", *_first])
CoreLoader.add_constructor("tag:yaml.org,2002:int", _core_int)
CoreLoader.add_constructor("tag:yaml.org,2002:float", _core_float)
CoreLoader.add_constructor(
    "tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True)
)


def core(text: str) -> Any:
    """The value of one document."""
    return yaml.load(text, CoreLoader)
