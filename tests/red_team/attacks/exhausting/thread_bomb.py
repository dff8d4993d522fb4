"""Abre miles de hilos pequeños."""

CODE = """
import threading, time
threading.stack_size(32768)
for n in range(2000):
    threading.Thread(target=time.sleep, args=[30], daemon=True).start()
time.sleep(1)
print("CONSEGUIDO", threading.active_count())
"""


def succeeded(world):
    return world.claimed
