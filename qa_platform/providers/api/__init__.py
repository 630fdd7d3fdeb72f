"""The API of providers, and of their applications for recognition."""

from __future__ import annotations

from qa_platform.providers.api import applications, providers
from qa_platform.providers.api.blueprint import providers_api

__all__ = ["applications", "providers", "providers_api"]
