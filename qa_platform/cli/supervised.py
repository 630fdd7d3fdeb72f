"""How a child process ends with its supervisor, also when that one was killed."""

from __future__ import annotations

import os
import signal
import sys
import threading

SIGN = "QA_SUPERVISED"


def stop_with_supervisor() -> None:
    """Stop this process when its supervisor is gone; does nothing without one.

    The supervisor holds the other end of our standard input, and the system closes that end
    when the supervisor ends, however it ends.
    """
    if SIGN in os.environ:
        threading.Thread(target=_wait, args=(sys.stdin.fileno(),), daemon=True, name="supervisor").start()


def _wait(descriptor: int) -> None:
    while os.read(descriptor, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
