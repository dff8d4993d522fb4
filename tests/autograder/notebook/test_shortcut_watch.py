"""Whoever calls what gives the answer is heard, however it is called; Keras by itself is not."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest

from autograder.notebook.shortcut_watch import ShortcutWatch

KERAS = """
def count_params(layer):
    return 3

def summary(layer):
    return str(count_params(layer))
"""


def module(name: str) -> SimpleNamespace:
    """The functions above as if a module of that name had them."""
    names = {"__name__": name}
    exec(KERAS, names)
    return SimpleNamespace(count_params=names["count_params"], summary=names["summary"])


keras, own = module("keras.src.layers.layer"), module("__main__")


def in_a_thread() -> None:
    thread = threading.Thread(target=keras.count_params, args=(None,))
    thread.start()
    thread.join()


def hidden() -> None:
    with suppress(ZeroDivisionError):
        keras.count_params(None)
        _ = 1 / 0


@pytest.mark.parametrize(
    ("call", "heard"),
    [
        (lambda: keras.count_params(None), {"count_params"}),
        (lambda: sum(map(keras.count_params, range(3))), {"count_params"}),
        (in_a_thread, {"count_params"}),
        (hidden, {"count_params"}),
        (lambda: keras.summary(None), set()),
        (lambda: own.count_params(None), set()),
        (lambda: own.summary(None), set()),
    ],
)
def test_it_hears_what_the_function_calls_and_leaves_no_profile_behind(call, heard):
    before = sys.getprofile()
    with ShortcutWatch(["count_params"]) as watch:
        call()
    assert watch.seen == heard
    assert sys.getprofile() is before
    keras.count_params(None)
    assert watch.seen == heard
