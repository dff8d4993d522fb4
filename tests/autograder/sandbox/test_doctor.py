"""``curso doctor``: dice la verdad, también donde el entorno está dentro del curso."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

from autograder.sandbox.kernel import Kernel
from autograder.terminal import doctor


def test_all_is_well_in_a_course_that_holds_its_own_environment(monkeypatch):
    monkeypatch.chdir(Path(sys.prefix).parent)
    findings = list(doctor.examine())
    assert len(findings) > len(doctor._ATTEMPTS)
    assert [finding.text for finding in findings if not finding.good] == []


def test_without_walls_it_says_which_promises_are_not_kept(monkeypatch, tmp_path):
    (tmp_path / "gradebook.db").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "Kernel", functools.partial(Kernel, isolated=False))
    broken = [finding.text for finding in doctor.examine() if not finding.good]
    assert any("no lee la carpeta personal ni el curso" in text for text in broken)
    assert any("no ve los archivos de la máquina" in text for text in broken)


def test_a_machine_that_cannot_isolate_is_not_well(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(doctor, "isolation_problem", lambda: "falta bubblewrap")
    assert doctor.run(tmp_path) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "✘ no se puede aislar: falta bubblewrap"
