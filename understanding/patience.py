"""Where a model is not asked for a while, because its answers were of no use there: they cost as much as good ones."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from domain.clock import Clock

_REMEMBERED = 10_000  # conversations


class Patience:
    """Counts useless answers in a row, in this process alone.

    After some in one conversation, that conversation is read without the model for a pause. After as many
    conversations in a row that met one, the whole business is: the model is not fit for it. One customer alone cannot
    bring that about.
    """

    def __init__(
        self,
        clock: Clock,
        answers: int = 2,
        conversations: int = 5,
        pause: timedelta = timedelta(minutes=10),
    ) -> None:
        self._clock, self._answers, self._conversations, self._pause = clock, answers, conversations, pause
        self._useless: OrderedDict[str, int] = OrderedDict()  # conversation → answers in a row
        self._met: dict[str, set[str]] = {}  # business → conversations in a row
        self._until: OrderedDict[str, datetime] = OrderedDict()  # business or conversation → end of its pause

    def lasts(self, business: str, conversation: str) -> bool:
        """Whether the model may be asked."""
        now = self._clock.now()
        return all(self._until.get(name, now) <= now for name in (business, conversation))

    def used(self, business: str, conversation: str) -> None:
        """A useful answer came: everything is forgiven."""
        self._useless.pop(conversation, None)
        self._met.pop(business, None)

    def tried(self, business: str, conversation: str) -> None:
        """A useless answer came. A conversation without a name is not counted."""
        if not conversation:
            return
        count = self._useless[conversation] = self._useless.pop(conversation, 0) + 1
        if count >= self._answers:
            self._rest(conversation)
        met = self._met.setdefault(business, set())
        met.add(conversation)
        if len(met) >= self._conversations:
            self._rest(business)
            del self._met[business]
        while len(self._useless) > _REMEMBERED:
            self._useless.popitem(last=False)

    def _rest(self, name: str) -> None:
        self._useless.pop(name, None)
        self._until[name] = self._clock.now() + self._pause
        self._until.move_to_end(name)
        while len(self._until) > _REMEMBERED:
            self._until.popitem(last=False)
