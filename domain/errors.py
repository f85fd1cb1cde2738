"""Every error the program raises on purpose.

ProsaError
├── ConfigurationError            a setting or business file is wrong: the start stops
├── Unavailable                   the database (or another store) is down: answer 503, try again
├── LeaseLost                     another worker has the conversation: roll back, do nothing
├── Superseded                    newer messages arrived while the turn ran: roll back, run again
├── ToolError
│   ├── FixArguments              the arguments are wrong: the caller should correct them
│   └── Impossible                the arguments are right, the world says no: tell the customer
├── ChannelError
│   ├── SignatureInvalid          a webhook is not signed by its provider: 401, nothing stored
│   ├── PayloadInvalid            a webhook cannot be read at all: 400
│   ├── SendRetry                 the provider may accept the same message later
│   ├── SendUncertain             the request was written, the answer never came
│   ├── SendRefused               the provider will never accept this message
│   └── ChannelPaused             the sending account is blocked or its credentials are wrong
├── ModelError                    the model gave no usable answer: the local understander goes on
│   ├── NoProvider                none is configured for this business
│   ├── BudgetSpent               the business's money for today is spent
│   ├── CircuitOpen               the provider failed before and is being spared
│   └── UselessAnswer             it answered, but not with what was asked for: the provider is up
│       └── RequestRejected       it would not even read this request: another provider may
└── RequestError                  a REST caller's mistake
    ├── NotFound
    ├── Conflict
    └── Forbidden
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ProsaError(Exception):
    """Something Prosa could not do."""


class ConfigurationError(ProsaError):
    """A setting or business file is wrong. Names the file, the key, the value and what is allowed."""

    def __init__(self, source: str, key: str, value: object, allowed: str) -> None:
        super().__init__(f"{source}: {key} is {value!r}; allowed: {allowed}")
        self.source, self.key, self.value, self.allowed = source, key, value, allowed


class Unavailable(ProsaError):
    """The database does not answer. Nothing was stored; send it again later."""


class LeaseLost(ProsaError):
    """The lane's lease passed to another worker. This turn's work is rolled back; the other worker does it."""


class Superseded(ProsaError):
    """Messages arrived while the turn ran. It is rolled back and run again with all of them."""


class ToolError(ProsaError):
    """A tool did nothing."""


class FixArguments(ToolError):
    """An argument is unknown or malformed: correct it and call again."""


class Impossible(ToolError):
    """The world says no. `reason` is a stable word, `facts` what a reply may tell the customer."""

    def __init__(self, reason: str, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts: dict[str, Any] = dict(facts or {})


class ChannelError(ProsaError):
    """Something went wrong between us and a messaging provider."""


class SignatureInvalid(ChannelError):
    """The webhook's signature is missing or wrong. Check the app secret on both sides."""


class PayloadInvalid(ChannelError):
    """The webhook's body is not what this provider sends."""


class SendRetry(ChannelError):
    """The provider cannot take the message now; it is sent again after a pause (`after` seconds, when it said so)."""

    def __init__(self, detail: str, after: float | None = None) -> None:
        super().__init__(detail)
        self.after = after


class SendUncertain(ChannelError):
    """The request was written and no answer came: the message may have been sent. A status webhook settles it."""


class SendRefused(ChannelError):
    """The provider refuses this message for good. `code` is the provider's error code."""

    def __init__(self, detail: str, code: str = "") -> None:
        super().__init__(detail)
        self.code = code


class ChannelPaused(ChannelError):
    """The account may not send now (blocked, rate-restricted, or wrong credentials). Somebody must look at it."""


class ModelError(ProsaError):
    """The model gave no usable answer (outage, time-out, refusal, malformed output)."""


class NoProvider(ModelError):
    """No model provider is configured for this business. Set a provider's key and model, or leave it to local."""


class BudgetSpent(ModelError):
    """The business has spent what its models may cost today. Raise the budget, or wait for tomorrow."""


class CircuitOpen(ModelError):
    """The provider failed several times in a row; it is tried again after a pause."""


class UselessAnswer(ModelError):
    """The model answered, but not with what was asked for (refusal, malformed output). `usage` is what it cost."""

    def __init__(self, detail: str, usage: Mapping[str, Any] | None = None) -> None:
        super().__init__(detail)
        self.usage: dict[str, Any] = dict(usage or {})


class RequestRejected(UselessAnswer):
    """The provider refused this request as such: too long, filtered, or of a shape it does not take."""


class RequestError(ProsaError):
    """A REST request that cannot be carried out."""


class NotFound(RequestError):
    """There is no such thing, or not for you."""


class Conflict(RequestError):
    """The thing is not in a state that allows this."""


class Forbidden(RequestError):
    """Your role does not allow this."""
