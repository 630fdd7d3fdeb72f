"""A rubric small enough to be read hundreds of times."""

from __future__ import annotations

SMALL = """\
standard_id: small
version: "0.1.0"
title:
  en: "Small standard"
  ms: "Standard kecil"
languages: [en, ms]
translations:
  ms: unreviewed
licence: "CC BY 4.0"
changelog:
  - version: "0.1.0"
    text:
      en: "First."
      ms: "Pertama."
source_mappings:
  - code: "ESG"
    name: "Standards and guidelines"
scale:
  - score: 1
    label:
      en: "Not met"
      ms: "Tidak dipenuhi"
    points: '0.0'
  - score: 2
    label:
      en: "Partly met"
      ms: "Dipenuhi sebahagian"
    points: '0.5'
  - score: 3
    label:
      en: "Met"
      ms: "Dipenuhi"
    points: '1.0'
  - score: 4
    label:
      en: "Exceeds"
      ms: "Melebihi"
    points: '1.0'
    commendation: true

bands:
  approve:
    must_pass_min: 3
    below_met_max: 0
    only_if_conditionable: true
    index_min: '0.85'
    area_min: '0.6'
  approve_with_conditions:
    must_pass_min: 2
    below_met_max: 3
    only_if_conditionable: true
    index_min: '0.7'
    area_min: '0.5'
  otherwise: refuse

moderation:
  difference_min: 2
  straddles_met_on_must_pass: true
  low_confidence_on_must_pass: true
  bands_differ: true
  applicability_differs: true
areas:
  - id: A
    title:
      en: "Standing"
      ms: "Kedudukan"
    weight: '70'
  - id: B
    title:
      en: "Need"
      ms: "Keperluan"
    weight: '30'
criteria:
  - id: A1
    area: A
    title:
      en: "Authority"
      ms: "Kuasa"
    text:
      en: "The provider shows it."
      ms: "Pemberi pendidikan menunjukkannya."
    evidence:
      - en: "Document"
        ms: "Dokumen"
    anchors:
      1:
        en: "None"
        ms: "Tiada"
      2:
        en: "Some"
        ms: "Sebahagian"
      3:
        en: "All"
        ms: "Semua"
      4:
        en: "More"
        ms: "Lebih"
    weight: '70'
    must_pass: true
    conditionable: false
    not_applicable: not_allowed
    applies_to: [SAMC, APMC]
    maps_to: []
  - id: B1
    area: B
    title:
      en: "Evidence of need"
      ms: "Bukti keperluan"
    text:
      en: "The provider shows it."
      ms: "Pemberi pendidikan menunjukkannya."
    evidence:
      - en: "Document"
        ms: "Dokumen"
    anchors:
      1:
        en: "None"
        ms: "Tiada"
      2:
        en: "Some"
        ms: "Sebahagian"
      3:
        en: "All"
        ms: "Semua"
      4:
        en: "More"
        ms: "Lebih"
    weight: '10'
    must_pass: true
    conditionable: true
    not_applicable: not_allowed
    applies_to: [SAMC, APMC]
    maps_to: []
  - id: B2
    area: B
    title:
      en: "Learners"
      ms: "Pelajar dan kemasukan"
    text:
      en: "The provider shows it."
      ms: "Pemberi pendidikan menunjukkannya."
    evidence:
      - en: "Document"
        ms: "Dokumen"
    anchors:
      1:
        en: "None"
        ms: "Tiada"
      2:
        en: "Some"
        ms: "Sebahagian"
      3:
        en: "All"
        ms: "Semua"
      4:
        en: "More"
        ms: "Lebih"
    weight: '5'
    must_pass: false
    conditionable: true
    not_applicable: not_allowed
    applies_to: [SAMC, APMC]
    maps_to: []
  - id: B3
    area: B
    title:
      en: "Partners"
      ms: "Rakan kerjasama"
    text:
      en: "The provider shows it."
      ms: "Pemberi pendidikan menunjukkannya."
    evidence:
      - en: "Document"
        ms: "Dokumen"
    anchors:
      1:
        en: "None"
        ms: "Tiada"
      2:
        en: "Some"
        ms: "Sebahagian"
      3:
        en: "All"
        ms: "Semua"
      4:
        en: "More"
        ms: "Lebih"
    weight: '15'
    must_pass: false
    conditionable: true
    not_applicable: not_allowed
    applies_to: [SAMC, APMC]
    maps_to: []
"""
