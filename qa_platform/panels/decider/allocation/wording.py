"""The sentence of each reason, in English and Malay; `{0}` and so on stand for its values."""

from __future__ import annotations

from typing import Literal

from qa_platform.panels.events.allocation import Reason

Language = Literal["en", "ms"]

_SENTENCES: dict[str, dict[Language, str]] = {
    "chosen": {
        "en": "Chosen: suits this case, and has {0} of at most {1} cases with it.",
        "ms": "Dipilih: sesuai untuk kes ini, dan mempunyai {0} daripada paling banyak {1} kes termasuk kes ini.",
    },
    "chosen_in_field": {
        "en": "Chosen: knows “{0}” of field {1}, and has {2} of at most {3} cases with it.",
        "ms": "Dipilih: arif dalam “{0}” bagi bidang {1}, dan mempunyai {2} daripada paling banyak {3} kes "
        "termasuk kes ini.",
    },
    "part_of_panel": {
        "en": "Not chosen: sits on this panel, sat on it, or leads it.",
        "ms": "Tidak dipilih: sedang atau pernah menganggotai panel ini, atau mengetuainya.",
    },
    "other_house": {
        "en": "Not chosen: acts for another centre than the one that has this case.",
        "ms": "Tidak dipilih: bertindak bagi pusat lain daripada pusat yang mengendalikan kes ini.",
    },
    "tie": {
        "en": "Not chosen: a conflict of interest of category {0} bars the way.",
        "ms": "Tidak dipilih: dihalang oleh konflik kepentingan kategori {0}.",
    },
    "away": {
        "en": "Not chosen: is not available at present.",
        "ms": "Tidak dipilih: tidak tersedia buat masa ini.",
    },
    "full": {
        "en": "Not chosen: has {0} open cases, and {1} are the most.",
        "ms": "Tidak dipilih: mempunyai {0} kes terbuka, dan {1} ialah had tertinggi.",
    },
    "field": {
        "en": "Not chosen: knows nothing of field {0}.",
        "ms": "Tidak dipilih: tiada kepakaran dalam bidang {0}.",
    },
    "level": {
        "en": "Not chosen: the course is at level {0}, the expertise in its field goes up to {1}.",
        "ms": "Tidak dipilih: kursus pada tahap {0}, kepakaran dalam bidangnya hanya hingga tahap {1}.",
    },
    "language": {
        "en": "Not chosen: does not read the language of the material ({0}).",
        "ms": "Tidak dipilih: tidak membaca bahasa bahan kursus ({0}).",
    },
    "needed_elsewhere": {
        "en": "Not chosen: sits on other panels up to the most, {0}; here it would cost at least {1} points more.",
        "ms": "Tidak dipilih: menganggotai panel lain hingga had {0}; di sini jumlah kos bertambah "
        "sekurang-kurangnya {1} mata.",
    },
    "costlier": {
        "en": "Not chosen: could sit here, but it would cost at least {0} points more in all.",
        "ms": "Tidak dipilih: boleh menganggotai panel ini, tetapi jumlah kos bertambah sekurang-kurangnya {0} mata.",
    },
    "lot": {
        "en": "Not chosen: could sit here, but no seating would be better for it; between equals the lot decides.",
        "ms": "Tidak dipilih: boleh menganggotai panel ini, tetapi tiada susunan yang lebih baik dengannya; "
        "antara yang setara, undian menentukan.",
    },
}

CODES = tuple(_SENTENCES)


def sentence(reason: Reason, language: Language = "en") -> str:
    """Return why a candidate was chosen, or why not."""
    return _SENTENCES[reason.code][language].format(*reason.values)
