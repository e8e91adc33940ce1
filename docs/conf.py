"""The documentation site: Sphinx with MyST, so that the pages read as Markdown in a repository, too."""

from __future__ import annotations

import bindwright

project = "bindwright"
author = "the bindwright authors"
release = bindwright.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton", "sphinx_click"]
myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["examples", "_build"]
html_theme = "furo"
html_show_copyright = False
html_title = f"bindwright {release}"
html_copy_source = False
html_show_sourcelink = False
autodoc_typehints = "description"
autodoc_member_order = "bysource"

suppress_warnings = ["ref.any", "ref.python", "misc.highlighting_failure"]
copybutton_prompt_text = "$ "
