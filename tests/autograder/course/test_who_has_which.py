"""Who has which variant: stable, not to be guessed, and only with the course's secret."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import unicodedata
from collections import Counter

import pytest
from traitlets.config import Config

from autograder.checks.variants import MODULES, tasks_of
from autograder.common.errors import CursoError
from autograder.course.variants import (
    SECRET,
    NoSecret,
    Variants,
    alike,
    make_secret,
    others_may_read,
    read_secret,
    units_asked,
)

UNIT = "3_mapas_de_caracteristicas"
TASK = tasks_of(UNIT)[f"{UNIT}.capa_basica"]
ONE, OTHER = Variants(bytes(32)), Variants(b"\1" * 32)


def config(**told) -> Config:
    found = Config()
    found.Curso.update(told)
    return found


def test_a_variant_is_what_hmac_says_in_any_version_of_python():
    text = f"{UNIT}\0ana\0capa_basica".encode()
    drawn = int(hmac.new(bytes(32), text, hashlib.sha256).hexdigest(), 16)
    assert ONE.letter(TASK, "ana") == "ABCDEF"[drawn % 6]
    # Of today: whoever changes this changes what a course that goes on asks of everybody.
    assert "".join(ONE.letter(TASK, f"est{n}") for n in range(12)) == "AFCCEACFBABC"


def test_what_is_trained_for_an_exercise_has_its_variant():
    built, accepted = tasks_of("5_fashion_mnist").values()
    names = [f"est{n}" for n in range(30)]
    letters = [ONE.letter(built, name) for name in names]
    assert letters == [ONE.letter(accepted, name) for name in names]
    assert set(letters) == set("ABCDEF")


def test_every_variant_falls_to_somebody_and_another_secret_deals_them_anew():
    names = [f"estudiante {n}" for n in range(600)]
    dealt = {who: [v.letter(TASK, who) for who in names] for v, who in ((ONE, "a"), (OTHER, "b"))}
    assert all(60 < count < 140 for count in Counter(dealt["a"]).values())
    alike_by_chance = sum(one == other for one, other in zip(*dealt.values(), strict=True))
    assert alike_by_chance < 200
    assert ONE.mark != OTHER.mark


def test_a_name_is_the_same_however_its_accents_are_written_and_may_be_anothers():
    name = "María Muñoz"
    decomposed = unicodedata.normalize("NFD", name)
    assert decomposed != name
    assert ONE.letter(TASK, decomposed) == ONE.letter(TASK, name)
    names = [f"e{n}" for n in range(30)]
    renamed = Variants(bytes(32), {f"nuevo.{one}": one for one in names})
    assert [renamed.letter(TASK, f"nuevo.{one}") for one in names] == [
        ONE.letter(TASK, one) for one in names
    ]
    assert ONE.letter(TASK, "\ud800")  # A folder of Linux may be called so.


def test_the_secret_is_drawn_once_and_only_its_owner_reads_it(tmp_path):
    drawn = make_secret(tmp_path)
    path = tmp_path / SECRET
    assert len(drawn) == 32
    assert read_secret(tmp_path) == drawn
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not others_may_read(tmp_path)
    with pytest.raises(CursoError, match="no se puede escribir"):
        make_secret(tmp_path)
    assert read_secret(tmp_path) == drawn
    assert os.listdir(tmp_path) == [SECRET]
    assert drawn.hex() not in repr(Variants(drawn))
    path.chmod(0o640)
    assert others_may_read(tmp_path)


def test_a_disk_without_hard_links_has_a_secret_too(tmp_path, monkeypatch):
    def refused(*paths):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    drawn = make_secret(tmp_path)
    with pytest.raises(CursoError, match="no se puede escribir"):
        make_secret(tmp_path)
    assert read_secret(tmp_path) == drawn
    assert os.listdir(tmp_path) == [SECRET]


@pytest.mark.parametrize("wrong", [b"", b"0" * 63, b"g" * 64, b"\xff" * 64, b"0" * 64 + b"\n1"])
def test_what_is_no_secret_decides_nothing(tmp_path, wrong):
    with pytest.raises(NoSecret, match="falta"):
        read_secret(tmp_path)
    (tmp_path / SECRET).write_bytes(wrong)
    with pytest.raises(NoSecret, match=r"recupéralo|no se puede leer"):
        read_secret(tmp_path)


def test_a_link_is_no_secret(tmp_path):
    (tmp_path / "otro").write_text("0" * 64)
    (tmp_path / SECRET).symlink_to(tmp_path / "otro")
    with pytest.raises(NoSecret, match="no se puede leer"):
        read_secret(tmp_path)


def test_variants_are_off_until_they_are_asked_for():
    assert units_asked(Config()) == units_asked(config(variantes=False)) == ()
    assert units_asked(config(variantes=True)) == tuple(MODULES)
    assert units_asked(config(variantes=["3"])) == units_asked(config(variantes=(UNIT,))) == (UNIT,)


@pytest.mark.parametrize("wrong", ["3", 1, {"3": True}, [3], ["1"], ["7_nada"]])
def test_what_is_no_answer_is_said(wrong):
    with pytest.raises(CursoError, match=r"c\.Curso\.variantes"):
        units_asked(config(variantes=wrong))


def test_who_has_whose_is_said_by_name():
    assert alike(Config()) == {}
    assert alike(config(variante_de={"ana.p": "ana"})) == {"ana.p": "ana"}
    for wrong in ("ana", ["ana"], {"ana": 3}, {1: "ana"}):
        with pytest.raises(CursoError, match=r"c\.Curso\.variante_de"):
            alike(config(variante_de=wrong))
