"""What every test may count on, however the tests were started."""

from __future__ import annotations

import signal

# A shell starts what it leaves in the background deaf to Ctrl-C, and children inherit that: here
# functions, kernels and graders are interrupted on purpose.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
