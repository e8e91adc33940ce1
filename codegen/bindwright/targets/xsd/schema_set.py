"""The schema documents under construction: one a namespace, with the imports that their references need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from bindwright.targets.xsd.markup import Element, child, text_of
from bindwright.targets.xsd.simple_types import SERIALIZATION, XML, XS


class SchemaDocument:
    """One ``xs:schema`` and its global names."""

    def __init__(self, namespace: str, file: str) -> None:
        self.namespace = namespace
        self.file = file
        self.types: dict[str, Element] = {}
        self.elements: dict[str, Element] = {}
        self.attributes: dict[str, Element] = {}
        self.imports: set[str] = set()
        self.prefixes: dict[str, str] = {}


class SchemaSet:
    """All schema documents of one API."""

    def __init__(self) -> None:
        self._documents: dict[str, SchemaDocument] = {}

    def document(self, namespace: str) -> SchemaDocument:
        """The document of a namespace, made when it is first asked for; ``""``: of no namespace."""
        if namespace not in self._documents:
            self._documents[namespace] = SchemaDocument(namespace, self._file(namespace))
        return self._documents[namespace]

    def _file(self, namespace: str) -> str:
        """A file name from the namespace's last words; unique, whatever the namespaces are."""
        words = re.findall(r"[A-Za-z0-9.]+", re.sub(r"^[a-z]+:(//)?", "", namespace))
        stem = "-".join(words).strip(".-")[-80:].strip(".-") or ("namespace" if namespace else "no-namespace")
        taken = {document.file.lower() for document in self._documents.values()}
        candidates = [f"{stem}.xsd", *(f"{stem}-{number}.xsd" for number in range(2, len(taken) + 3))]
        return next(name for name in candidates if name.lower() not in taken)

    def qname(self, at: SchemaDocument, namespace: str, name: str) -> str:
        """The QName of a component as it stands in a document, which imports its namespace."""
        if namespace == XS:
            return f"xs:{name}"
        if namespace != at.namespace:
            at.imports.add(namespace)
            if namespace != SERIALIZATION:
                self.document(namespace)
        if namespace == "":
            return name
        if namespace == XML:
            return f"xml:{name}"  # bound to this prefix, and to no other (Namespaces in XML 1.0, 3)
        if namespace not in at.prefixes:
            at.prefixes[namespace] = "tns" if namespace == at.namespace else f"n{len(at.prefixes) + 1}"
        return f"{at.prefixes[namespace]}:{name}"

    def files(self) -> Iterator[tuple[str, bytes]]:
        """File names and contents, sorted; the serialization schema is there where something refers to it."""
        for schema in sorted(self._documents.values(), key=lambda schema: schema.file):
            yield schema.file, self._written(schema)
        if any(SERIALIZATION in schema.imports for schema in self._documents.values()):
            source = resources.files("bindwright.targets.xsd").joinpath("serialization.xsd")
            yield "serialization.xsd", source.read_bytes()

    def _written(self, schema: SchemaDocument) -> bytes:
        root = Element("xs:schema", **{"xmlns:xs": XS})
        root.attributes |= {f"xmlns:{prefix}": namespace for namespace, prefix in schema.prefixes.items()}
        if schema.namespace:
            root.attributes["targetNamespace"] = schema.namespace
        root.attributes["elementFormDefault"] = "qualified"
        for namespace in sorted(schema.imports):
            location = "serialization.xsd" if namespace == SERIALIZATION else self._documents[namespace].file
            name = {"namespace": namespace} if namespace else {}
            child(root, "xs:import", **name, schemaLocation=location)
        for components in (schema.elements, schema.attributes, schema.types):
            root.children += [components[name] for name in sorted(components)]
        return text_of(root)
