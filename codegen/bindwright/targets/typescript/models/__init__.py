"""Types of an API: interfaces, aliases, and the codecs that read and write them."""
