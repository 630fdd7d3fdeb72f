"""The blueprint that providers and their applications share."""

from __future__ import annotations

from flask_smorest import Blueprint

providers_api = Blueprint(
    "providers", __name__, url_prefix="/api/v1/providers", description="Who puts courses forward, and may"
)
