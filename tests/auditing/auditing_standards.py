"""A small standard to change, confirm and print; nothing in it depends on what ships."""

from __future__ import annotations

from pathlib import Path

from pipeline.auditing import load_standard
from schemas.standard import Standard

MINI = """id: mini
title: 某市归档标准
version: '1'
standing: reconstructed
deadlines:
  filing: {days: 30, basis: 某规定, standing: reconstructed}
rules:
  - {rule: future_date, effect: blocks, basis: 某办法, standing: reconstructed}
presumed: {minor: false}
checklists:
  - kind: criminal_defence
    stages: [trial_first]
    origins: [notified]
    title: 刑事辩护一审（通知类）
    parts: &items
      - {key: cover, need: required, effect: correct, basis: 某办法第一条, standing: official, source: 原文}
      - {key: assignment_notice, need: required, effect: blocks, basis: 某办法第二条, standing: reconstructed, source: 推定,
         marks: [{mark: office_seal, effect: blocks}], fields: [{field: date, effect: correct}]}
      - {key: file_review_note, need: required, unless: aid_terminated, effect: blocks, basis: 某办法第三条, standing: reconstructed, source: 推定}
      - {key: hearing_record, need: conditional, when: hearing_held and kind == criminal_defence, effect: blocks, basis: 某办法第四条, standing: reconstructed, source: 推定,
         substitutes: [{material: explanation, reason: 法院不予复制}]}
      - {key: family_contact_record, need: optional, effect: note, basis: 某办法第五条, standing: reconstructed, source: 推定}
      - {key: subsidy_form, need: required, duty: office, effect: note, basis: 某办法第六条, standing: reconstructed, source: 推定}
  - kind: criminal_defence
    stages: [trial_first]
    origins: [applied, transferred, urgent]
    title: 刑事辩护一审（申请类）
    parts: *items
  - kind: civil
    title: 民事诉讼
    parts:
      - {key: cover, need: required, effect: correct, basis: 某办法第一条, standing: official, source: 原文}
      - {key: power_of_attorney, need: required, effect: blocks, basis: 某办法第七条, standing: official, source: 原文,
         marks: [{mark: recipient_signature, effect: blocks}]}
"""


def standard(folder: Path, *changes: tuple[str, str]) -> Standard:
    """The small standard with pieces of its text replaced; each piece has to be there."""
    text = MINI
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mini.yaml").write_text(text, encoding="utf-8")
    return load_standard("mini", folder)
