"""Puts the spelling of a day, a month and a few other words right: one letter dropped, doubled, swapped or mistaken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

# Keys beside each other on a keyboard (the middle key slips to those around it), and letters that sound alike.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ["sz", "sc", "cz", "sx", "xz", "bv", "ie", "mn", "yi", "kc", "kq", "cq", "gj", "ou", "lr", "td", "ao", "ae"]
_SHORTEST, _LONGEST = 5, 12


def _mistaken() -> frozenset[tuple[str, str]]:
    pairs = set()
    for number, row in enumerate(_ROWS):
        pairs |= {(row[place], row[place + 1]) for place in range(len(row) - 1)}
        below = _ROWS[number + 1] if number < 2 else ""
        pairs |= {
            (row[place], below[slip])
            for place in range(len(row))
            for slip in (place - 1, place)
            if 0 <= slip < len(below)
        }
    pairs |= {(alike[0], alike[1]) for alike in _ALIKE}
    return frozenset(pairs | {(second, first) for first, second in pairs})


_MISTAKEN = _mistaken()


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words that are put right, what each becomes with a letter less, and the words that are right as they are."""

    spelled: frozenset[str]
    shorter: Mapping[str, tuple[str, ...]]
    right: frozenset[str]

    @classmethod
    def of(cls, spelled: Collection[str], right: Collection[str]) -> Spelling:
        shorter: dict[str, list[str]] = {}
        for word in sorted(spelled):
            if len(word) >= _SHORTEST:
                for cut in range(len(word)):
                    shorter.setdefault(word[:cut] + word[cut + 1 :], []).append(word)
        return cls(frozenset(spelled), {less: tuple(words) for less, words in shorter.items()}, frozenset(right))

    def correct(self, word: str) -> str:
        """The word that `word` misspells by one slip, else `word` itself."""
        if not _SHORTEST - 1 <= len(word) <= _LONGEST or word in self.right:
            return word
        for meant in self.shorter.get(word, ()):  # one letter missing
            if word[0] == meant[0] and len(word) >= _SHORTEST - 1:
                return meant
        if len(word) < _SHORTEST:
            return word
        for cut in range(1, len(word)):
            less = word[:cut] + word[cut + 1 :]
            if less in self.spelled and not _plural(word, less):  # one letter too many
                return less
            for meant in self.shorter.get(less, ()):
                if len(meant) == len(word) and _slip(word, meant):
                    return meant
        return word


def _plural(word: str, single: str) -> bool:
    return single[-1] != "s" and word in (single + "s", single + "es")


def _slip(word: str, meant: str) -> bool:
    """Whether the one is the other with two neighbours swapped or one letter mistaken for another."""
    different = [place for place in range(len(word)) if word[place] != meant[place]]
    if len(different) == 2 and different[1] == different[0] + 1 and (different[0] > 0 or len(word) > _SHORTEST):
        first, second = different
        return word[first] == meant[second] and word[second] == meant[first]
    return len(different) == 1 and different[0] > 0 and (word[different[0]], meant[different[0]]) in _MISTAKEN
