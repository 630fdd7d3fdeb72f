"""A network between the platform and its database, which can be cut in all the ways that networks are."""

from __future__ import annotations

import contextlib
import ctypes
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy.engine import make_url

# Linux's own numbers, which Python's socket module does not name.
_ATTACH_FILTER = 26
_DETACH_FILTER = 27
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Cut:
    """A proxy in front of a database: whoever uses `url` talks to it through a network that can fail.

    Nothing is lost on the way while it is held up: what was sent goes on after `heal`, as it does
    in TCP. What `reset` finds under way is lost, in either direction.
    """

    def __init__(self, database_url: str) -> None:
        """Take the address of a database on a unix socket or a port."""
        self._database = make_url(database_url)
        self._asking = threading.Event()
        self._answering = threading.Event()
        self._pairs: list[_Pair] = []
        self._changing = threading.Lock()
        self._listener: socket.socket | None = None
        self._port = 0
        self._deaf = False
        self._questions = 0
        self.muted = threading.Event()
        """Set while answers are held up and questions are not."""

    def __enter__(self) -> Self:
        """Open the way for a block."""
        self.heal()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop all connections."""
        self.reset()

    @property
    def url(self) -> str:
        """Return the address of the database through this network."""
        through = self._database.set(host="127.0.0.1", port=self._port, query={})
        return through.render_as_string(hide_password=False)

    def heal(self) -> None:
        """Let everything through again, and what was held up first."""
        with self._changing:
            self._deafen(deaf=False)
            if self._listener is None:
                self._listen()
        self._asking.set()
        self._answering.set()
        self.muted.clear()

    def reset(self) -> None:
        """Drop all connections, with what is under way in them, and refuse new ones."""
        with self._changing:
            if self._listener is not None:
                # Closing alone would not wake the thread that waits in accept.
                with contextlib.suppress(OSError):
                    self._listener.shutdown(socket.SHUT_RDWR)
                self._listener.close()
                self._listener = None
            self._deafen(deaf=False)
            for pair in self._pairs:
                pair.drop()
            self._pairs.clear()
        # Whoever held something up lets go of it, and finds its connection gone.
        self._asking.set()
        self._answering.set()
        self.muted.clear()

    def mute(self) -> None:
        """Let questions through and no answers: a COMMIT happens, and nobody is told."""
        self._answering.clear()
        self.muted.set()

    def mute_at(self, question: int) -> None:
        """Hold up the answers from this question on: 1 is the next."""
        self._questions = question

    def blackhole(self) -> None:
        """Take every byte and deliver none, like a proxy that hangs: all seems well to the kernel."""
        self._asking.clear()
        self._answering.clear()

    def silence(self) -> None:
        """Drop every packet, like a pulled cable: nothing is even acknowledged, and nobody is told."""
        self.blackhole()
        with self._changing:
            self._deafen(deaf=True)

    def _listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._port), backlog=64)
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                pair = _Pair(client, self._connect())
            except OSError:
                client.close()
                continue
            with self._changing:
                if self._listener is not listener:
                    pair.drop()
                    return
                self._pairs = [one for one in self._pairs if not one.dropped]
                self._pairs.append(pair)
                if self._deaf:
                    _drop_packets(client)
            pair.carry(self._asking, self._answering, self._count)

    def _count(self) -> None:
        with self._changing:
            self._questions -= 1
            if self._questions == 0:
                self.mute()

    def _connect(self) -> socket.socket:
        folder = self._database.query.get("host")
        if folder is None:
            return socket.create_connection((self._database.host, self._database.port or 5432))
        database = socket.socket(socket.AF_UNIX)
        database.connect(f"{folder}/.s.PGSQL.5432")
        return database

    def _deafen(self, *, deaf: bool) -> None:
        self._deaf = deaf
        sockets = [pair.client for pair in self._pairs if not pair.dropped]
        for one in [*sockets, *([self._listener] if self._listener else [])]:
            with contextlib.suppress(OSError):
                _drop_packets(one) if deaf else _take_packets(one)


class _Pair:
    """One connection of a client and the one to the database that stands for it."""

    def __init__(self, client: socket.socket, database: socket.socket) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.client = client
        self.database = database
        self.dropped = False

    def carry(self, asking: threading.Event, answering: threading.Event, asked: Callable[[], None]) -> None:
        """Carry bytes both ways until either side ends; each way while its event is set."""
        ways = (
            (self.client, self.database, asking, asked),
            (self.database, self.client, answering, lambda: None),
        )
        for way in ways:
            threading.Thread(target=self._carry, args=way, daemon=True).start()

    def drop(self) -> None:
        """End both connections at once, without a goodbye."""
        self.dropped = True
        with contextlib.suppress(OSError):
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        for one in (self.client, self.database):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _carry(
        self, source: socket.socket, target: socket.socket, open_way: threading.Event, came: Callable[[], None]
    ) -> None:
        with contextlib.suppress(OSError):
            while held := source.recv(65_536):
                came()
                open_way.wait()
                target.sendall(held)
            open_way.wait()
        self.drop()


def _drop_packets(one: socket.socket) -> None:
    # A filter of one instruction, “keep nothing”: the kernel drops a packet before TCP sees it.
    instruction = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
    program = struct.pack("HP", 1, ctypes.addressof(instruction))
    one.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, program)


def _take_packets(one: socket.socket) -> None:
    one.setsockopt(socket.SOL_SOCKET, _DETACH_FILTER, 0)
