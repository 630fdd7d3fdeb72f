"""What the accountable officer declares on lodging; a text in use is never edited, a new version is added."""

from __future__ import annotations

from msgspec import Struct


class Wording(Struct, frozen=True, kw_only=True):
    """One version of the declaration, in both languages; the Malay text awaits review by a translator."""

    en: str
    ms: str


DECLARATIONS = {
    "2026-1": Wording(
        en="I declare, as the accountable officer of the provider, that what this submission says is true and "
        "complete, that its samples are anonymised, and that the people named in it know that they are named.",
        ms="Saya mengaku, sebagai pegawai bertanggungjawab pemberi pendidikan, bahawa kandungan penyerahan ini adalah "
        "benar dan lengkap, bahawa sampelnya tanpa nama, dan bahawa orang yang dinamakan di dalamnya mengetahuinya.",
    ),
}
CURRENT_DECLARATION = "2026-1"
