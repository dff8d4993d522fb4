"""What the world looks like after an attack: marks, files, pages, processes."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from nbformat import NotebookNode

from autograder.judging.telling.style import STYLE
from tests.red_team.homework import write_all, write_trained_on_test

CLAIM = "CONSEGUIDO"  # What an attack prints where only it can know that it got through.
SURVIVOR = "sobrevive"  # The name that a process takes to be found later.
# Colours and cursor movements of the terminal are the grader's own; the rest came from a student.
_ESCAPES = re.compile(
    r"\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\u202a-\u202e\u2066-\u2069]"
)
_TEX = ("href", "require", "style", "mmlToken")  # What MathJax makes something of that acts.
_ACTIVE_TAGS = frozenset(
    {"applet", "base", "button", "embed", "form", "frame", "iframe", "input", "link", "meta"}
    | {"object", "script", "style", "svg", "textarea", "video", "audio", "marquee"}
)
# Formulas are drawn by MathML: what of it acts is no formula.
_ACTIVE_MATH = frozenset({"maction", "semantics", "annotation", "annotation-xml", "mglyph"})
_FORMULA = re.compile(r"m[a-z]+|none")


@dataclass
class World:
    """Seen from one attack.

    Attributes
    ----------
    points, max_points : float
        The attacker's mark in the gradebook.
    graded : bool
        Whether there is a mark at all.
    finished : bool
        Whether grading came to its end in time.
    seconds : float
        What grading this submission took.
    printed : str
        All outputs of the attacker's graded notebook.
    secret : str
        A text that stands in files and variables that no student may read.
    changed : tuple of str
        Files of the machine and the course that are not as they were.
    others_right : bool
        Whether the other students have the marks they earned.
    hits : str
        All that arrived at the machine's network services.
    survivors : int
        Processes of a notebook that are still there.
    pages, clean_pages : tuple of str
        Feedback, formgrader's page and the report, of the attacker and of an honest student.
    terminal : str
        What the instructor's terminal was sent.
    sheet : str
        The class's marks for a spreadsheet.
    accepted : bool
        Whether the homework's weights were accepted, with nothing for a person to review.
    grader_bytes : int
        How much of what was handed in beside the notebook the grader holds in memory.
    kept : str
        The text of the files that grading left of this student, beside the notebook.
    """

    name: str
    points: float = 0.0
    max_points: float = 20.0
    graded: bool = True
    finished: bool = True
    seconds: float = 0.0
    most_seconds: float = 60.0
    printed: str = ""
    secret: str = ""
    changed: tuple[str, ...] = ()
    others_right: bool = True
    hits: str = ""
    survivors: int = 0
    pages: tuple[str, ...] = ()
    clean_pages: tuple[str, ...] = ()
    terminal: str = ""
    sheet: str = ""
    accepted: bool = False
    grader_bytes: int = 0
    kept: str = ""

    @property
    def earned(self) -> bool:
        return self.points > 0

    @property
    def claimed(self) -> bool:
        # At the start of a line: tracebacks quote the line that would have printed it.
        return bool(re.search(rf"^{CLAIM}", self.printed, re.MULTILINE))

    @property
    def leaked(self) -> bool:
        seen = self.printed + self.hits + self.terminal + self.kept + "".join(self.pages)
        return self.secret in seen

    @property
    def did_damage(self) -> bool:
        return bool(self.changed) or not self.others_right

    @property
    def called(self) -> bool:
        """Whether this attack reached the network."""
        return f"<{self.name}>" in self.hits

    @property
    def held_up(self) -> bool:
        """Whether it cost the class more than its own bounded time."""
        late = self.seconds > self.most_seconds
        return not self.finished or late or not self.others_right or self.survivors > 0

    @property
    def active(self) -> bool:
        """Whether a page does something that an honest student's does not."""
        ours = zip(self.pages, self.clean_pages, strict=True)
        return any(not page or active_parts(page) - active_parts(clean) for page, clean in ours)

    @property
    def escaped_terminal(self) -> bool:
        return bool(_ESCAPES.search(self.terminal))


class _Active(HTMLParser):
    """Collects what a browser would run, load or send."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.preformatted = self.formula = 0
        self.script: str | None = None

    def end_script(self) -> None:
        """Count the script that is open, if any, under its whole text."""
        if self.script is not None:
            self.found[self.script] += 1
        self.script = None

    def handle_endtag(self, tag: str) -> None:
        self.preformatted -= tag == "pre"
        self.formula -= tag == "math" and self.formula > 0
        if tag == "script":
            self.end_script()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.preformatted += tag == "pre"
        if tag == "script":
            self.script = self.get_starttag_text() or ""
        elif tag in _ACTIVE_TAGS | _ACTIVE_MATH:
            self.found[tag] += 1
        if tag == "math" or self.formula:
            self.formula += tag == "math"
            # Links, styles and whatever is none of MathML's, inside of a formula.
            if not _FORMULA.fullmatch(tag) or {"href", "style", "xlink:href"} & dict(attrs).keys():
                self.found[f"math {tag}"] += 1
        for name, value in attrs:
            link = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on"):
                self.found[f"{name}={value}"] += 1
            elif link.startswith(("javascript:", "vbscript:", "data:text", "data:image/svg")):
                self.found[f"{name}={link[:40]}"] += 1
            elif name == "src" and not link.startswith("data:image/"):
                self.found[f"src={link[:40]}"] += 1

    def handle_data(self, data: str) -> None:
        if self.script is not None:
            self.script += data
        # MathJax leaves what is preformatted alone.
        if self.preformatted <= 0:
            for command in re.findall(rf"\\(?:{'|'.join(_TEX)})(?![a-zA-Z])", data):
                self.found[command] += 1


def active_parts(page: str) -> Counter[str]:
    """What of a page acts, counted; a script and the judge's style, by every letter of theirs."""
    parser = _Active()
    parser.feed(page.replace(f"<style>{STYLE}</style>", ""))
    parser.close()
    parser.end_script()
    if "mathjax" not in page.lower():
        for command in _TEX:
            parser.found.pop(f"\\{command}", None)
    return parser.found


def outputs_of(notebook: NotebookNode) -> str:
    """All that a notebook's outputs hold, as one text."""
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    texts = []
    for output in outputs:
        texts += [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", [])]
        texts += [str(value) for value in output.get("data", {}).values()]
    return "\n".join(texts)


def kept_beside(folder: Path) -> str:
    """What stands in a folder and is no notebook, as one text."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".ipynb"]
    return "\n".join(path.read_bytes()[:10_000].decode(errors="replace") for path in files)


def fingerprints(*folders: Path, apart: frozenset[str] = frozenset()) -> dict[str, str]:
    """A hash of every file under ``folders``, but those under a folder called ``apart``."""
    found = {}
    for top in folders:
        for path in top.rglob("*"):
            if path.is_file() and not path.is_symlink() and not apart & set(path.parts):
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def survivors() -> int:
    """How many processes bear the name that attacks give to those they leave behind."""
    count = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                count += (entry / "comm").read_text().startswith(SURVIVOR)
            except OSError:
                continue
    return count


@dataclass
class Machine:
    """What stands around the course and must stay as it is: files, a variable, two services."""

    folder: Path
    secret: str = field(default_factory=lambda: f"canario-{secrets.token_hex(8)}")
    hits: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        (self.folder / "secreto.txt").write_text(f"{self.secret}\n")
        (self.folder / ".bashrc").write_text("# nada\n")
        os.environ["SECRETO_DEL_CURSO"] = self.secret
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._local = socket.socket(socket.AF_UNIX)
        self._local.bind(str(self.folder / "servicio.sock"))
        self._local.listen()
        for server in (self._tcp, self._local):
            threading.Thread(target=self._listen, args=(server,), daemon=True).start()

    def _listen(self, server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            client.settimeout(1)
            with client:
                try:
                    self.hits.append(client.recv(4096).decode(errors="replace"))
                except OSError:
                    self.hits.append("")

    def places(self, course: Path) -> dict[str, str]:
        """The values of the ``@NAMES@`` that attacks use; ``PESOS`` are somebody's good weights."""
        weights, fitted = self.folder / "pesos", self.folder / "ajustados.h5"
        if not weights.exists():
            write_all(weights)
            write_trained_on_test(fitted)
        places = {"CURSO": course, "MAQUINA": self.folder, "PESOS": weights, "AJUSTADOS": fitted}
        port = self._tcp.getsockname()[1]
        return {name: str(value) for name, value in {**places, "PUERTO": port}.items()}

    def close(self) -> None:
        self._tcp.close()
        self._local.close()
        os.environ.pop("SECRETO_DEL_CURSO", None)
