"""The wire of providers, and of their applications for recognition."""

from __future__ import annotations

from qa_platform.providers.schemas.applications import (
    ApplicationQuerySchema,
    ApplicationSchema,
    ApplicationSummarySchema,
    ApplicationWithdrawalSchema,
    ApplySchema,
    GrantSchema,
    InformationRequestSchema,
    InformationSchema,
    ParticularsSchema,
    ProviderContactSchema,
    ProviderContactShownSchema,
    RefusalSchema,
    capacity_named,
)
from qa_platform.providers.schemas.providers import (
    CessationSchema,
    ErrorSchema,
    ProviderChangeSchema,
    ProviderDetailsSchema,
    ProviderQuerySchema,
    ProviderSchema,
    RecognitionSchema,
    ReinstatementSchema,
    SuspensionSchema,
)

__all__ = [
    "ApplicationQuerySchema",
    "ApplicationSchema",
    "ApplicationSummarySchema",
    "ApplicationWithdrawalSchema",
    "ApplySchema",
    "CessationSchema",
    "ErrorSchema",
    "GrantSchema",
    "InformationRequestSchema",
    "InformationSchema",
    "ParticularsSchema",
    "ProviderChangeSchema",
    "ProviderContactSchema",
    "ProviderContactShownSchema",
    "ProviderDetailsSchema",
    "ProviderQuerySchema",
    "ProviderSchema",
    "RecognitionSchema",
    "RefusalSchema",
    "ReinstatementSchema",
    "SuspensionSchema",
    "capacity_named",
]
