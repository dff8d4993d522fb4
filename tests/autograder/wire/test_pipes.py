"""Two pipes that look like a socket: whole messages, and an end where the other side has gone."""

import io
import os

import pytest

from autograder.wire.pipes import Pipes
from autograder.wire.protocol import Connection, Message


@pytest.fixture
def ends():
    """Both sides of a conversation over two pipes, as the judge has them at home."""
    there, back = os.pipe(), os.pipe()
    sides = [
        Pipes(io.FileIO(there[0], "r"), io.FileIO(back[1], "w")),
        Pipes(io.FileIO(back[0], "r"), io.FileIO(there[1], "w")),
    ]
    yield sides
    for side in sides:
        side.close()


class _Little(io.RawIOBase):
    """A pipe that is almost full: it takes three bytes at a time, and now and then none."""

    def __init__(self):
        self.taken, self._turn = b"", 0

    def writable(self):
        return True

    def write(self, data):
        self._turn += 1
        if self._turn % 3 == 0:
            return None
        self.taken += bytes(data[:3])
        return len(data[:3])


def test_a_message_arrives_whole_in_both_directions(ends):
    one, other = map(Connection, ends)
    one.send(Message("check", {"id": "1_convolucion.conv2d"}))
    assert other.receive() == Message("check", {"id": "1_convolucion.conv2d"})
    other.send(Message("verdict", {"passed": True}))
    assert one.receive().body == {"passed": True}


def test_where_the_other_side_has_gone_there_is_an_end_and_not_a_wait(ends):
    one, other = ends
    other.close()
    assert one.recv(10) == b""
    with pytest.raises(EOFError):
        Connection(one).receive()


def test_what_a_pipe_takes_in_pieces_is_sent_whole():
    little = _Little()
    Pipes(io.BytesIO(), little).sendall(b"una respuesta larga")
    assert little.taken == b"una respuesta larga"


def test_an_end_that_somebody_closed_before_can_be_closed_again(ends):
    one, _ = ends
    os.close(one.reader.fileno())
    one.close()
    one.close()
    assert one.writer.closed
