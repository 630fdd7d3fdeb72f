"""What a provider is told of its rights with a decision, in both languages."""

from __future__ import annotations

from qa_platform.decisions.events import DecisionNotified, DecisionReleased, DecisionTaken, EvidenceAwaited


def notification(taken: DecisionTaken, released: DecisionReleased, awaited: EvidenceAwaited | None) -> DecisionNotified:
    """Return the notification that goes with a release."""
    english, malay = _deferred(awaited) if taken.code == "DEFER" and awaited else _appeal(released)
    return DecisionNotified(
        submission_id=released.submission_id, decision_id=released.decision_id, rights_en=english, rights_ms=malay
    )


def _appeal(released: DecisionReleased) -> tuple[str, str]:
    day = released.appeal_until.isoformat()
    return (
        (
            f"You may appeal against this decision until the end of {day}. An appeal is admissible where the "
            "procedure was not followed, a material fact was overlooked, the decision is irrational on the "
            "evidence, or somebody who decided had a conflict of interest. "
            "Nobody who took part in the decision hears the appeal."
        ),
        (
            f"Anda boleh merayu terhadap keputusan ini sehingga akhir hari {day}. Rayuan boleh diterima jika prosedur "
            "tidak dipatuhi, fakta penting terlepas pandang, keputusan tidak munasabah berdasarkan bukti, atau "
            "mana-mana pembuat keputusan mempunyai konflik kepentingan. Tiada sesiapa yang terlibat "
            "dalam keputusan ini akan mendengar rayuan tersebut."
        ),
    )


def _deferred(awaited: EvidenceAwaited) -> tuple[str, str]:
    day = awaited.due_on.isoformat()
    return (
        (
            f"The decision is deferred, once. Supply what is listed until the end of {day}; then the committee decides "
            "on what is there. An appeal can be filed against the decision that follows."
        ),
        (
            f"Keputusan ditangguhkan sekali sahaja. Kemukakan perkara yang disenaraikan sehingga akhir hari {day}; "
            "selepas itu jawatankuasa akan membuat keputusan berdasarkan apa yang ada. Rayuan boleh difailkan terhadap "
            "keputusan yang menyusul."
        ),
    )
