"""Notebooks that were executed already, where only what is saved of them matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from autograder.classroom import pools
from autograder.classroom.grading import Graded, Job


@pytest.fixture(scope="module")
def graded_before():
    """Notebooks are executed once for all these tests: only saving matters here.

    Each is waited for, as if it took its time; none is where ``pools.run_jobs.waits`` is false.
    """
    work: dict[str, Graded] = {}
    really = pools.run_jobs

    def run(
        function, jobs: Iterable[Job], processes: int, seconds: float, servers: dict, idle: Callable
    ) -> Iterator[tuple[Job, Graded]]:
        for job in jobs:
            source = "".join(cell.source for cell in job.notebook.cells)
            if source not in work:
                ((_, result),) = really(function, [job], 1, seconds)
                assert isinstance(result, Graded), result
                work[source] = result
            yield job, work[source]
            if run.waits:
                idle()

    run.waits = True  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(pools, "run_jobs", run)
        # In a copy of this process there would be nobody to stop it.
        patches.setattr(pools, "server_of", lambda flavour: None)
        yield
