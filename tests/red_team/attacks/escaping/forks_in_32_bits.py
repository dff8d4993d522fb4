"""Llama al núcleo por la puerta de 32 bits, que un filtro puede olvidar."""

CODE = """
import ctypes, mmap, platform
if platform.machine() == "x86_64":
    # mov eax, 20 (getpid of i386); int 0x80; ret
    code = bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3])
    page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    if ctypes.CFUNCTYPE(ctypes.c_int)(address)() > 0:
        print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
