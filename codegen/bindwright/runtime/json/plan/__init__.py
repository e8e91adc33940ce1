"""What the codecs must know of a type before they are compiled."""
