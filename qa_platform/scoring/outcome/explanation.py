"""An outcome in sentences, for people, in each language of the platform."""

from __future__ import annotations

from decimal import Decimal

from qa_platform.scoring.outcome.result import Finding, Outcome, Trigger

_BANDS = {
    "en": {
        "approve": "approve",
        "approve_with_conditions": "approve with conditions",
        "refuse": "refuse",
    },
    "ms": {
        "approve": "lulus",
        "approve_with_conditions": "lulus bersyarat",
        "refuse": "tolak",
    },
}

_SUMMARY = {
    "en": "The scores come to “{band}”: the index is {index} ({earned} of {applicable} weight points).",
    "ms": "Skor membawa kepada “{band}”: indeks ialah {index} ({earned} daripada {applicable} mata pemberat).",
}

_FINDINGS = {
    "en": {
        "must_pass_min": "Not “{band}”: must-pass criterion {criterion} has score {actual}; "
        "at least {required} is required, {shortfall} short.",
        "not_conditionable": "Not “{band}”: must-pass criterion {criterion} has score {actual}, below {required}, "
        "and cannot be met later through a condition.",
        "below_met_max": "Not “{band}”: {actual} must-pass criteria are below met; "
        "at most {required} may be, {shortfall} too many.",
        "index_min": "Not “{band}”: the index is {actual}; at least {required} is required, {shortfall} short.",
        "area_min": "Not “{band}”: the index of area {area} is {actual}; "
        "at least {required} is required, {shortfall} short.",
    },
    "ms": {
        "must_pass_min": "Bukan “{band}”: kriteria wajib lulus {criterion} mendapat skor {actual}; "
        "sekurang-kurangnya {required} diperlukan, kurang {shortfall}.",
        "not_conditionable": "Bukan “{band}”: kriteria wajib lulus {criterion} mendapat skor {actual}, "
        "di bawah {required}, dan tidak boleh dipenuhi kemudian melalui syarat.",
        "below_met_max": "Bukan “{band}”: {actual} kriteria wajib lulus belum dipenuhi; "
        "paling banyak {required} dibenarkan, terlebih {shortfall}.",
        "index_min": "Bukan “{band}”: indeks ialah {actual}; "
        "sekurang-kurangnya {required} diperlukan, kurang {shortfall}.",
        "area_min": "Bukan “{band}”: indeks bidang {area} ialah {actual}; "
        "sekurang-kurangnya {required} diperlukan, kurang {shortfall}.",
    },
}

_TRIGGERS = {
    "en": {
        "difference": "Moderation: the scores on criterion {criterion} ({values}) differ by {actual}; "
        "a difference of {required} or more is moderated.",
        "straddles_met": "Moderation: the scores on must-pass criterion {criterion} ({values}) "
        "lie on different sides of met.",
        "low_confidence": "Moderation: low confidence on must-pass criterion {criterion} (sheets: {actual}).",
        "applicability_differs": "Moderation: the reviewers differ on whether criterion {criterion} applies "
        "({values}).",
        "bands_differ": "Moderation: each sheet alone would come to a different outcome ({values}).",
    },
    "ms": {
        "difference": "Moderasi: skor bagi kriteria {criterion} ({values}) berbeza sebanyak {actual}; "
        "perbezaan {required} atau lebih perlu dimoderasi.",
        "straddles_met": "Moderasi: skor bagi kriteria wajib lulus {criterion} ({values}) "
        "berada di sebelah berlainan tahap dipenuhi.",
        "low_confidence": "Moderasi: keyakinan rendah terhadap kriteria wajib lulus {criterion} "
        "(bilangan borang: {actual}).",
        "applicability_differs": "Moderasi: penilai berbeza pendapat sama ada kriteria {criterion} terpakai "
        "({values}).",
        "bands_differ": "Moderasi: setiap borang skor secara bersendirian membawa kepada keputusan berlainan "
        "({values}).",
    },
}

_COMMENDED = {
    "en": "Commended: criterion {criterion} exceeds what is asked.",
    "ms": "Pujian: kriteria {criterion} melebihi apa yang dikehendaki.",
}

_LEFT_OUT = {"en": "not applicable", "ms": "tidak terpakai"}


def explain(outcome: Outcome, language: str = "en") -> tuple[str, ...]:
    """Return an outcome in sentences: what it is, what kept it from better, what to moderate.

    A language that we do not speak is answered in English.
    """
    spoken = language if language in _BANDS else "en"
    summary = _SUMMARY[spoken].format(
        band=_BANDS[spoken][outcome.band],
        index=outcome.index,
        earned=_plain(outcome.earned),
        applicable=_plain(outcome.applicable),
    )
    return (
        summary,
        *(_finding(each, spoken) for each in outcome.findings),
        *(_trigger(each, spoken) for each in outcome.triggers),
        *(_COMMENDED[spoken].format(criterion=each) for each in outcome.commendations),
    )


def _finding(finding: Finding, language: str) -> str:
    return _FINDINGS[language][finding.rule].format(
        band=_BANDS[language][finding.band],
        criterion=finding.criterion,
        area=finding.area,
        actual=_plain(finding.actual),
        required=_plain(finding.required),
        shortfall=_plain(finding.shortfall),
    )


def _trigger(trigger: Trigger, language: str) -> str:
    return _TRIGGERS[language][trigger.rule].format(
        criterion=trigger.criterion,
        values=", ".join(_value(each, language) for each in trigger.values),
        actual=trigger.actual,
        required=trigger.required,
    )


def _value(value: int | str | None, language: str) -> str:
    if value is None:
        return _LEFT_OUT[language]
    return _BANDS[language][value] if isinstance(value, str) else str(value)


def _plain(number: Decimal) -> str:
    """Return a number without trailing zeros: 85.00 is 85, and 0.7650 is 0.765."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
