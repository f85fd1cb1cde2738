"""The letters a pattern cannot do without: a rule none of whose letters stand in a message need not be searched for."""

from __future__ import annotations

import re

_OPTIONAL = r"(?P<optional>[?*]|\{0,\d+\})?(?:\+|\{[1-9],?\d*\})?\??"
_GROUP = re.compile(rf"\((?P<without>\?<?!)?(?:\?<?=|\?:|\?P<\w+>)?(?P<inside>[^()]*)\){_OPTIONAL}")
_ATOM = re.compile(rf"(?:\[(?P<none>\^)?(?P<any>[^\]]+)\]|\\(?P<escaped>.)|(?P<one>.)){_OPTIONAL}")
_ANYTHING = "^$."  # unescaped
_COMMON = frozenset(".,;dN")  # words, pauses and figures are in most messages


def needed(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of letters: what the pattern matches holds one of each, those that are most likely missing first."""
    found = 1
    while found:
        pattern, found = _GROUP.subn(_opened, pattern)
    return tuple(sorted(set(_of_branches(pattern)), key=lambda need: (bool(need & _COMMON), len(need), sorted(need))))


def _opened(group: re.Match[str]) -> str:
    """A group as the sets it needs; nothing where it must not or need not be there."""
    if group["without"] or group["optional"]:
        return ""
    return "".join(f"[{''.join(sorted(letters))}]" for letters in _of_branches(group["inside"]))


def _of_branches(alternatives: str) -> list[frozenset[str]]:
    """What all of the branches need: of several, one of what each needs most."""
    branches = [_of_atoms(branch) for branch in alternatives.split("|")]
    if len(branches) == 1:
        return branches[0]
    return [frozenset().union(*(min(branch, key=len) for branch in branches))] if all(branches) else []


def _of_atoms(branch: str) -> list[frozenset[str]]:
    return [
        frozenset(letters)
        for atom in _ATOM.finditer(branch)
        if not (atom["optional"] or atom["none"] or (atom["one"] and atom["one"] in _ANYTHING))
        and (letters := atom["any"] or atom["escaped"] or atom["one"])
    ]
