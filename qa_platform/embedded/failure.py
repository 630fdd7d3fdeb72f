"""What goes wrong with a private database, said to the person at the terminal."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class EmbeddedFailure(Exception):
    """The private database cannot be had; the message says why, and what to do now."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@contextmanager
def said_plainly(folder: Path) -> Iterator[None]:
    """Turn what the operating system refuses about a folder into a sentence."""
    try:
        yield
    except OSError as refusal:
        raise EmbeddedFailure(sentence_about(refusal.errno, refusal.filename, folder)) from refusal


def sentence_about(number: int | None, filename: object, folder: Path) -> str:
    """Return the sentence for an error number of the operating system."""
    match number:
        case errno.ENOSPC | errno.EDQUOT:
            return disk_is_full(folder)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return not_permitted(filename or folder)
        case errno.ENOTDIR | errno.EEXIST:
            return (
                f"The database cannot be kept in “{folder}”: “{filename or folder}” is a file, not a folder. "
                "Move it away, or choose another folder with DATA_FOLDER."
            )
        case _:
            reason = "an unknown reason" if number is None else errno.errorcode.get(number, str(number))
            return f"The database in “{folder}” cannot be used: the system answered {reason} for “{filename}”."


def disk_is_full(folder: Path) -> str:
    """Return the sentence for a disk that has no room."""
    return (
        f"The database in “{folder}” cannot work: the disk is full. "
        "Make room on it, or choose a folder on another disk with DATA_FOLDER, then start again."
    )


def not_permitted(filename: object) -> str:
    """Return the sentence for a folder or file that may not be used."""
    return (
        f"The database cannot be started: this user may not read or write “{filename}”. "
        "Give yourself that right, or choose a folder of your own with DATA_FOLDER."
    )
