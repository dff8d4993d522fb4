"""A judge and a notebook in one process, joined by the real wire format but no socket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checks import find_check
from autograder.judging.judge import judge
from autograder.judging.remote import Remote
from autograder.judging.verdict import Verdict
from autograder.notebook import client, student_values
from autograder.wire.protocol import Message, decode, encode


class Loopback:
    """What is sent is answered at once by the notebook's side."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.models = student_values.Models()

    def send(self, message: Message) -> None:
        request = decode(encode(message))
        self.answer = decode(client._frame(request, self.function, self.models))

    def receive(self) -> Message:
        return self.answer


def verdict_on(check_id: str, function: Callable[..., Any], seed: int = 0) -> Verdict:
    """The judge's verdict on a function, with everything between them as it is at home."""
    return judge(find_check(check_id), Remote(Loopback(function)), seed)


def failed_aspects(verdict: Verdict) -> set[str]:
    return {aspect.name for aspect in verdict.aspects if not aspect.passed}
