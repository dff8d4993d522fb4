"""El juez en casa: un proceso aparte que el cuaderno arranca y que muere con él."""

from __future__ import annotations

import socket
import sys

from .judge import serve
from .protocol import Connection


def main() -> None:
    serve(Connection(socket.socket(fileno=int(sys.argv[1]))), log=lambda verdict: None)


if __name__ == "__main__":
    main()
