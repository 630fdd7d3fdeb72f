"""Write the tables and the diagrams anew: `make process`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests import servers
from tests.rulebook.book import book
from tests.rulebook.process import renewed
from tests.rulebook.tables import door, signed

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "process.md"


def main() -> None:
    """Write what has changed, and say what."""
    servers.open_session()
    try:
        rooms = book().rooms
    finally:
        servers.close_session()
    pages = {door(room): signed(door(room).read_text(encoding="utf-8"), walks) for room, walks in rooms.items()}
    pages[DOCUMENT] = renewed(DOCUMENT.read_text(encoding="utf-8"), rooms)
    for path, text in pages.items():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"written: {path.relative_to(DOCUMENT.parents[1])}\n")


if __name__ == "__main__":
    main()
