"""Lo que Sphinx lee: en español, con búsqueda, y sin una petición a otra máquina."""

from __future__ import annotations

project = "Curso de Conv2D"
author = "Los autores del curso"
language = "es"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx-mathjax-offline"]
root_doc = "index"
exclude_patterns = ["release", "course/cuadernos"]
myst_enable_extensions = ["deflist", "dollarmath", "attrs_inline"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # They come executed: see lessons.py.
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
nb_merge_streams = True
nb_code_prompt_show = "Mostrar el código"
nb_code_prompt_hide = "Ocultar el código"
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["curso.css"]
html_js_files = [("curso.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False  # It fetches pages, and a folder serves none.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
smartquotes = False  # H' is a size, and not a quotation.
autodoc_typehints = "none"  # Types are in the docstrings, in words.
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
linkcheck_timeout = 20
