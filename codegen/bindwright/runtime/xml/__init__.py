"""XML: values of models to and from namespaced XML (OpenAPI 3.2.0, "XML Object"; .NET's DataContract)."""

from typing import TYPE_CHECKING

from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.xml.api import decode, encode
from bindwright.runtime.xml.settings import Limits, Settings
from bindwright.runtime.xml.streams import Writer, iter_decode, iter_documents, writer

if TYPE_CHECKING:
    from bindwright.runtime.xml.cattrs_converter import XmlConverter


def converter() -> "XmlConverter":
    """The cattrs ``Converter`` of XML: hooks that are registered on it win over the compiled code."""
    from bindwright.runtime.xml.cattrs_converter import CONVERTER

    return CONVERTER


def new_converter() -> "XmlConverter":
    """A cattrs ``Converter`` of XML without hooks: those it gets reach its own ``decode`` and ``encode``, and the
    clients that are made with it (``Client(xml_converter=…)``), and nothing else.
    """
    from bindwright.runtime.xml.cattrs_converter import XmlConverter

    return XmlConverter()


__all__ = [
    "DecodeError",
    "EncodeError",
    "Limits",
    "Settings",
    "Writer",
    "converter",
    "decode",
    "encode",
    "iter_decode",
    "iter_documents",
    "new_converter",
    "writer",
]
