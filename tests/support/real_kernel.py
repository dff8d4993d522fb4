"""A real Jupyter kernel whose cells are run one by one, with all that they show."""

from __future__ import annotations

import os
import queue

import pytest
from jupyter_client.manager import start_new_kernel


class Notebook:
    """A kernel whose cells are run one by one, all that they show kept."""

    def __init__(self, folder):
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("NBGRADER", "CURSO"))
        }
        self.manager, self.client = start_new_kernel(cwd=str(folder), env=environment)

    def run(self, source, stop_when=None, count=1):
        """The messages of a cell; ■ is pressed when one's text contains ``stop_when``."""
        asked = self.client.execute(source)
        shown = []
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=120)
            except queue.Empty:
                pytest.fail(f"nothing came after {shown}")
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return shown
            if kind in ("stream", "error", "display_data", "update_display_data"):
                shown.append((kind, content))
            text = content.get("data", {}).get("text/plain", "")
            if stop_when and stop_when in text:
                count -= 1
                if count == 0:
                    self.manager.interrupt_kernel()

    def text(self, source):
        """What a cell printed, and the text beside what it drew."""
        return "".join(
            content.get("text", "") or content.get("data", {}).get("text/plain", "")
            for _, content in self.run(source)
        )

    def error(self, source):
        """The traceback that a cell ends with, as it is shown."""
        errors = [content for kind, content in self.run(source) if kind == "error"]
        return "\n".join(errors[-1]["traceback"]) if errors else ""
