"""The API of reviewers: for the agency, and for each reviewer about himself."""

from qa_platform.reviewers.api import calibration, lifecycle, reviewers, terms
from qa_platform.reviewers.api.blueprint import reviewers_api

__all__ = ["calibration", "lifecycle", "reviewers", "reviewers_api", "terms"]
