"""What is said of a setting that cannot be used."""

from __future__ import annotations


class SettingInvalid(Exception):
    """A setting cannot be used; the message says which, why, and what would do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
