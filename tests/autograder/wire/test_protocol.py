"""What travels arrives as it left, and what is no message is a ProtocolError, nothing else."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import tracemalloc

import hypothesis.extra.numpy as hnp
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from autograder.wire import protocol
from autograder.wire.protocol import (
    Connection,
    Message,
    ModelSpec,
    ProtocolError,
    UnsupportedValue,
    decode,
    encode,
)

ARRAYS = hnp.arrays(
    st.sampled_from(sorted(protocol.DTYPES)).map(np.dtype),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    TEXTS,
    ARRAYS,
    ARRAYS.filter(lambda array: array.ndim == 0).map(lambda array: array[()]),
    st.builds(
        ModelSpec,
        st.lists(st.dictionaries(TEXTS, st.integers(0, 9), max_size=2), max_size=2),
        st.lists(st.lists(ARRAYS, max_size=2), max_size=2),
        st.none() | st.integers(0, 9),
    ),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(TEXTS, inner, max_size=3),
    ),
    max_leaves=8,
)


def assert_same(left, came):
    """Equal to the bit, and of the same type."""
    assert type(left) is type(came)
    if isinstance(left, (np.ndarray, np.generic)):
        assert (left.dtype, left.shape) == (came.dtype, came.shape)
        assert left.tobytes() == came.tobytes()
    elif isinstance(left, (list, tuple)):
        assert len(left) == len(came)
        for a, b in zip(left, came, strict=True):
            assert_same(a, b)
    elif isinstance(left, dict):
        assert list(left) == list(came)
        for key in left:
            assert_same(left[key], came[key])
    elif isinstance(left, ModelSpec):
        assert_same(
            [left.layers, left.weights, left.handle], [came.layers, came.weights, came.handle]
        )
    elif isinstance(left, float):
        assert left == came or (left != left and came != came)
    else:
        assert left == came


@given(VALUES)
@settings(max_examples=300, deadline=None)
def test_values_arrive_as_they_left(value):
    message = decode(encode(Message("op", {"value": value})))
    assert message.op == "op"
    assert_same({"value": value}, message.body)


def test_subclasses_arrive_as_their_base_class():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return True

    lie = np.arange(3.0).view(Liar)
    came = decode(encode(Message("op", {"value": lie}))).body["value"]
    assert type(came) is np.ndarray
    assert came.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(12.0)[::-3],
        np.arange(4, dtype=">i4"),
        np.asfortranarray(np.ones((2, 3))),
        np.broadcast_to(np.float32(7), (2, 2)),
    ],
    ids=["transposed", "backwards", "big-endian", "fortran", "broadcast"],
)
def test_arrays_of_any_layout_arrive_with_their_values(array):
    came = decode(encode(Message("op", {"value": array}))).body["value"]
    np.testing.assert_array_equal(came, array)
    assert came.flags.writeable
    assert came.flags.owndata or came.base.flags.owndata


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ((n for n in range(3)), "generator"),
        (1j, "complex"),
        (np.ones(2, complex), "complex128"),
        (np.array([object()]), "object"),
        ({1, 2}, "set"),
        (b"bytes", "bytes"),
        (2**65, "66 bits"),
        (np.zeros((1,) * 9), "9 ejes"),
        (np.broadcast_to(np.float64(0), (5000, 5000)), "demasiado grande"),
        ([0] * 30_000, "demasiados elementos"),
        (print, "builtin_function_or_method"),
    ],
)
def test_what_does_not_travel_says_what_it_is(value, name):
    with pytest.raises(UnsupportedValue, match=name):
        encode(Message("op", {"value": value}))


def test_a_list_that_holds_itself_does_not_travel():
    endless = []
    endless.append(endless)
    with pytest.raises(UnsupportedValue, match="anidada"):
        encode(Message("op", {"value": endless}))


def test_lone_surrogates_cannot_reach_a_terminal():
    came = decode(encode(Message("op", {"value": "a\ud800b"}))).body["value"]
    assert came == "a?b"


# --- hostile bytes -------------------------------------------------------------------------------


def frame(tree, payload=b""):
    header = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return struct.pack("<4sIQ", protocol.MAGIC, len(header), len(payload)) + header + payload


def nested(depth):
    return ["l", nested(depth - 1)] if depth else 1


NESTED = b'["op",["d",["a",' + b'["l",' * 200_000 + b"1" + b"]" * 200_000 + b"]]]"
HOSTILE = {
    "empty": b"",
    "short": b"C2D1",
    "other magic": b"HTTP" + bytes(12),
    "huge header": struct.pack("<4sIQ", protocol.MAGIC, 2**32 - 1, 0),
    "huge payload": struct.pack("<4sIQ", protocol.MAGIC, 2, 2**64 - 1) + b"{}",
    "no JSON": frame(b"\xff\xfe{"),
    "no pair": frame([]),
    "number as op": frame([1, ["d"]]),
    "body is a list": frame(["op", ["l"]]),
    "body is a number": frame(["op", 1]),
    "unknown tag": frame(["op", ["z"]]),
    "pickle by name": frame(["op", ["d", ["a", ["pickle", "gASVAA=="]]]]),
    "empty list": frame(["op", ["d", ["a", []]]]),
    "tag is a list": frame(["op", ["d", ["a", [["l"], 1]]]]),
    "JSON object": frame(["op", ["d", ["a", {"l": 1}]]]),
    "dict of triples": frame(["op", ["d", ["a", 1, 2]]]),
    "key is a number": frame(["op", ["d", [1, 1]]]),
    "huge integer": frame(["op", ["d", ["a", 2**70]]]),
    "integer of many digits": frame(b'["op",["d",["a",' + b"9" * 900_000 + b"]]]"),
    "object dtype": frame(["op", ["d", ["a", ["a", "|O", [1]]]]], bytes(8)),
    "text dtype": frame(["op", ["d", ["a", ["a", "<U4", [1]]]]], bytes(16)),
    "dtype is a list": frame(["op", ["d", ["a", ["a", ["<f4"], [1]]]]], bytes(4)),
    "negative shape": frame(["op", ["d", ["a", ["a", "<f4", [-1]]]]], bytes(4)),
    "boolean shape": frame(["op", ["d", ["a", ["a", "<f4", [True]]]]], bytes(4)),
    "shape of floats": frame(["op", ["d", ["a", ["a", "<f4", [1.0]]]]], bytes(4)),
    "shape is a number": frame(["op", ["d", ["a", ["a", "<f4", 1]]]], bytes(4)),
    "nine axes": frame(["op", ["d", ["a", ["a", "<f4", [1] * 9]]]], bytes(4)),
    "product overflows": frame(["op", ["d", ["a", ["a", "<f8", [2**26] * 8]]]], bytes(8)),
    "zero hides an overflow": frame(["op", ["d", ["a", ["a", "<f8", [0] + [2**26] * 7]]]]),
    "data missing": frame(["op", ["d", ["a", ["a", "<f4", [2]]]]], bytes(4)),
    "data left over": frame(["op", ["d", ["a", ["a", "<f4", [1]]]]], bytes(8)),
    "deep nesting": frame(NESTED),
    "a little too deep": frame(["op", ["d", ["a", nested(protocol.MAX_DEPTH)]]]),
    "many nodes": frame(["op", ["d", ["a", ["l", *[0] * 30_000]]]]),
    "model of numbers": frame(["op", ["d", ["a", ["m", 1, 2, 3]]]]),
    "model without weights": frame(["op", ["d", ["a", ["m", ["l"], ["l", ["l", 1]], None]]]]),
    "header longer than said": frame(["op", ["d"]]) + b" ",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_are_refused(data):
    with pytest.raises(ProtocolError):
        decode(data)


def test_booleans_that_are_neither_are_made_sound():
    data = frame(["op", ["d", ["a", ["a", "|b1", [3]]]]], b"\x00\x02\xff")
    came = decode(data).body["a"]
    assert came.tobytes() == b"\x00\x01\x01"


def test_what_says_too_much_is_cut():
    longest = protocol.MAX_TEXT
    came = decode(frame(["o" * 900, ["d", ["a", "x" * 2 * longest], ["k" * 2 * longest, 1]]]))
    assert len(came.op) == 100
    assert came.body == {"a": "x" * longest, "k" * longest: 1}


def mutated(rng, data):
    """``data`` with a few bytes changed, cut, repeated or inserted."""
    data = bytearray(data)
    for _ in range(rng.integers(1, 5)):
        at, what = int(rng.integers(len(data) + 1)), rng.integers(4)
        if what == 0 and at < len(data):
            data[at] = rng.integers(256)
        elif what == 1:
            del data[at : at + int(rng.integers(1, 9))]
        elif what == 2:
            data[at:at] = rng.bytes(int(rng.integers(1, 9)))
        else:
            data[at:at] = data[at : at + int(rng.integers(1, 17))]
    return bytes(data)


def with_true_lengths(data, payload_length):
    """The same bytes, claiming the lengths that they have: so the parser is reached."""
    payload_length = min(payload_length, max(len(data) - 16, 0))
    lengths = struct.pack("<4sIQ", protocol.MAGIC, len(data) - 16 - payload_length, payload_length)
    return lengths + data[16:]


def test_fuzzed_frames_give_a_message_or_a_protocol_error():
    rng = np.random.default_rng(20)
    valid = [
        encode(Message("call", {"args": (np.ones((2, 3), np.float32), 3, "x"), "kwargs": {}})),
        encode(Message("returned", {"value": [1.5, None, np.int8(3)], "inputs": ()})),
        encode(Message("returned", {"value": ModelSpec([{"a": 1}], [[np.zeros(2)]], 0)})),
    ]
    payloads = [24, 1, 16]
    understood = refused = 0
    for turn in range(100_000):
        kind = turn % 5
        data = mutated(rng, valid[turn % 3]) if kind else rng.bytes(int(rng.integers(80)))
        if kind > 2 and len(data) > 16:
            data = with_true_lengths(data, payloads[turn % 3])
        try:
            message = decode(data)
        except ProtocolError:
            refused += 1
        else:
            understood += 1
            assert isinstance(message.body, dict)
    # Both roads were walked.
    assert refused > 50_000
    assert understood > 100


@given(st.binary(max_size=200), st.binary(max_size=32))
@settings(max_examples=300, deadline=None)
def test_any_header_gives_a_message_or_a_protocol_error(header, payload):
    with contextlib.suppress(ProtocolError):
        decode(frame(header, payload))


def test_lies_about_lengths_cost_no_memory():
    ours, theirs = socket.socketpair()
    # Whoever believes them waits for what never comes: that is no ProtocolError either.
    theirs.settimeout(10)
    tracemalloc.start()
    try:
        with ours, theirs:
            for header, payload in [(2**32 - 1, 0), (2, 2**63), (2**20, 2**26)]:
                ours.sendall(struct.pack("<4sIQ", protocol.MAGIC, header, payload))
                if payload == 2**26:
                    ours.shutdown(socket.SHUT_WR)
                with pytest.raises((ProtocolError, EOFError)):
                    Connection(theirs).receive()
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_messages_in_pieces_are_put_together():
    ours, theirs = socket.socketpair()
    data = encode(Message("op", {"value": np.arange(5)}))
    with ours, theirs:
        for byte in data:
            ours.sendall(bytes([byte]))
        came = Connection(theirs).receive()
    np.testing.assert_array_equal(came.body["value"], np.arange(5))


def test_a_connection_closed_halfway_is_the_end():
    ours, theirs = socket.socketpair()
    with theirs:
        ours.sendall(encode(Message("op", {}))[:10])
        ours.close()
        with pytest.raises(EOFError):
            Connection(theirs).receive()


def test_floats_beyond_those_of_every_processor_travel_as_float64():
    arrived = decode(encode(Message("x", {"v": np.longdouble([0.1, 2])}))).body["v"]
    assert arrived.dtype == np.float64
    np.testing.assert_allclose(arrived, [0.1, 2])


def test_a_structure_with_more_text_than_a_header_holds_does_not_travel():
    many = ["x" * 400] * 4000
    with pytest.raises(UnsupportedValue, match="demasiados elementos"):
        encode(Message("x", {"v": many}))


@pytest.mark.parametrize("number", [2**64, 2**70])
def test_an_integer_that_no_type_holds_is_no_message(number):
    sound = encode(Message("x", {"v": 7_000_000}))
    assert decode(sound).body == {"v": 7_000_000}
    header = sound[protocol._PREFIX.size :].replace(b"7000000", str(number).encode())
    prefix = protocol._PREFIX.pack(protocol.MAGIC, len(header), 0)
    with pytest.raises(ProtocolError, match="demasiado grande"):
        decode(prefix + header)


def test_whoever_does_not_talk_is_not_waited_for_past_the_deadline():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        connection = Connection(ours)
        connection.deadline = 0.0  # Long past, whatever the machine's clock says.
        with pytest.raises(TimeoutError):
            connection.receive()


def test_a_connection_closed_here_is_heard_of_there():
    ours, theirs = map(Connection, socket.socketpair())
    ours.close()
    with pytest.raises(EOFError):
        theirs.receive()
    theirs.close()
