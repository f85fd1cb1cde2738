"""The cues: every name stands in one file, so that none takes another's place unseen."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import yaml

from understanding.local.text import cues

_NAME = re.compile(r"^(\w+):", re.MULTILINE)  # as written: a reader of YAML would keep the last of two
FILES = sorted((Path(cues.__file__).parent / "cues_by_subject").glob("*.yaml"))


def test_every_cue_has_one_home() -> None:
    names = Counter(name for file in FILES for name in _NAME.findall(file.read_text(encoding="utf-8")))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_cue_compiles() -> None:
    for file in FILES:
        for name in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            assert cues.pattern(name).pattern
