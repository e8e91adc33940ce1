"""Which content of XML each constant of a type describes: a type has several where its members have other namespaces
at other places."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.typescript.naming.plan import NamePlan


class Contents:
    """The contents of the declared types."""

    def __init__(self, api: ir.Api, plan: NamePlan) -> None:
        self.api = api
        self.of_type: dict[ir.TypeId, list[ir.ContentId]] = {}
        """The first one is that of the type's own name."""
        for content_id, content in api.xml.items():
            if content.type in plan.types:
                self.of_type.setdefault(content.type, []).append(content_id)
        for key, contents in self.of_type.items():
            root = api.types[key].root
            if root is not None and root.content in contents:
                contents.remove(root.content)
                contents.insert(0, root.content)
        self._numbers = {
            content_id: number
            for contents in self.of_type.values()
            for number, content_id in enumerate(contents, 1)
        }

    def main(self, key: ir.TypeId) -> ir.ContentId | None:
        """The content of the constant that is called like the type."""
        contents = self.of_type.get(key)
        return contents[0] if contents else None

    def variants(self, key: ir.TypeId) -> list[ir.ContentId]:
        """The other contents of a type that have facts of their own."""
        return [
            content_id
            for content_id in self.of_type.get(key, ())[1:]
            if not isinstance(self.api.xml[content_id], ir.XmlText)
        ]

    def suffix(self, content_id: ir.ContentId | None) -> str:
        """What the name of a content's constant has behind the type's."""
        if content_id is None or isinstance(self.api.xml.get(content_id), ir.XmlText):
            return ""
        number = self._numbers.get(content_id, 1)
        return "" if number == 1 else f"_{number}"
