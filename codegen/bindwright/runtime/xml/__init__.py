"""XML: values of models to and from namespaced XML (OpenAPI 3.2.0, "XML Object"; .NET's DataContract)."""

from bindwright.runtime.xml.api import decode, encode
from bindwright.runtime.xml.settings import Limits, Settings

__all__ = ["Limits", "Settings", "decode", "encode"]
