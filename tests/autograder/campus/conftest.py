"""A published course to receive work in, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from classroom import new_course

from autograder.course.folder import Course
from autograder.nbgrader_ext import publishing


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("publicado")
    course = new_course(root, ("1_convolucion", "2_filtros"))
    publishing.publish(course, course.units())
    return root


@pytest.fixture
def course(published: Path, tmp_path: Path) -> Course:
    root = tmp_path / "curso"
    shutil.copytree(published, root)
    return Course.at(root)
