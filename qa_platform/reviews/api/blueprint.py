"""Where all addresses of reviews hang, and which review each is about."""

from __future__ import annotations

from flask_smorest import Blueprint

from qa_platform.kernel.rejected import Missing
from qa_platform.reviews import read_model
from qa_platform.reviews.read_model import ReviewRow
from qa_platform.web.context import actor, reading

reviews_api = Blueprint(
    "reviews", __name__, url_prefix="/api/v1/reviews", description="One reviewer's review of one submission"
)


def visible(review_id: str) -> ReviewRow:
    """Return a review that the one who asks may know of. Raises Missing."""
    row = read_model.get_review(reading(), review_id, actor())
    if row is None:
        raise Missing("There is no such review among those that you may see. Check the address.")
    return row
