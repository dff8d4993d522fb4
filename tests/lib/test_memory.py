"""Memory kept between training steps: no page faults while it lasts, given back afterwards."""

import platform

import numpy as np
import pytest

from conv2d_lib import memory


def test_an_error_inside_comes_out_and_the_block_can_be_entered_again():
    with pytest.raises(KeyError), memory.kept_memory():
        raise KeyError
    with memory.kept_memory():
        assert np.ones(10).sum() == 10


def test_without_glibc_it_does_nothing(monkeypatch):
    monkeypatch.setattr(memory, "_glibc", lambda: None)
    with memory.kept_memory():
        assert np.ones(10).sum() == 10


if platform.libc_ver()[0] == "glibc":
    import resource

    def faults(turns):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for _ in range(turns):
            # Under the 4 MB from which NumPy asks for huge pages; 29,000 pages in all.
            arrays = [np.ones(3_000_000, np.uint8) for _ in range(40)]
            arrays.clear()
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    def test_what_is_dropped_is_used_again_without_asking_the_system():
        with memory.kept_memory():
            faults(1)
            kept = faults(3)
        assert kept < 29_000 < faults(3)
