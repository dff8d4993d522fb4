"""Configuración de nbgrader: toda está en ``autograder.nbgrader_settings``."""

from pathlib import Path

from autograder.nbgrader_settings import configure

configure(get_config(), Path(__file__).parent)  # noqa: F821 - nbgrader defines it
