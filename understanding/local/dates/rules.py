"""How the grammar's rules work: a regular expression over token kinds, and a function that reads what it matched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from understanding.local.dates.folding import Writing
from understanding.local.dates.lexicon import VERBS
from understanding.local.dates.needs import needed
from understanding.local.dates.spans import Days
from understanding.local.dates.tokens import Token


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may know besides the tokens: the instant, the instant talked about, the language, how it was
    written, and whether it answers a question for a time."""

    now: datetime
    anchor: datetime
    language: str
    writing: Writing
    asked: bool = False


class Match:
    """The tokens one rule matched, by group name."""

    __slots__ = ("_match", "_tokens", "setting")

    def __init__(self, match: re.Match[str], tokens: Sequence[Token], setting: Setting) -> None:
        self._match = match
        self._tokens = tokens
        self.setting = setting

    @property
    def today(self) -> date:
        return self.setting.now.date()

    def __getitem__(self, group: str) -> Token:
        return self._tokens[self._match.start(group)]

    def get(self, *groups: str) -> Token | None:
        """The token of the first of these groups that took part."""
        for group in groups:
            if group in self._match.re.groupindex and self._match[group]:
                return self[group]
        return None

    def either(self, *groups: str) -> Token:
        """The token of the one of these groups that every match has."""
        token = self.get(*groups)
        if token is None:
            raise LookupError(groups)
        return token

    def titled(self, token: Token) -> bool:
        """Whether the word begins with a capital and goes on without, in a text that has both."""
        return self.setting.writing.titled(token.start)

    def possessive(self, token: Token) -> bool:
        """Whether "'s" is written after the word."""
        return self.setting.writing.possessive(token.end)

    def accented(self, token: Token) -> bool:
        """Whether "à" or "às" has its accent, which makes it no article."""
        return token.kind in "sa" and token.start >= 0 and "à" in self.setting.writing.of(token.start, token.end)

    def language(self, *codes: str) -> bool:
        return self.setting.language in codes

    @property
    def all(self) -> Sequence[Token]:
        return self._tokens[self._match.start() : self._match.end()]

    @property
    def before(self) -> Sequence[Token]:
        """All that stands before the match."""
        return self._tokens[: self._match.start()]

    @property
    def after(self) -> Sequence[Token]:
        """All that stands after it."""
        return self._tokens[self._match.end() :]

    @property
    def kinds(self) -> str:
        return self._match.group()

    def around(self, offset: int) -> Token:
        """The token `offset` places after the match (1 the next), or before it (-1 the one before)."""
        place = self._match.end() - 1 + offset if offset > 0 else self._match.start() + offset
        return self._tokens[place] if 0 <= place < len(self._tokens) else _NOTHING

    def made(self, kind: str, **fields: object) -> Token:
        """One token standing for the whole match."""
        start, end = self._tokens[self._match.start()].start, self._tokens[self._match.end() - 1].end
        return Token(kind, start, end, **fields)  # type: ignore[arg-type]

    def nothing(self) -> list[Token]:
        """The same words, no longer temporal."""
        return [token._replace(kind=".", name="", number=0) for token in self.all]

    def as_days(self, days: Days | None, name: str = "") -> Token | None:
        """One token of whole days; None, which reads nothing, where there are none."""
        return None if days is None else self.made("#", days=days, name=name)

    def free(self, offset: int) -> bool:
        """Whether the token there is no noun: the end, something known, or a verb and the like."""
        token = self.around(offset)
        return token.kind != "." or token.number in VERBS

    def counts_things(self) -> bool:
        """Whether what follows makes the number just matched a quantity: "às 3 caixas", "2 anos"."""
        following = self.around(1)
        return following.kind in "cU" or (
            following.kind == "."
            and following.number == 0
            and len(following.name) > 3
            and following.name.endswith("s")
            and following.name not in _ADVERBS
        )


_NOTHING = Token(";", -1, -1)
# Words that end in "s" and still follow an hour: "às 3 vocês podem?"
_ADVERBS = frozenset(
    (
        *("mais", "mas", "pois", "demais", "temos", "tens", "mes", "vcs", "voces", "podemos", "vamos", "podes"),
        *("puedes", "puedas", "tienes", "tenemos", "tenes", "ustedes", "this", "thus"),
    )
)

Reader = Callable[[Match], "Token | list[Token] | None"]


@dataclass(frozen=True)
class Rule:
    pattern: re.Pattern[str]
    read: Reader
    needs: tuple[frozenset[str], ...]


def rewrite(tokens: list[Token], rules: Sequence[Rule], setting: Setting) -> list[Token]:
    """Applies the rules in order, each from left to right; what a rule reads becomes a token for the next."""
    kinds = "".join([token.kind for token in tokens])
    present = set(kinds)
    for rule in rules:
        for need in rule.needs:
            if need.isdisjoint(present):
                break  # which is quicker to see than a search in vain
        else:
            if match := rule.pattern.search(kinds):
                kinds = _applied(rule, match, tokens, kinds, setting)
                present.update(kinds)
    return tokens


def _applied(rule: Rule, match: re.Match[str] | None, tokens: list[Token], kinds: str, setting: Setting) -> str:
    """Reads this match and all that follow, and returns the kinds of the tokens as they are then."""
    while match:
        made = rule.read(Match(match, tokens, setting))
        if made is not None:
            replacement = made if isinstance(made, list) else [made]
            tokens[match.start() : match.end()] = replacement
            kinds = kinds[: match.start()] + "".join([token.kind for token in replacement]) + kinds[match.end() :]
        match = rule.pattern.search(kinds, match.start() + 1)
    return kinds


class Rules:
    """Rules in the order they are written; `rules("pattern", …)` decorates the function that reads a match."""

    def __init__(self) -> None:
        self.listed: list[Rule] = []

    def __call__(self, *patterns: str) -> Callable[[Reader], Reader]:
        def listed(read: Reader) -> Reader:
            self.listed.extend(Rule(re.compile(pattern), read, needed(pattern)) for pattern in patterns)
            return read

        return listed
