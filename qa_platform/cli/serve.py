"""`qa serve`: the web server alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from qa_platform import app
from qa_platform.cli.connection import connect
from qa_platform.cli.port import check_port
from qa_platform.cli.supervised import stop_with_supervisor
from qa_platform.config import Settings, load_settings

_MEMORY = Path("/dev/shm")  # noqa: S108 -- gunicorn makes an unnamed file there


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
    """Gunicorn around an application that is made once, before its processes fork."""

    def __init__(self, application: Flask, options: dict[str, Any]) -> None:
        self._application = application
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our settings, and none from a gunicorn.conf.py that lies about."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application."""
        return self._application


class _Log(Logger):  # type: ignore[misc]  # gunicorn brings no types
    """Gunicorn's words, down the one pipe of all others; its own handlers would quote addresses."""

    def setup(self, cfg: Config) -> None:
        """Make no handlers."""
        self.cfg = cfg
        self.error_log.propagate = True


@click.command
def serve() -> None:
    """Serve pages and API at HOST and PORT (127.0.0.1:8080).

    WEB_PROCESSES times WEB_THREADS requests are answered at once. SIGTERM lets those in hand
    finish. The worker is a process of its own: see “qa worker”.

    \b
    Example:
      HOST=0.0.0.0 PORT=80 WEB_PROCESSES=4 qa serve
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    check_port(settings.host, settings.port)
    stop_with_supervisor()
    with connect(settings) as connected:
        _Server(app.create_app(connected), _options(connected)).run()


def _options(settings: Settings) -> dict[str, Any]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": [f"{host}:{settings.port}"],
        "workers": settings.web_processes,
        "worker_class": "gthread",
        "threads": settings.web_threads,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 10,
        "logger_class": _Log,
        "proc_name": "qa_platform",
        "control_socket_disable": True,
        # The processes' sign of life; on a disk, a busy one would make it late.
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
    }
