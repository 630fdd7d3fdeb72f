"""The address that the web server wants: free, or refused before anything else starts."""

from __future__ import annotations

import errno
import socket
import time

from qa_platform.cli.failures import Failed


def check_port(host: str, port: int, *, patience_seconds: float = 0.0) -> None:
    """Refuse an address that cannot be listened on, after waiting for one who may be just leaving."""
    deadline = time.monotonic() + patience_seconds
    while (reason := _try(host, port)) is not None:
        if reason != errno.EADDRINUSE or time.monotonic() > deadline:
            raise Failed(_sentence(host, port, reason))
        time.sleep(0.1)


def _try(host: str, port: int) -> int | None:
    """Return why an address cannot be listened on; None when it can."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror:
        return errno.EADDRNOTAVAIL
    except OSError as refusal:
        return refusal.errno
    return None


def _sentence(host: str, port: int, reason: int) -> str:
    match reason:
        case errno.EADDRINUSE:
            return (
                f"The web server cannot start: port {port} is taken by another program. "
                f"Stop that one, or choose another port, for example: PORT={port + 1} make run."
            )
        case errno.EACCES:
            return (
                f"The web server cannot start: this user may not listen on port {port}. "
                "Choose one of 1024 or more with PORT."
            )
        case _:
            return f"The web server cannot start: “{host}” is no address of this machine. Correct HOST, then try again."
