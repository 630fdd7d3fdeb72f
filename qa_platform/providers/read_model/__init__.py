"""Providers, their people, their applications and what they lodged, as the API lists them."""

from __future__ import annotations

from qa_platform.providers.read_model.applications import (
    APPLICATIONS,
    ApplicationRow,
    Holder,
    get_application,
    list_unanswered,
    select_applications,
)
from qa_platform.providers.read_model.contacts import CONTACTS, ContactRow, contacts_of
from qa_platform.providers.read_model.lodgings import LODGINGS, count_lodged
from qa_platform.providers.read_model.providers import (
    PROVIDERS,
    ProviderRow,
    find_by_name,
    get_provider,
    list_run_out,
    select_providers,
)

__all__ = [
    "APPLICATIONS",
    "CONTACTS",
    "LODGINGS",
    "PROVIDERS",
    "ApplicationRow",
    "ContactRow",
    "Holder",
    "ProviderRow",
    "contacts_of",
    "count_lodged",
    "find_by_name",
    "get_application",
    "get_provider",
    "list_run_out",
    "list_unanswered",
    "select_applications",
    "select_providers",
]
