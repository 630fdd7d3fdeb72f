"""`python -m qa_platform.cli`: the `qa` command, where its script is not on the path."""

from __future__ import annotations

from qa_platform.cli import main

main()
