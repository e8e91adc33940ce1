"""XML: values of models to and from namespaced XML (OpenAPI 3.2.0, "XML Object"; .NET's DataContract)."""

from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.xml.api import decode, encode
from bindwright.runtime.xml.settings import Limits, Settings
from bindwright.runtime.xml.streams import Writer, iter_decode, iter_documents, writer

__all__ = [
    "DecodeError",
    "EncodeError",
    "Limits",
    "Settings",
    "Writer",
    "decode",
    "encode",
    "iter_decode",
    "iter_documents",
    "writer",
]
