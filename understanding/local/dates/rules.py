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
            and following.name.split()[-1] not in _ADVERBS
        )


_NOTHING = Token(";", -1, -1)
# Words that end in "s" and still follow an hour: "às 3 vocês podem?"
_ADVERBS = frozenset(
    (
        *(
            "mais",
            "mas",
            "menos",
            "pois",
            "demais",
            "temos",
            "tens",
            "mes",
            "vcs",
            "voces",
            "podemos",
            "vamos",
            "podes",
        ),
        *("puedes", "puedas", "tienes", "tenemos", "tenes", "ustedes", "this", "thus"),
    )
)

Reader = Callable[[Match], "Token | list[Token] | None"]


@dataclass(frozen=True)
class Rule:
    pattern: re.Pattern[str]
    read: Reader
    needs: tuple[frozenset[str], ...]


class Plan:
    """Rules in the order they are tried, and which of them a message's letters let match at all.

    Each different set of letters a rule may need is one bit, so that one "and" tells whether a rule need be searched
    for: with some two hundred rules that takes longer than the few searches that find something.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        bits: dict[frozenset[str], int] = {}
        for rule in rules:
            for need in rule.needs:
                bits.setdefault(need, 1 << len(bits))
        self._met = {letter: sum(bits[need] for need in bits if letter in need) for need in bits for letter in need}
        self.none_met = (1 << len(bits)) - 1
        self.steps = tuple((sum(bits[need] for need in rule.needs), rule.pattern.search, rule) for rule in rules)

    def missing(self, kinds: str, before: int) -> int:
        """The bits of `before` that no letter of `kinds` meets."""
        for letter in set(kinds):
            before &= ~self._met.get(letter, 0)
        return before


def rewrite(tokens: list[Token], plan: Plan, setting: Setting) -> list[Token]:
    """Applies the rules in order, each from left to right; what a rule reads becomes a token for the next."""
    kinds = "".join([token.kind for token in tokens])
    missing = plan.missing(kinds, plan.none_met)
    for needed_bits, search, rule in plan.steps:
        if not needed_bits & missing and (match := search(kinds)):
            made, kinds = _applied(rule, match, tokens, kinds, setting)
            if made:
                missing = plan.missing(made, missing)
    return tokens


def _applied(
    rule: Rule, match: re.Match[str] | None, tokens: list[Token], kinds: str, setting: Setting
) -> tuple[str, str]:
    """Reads this match and all that follow; the kinds of what was made, and of all tokens as they are then."""
    all_made = ""
    while match:
        start, end = match.span()
        made = rule.read(Match(match, tokens, setting))
        if made is not None:
            replacement = made if isinstance(made, list) else [made]
            tokens[start:end] = replacement
            new = "".join([token.kind for token in replacement])
            kinds = kinds[:start] + new + kinds[end:]
            all_made += new
        match = rule.pattern.search(kinds, start + 1)
    return all_made, kinds


class Rules:
    """Rules in the order they are written; `rules("pattern", …)` decorates the function that reads a match."""

    def __init__(self) -> None:
        self.listed: list[Rule] = []

    def __call__(self, *patterns: str) -> Callable[[Reader], Reader]:
        def listed(read: Reader) -> Reader:
            self.listed.extend(Rule(re.compile(pattern), read, needed(pattern)) for pattern in patterns)
            return read

        return listed
