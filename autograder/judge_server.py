"""El juez en casa: un proceso aparte que el cuaderno arranca y que muere con él."""

from __future__ import annotations

import signal
import socket
import sys

from .judge import serve
from .protocol import Connection


def main() -> None:
    # Ctrl-C in the notebook is for the student's function; the judge hears of it by message.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(Connection(socket.socket(fileno=int(sys.argv[1]))), log=lambda verdict: None)


if __name__ == "__main__":
    main()
