"""A hub: an instructor and a student who are two users of the machine, and the exchange between.

Where the tests run as root each order runs as its user, in a mount of bubblewrap's whose
``/etc/passwd`` knows them: the machine's own does not change. Otherwise there is one user, who is
both, with a home for each.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from classroom import ROOT

from autograder.sandbox.availability import isolation_problem

COURSE_ID = "cnn_2026"
UIDS = {"profe": 20001, "ana": 20002}
PAGE = ROOT / "docs" / "jupyterhub.md"
EXCHANGE = "/srv/nbgrader/exchange"  # As the page calls it.


def told_configurations() -> tuple[str, str]:
    """What the page has an administrator write for everybody, and an instructor for a course."""
    blocks = re.findall(r"^```text\n(c = .*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    everybody, course = blocks
    return everybody, course


def told_orders() -> list[str]:
    """The orders of the page, in their order: «who: order»."""
    (block,) = re.findall(r"^```text\n(tú:.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    return [re.sub(r":\s+", ": ", line, count=1) for line in block.splitlines()]


@dataclass
class Hub:
    """Its folders, as its users see them and as the test does."""

    outside: Path
    separate: bool
    ran: list[str] = field(default_factory=list)

    @property
    def inside(self) -> Path:
        return Path("/tmp/hub") if self.separate else self.outside

    @property
    def student(self) -> str:
        """By what nbgrader knows whoever hands in."""
        return "ana" if self.separate else pwd.getpwuid(os.getuid()).pw_name

    def run(self, user: str, folder: str, *order: str) -> str:
        """What a user's order wrote; it must end well."""
        who = "tú" if user == "profe" else "estudiante"
        self.ran.append(f"{who}: {' '.join(order)}")
        done = self.attempt(user, folder, *order)
        assert done.returncode == 0, f"{' '.join(order)}\n{done.stdout}"
        return done.stdout

    def attempt(self, user: str, folder: str, *order: str) -> subprocess.CompletedProcess[str]:
        home = self.inside / "casas" / user
        environment = {
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "USER": user,
        }
        command = [str(Path(sys.executable).parent / order[0]), *order[1:]]
        return subprocess.run(
            self._as(user, str(self.inside / folder)) + command,
            cwd=None if self.separate else self.outside / folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _as(self, user: str, folder: str) -> list[str]:
        if not self.separate:
            return []
        uid = str(UIDS[user])
        return [
            *("bwrap", "--dev-bind", "/", "/", "--perms", "1777", "--tmpfs", "/tmp"),
            *_reachable(),
            *("--bind", str(self.outside), "/tmp/hub", "--chdir", folder),
            *("--ro-bind", str(self.outside / "passwd"), "/etc/passwd", "--cap-add", "ALL", "--"),
            *("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--inh-caps=-all", "--"),
        ]


def open_hub(outside: Path) -> Hub:
    """A hub in a folder that is there and empty, with the course in it, not yet published."""
    hub = Hub(outside, os.getuid() == 0 and not isolation_problem())
    (outside / "intercambio").mkdir()
    (outside / "intercambio").chmod(0o777)
    shutil.copytree(ROOT / "source" / "1_convolucion", outside / "curso" / "source/1_convolucion")
    everybody, ours = told_configurations()
    everybody = everybody.replace(EXCHANGE, str(hub.inside / "intercambio"))
    right = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (outside / "curso/nbgrader_config.py").write_text(right + ours, encoding="utf-8")
    for user in UIDS:
        told = outside / "casas" / user / ".jupyter" / "nbgrader_config.py"
        told.parent.mkdir(parents=True)
        told.write_text(everybody, encoding="utf-8")
    (outside / "curso").chmod(0o700)
    if hub.separate:
        lines = [pwd.getpwuid(0).pw_name + ":x:0:0::/root:/bin/sh"]
        lines += [
            f"{user}:x:{uid}:{uid}::/tmp/hub/casas/{user}:/bin/sh" for user, uid in UIDS.items()
        ]
        (outside / "passwd").write_text("\n".join(lines) + "\n")
        for folder, user in (("curso", "profe"), ("casas/profe", "profe"), ("casas/ana", "ana")):
            own(outside / folder, user)
    return hub


def own(folder: Path, user: str) -> None:
    """Give a folder, and all that is in it, to a user."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, UIDS[user], UIDS[user])


def _reachable() -> list[str]:
    """Python and this repository, also where root keeps them in a folder of its own."""
    options: list[str] = []
    closed: set[Path] = set()
    for wanted in dict.fromkeys((sys.base_prefix, sys.prefix, str(ROOT))):
        path = Path(wanted).resolve()
        shut = [p for p in path.parents if not p.stat().st_mode & stat.S_IXOTH]
        if not shut and path.is_relative_to("/tmp"):
            shut = [Path("/tmp")]
        for parent in shut[-1:]:
            if parent not in closed and parent != Path("/tmp"):
                options += ["--tmpfs", str(parent)]
            closed.add(parent)
            for between in reversed(path.parents):
                if between.is_relative_to(parent) and between != parent:
                    options += ["--perms", "0755", "--dir", str(between)]
            options += ["--ro-bind", str(path), str(path)]
    return options
