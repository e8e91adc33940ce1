"""Pages of an API for people: static HTML, no script; an operation a page, and a page of types."""

from bindwright.ports.pages.site import pages

__all__ = ["pages"]
