"""Sphinx's settings: Markdown pages, one theme, nothing loaded from elsewhere."""

import detente

project = "Détente"
author = "The Détente authors"
copyright = author
version = release = detente.__version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"Détente {release}"
