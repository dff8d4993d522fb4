"""Las plantillas de las páginas: lo que se escribe en ellas va siempre escapado."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def page_environment() -> Environment:
    """Jinja2 for a page of the package's templates: all text escaped, and no name left out."""
    return Environment(
        loader=PackageLoader("autograder"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
