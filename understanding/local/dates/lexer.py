"""Turns a message into tokens of the date grammar, each knowing where it stands in the original text."""

from __future__ import annotations

import re

from understanding.local.dates.figures import ITEM, figure
from understanding.local.dates.lexicon import Entry, Lexicon
from understanding.local.dates.tokens import Token

_PLAIN = re.compile(r" *([^\W\d_]+)(?!['$])(?=[\W\d_]|$)")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,20}|(?<![\w.])@[a-z_][\w.]{1,60}"
    r"|(?<![\w.-])[a-z][\w-]{1,60}(?:\.[a-z]{2,12}){1,3}(?:/\S{1,300}|(?<=\.com)\b|(?<=\.net)\b)"
)


def tokens(folded: str, lexicon: Lexicon) -> list[Token]:
    """The message as grammar tokens, phrases joined, number words read."""
    if "@" in folded or "www." in folded or "/" in folded or ".com" in folded:
        folded = _ADDRESS.sub(lambda address: "x" * len(address.group()), folded)
    words = _Words(lexicon)
    words.read(folded)
    found: list[Token] = []
    position = 0
    while position < len(words.tokens):
        token, entry = words.tokens[position], words.entries[position]
        if position in words.glued and found and found[-1].kind not in ".,;-":
            found.append(Token("-", token.start, token.start))
        position += 1
        if entry.longer and position < len(words.entries) and words.entries[position].text in entry.longer:
            token, used = words.longest(position - 1)
            position += used - 1
        if not (token.kind == "O" and entry.text and found and found[-1].kind == "n"):
            found.append(token)
    return _joined_numbers(found)


def _joined_numbers(found: list[Token]) -> list[Token]:
    """Reads "vinte e cinco" and "twenty five" as one number."""
    if not any(token.kind == "N" and token.number in _TENS and not token.name.isdigit() for token in found):
        return found
    joined: list[Token] = []
    for token in found:
        joined.append(token)
        if token.kind == "N" and 0 < token.number < 10 and not token.name.isdigit():
            link = 2 if len(joined) > 2 and joined[-2].kind == "e" else 1
            tens = joined[-1 - link] if len(joined) > link else None
            if tens is not None and tens.kind == "N" and tens.number in _TENS and not tens.name.isdigit():
                joined[-1 - link :] = [Token("N", tens.start, token.end, tens.number + token.number, tens.name)]
    return joined


_TENS = (20, 30, 40, 50)


class _Words:
    """A message's words and figures as tokens, beside what the lexicon knows of each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.tokens: list[Token] = []
        self.entries: list[Entry] = []
        self.glued: set[int] = set()  # places of words that a hyphen joins to the one before
        self._lexicon = lexicon

    def read(self, folded: str) -> None:
        position = 0
        while position < len(folded):
            plain = _PLAIN.match(folded, position)
            if plain is not None:
                start, position = plain.span(1)
                self._word(plain[1], start, position)
            elif folded[position] == " ":
                position += 1
            else:
                position = self._item(folded, position)

    def longest(self, position: int) -> tuple[Token, int]:
        """The longest phrase that begins with this word and the next, and how many words it has."""
        for parts, kind, number in self.entries[position].longer[self.entries[position + 1].text]:
            size = len(parts)
            following = self.entries[position + 2 : position + size]
            if size == 2 or tuple([entry.text for entry in following]) == parts[2:]:
                start, end = self.tokens[position].start, self.tokens[position + size - 1].end
                return Token(kind, start, end, number, " ".join(parts)), size
        return self.tokens[position], 1

    def _item(self, folded: str, start: int) -> int:
        """Reads a figure, a mark or a word with one, and tells where it ends."""
        match = ITEM.match(folded, start)
        if match is None:
            return start + 1
        end = match.end()
        if match["word"]:
            self._word(match["word"], start, match.end("word"))
        elif match["dash"] and start > 0 and folded[start - 1].isalpha() and folded[end : end + 1].isalpha():
            self.glued.add(len(self.tokens))
        elif not (match["end"] == "." and self._abbreviated(start)):
            if match["ish"]:  # "3ish" is "around 3"
                self._add(Token("a", start, start), _NO_WORD)
            if match["digits"] and match["digits"] in self._lexicon.entries:  # "2moro"
                self._word(match["digits"], start, end)
            else:
                self._add(figure(match, self._lexicon.feira), _NO_WORD)
        return end

    def _word(self, word: str, start: int, end: int) -> None:
        entry = self._lexicon.look_up(word)
        if not entry.alias:
            self.tokens.append(Token(entry.kind, start, end, entry.number, entry.text))
            self.entries.append(entry)
            return
        for part in entry.alias:
            # Only the last stands for the word's letters: no two pieces of a message may overlap.
            meant = self._lexicon.look_up(part)
            last = end if part is entry.alias[-1] else start
            self._add(Token(meant.kind, start, last, meant.number, meant.text), meant)

    def _add(self, token: Token, entry: Entry) -> None:
        self.tokens.append(token)
        self.entries.append(entry)

    def _abbreviated(self, start: int) -> bool:
        """Whether the full stop at `start` belongs to "seg." rather than ending a sentence."""
        if not self.tokens or self.tokens[-1].end != start:
            return False
        return self.entries[-1].text in self._lexicon.abbreviations


_NO_WORD = Entry("")
