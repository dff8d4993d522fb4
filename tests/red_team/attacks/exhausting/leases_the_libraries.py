"""Arrienda los archivos de las bibliotecas para que quien los abra espere."""

CODE = """
import fcntl, pathlib, sysconfig, time

kept = []
for package in ("tqdm", "numba", "PIL", "matplotlib"):
    for path in pathlib.Path(sysconfig.get_path("purelib"), package).rglob("*.py"):
        try:
            file = open(path)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            kept.append(file)
        except OSError:
            pass
if kept:
    print("CONSEGUIDO")
    time.sleep(3)
"""


def succeeded(world):
    return world.claimed or world.held_up
