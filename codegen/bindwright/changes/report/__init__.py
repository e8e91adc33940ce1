"""Changes as text: a table for terminals, Markdown, JSON, annotations for GitHub, JUnit."""
