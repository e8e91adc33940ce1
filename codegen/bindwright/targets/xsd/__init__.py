"""XML Schema 1.0 of an API's XML: what our bindings write, and a tolerant set for those who validate before reading.

`emit` writes a schema document a namespace from the settled XML of the IR; nothing is inherited or named here.
"""

from bindwright.targets.xsd.emit import emit

__all__ = ["emit"]
