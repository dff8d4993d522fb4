"""Mutantes de una solución: su árbol con un solo cambio, de los que se hacen al teclear o al dudar.

Operadores, comparaciones, constantes, nombres, índices, trozos, rangos, argumentos y ejes; y una
instrucción de menos. Cada mutante se conoce por la línea que cambia y por lo que queda en ella.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from .solutions import Solution


@dataclass(frozen=True)
class Mutant:
    """A solution with one change; ``key`` is how the file of equivalents knows it."""

    solution: Solution
    source: str
    line: str
    becomes: str

    @property
    def key(self) -> str:
        return f"{self.solution.check_id}: {self.line} -> {self.becomes}"

    def function(self) -> Any:
        return self.solution.function(self.source)


OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.FloorDiv),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.NotIn: (ast.In,),
    ast.In: (ast.NotIn,),
}
# What is taken for its neighbour.
NAMES = (
    ("kh", "kw"),
    ("alto", "ancho"),
    ("h", "w"),
    ("i", "j"),
    ("u", "v"),
    ("sh", "sw"),
    ("dh", "dw"),
    ("filas", "columnas"),
    ("canales", "filtros"),
    ("ve", "escribe"),
    ("imagen", "f"),
    ("n", "strides"),
    ("kernel_size", "strides"),
    ("canales_entrada", "filters"),
    ("entradas", "unidades"),
    ("campo", "salto"),
    ("minimo", "rango"),
    ("abarca", "kernel_size"),
    ("dilation_rate", "strides"),
    ("groups", "canales"),
)
ATTRIBUTES = {"min": "max", "max": "min", "sum": "mean", "zeros": "ones", "exp": "expm1"}
WORDS = {"same": "valid", "valid": "same", "x": "y", "y": "x"}


@cache
def mutants(solution: Solution) -> tuple[Mutant, ...]:
    """Each different source that one change makes of a solution; made once, as it takes a while."""
    return tuple(_mutants(solution))


def _mutants(solution: Solution) -> Iterator[Mutant]:
    tree = ast.parse(solution.source)
    seen = {ast.unparse(tree)}
    for changed in _changed(tree):
        ast.fix_missing_locations(changed)
        source = ast.unparse(changed)
        if source in seen:
            continue
        seen.add(source)
        try:
            compile(source, "<mutante>", "exec")
        except SyntaxError:
            continue
        yield Mutant(solution, source, *_parting(ast.unparse(tree), source))


def _parting(right: str, wrong: str) -> tuple[str, str]:
    """The first line in which both part, in each of them."""
    before, after = right.splitlines(), wrong.splitlines()
    for one, other in zip(before, after, strict=False):
        if one != other:
            missing = len(after) < len(before)
            return one.strip(), "(nada)" if missing else other.strip()
    return before[-1].strip(), "(nada)"


def _changed(tree: ast.Module) -> Iterator[ast.Module]:
    """Copies of the tree with one node changed, in the order in which the nodes stand."""
    for index, node in enumerate(ast.walk(tree)):
        for count in range(len(list(_variants(copy.deepcopy(node))))):
            other = copy.deepcopy(tree)
            target = list(ast.walk(other))[index]
            replacement = list(_variants(target))[count]
            yield _put(other, target, replacement)


def _put(tree: ast.Module, target: ast.AST, replacement: Any) -> ast.Module:
    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return replacement if node is target else self.generic_visit(node)

    changed = Put().visit(tree)
    assert isinstance(changed, ast.Module)
    return changed


def _variants(node: ast.AST) -> Iterator[Any]:
    """What may stand in the place of a node; None where it is left out."""
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), ()):
            yield _with(node, op=operator())
        yield from (node.left, node.right)
        if not isinstance(node.op, (ast.Add, ast.Mult)):
            yield _with(node, left=node.right, right=node.left)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for comparison in COMPARISONS.get(type(node.ops[0]), ()):
            yield _with(node, ops=[comparison()])
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
        yield _with(node, body=node.orelse, orelse=node.body)
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for one, other in NAMES:
            if node.id in (one, other):
                yield _with(node, id=other if node.id == one else one)
    elif isinstance(node, ast.Attribute):
        if node.attr in ATTRIBUTES:
            yield _with(node, attr=ATTRIBUTES[node.attr])
        if node.attr == "T":
            yield node.value
    elif isinstance(node, ast.Tuple) and len(node.elts) > 1:
        yield from _orders(node)
    elif isinstance(node, ast.Slice):
        yield from _slices(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        for operator in OPERATORS.get(type(node.op), ()):
            yield _with(node, op=operator())
    elif isinstance(node, ast.If):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        if not node.orelse:
            yield from (None, _with(node, test=ast.Constant(True)))
    elif isinstance(node, ast.For):
        yield from _loops(node)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield ast.Expr(node.value)
    elif isinstance(node, (ast.List,)) and len(node.elts) > 1:
        yield from _orders(node)


def _with(node: Any, **fields: Any) -> Any:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _constants(node: ast.Constant) -> Iterator[ast.Constant]:
    value = node.value
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        if value > 1:
            yield ast.Constant(-value)
    elif isinstance(value, str) and value in WORDS:
        yield ast.Constant(WORDS[value])


def _orders(node: Any) -> Iterator[Any]:
    """The elements with two neighbours exchanged."""
    for index in range(len(node.elts) - 1):
        elements = list(node.elts)
        elements[index : index + 2] = elements[index : index + 2][::-1]
        yield _with(node, elts=elements)


def _slices(node: ast.Slice) -> Iterator[ast.Slice]:
    for name in ("lower", "upper", "step"):
        if getattr(node, name) is not None:
            yield _with(node, **{name: None})
    if node.upper is not None:
        yield _with(node, upper=ast.BinOp(node.upper, ast.Sub(), ast.Constant(1)))
        yield _with(node, upper=ast.BinOp(node.upper, ast.Add(), ast.Constant(1)))
    if node.lower is not None:
        yield _with(node, lower=ast.BinOp(node.lower, ast.Add(), ast.Constant(1)))


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    for index in range(len(node.args) - 1):
        arguments = list(node.args)
        arguments[index : index + 2] = arguments[index : index + 2][::-1]
        yield _with(node, args=arguments)
    if len(node.args) > 1:
        yield _with(node, args=node.args[:-1])
    for index in range(len(node.keywords)):
        yield _with(node, keywords=node.keywords[:index] + node.keywords[index + 1 :])
    if isinstance(node.func, ast.Name) and node.func.id == "range" and len(node.args) == 1:
        one = ast.Constant(1)
        yield _with(node, args=[ast.BinOp(node.args[0], ast.Sub(), one)])
        yield _with(node, args=[one, node.args[0]])
    if isinstance(node.func, ast.Name) and node.func.id in ("max", "sum", "tuple"):
        yield node.args[0]


def _loops(node: ast.For) -> Iterator[ast.For]:
    """A loop that stops after its first turn, and one whose last turn is all that stays."""
    yield _with(node, body=[*node.body, ast.Break()])
    for index in range(len(node.body)):
        if len(node.body) > 1:
            yield _with(node, body=node.body[:index] + node.body[index + 1 :])
