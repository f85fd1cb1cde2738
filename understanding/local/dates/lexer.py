"""Turns a message into tokens of the date grammar, each knowing where it stands in the original text."""

from __future__ import annotations

import re
from typing import NamedTuple

from understanding.local.dates.figures import ITEM, figure
from understanding.local.dates.lexicon import Entry, Lexicon
from understanding.local.dates.tokens import Token

_LETTERS = re.compile(r"[^\W\d_]+(?!['$])(?=[\W\d_]|$)")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,20}|(?<![\w.])@[a-z_][\w.]{1,60}"
    r"|(?<![\w.-])[a-z][\w-]{1,60}(?:\.[a-z]{2,12}){1,3}(?:/\S{1,300}|(?<=\.com)\b|(?<=\.net)\b)"
)


class _Word(NamedTuple):
    """A word of the lexicon, or what is no word as its token."""

    entry: Entry
    start: int
    end: int
    token: Token | None = None
    glued: bool = False


def tokens(folded: str, lexicon: Lexicon) -> list[Token]:
    """The message as grammar tokens, phrases joined, number words read."""
    if "@" in folded or "www." in folded or "/" in folded or ".com" in folded:
        folded = _ADDRESS.sub(lambda address: "x" * len(address.group()), folded)
    words = _words(folded, lexicon)
    found: list[Token] = []
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        if word.token is not None:
            found.append(word.token)
            continue
        if word.glued and found and found[-1].kind not in ".,;-":
            found.append(Token("-", word.start, word.start))
        entry = word.entry
        if not entry.longer and entry.kind != "O":
            found.append(Token(entry.kind, word.start, word.end, entry.number, entry.text))
            continue
        token, used = _longest(words, position - 1)
        position += used - 1
        if not (token.kind == "O" and found and found[-1].kind == "n"):
            found.append(token)
    return _joined_numbers(found)


def _longest(words: list[_Word], position: int) -> tuple[Token, int]:
    """The longest phrase that begins with this word."""
    entry, start, end, _, _ = words[position]
    if entry.longer and position + 1 < len(words):
        for parts, kind, number in entry.longer.get(words[position + 1].entry.text, ()):
            size = len(parts)
            following = words[position + 2 : position + size]
            if size == 2 or tuple(word.entry.text for word in following) == parts[2:]:
                return Token(kind, start, words[position + size - 1].end, number, " ".join(parts)), size
    return Token(entry.kind, start, end, entry.number, entry.text), 1


def _joined_numbers(found: list[Token]) -> list[Token]:
    """Reads "vinte e cinco" and "twenty five" as one number."""
    if not any(token.kind == "N" and token.number in (20, 30, 40, 50) for token in found):
        return found
    joined: list[Token] = []
    for token in found:
        joined.append(token)
        for link in (1, 2):
            tens = joined[-1 - link] if len(joined) > link else None
            if (
                tens is not None
                and tens.kind == "N" == token.kind
                and tens.number in (20, 30, 40, 50)
                and 0 < token.number < 10
                and not (tens.name.isdigit() or token.name.isdigit())
                and (link == 1 or joined[-2].kind == "e")
            ):
                joined[-1 - link :] = [Token("N", tens.start, token.end, tens.number + token.number, tens.name)]
                break
    return joined


def _words(folded: str, lexicon: Lexicon) -> list[_Word]:
    found: list[_Word] = []
    position, glued = 0, False
    while position < len(folded):
        start, character = position, folded[position]
        if character == " ":
            position += 1
            continue
        letters = _LETTERS.match(folded, position) if character.isalpha() else None
        if letters is not None:
            position = letters.end()
            _add(found, letters.group(), start, position, glued, lexicon)
            glued = False
            continue
        match = ITEM.match(folded, position)
        if match is None:
            position += 1
            continue
        position = match.end()
        if match["word"]:
            _add(found, match["word"], start, match.end("word"), glued, lexicon)
        elif match["dash"] and start > 0 and folded[start - 1].isalpha() and folded[position : position + 1].isalpha():
            glued = True
            continue
        elif not (match["end"] == "." and found and _abbreviated(found[-1], start, lexicon)):
            if match["ish"]:  # "3ish" is "around 3"
                found.append(_Word(_NO_WORD, start, start, Token("a", start, start)))
            found.append(_Word(_NO_WORD, start, position, figure(match, lexicon.feira)))
        glued = False
    return found


_NO_WORD = Entry("")


def _add(found: list[_Word], word: str, start: int, end: int, glued: bool, lexicon: Lexicon) -> None:
    entry = lexicon.look_up(word)
    if not entry.alias:
        found.append(_Word(entry, start, end, None, glued))
    for part in entry.alias:
        # Only the last stands for the word's letters: no two pieces of a message may overlap.
        meant = lexicon.look_up(part)
        found.append(_Word(meant, start, end if part is entry.alias[-1] else start, None, glued))


def _abbreviated(last: _Word, start: int, lexicon: Lexicon) -> bool:
    """Whether the full stop at `start` belongs to "seg." rather than ending a sentence."""
    return last.end == start and last.entry.text in lexicon.abbreviations
