"""Where mails go: a server that passes them on, or a folder on a machine that has none.

Whoever sends a mail again after a crash sends the same bytes under the same Message-ID, and
writes the same file: a reader gets it once.
"""

from __future__ import annotations

import mailbox
import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

_PATIENCE_SECONDS = 10.0
_REFUSED_FOR_GOOD = 500


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail as it leaves: its id, whom it goes to, and its very bytes."""

    mail_id: str
    to: str
    data: bytes


class Session(Protocol):
    """An open way out, for some mails one after the other."""

    def send(self, mail: Mail) -> None:
        """Send a mail. Raises MailRefused when it will never go, OSError or SMTPException when it may later."""
        ...


class Post(Protocol):
    """A way out."""

    @contextmanager
    def opened(self) -> Iterator[Session]:
        """Give a session for a block; it reaches out when the first mail is sent."""
        ...


class MailRefused(Exception):
    """The mail will never go to this address, however often it is tried."""


class SmtpPost(msgspec.Struct, frozen=True, kw_only=True):
    """A server of the agency that takes mails (RFC 5321), by STARTTLS unless it lies on this machine."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    starttls: bool = True

    @contextmanager
    def opened(self) -> Iterator[Session]:
        """Give a session with the server, begun with the first mail and ended in order."""
        session = _SmtpSession(self)
        try:
            yield session
        finally:
            session.close()


class _SmtpSession:
    def __init__(self, post: SmtpPost) -> None:
        self._post = post
        self._server: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> None:
        """Send a mail through the server."""
        try:
            self._reached().sendmail(self._post.sender, [mail.to], mail.data)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _words in refused.recipients.values()]
            if all(code >= _REFUSED_FOR_GOOD for code in codes):
                raise MailRefused from refused
            raise
        except (smtplib.SMTPServerDisconnected, OSError):
            # A new session may do better than one that broke off.
            self.close()
            raise

    def _reached(self) -> smtplib.SMTP:
        if self._server is None:
            server = smtplib.SMTP(self._post.host, self._post.port, timeout=_PATIENCE_SECONDS)
            self._server = server
            if self._post.starttls:
                server.starttls(context=ssl.create_default_context())
            if self._post.user is not None:
                server.login(self._post.user, self._post.password or "")
        return self._server

    def close(self) -> None:
        """Take leave of the server, if there is one."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()


class MaildirPost(msgspec.Struct, frozen=True, kw_only=True):
    """A folder of mails, one file each, that any mail program can open."""

    folder: Path

    @contextmanager
    def opened(self) -> Iterator[Session]:
        """Give a session with the folder, which is made for this account alone."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        mailbox.Maildir(self.folder, create=True)
        self.folder.chmod(0o700)
        yield _MaildirSession(self.folder)


class _MaildirSession:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: Mail) -> None:
        """Put a mail into the folder, unless it lies there, read or not."""
        name = f"{mail.mail_id}.notice"
        if any(self._folder.glob(f"cur/{name}*")):
            return
        making = self._folder / "tmp" / name
        making.write_bytes(mail.data)
        os.replace(making, self._folder / "new" / name)  # noqa: PTH105 -- in one step, whatever lies there
