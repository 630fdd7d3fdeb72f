"""The application, for a WSGI server."""

from __future__ import annotations

from qa_platform.app import create_app

application = create_app()
