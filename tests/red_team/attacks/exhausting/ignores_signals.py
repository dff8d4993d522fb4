"""Ignora todas las interrupciones y atrapa KeyboardInterrupt."""

CODE = """
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
"""


def succeeded(world):
    return world.held_up
