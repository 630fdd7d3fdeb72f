"""The two resources of this room."""

from __future__ import annotations

from flask_smorest import Blueprint

decisions_api = Blueprint(
    "decisions", __name__, url_prefix="/api/v1/decisions", description="What the committee decides, and on what basis"
)
meetings_api = Blueprint(
    "meetings", __name__, url_prefix="/api/v1/meetings", description="When the committee meets, and on what"
)
