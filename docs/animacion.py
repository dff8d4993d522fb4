"""Escribe ``docs/img/explorador.webp``: el explorador, paso a paso, como se ve en un navegador.

``python docs/animacion.py`` (necesita Chromium).
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from conv2d_lib.explorer import module_text

TARGET = Path(__file__).parent / "img" / "explorador.webp"
SIZE = {"width": 980, "height": 630}
STEP_MS, PAUSE_MS = 180, 1500
STEPS = 14
PAGE = '<!doctype html><html lang="es"><body style="margin:12px"><div id="a"></div>'
MOUNT = """
explorador(document.getElementById('a'), { estado: { padding: 'same' }, imagenes: [] });
"""


def shots(page: Page) -> Iterator[tuple[bytes, int]]:
    """Pictures of the explorer and how long each is seen, in milliseconds."""
    page.get_by_role("button", name="Paso", exact=True).focus()
    for _ in range(STEPS):
        page.get_by_role("button", name="Paso", exact=True).click()
        yield page.screenshot(), STEP_MS
    page.get_by_role("button", name="Todo").click()
    yield page.screenshot(), PAUSE_MS
    page.get_by_label("kernel con nombre").select_option(index=3)
    yield page.screenshot(), PAUSE_MS
    page.get_by_label("strides (paso)").fill("2")
    page.keyboard.press("Enter")
    yield page.screenshot(), PAUSE_MS


def main() -> None:
    """Escribe la animación."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="es-ES", color_scheme="light")
        page.set_content(PAGE)
        page.add_script_tag(type="module", content=module_text() + MOUNT)
        page.wait_for_selector(".explorador")
        frames, durations = zip(*shots(page), strict=True)
        browser.close()
    pictures = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in frames]
    pictures[0].save(
        TARGET,
        save_all=True,
        append_images=pictures[1:],
        duration=list(durations),
        loop=0,
        quality=60,
        method=6,
    )
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB, {len(pictures)} imágenes")


if __name__ == "__main__":
    main()
