"""A notebook open in JupyterLab, used as a student does: with the menu and the keyboard."""

from __future__ import annotations

import re
import time
from pathlib import Path

import nbformat
from nbformat.reader import NotJSONError
from playwright.sync_api import Page, TimeoutError

PATIENCE = 300
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'


class NotebookPage:
    """The notebook ``path`` of the course in ``folder``, in a tab of the browser."""

    def __init__(self, page: Page, lab: str, folder: Path, path: str) -> None:
        self.page, self.file = page, folder / path
        page.goto(f"{lab}/lab/tree/{path}")
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        self.panel.locator(".jp-Cell").first.wait_for()
        self._wait_for_the_kernel(f"{lab}/api/sessions", path)

    def _wait_for_the_kernel(self, sessions: str, path: str) -> None:
        """Until the server has it: the page shows an idle one before there is any."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for session in self.page.request.get(sessions).json():
                if session["path"] == path and session["kernel"]["execution_state"] == "idle":
                    self.panel.locator(IDLE).wait_for()
                    return
            self.page.wait_for_timeout(300)
        raise AssertionError(f"{path} never had a kernel")

    def stored(self) -> nbformat.NotebookNode:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return nbformat.read(self.file, as_version=4)
            except NotJSONError:
                # Read while JupyterLab was writing it.
                if time.monotonic() > deadline:
                    raise
                self.page.wait_for_timeout(200)

    def command(self, menu: str, command: str) -> None:
        """Choose an entry of a menu of the bar at the top; the pack of Spanish lacks some names.

        While the kernel is on its way the entry is dimmed, and the menu is opened again.
        """
        label = self.page.locator(".lm-MenuBar-itemLabel").filter(has_text=re.compile(menu))
        entry = self.page.locator(f'.lm-Menu-item:not(.lm-mod-disabled)[data-command="{command}"]')
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.answer()
            try:
                label.first.click(timeout=10_000)  # There may be a dialog now.
                entry.first.click(timeout=3000)
                return
            except TimeoutError:
                self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{command} was never to be chosen")

    def write(self, cell_id: str, source: str) -> None:
        """Go down to a cell with the arrows, and put other text in the place of its own.

        The arrows pass over a cell whose code is folded.
        """
        cells = self.stored().cells
        order = [c.id for c in cells if not c.metadata.get("jupyter", {}).get("source_hidden")]
        keyboard = self.page.keyboard
        self.panel.locator(".jp-Notebook").focus()
        keyboard.press("Escape")
        self.page.wait_for_timeout(200)
        for _ in order:
            keyboard.press("ArrowUp")
        for _ in range(order.index(cell_id)):
            keyboard.press("ArrowDown")
        keyboard.press("Enter")
        keyboard.press("Control+a")
        keyboard.insert_text(source)
        keyboard.press("Escape")

    def run_all(self) -> None:
        """Run every cell, and wait until the saved notebook shows that the last one ended.

        What an earlier run left in it has a lower number.
        """
        ran = max((cell.get("execution_count") or 0 for cell in self.stored().cells), default=0)
        self.command("^(Run|Ejecutar)$", "runmenu:run-all")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.page.wait_for_timeout(2000)
            self.answer()
            if self.panel.locator(IDLE).count():
                self.save()
                stored = self.stored()
                code = [c for c in stored.cells if c.cell_type == "code" and c.source]
                now = [cell for cell in code if (cell.execution_count or 0) > ran]
                if len(now) == len(code) or errors(nbformat.from_dict({"cells": now})):
                    return
                if not now:
                    # Asked for while the kernel was arriving, it is forgotten: ask again.
                    self.command("^(Run|Ejecutar)$", "runmenu:run-all")
        raise AssertionError(f"{self.file.name} did not end in {PATIENCE} s")

    def answer(self) -> None:
        """Answer the dialog that stops everything: the notebook's own kernel, and no other."""
        dialog = self.page.locator("dialog.jp-Dialog")
        if not dialog.count():
            return
        asked = dialog.first.inner_text()
        if not re.search("Select(ar|e)? kernel", asked, re.IGNORECASE):
            raise AssertionError(f"JupyterLab asks: {asked}")
        dialog.first.locator(".jp-mod-accept").click()

    def save(self) -> None:
        before = self.file.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        deadline = time.monotonic() + 60
        while self.file.stat().st_mtime_ns == before and time.monotonic() < deadline:
            self.page.wait_for_timeout(200)


def errors(notebook: nbformat.NotebookNode) -> list[str]:
    """The cells that ended in an exception, with its name."""
    return [
        f"{cell.id}: {output.ename}: {output.evalue[:200]}"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def printed(notebook: nbformat.NotebookNode, cell_id: str) -> str:
    """What a cell wrote to standard output."""
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    return "".join(o.text for o in cell.outputs if o.get("name") == "stdout")
