"""Unions: what tells their alternatives apart, in JSON and in XML."""

from __future__ import annotations

from typing import Any

from bindwright.ir import model as ir
from bindwright.ir.walks import is_of_any_type
from bindwright.targets.typescript.models.codecs import Codecs, Scope
from bindwright.targets.typescript.models.xml_facts import Facts, discriminator_facts, node_facts
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call
from bindwright.targets.typescript.syntax.module import CONSTANT

Trial = list[tuple[int, ir.Alternative | None]]
"""Positions of a union's members in the order of trial, with what a value has to be."""


XSD = "http://www.w3.org/2001/XMLSchema"


class Unions:
    """Writes the codecs of unions."""

    def __init__(self, api: ir.Api, codecs: Codecs) -> None:
        self.api, self.codecs = api, codecs

    def codec(self, type_: ir.Union, content: ir.ContentId | None, facts: Facts, scope: Scope) -> Code:
        """The expression of a union's codec."""
        node = self.api.xml.get(content) if content is not None else None
        if is_of_any_type(type_, self.api.types):
            codec = self.codecs.scalar(None, content, scope)
            return call(scope.module.runtime("rooted"), [codec, facts]) if facts else codec
        xml = node if isinstance(node, ir.XmlUnion) else None
        trial = _order_of_trial(type_)
        members = [self._member(type_, member, alternative, xml, scope) for member, alternative in trial]
        options = _options(type_, trial)
        arguments: list[Any] = [members, options]
        if xml is not None:
            facts = facts | {
                "kind": call(
                    scope.module.runtime("choice"),
                    [_choice(xml, trial, facts, options.get("otherwise"), self.api)],
                )
            }
        if facts:
            arguments.append(facts)
        name = self.codecs.types.public_name(type_.id, scope.side)
        typed = scope.module.type_arguments(lambda: name)
        return call(f"{scope.module.runtime('union')}{typed}", arguments, 0, CONSTANT + len(name))

    def _member(
        self,
        type_: ir.Union,
        member: int,
        alternative: ir.Alternative | None,
        xml: ir.XmlUnion | None,
        scope: Scope,
    ) -> Any:
        content = xml.alternatives[member].content if xml is not None else None
        codec = self.codecs.use(type_.members[member], content, scope)
        if alternative is None:
            return codec
        said: dict[str, Any] = {}
        if alternative.values:
            said["values"] = alternative.values
            if alternative.open:
                said["open"] = True
        if alternative.requires:
            said["requires"] = alternative.requires
        if alternative.constants:
            said["constants"] = alternative.constants
        if alternative.usual:
            said["usual"] = alternative.usual
        if alternative.closed:
            said["closed"] = True
        return {"codec": codec} | said if said else codec


def _order_of_trial(type_: ir.Union) -> Trial:
    if (type_.discriminator and type_.mapping) or not type_.alternatives:
        return [(index, None) for index in range(len(type_.members))]
    return [(alternative.member, alternative) for alternative in type_.alternatives]


def _options(type_: ir.Union, trial: Trial) -> dict[str, Any]:
    """Which alternative each value of the discriminator tells."""
    if not (type_.discriminator and type_.mapping):
        return {}
    position: dict[ir.TypeId, int] = {}
    for index, (member, _) in enumerate(trial):
        position.setdefault(type_.members[member].type, index)
    mapping = {value: position[target] for value, target in type_.mapping.items() if target in position}
    options: dict[str, Any] = {"discriminator": type_.discriminator, "mapping": mapping}
    if type_.default_type in position:
        options["otherwise"] = position[type_.default_type]
    return options


def _builtin(node: ir.XmlNode) -> str:
    """The type of XML Schema that an alternative is told as; empty where it is another's."""
    contract = node.contract
    return contract.name if contract is not None and contract.namespace == XSD else ""


def _choice(xml: ir.XmlUnion, trial: Trial, facts: Facts, otherwise: int | None, api: ir.Api) -> Facts:
    """Where the alternatives stand in XML, and what tells them there."""
    nodes = [xml.alternatives[member] for member, _ in trial]
    choice: Facts = {"byName": True} if xml.by_name else {}
    builtin_types = [_builtin(node) for node in nodes]
    if len(set(builtin_types)) > 1 and "string" in builtin_types:
        # Texts of other scalars may be texts, too: only then does a text not tell what it is.
        choice["types"] = builtin_types
    choice["nodes"] = [node_facts(node, facts.get("inside", ""), api) for node in nodes]
    if xml.discriminator is not None:
        choice["discriminator"] = discriminator_facts(xml.discriminator, "", api)
        if otherwise is not None:
            choice["otherwise"] = otherwise
        positions = {node.content: index for index, node in list(enumerate(nodes))[::-1]}
        choice["mapping"] = {
            value: positions[target] for value, target in xml.mapping.items() if target in positions
        }
    return choice
