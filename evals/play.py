"""Plays a dialogue's turns: what the customer, an agent or the world does, through the same doors as in life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.errors import ProsaError
from domain.messages import Change, Content, Echo, Inbound, Option
from domain.ports import Row
from evals import seeding
from evals.format import Agent, Message, Slot, System, Turn
from evals.model import Faults
from evals.tape import Tape
from evals.words import plain
from evals.world import World

SOMEBODY = "5511900000099"
_CHOOSING = ("reschedule", "cancel_booking", "cancel_order", "order_status", "change_order")


@dataclass(frozen=True, slots=True)
class Played:
    """What a turn left: the transcript rows it added, and what the conversation looks like now.

    `read` is what was understood of the customer's messages (`"intents"`, `"tools"`, …); `mistake` why an agent's or
    the world's action was refused.
    """

    said: Sequence[Row]
    read: Mapping[str, Any]
    asks: str
    owner: str
    errors: Sequence[str] = ()
    mistake: str | None = None
    flow: str | None = None

    @property
    def waits(self) -> Sequence[str]:
        """What it waits for, in every word a dialogue may use: which of several appointments is a clarification too."""
        return (self.asks, "booking") if self.asks == "clarify" and self.flow in _CHOOSING else (self.asks,)

    @property
    def outgoing(self) -> Sequence[Row]:
        """What was to be sent."""
        return [row for row in self.said if row["message"]]


@dataclass(slots=True)
class Player:
    """Plays the turns of one dialogue, in order. `agent` is the id of the person at the desk."""

    world: World
    faults: Faults
    agent: str
    tape: Tape | None = None
    webhooks: list[tuple[Inbound | Change, ...]] = field(default_factory=list)
    _seen: int = 0

    async def play(self, turn: Turn) -> Played:
        """One turn, until nothing is left to do."""
        world, mistake = self.world, None
        world.clock.advance(turn.after)
        if self.tape is not None:
            self.tape.turn(
                len(self.webhooks) + 1, [_words(each) for each in (*(turn.user or ()), *(turn.meanwhile or ()))]
            )
        errors = len(world.errors)
        try:
            await self._happen(turn)
        except ProsaError as error:
            mistake = f"{type(error).__name__}: {error}"
        await world.settle()
        if world.meanwhile:
            world.meanwhile, mistake = (), mistake or "meanwhile: no turn was under way"
        return await self._played(world.errors[errors:], mistake)

    async def _happen(self, turn: Turn) -> None:
        arrived: tuple[Inbound | Change, ...] = ()
        if turn.user is not None or turn.meanwhile is not None:
            offered, said = await self._offered(), turn.user or ()
            arrived = self._all(said, 0, offered)
            self.world.meanwhile = self._all(turn.meanwhile or (), len(said), offered)
        self.webhooks.append(arrived)
        await self.world.hear(*arrived)
        if turn.agent is not None:
            await self._act(turn.agent)
        if turn.system is not None:
            await self._change(turn.system)

    async def _played(self, errors: Sequence[str], mistake: str | None) -> Played:
        scene, customer = self.world.engine.scene, self.world.customer
        said = await scene.transcript(customer, self._seen)
        self._seen = max([self._seen, *(row["seq"] for row in said)])
        conversation = await scene.conversation(customer) or {"asks": "none", "owner": "bot"}
        readings = [row["content"]["understanding"] for row in said if "understanding" in row["content"]]
        read = readings[-1] if readings else {}
        return Played(
            said, read, conversation["asks"], conversation["owner"], tuple(errors), mistake, conversation.get("flow")
        )

    # ── the customer ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _all(self, messages: Sequence[Message], first: int, offered: Sequence[Option]) -> tuple[Inbound | Change, ...]:
        """What comes with these messages; the first of them is this one of its turn."""
        return tuple(
            each for number, message in enumerate(messages, first) for each in self._arrived(message, number, offered)
        )

    def _arrived(self, message: Message, number: int, offered: Sequence[Option]) -> Sequence[Inbound | Change]:
        if message.duplicate_of is not None:
            return self.webhooks[message.duplicate_of - 1]
        provider_id = f"in.{len(self.webhooks) + 1}.{number}"
        if message.reaction is not None:
            world, emoji = self.world, message.reaction
            latest = f"sent.{len(world.provider.sent)}"
            return [Change("reaction", world.provider.name, world.account, provider_id, latest, world.alias, emoji)]
        return [self._inbound(_content(message, offered), provider_id)]

    def _inbound(self, content: Content, provider_id: str) -> Inbound:
        world = self.world
        return Inbound(
            channel=world.provider.name,
            account=world.account,
            provider_id=provider_id,
            aliases=(world.alias,),
            reply_to=world.alias,
            sent_at=world.clock.now(),
            content=content,
            name=world.name,
        )

    async def _offered(self) -> Sequence[Option]:
        """Everything on the customer's screen that can be tapped, newest first."""
        transcript = await self.world.engine.scene.transcript(self.world.customer)
        messages = [row["message"] for row in reversed(transcript) if row["message"]]
        return [Option(one["id"], one["title"]) for message in messages for one in message.get("options", ())]

    # ── the agent ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _act(self, agent: Agent) -> None:
        desk, scope = self.world.engine.desk, self.world.business.id
        if agent.claim:
            await self._claim()
        if agent.note is not None:
            await desk.note(scope, await self._open_handoff(), self.agent, agent.note)
        if agent.reply is not None:
            await self._reply(agent.reply)
        if agent.give_back is not None:
            outcome = agent.give_back if isinstance(agent.give_back, str) else None
            await desk.give_back(scope, await self._open_handoff(), self.agent, outcome)
        if agent.close is not None:
            done, handoff = agent.close, await self._open_handoff()
            await desk.complete(scope, handoff, self.agent, done.resolution, done.customer_satisfaction)

    async def _reply(self, text: str) -> None:
        """From the desk by whoever has the conversation; where nobody claimed it, from the business's own phone."""
        world = self.world
        handoff = await world.engine.scene.open_handoff(world.customer)
        if handoff is not None and handoff["status"] == "assigned":
            await world.engine.desk.reply(world.business.id, str(handoff["id"]), self.agent, text)
            return
        provider_id = f"phone.{len(self.webhooks)}"
        await world.hear(Echo(world.provider.name, world.account, provider_id, world.alias, text, world.clock.now()))

    async def _claim(self) -> None:
        """The handoff that waits; without one the conversation is taken from the bot."""
        world, engine = self.world, self.world.engine
        waiting = await engine.scene.open_handoff(world.customer)
        if waiting is not None:
            await engine.desk.assign(world.business.id, str(waiting["id"]), self.agent)
            return
        if await engine.scene.conversation(world.customer) is None:
            now = world.clock.now()
            await engine.scene.open_chat(world.customer, world.provider.name, world.account, world.alias, now)
        conversation = await engine.scene.conversation(world.customer)
        assert conversation is not None
        await engine.desk.take_over(world.business.id, str(conversation["id"]), self.agent)

    async def _open_handoff(self) -> str:
        found = await self.world.engine.scene.open_handoff(self.world.customer)
        if found is None:
            raise ProsaError("no person has this conversation: claim it first")
        return str(found["id"])

    # ── the world ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _change(self, system: System) -> None:
        if system.provider_down is not None:
            self.world.provider.down = system.provider_down
        if system.model_down is not None:
            self.faults.down, self.faults.answer = system.model_down, None
        if system.model_returns is not None:
            self.faults.down, self.faults.answer = False, system.model_returns
        self.world.slowness.calls.update(system.tool_times_out or {})
        if system.restart:
            await self.world.restart()
        if system.slot_taken is not None:
            await self._take(system.slot_taken)
        for product, stock in (system.stock or {}).items():
            await self.world.engine.scene.put_on_shelf(product, stock)

    async def _take(self, slot: Slot) -> None:
        professional = self.world.business.professional(slot.professional)
        service = slot.service or (professional.services[0] if professional else "")
        await seeding.book(self.world, SOMEBODY, service, slot.professional, slot.start)
        await self.world.remember_others()


def _content(message: Message, offered: Sequence[Option]) -> Content:
    match message.kind:
        case "button" | "list":
            return _tapped(message.button or message.list or "", offered)
        case "audio":
            return Content("audio", message.audio or "", detail={"id": "media.audio", "voice": True})
        case "image":
            return Content("image", message.image or "", detail={"id": "media.image", "mime_type": "image/jpeg"})
        case "location":
            latitude, longitude = message.location or (0.0, 0.0)
            return Content("location", detail={"latitude": latitude, "longitude": longitude})
        case _:
            return Content("text", message.text or "")


def _words(message: Message) -> str:
    """What the customer says with it, as a recording keeps it."""
    return str(getattr(message, message.kind))


def _tapped(wanted: str, offered: Sequence[Option]) -> Content:
    """The option by its id, without the turn's number, or by its title; what nobody offered is sent as it stands."""
    for option in offered:
        if plain(wanted) in (plain(option.id), plain(option.id.rpartition("~")[0]), plain(option.title)):
            return Content("choice", option.title, option.id)
    return Content("choice", wanted, wanted)
