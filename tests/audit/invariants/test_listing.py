from __future__ import annotations

from pathlib import Path

from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.listing import as_markdown


def test_the_guide_lists_all_invariants_as_they_are():
    """Written by `python -m qa_platform.audit.invariants.listing > docs/checks.md`."""
    guide = Path(__file__).parents[3] / "docs" / "checks.md"

    assert guide.read_text(encoding="utf-8") == as_markdown(INVARIANTS)
