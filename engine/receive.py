"""Takes what a webhook carried and stores it for the businesses it is for. When it returns, everything is committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from domain.business import Business
from domain.clock import Clock
from domain.messages import Change, Echo, Inbound, Parsed, Renamed, StatusUpdate
from domain.ports import Inbox

Item = Inbound | Change | Echo | StatusUpdate | Renamed

log = structlog.get_logger("receive")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Knows which account belongs to which business."""

    inbox: Inbox
    businesses: Mapping[str, Business]
    clock: Clock

    async def receive(self, parsed: Parsed) -> None:
        """Stores everything, one commit a business. What is for an account nobody owns is kept aside and logged.

        Raises Unavailable when the database is down: answer 503, the provider sends it all again.
        """
        now = self.clock.now()
        for tenant, part in self._parts(parsed).items():
            if tenant is None:
                _report(part)
                await self.inbox.set_aside(part, now)
            else:
                kept = await self.inbox.store(tenant, part, now)
                log.debug("received", tenant=tenant, new=kept, messages=len(part.messages))

    def _parts(self, parsed: Parsed) -> dict[str | None, Parsed]:
        """The webhook's content by business, None for nobody's."""
        owners = {place: self._owner(*place) for place in _places(parsed)}
        tenants = set(owners.values())
        if len(tenants) == 1:
            return dict.fromkeys(tenants, parsed)
        return {owner: _of(parsed, {place for place in owners if owners[place] == owner}) for owner in tenants}

    def _owner(self, channel: str, account: str) -> str | None:
        """The business an account belongs to; on the chat page it is the business's own id."""
        if channel == "web":
            return account if account in self.businesses else None
        for business in self.businesses.values():
            if business.channels.accounts().get(channel) == account:
                return business.id
        return None


def _of(parsed: Parsed, accounts: set[tuple[str, str]]) -> Parsed:
    return Parsed(
        messages=tuple(item for item in parsed.messages if (item.channel, item.account) in accounts),
        changes=tuple(item for item in parsed.changes if (item.channel, item.account) in accounts),
        echoes=tuple(item for item in parsed.echoes if (item.channel, item.account) in accounts),
        statuses=tuple(item for item in parsed.statuses if (item.channel, item.account) in accounts),
        renames=tuple(item for item in parsed.renames if (item.channel, item.account) in accounts),
    )


def _places(part: Parsed) -> set[tuple[str, str]]:
    """Every channel and account the webhook speaks of."""
    items: tuple[Item, ...] = (*part.messages, *part.changes, *part.echoes, *part.statuses, *part.renames)
    return {(item.channel, item.account) for item in items}


def _report(part: Parsed) -> None:
    for channel, account in sorted(_places(part)):
        log.warning("nobody owns this account; kept aside", channel=channel, account=account)
