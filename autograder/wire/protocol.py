"""Cómo viajan los datos entre el cuaderno y el juez: arreglos y valores simples, nunca código.

Un mensaje es una trama: ``b"C2D1"``, la longitud de la cabecera (uint32), la de los datos
(uint64), la cabecera (JSON) y los datos (los bytes de los arreglos, seguidos, en orden C). Nada se
interpreta antes de comprobar su tamaño, y todo lo que no encaja es un :class:`ProtocolError`.

Values on the wire, as JSON trees:

===========================  =======================================
Python                       JSON
===========================  =======================================
None, bool, int, float, str  themselves
list, tuple, dict            ["l", …], ["t", …], ["d", [key, value]…]
numpy array                  ["a", dtype, shape]
numpy scalar                 ["s", dtype]
ModelSpec                    ["m", layers, weights, handle]
===========================  =======================================

Values arrive as they left, except that subclasses arrive as their base class, keys as text, arrays
as little-endian, long doubles as float64, and texts cut at
``MAX_TEXT`` with their lone surrogates replaced.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

MAGIC = b"C2D1"
_PREFIX = struct.Struct("<4sIQ")
DTYPES = frozenset(
    {"|b1", "|i1", "|u1"}
    | {f"<{kind}{size}" for kind in "iu" for size in (2, 4, 8)}
    | {f"<f{size}" for size in (2, 4, 8)}
)
MAX_HEADER_BYTES = 1 << 20
MAX_PAYLOAD_BYTES = 64 << 20
MAX_DEPTH = 12
MAX_NODES = 20_000
MAX_TEXT = 20_000
MAX_RANK = 8
MAX_AXIS = 1 << 26
MAX_DIGITS = 21  # of an integer, with its sign


class ProtocolError(Exception):
    """The bytes received are no message of this protocol; the connection is of no more use."""


class UnsupportedValue(Exception):
    """A value that does not travel; ``args[0]`` is the name of its type."""


@dataclass
class ModelSpec:
    """A Keras model as data: what its layers are, and their weights.

    Parameters
    ----------
    layers : list of dict
        One ``{"class_name": str, "name": str, "config": dict, "output_shape": list}`` a layer.
    weights : list of list of ndarray
        The arrays of each layer, in Keras's order.
    handle : int or None
        The number by which the notebook's side remembers the living model.
    """

    layers: list[dict[str, Any]]
    weights: list[list[np.ndarray]] = field(default_factory=list)
    handle: int | None = None


@dataclass
class Message:
    """``op`` names what is asked or answered; ``body`` holds its values."""

    op: str
    body: dict[str, Any] = field(default_factory=dict)


# --- values -> bytes ---------------------------------------------------------------------------


class _Writer:
    """Turns values into a tree and a payload, within the limits that the reader holds it to."""

    def __init__(self) -> None:
        self.buffers: list[bytes] = []
        self.payload_length = 0
        self.nodes = 0

    def array(self, array: np.ndarray) -> str:
        if array.dtype.kind == "f" and array.dtype.itemsize > 8:
            # What processors compute with beyond float64 differs, and no answer needs it.
            array = array.astype(np.float64)
        little = array.dtype.newbyteorder("<")
        if little.str not in DTYPES:
            raise UnsupportedValue(f"arreglo de dtype {array.dtype}")
        if array.ndim > MAX_RANK:
            raise UnsupportedValue(f"arreglo de {array.ndim} ejes")
        self.payload_length += array.nbytes
        if self.payload_length > MAX_PAYLOAD_BYTES or max(array.shape, default=0) > MAX_AXIS:
            raise UnsupportedValue(f"arreglo demasiado grande, de forma {array.shape}")
        self.buffers.append(np.ascontiguousarray(array, dtype=little).tobytes())
        return little.str

    def tree(self, value: Any, depth: int = 0) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise UnsupportedValue("estructura demasiado anidada")
        if self.nodes > MAX_NODES:
            raise UnsupportedValue("estructura con demasiados elementos")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return str(value)[:MAX_TEXT]
        if isinstance(value, np.generic):
            return ["s", self.array(np.asarray(value))]
        if isinstance(value, int):
            if value.bit_length() > 64:
                raise UnsupportedValue(f"int de {value.bit_length()} bits")
            return int(value)
        if isinstance(value, float):
            return float(value)
        if isinstance(value, (list, tuple)):
            tag = "l" if isinstance(value, list) else "t"
            return [tag, *(self.tree(item, depth + 1) for item in value)]
        if isinstance(value, dict):
            return ["d", *([str(k), self.tree(v, depth + 1)] for k, v in value.items())]
        if isinstance(value, np.ndarray):
            plain = np.asarray(value)
            return ["a", self.array(plain), list(plain.shape)]
        if isinstance(value, ModelSpec):
            parts = (value.layers, value.weights, value.handle)
            return ["m", *(self.tree(part, depth + 1) for part in parts)]
        raise UnsupportedValue(type(value).__name__)


def encode(message: Message) -> bytes:
    """The bytes of a message. Raises :class:`UnsupportedValue` where a value cannot travel."""
    writer = _Writer()
    tree = [message.op, writer.tree(message.body)]
    header = json.dumps(tree, separators=(",", ":")).encode()
    if len(header) > MAX_HEADER_BYTES:
        raise UnsupportedValue("estructura con demasiados elementos")
    payload = b"".join(writer.buffers)
    return _PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload


# --- bytes -> values ---------------------------------------------------------------------------


def _text(text: str) -> str:
    # Lone surrogates are legal JSON and illegal UTF-8: printing them later would fail.
    return text[:MAX_TEXT].encode("utf-8", "replace").decode("utf-8")


class _Reader:
    """Rebuilds values from a tree, consuming the payload in order and counting every node."""

    def __init__(self, payload: memoryview) -> None:
        self.payload = payload
        self.offset = 0
        self.nodes = 0

    def array(self, dtype: Any, shape: Any) -> np.ndarray:
        if type(dtype) is not str or dtype not in DTYPES:
            raise ProtocolError("dtype desconocido")
        if type(shape) is not list or len(shape) > MAX_RANK:
            raise ProtocolError("forma no válida")
        if any(type(n) is not int or not 0 <= n <= MAX_AXIS for n in shape):
            raise ProtocolError("forma no válida")
        count = math.prod(shape)
        end = self.offset + count * np.dtype(dtype).itemsize
        if end > len(self.payload):
            raise ProtocolError("faltan datos de un arreglo")
        # A copy: the receiver may write on it, and the frame's memory is freed.
        flat = np.frombuffer(self.payload[self.offset : end], dtype=dtype, count=count).copy()
        self.offset = end
        if dtype == "|b1":
            # Any byte may come; NumPy's booleans are only sound as 0 and 1.
            flat = flat.view(np.uint8) != 0
        try:
            return flat.reshape(shape)
        except ValueError as error:
            # Axes of 0 let the others multiply beyond what NumPy can index.
            raise ProtocolError("forma no válida") from error

    def value(self, tree: Any, depth: int = 0) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise ProtocolError("estructura demasiado grande")
        if isinstance(tree, int) and tree.bit_length() > 64:
            raise ProtocolError("entero demasiado grande")
        if tree is None or isinstance(tree, (bool, int, float)):
            return tree
        if isinstance(tree, str):
            return _text(tree)
        if not isinstance(tree, list) or not tree:
            raise ProtocolError("valor desconocido")
        tag, *rest = tree
        if tag == "l":
            return [self.value(item, depth + 1) for item in rest]
        if tag == "t":
            return tuple(self.value(item, depth + 1) for item in rest)
        if tag == "d":
            return self._dict(rest, depth)
        if tag == "a" and len(rest) == 2:
            return self.array(*rest)
        if tag == "s" and len(rest) == 1:
            return self.array(rest[0], [])[()]
        if tag == "m" and len(rest) == 3:
            return self._model(rest, depth)
        raise ProtocolError("valor desconocido")

    def _dict(self, pairs: list[Any], depth: int) -> dict[str, Any]:
        result = {}
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not str:
                raise ProtocolError("diccionario no válido")
            result[_text(pair[0])] = self.value(pair[1], depth + 1)
        return result

    def _model(self, parts: list[Any], depth: int) -> ModelSpec:
        layers, weights, handle = (self.value(part, depth + 1) for part in parts)
        shaped = (
            isinstance(layers, list)
            and all(isinstance(layer, dict) for layer in layers)
            and isinstance(weights, list)
            and all(isinstance(group, list) for group in weights)
            and all(isinstance(w, np.ndarray) for group in weights for w in group)
            and (handle is None or type(handle) is int)
        )
        if not shaped:
            raise ProtocolError("modelo no válido")
        return ModelSpec(layers, weights, handle)


def _whole(digits: str) -> int:
    # Python turns a million digits into a number in minutes; 64 bits have at most 20.
    if len(digits) > MAX_DIGITS:
        raise ProtocolError("entero demasiado grande")
    return int(digits)


def _parse(header: bytes, payload: bytes) -> Message:
    try:
        tree = json.loads(header, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("cabecera ilegible") from error
    if not isinstance(tree, list) or len(tree) != 2 or type(tree[0]) is not str:
        raise ProtocolError("cabecera no válida")
    reader = _Reader(memoryview(payload))
    body = reader.value(tree[1])
    if not isinstance(body, dict):
        raise ProtocolError("cuerpo no válido")
    if reader.offset != len(payload):
        raise ProtocolError("sobran datos")
    return Message(_text(tree[0])[:100], body)


def _lengths(prefix: bytes) -> tuple[int, int]:
    magic, header_length, payload_length = _PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise ProtocolError("eso no es un mensaje del curso")
    if header_length > MAX_HEADER_BYTES or payload_length > MAX_PAYLOAD_BYTES:
        raise ProtocolError("mensaje demasiado grande")
    return header_length, payload_length


def decode(frame: bytes) -> Message:
    """The message in a whole frame. Raises :class:`ProtocolError` for anything else."""
    if len(frame) < _PREFIX.size:
        raise ProtocolError("mensaje incompleto")
    header_length, payload_length = _lengths(frame[: _PREFIX.size])
    body = frame[_PREFIX.size :]
    if len(body) != header_length + payload_length:
        raise ProtocolError("la longitud no coincide")
    return _parse(body[:header_length], body[header_length:])


# --- sockets -----------------------------------------------------------------------------------


class Stream(Protocol):
    """What a connection needs of a socket; two pipes have it too."""

    def recv(self, size: int, /) -> bytes: ...

    def sendall(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...


class Connection:
    """Whole messages over a stream socket.

    ``deadline`` (of ``time.monotonic()``) bounds all waiting, however slowly the other side talks;
    past it ``TimeoutError`` is raised, and the connection is of no more use.
    """

    def __init__(self, sock: Stream) -> None:
        self.sock = sock
        self.deadline: float | None = None

    def send(self, message: Message) -> None:
        self.send_frame(encode(message))

    def send_frame(self, frame: bytes) -> None:
        self._be_patient()
        self.sock.sendall(frame)

    def _be_patient(self) -> None:
        if self.deadline is not None:
            assert isinstance(self.sock, socket.socket)  # Whoever talks over pipes waits for ever.
            self.sock.settimeout(max(0.001, self.deadline - time.monotonic()))

    def receive(self) -> Message:
        """The next message; ``EOFError`` when the other side has gone."""
        header_length, payload_length = _lengths(self._exactly(_PREFIX.size))
        return _parse(self._exactly(header_length), self._exactly(payload_length))

    def _exactly(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._be_patient()
            chunk = self.sock.recv(min(size - len(data), 1 << 20))
            if not chunk:
                raise EOFError("la otra parte cerró la conexión")
            data += chunk
        return bytes(data)

    def close(self) -> None:
        self.sock.close()
