"""Dos tuberías con la cara de un socket: así habla el juez en casa, en cualquier sistema.

Windows passes no sockets to a child, and no descriptors but the three standard ones.
"""

from __future__ import annotations

import io
from contextlib import suppress

_MOST_AT_ONCE = 1 << 20


class Pipes:
    """What :class:`~autograder.wire.protocol.Connection` needs of a stream, over two raw files."""

    def __init__(self, reader: io.RawIOBase, writer: io.RawIOBase) -> None:
        self.reader, self.writer = reader, writer

    def recv(self, size: int) -> bytes:
        """What there is, up to ``size`` bytes; none where the other side has gone."""
        return self.reader.read(size) or b""

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self.writer.write(rest[:_MOST_AT_ONCE]) or 0 :]

    def close(self) -> None:
        for end in (self.reader, self.writer):
            with suppress(OSError):  # Somebody closed the descriptor before.
                end.close()
