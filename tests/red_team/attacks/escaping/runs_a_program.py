"""Ejecuta programas de la máquina: sh, python, lo que haya."""

CODE = """
import glob, os, subprocess, sys
programs = ["/bin/sh", "/usr/bin/id", sys.executable, "/sleep", *glob.glob("/lib64/ld-linux*")]
for program in programs:
    try:
        subprocess.run([program, "--version"], timeout=2)
        print("CONSEGUIDO", program)
    except Exception as error:
        print(type(error).__name__)
"""


def succeeded(world):
    return world.claimed
