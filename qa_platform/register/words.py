"""What codes of the register are called on its pages, in English; a template says it in the reader's language."""

from __future__ import annotations

from typing import Final

from qa_platform.web.language import mark

# ISCED-F 2013, the broad fields.
FIELDS: Final = {
    "00": mark("Generic programmes and qualifications"),
    "01": mark("Education"),
    "02": mark("Arts and humanities"),
    "03": mark("Social sciences, journalism and information"),
    "04": mark("Business, administration and law"),
    "05": mark("Natural sciences, mathematics and statistics"),
    "06": mark("Information and communication technologies"),
    "07": mark("Engineering, manufacturing and construction"),
    "08": mark("Agriculture, forestry, fisheries and veterinary"),
    "09": mark("Health and welfare"),
    "10": mark("Services"),
}
MODES: Final = {
    "on_site": mark("On site"),
    "online_synchronous": mark("Online, at set times"),
    "online_asynchronous": mark("Online, in your own time"),
    "blended": mark("On site and online"),
    "workplace": mark("At the workplace"),
}
TONGUES: Final = {
    "en": mark("English"),
    "ms": mark("Malay"),
    "zh": mark("Chinese"),
    "ta": mark("Tamil"),
    "ar": mark("Arabic"),
}
CREDITS: Final = {"1": mark("Less than 2 credits"), "2": mark("2 to 4 credits"), "4": mark("4 credits and more")}
STANDINGS: Final = {
    "listed": mark("Accredited"),
    "conditional": mark("Accredited with conditions"),
    "expired": mark("Expired"),
    "ended": mark("Ended"),
    "not_yet": mark("Not accredited yet"),
}
STATUS_COLOURS: Final = {"listed": "green", "conditional": "yellow"}
# The documents of an entry's history, by the type of decision (docs/process.md).
DOCUMENTS: Final = {
    "APP": mark("Accredited"),
    "APP-V": mark("Accredited, with a variation that the provider agreed to"),
    "APP-C": mark("Accredited with conditions"),
    "APP-CX": mark("Accredited with critical conditions: no new learners until they are met"),
    "LIST": mark("Listed as a unit of an accredited programme"),
    "COND-MET": mark("All conditions met"),
    "CORR": mark("Correction of an earlier document"),
}
