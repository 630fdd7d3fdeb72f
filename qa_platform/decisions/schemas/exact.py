"""Decimal numbers on the wire."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import marshmallow as ma


class Exact(ma.fields.Decimal):
    """A decimal number with at most so many places; more are refused, never rounded away."""

    def _validated(self, value: Any) -> Any:  # noqa: ANN401 -- as inherited
        number = super()._validated(value)
        if number != Decimal(str(value)):
            raise ma.ValidationError(f"There are too many digits after the point: write {number}, or what is meant.")
        return number
