"""What the codecs must know of a type's places: names, namespaces, order."""
