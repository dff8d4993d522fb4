"""The help of everything public: it names every argument, its result and its errors, and runs."""

import ast
import doctest
import importlib
import inspect
import re
import textwrap

import pytest

import conv2d_lib
from conv2d_lib.kernels.compilation import silence

MODULES = [importlib.import_module(f"conv2d_lib.{name}") for name in sorted(conv2d_lib._MODULES)]
NEEDS_DATA = {"load_fashion_mnist"}
UNDERLINE = re.compile(r"^-{3,}$")


def names_of(module):
    """What a module offers: its ``__all__``, or what it defines."""
    here = [n for n, v in vars(module).items() if getattr(v, "__module__", "") == module.__name__]
    return getattr(module, "__all__", None) or [n for n in here if n[0] != "_"]


def own(value):
    is_ours = getattr(value, "__module__", "").startswith("conv2d_lib")
    return is_ours and (inspect.isclass(value) or inspect.isfunction(value))


def everything_public():
    """(name, object) of each public function, class and method, once."""
    found = {}
    for module in MODULES:
        for name in names_of(module):
            value = getattr(module, name)
            if not own(value):
                continue
            found[f"{value.__module__}.{value.__qualname__}"] = value
            for attribute in dir(value) if inspect.isclass(value) else ():
                member = inspect.getattr_static(value, attribute)
                member = member.__func__ if isinstance(member, classmethod) else member
                public = attribute == "__call__" or attribute[0] != "_"
                if public and (inspect.isfunction(member) or isinstance(member, property)):
                    found[f"{value.__module__}.{value.__qualname__}.{attribute}"] = member
    return found


PUBLIC = everything_public()


def help_of(name):
    """As ``help`` shows it: a method without words of its own has those of its base."""
    parent, _, attribute = name.rpartition(".")
    if inspect.isclass(PUBLIC.get(parent)):
        return inspect.getdoc(getattr(PUBLIC[parent], attribute)) or ""
    return inspect.getdoc(PUBLIC[name]) or ""


def sections(text):
    lines, found, title = text.splitlines(), {}, ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if UNDERLINE.match(following):
            title = line
            found[title] = []
        elif title and not UNDERLINE.match(line):
            found[title].append(line)
    return found


def told_arguments(told):
    """Name → type of what a section «Parameters» tells."""
    heads = [line for line in told.get("Parameters", []) if line and not line[0].isspace()]
    return {n.strip(): kind for h in heads for n, _, kind in split(h)}


def split(head):
    names, colon, kind = head.partition(" : ")
    return [(name, colon, kind) for name in names.split(",")]


def arguments(value):
    marks = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    parameters = inspect.signature(value).parameters.values()
    return {marks.get(p.kind, "") + p.name for p in parameters if p.name not in ("self", "cls")}


def raises(value):
    """Whether the code itself raises, or checks an argument with what raises."""
    function = value.__init__ if inspect.isclass(value) else inspect.unwrap(value)
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (TypeError, OSError):
        return False
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and "NotImplementedError" not in ast.dump(node):
            return True
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if re.match(r"_?(as|check)_", called) or called == "_require_built":
                return True
    # A decorator checks the arguments.
    return inspect.isfunction(value) and value is not function


def missing(name):
    value, told = PUBLIC[name], sections(help_of(name))
    if not help_of(name):
        return ["words"]
    if isinstance(value, property):
        return []
    takes, named, found = arguments(value), told_arguments(told), []
    if takes != set(named):
        found.append(f"arguments {sorted(takes ^ set(named))}")
    found += [f"type of {n}" for n, kind in named.items() if not kind and n[:2] != "**"]
    if not inspect.isclass(value):
        result = inspect.signature(value).return_annotation
        if result not in ("None", None) and not {"Returns", "Yields"} & set(told):
            found.append("Returns")
    if "Raises" not in told and raises(value):
        found.append("Raises")
    return found


def test_the_help_tells_every_argument_with_its_type_the_result_and_the_errors():
    assert len(PUBLIC) > 150
    assert {name: lack for name in PUBLIC if (lack := missing(name))} == {}


def test_what_is_used_most_has_an_example():
    without = [
        name
        for name in conv2d_lib._EXPORTS
        if callable(getattr(conv2d_lib, name))
        and name not in NEEDS_DATA
        and "Examples" not in sections(inspect.getdoc(getattr(conv2d_lib, name)))
    ]
    assert without == []


@pytest.mark.parametrize("name", [name for name in PUBLIC if ">>>" in help_of(name)])
def test_examples_give_what_they_say(name):
    value = PUBLIC[name]
    names = dict(vars(importlib.import_module(value.__module__)))
    example = doctest.DocTestParser().get_doctest(help_of(name), names, name, None, 0)
    report = []
    with silence():
        doctest.DocTestRunner().run(example, out=report.append)
    assert "".join(report) == ""
