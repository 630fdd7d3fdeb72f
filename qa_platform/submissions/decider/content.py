"""What a change changes, what a course is after it, and the digest that binds to it."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from qa_platform.submissions.events import CourseContent, CoursePatch


def fields_of(patch: CoursePatch) -> dict[str, Any]:
    """Return the fields that a change says something about; an empty text or list empties the field."""
    said = {name: getattr(patch, name) for name in patch.__struct_fields__}
    return {name: None if value in ("", ()) else value for name, value in said.items() if value is not msgspec.UNSET}


def changes(content: CourseContent, patch: CoursePatch) -> CoursePatch | None:
    """Return what really changes, None when nothing does."""
    changed = {name: value for name, value in fields_of(patch).items() if value != getattr(content, name)}
    return CoursePatch(**changed) if changed else None


def changed(content: CourseContent, patch: CoursePatch) -> CourseContent:
    """Return the course after a change."""
    return msgspec.structs.replace(content, **fields_of(patch))


def content_digest(content: CourseContent) -> str:
    """Return the SHA-256 of the content in canonical JSON, in hex; what is empty is left out."""
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
