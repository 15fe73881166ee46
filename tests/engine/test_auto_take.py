"""Two desks that take customers without a key, on a practice desk's real sockets."""

from __future__ import annotations

import time

from agent_tui.desk.capacity_notice import TookForYou
from agent_tui.desk.doings import AutoTakeSwitched
from agent_tui.desk.effects import Notify, ScreenEffect
from agent_tui.desk.rules import CapacitySettings, Rules
from agent_tui.desk.told import Ticked
from tests.engine.wire import WireCustomer, WireDesk
from tests.workstation.colleague import colleague, customer, quiet_desk

ROOM = Rules(capacity=CapacitySettings(normal=9, rush=9))
CUSTOMERS = ("Aino Lahti", "Björn Falk", "Cas Bakker")


class Automatic:
    """A desk with room for all, whose clock goes half a minute at each round."""

    def __init__(self, desk: WireDesk) -> None:
        self.desk = desk
        self._ahead = 0.0
        self.took: set[str] = set()
        desk.state.rules = ROOM
        desk.bridge.now = lambda: time.monotonic() + self._ahead
        desk.bridge._show = self._show
        desk.bridge.dispatch(AutoTakeSwitched())

    def _show(self, effect: ScreenEffect) -> None:
        if isinstance(effect, Notify) and isinstance(effect.notice, TookForYou):
            self.took.add(effect.notice.customer)

    def passes(self) -> None:
        self._ahead += 31.0
        self.desk.bridge.dispatch(Ticked())

    async def sees(self, waiting: int) -> None:
        await self.desk.until(lambda: len(self.desk.state.waiting) == waiting)

    async def is_answered(self) -> None:
        await self.desk.until(lambda: not self.desk.state.taking)


async def test_two_of_them_serve_every_customer_once() -> None:
    async with quiet_desk() as served, WireDesk(served) as one, WireDesk(served, agent=1) as other:
        arrived: list[WireCustomer] = [await customer(served, name) for name in CUSTOMERS]
        both = [Automatic(one), Automatic(other)]
        for each in both:
            await each.sees(len(arrived))
        while any(each.desk.state.waiting for each in both):
            for each in both:
                each.passes()
            for each in both:
                await each.is_answered()
        everybody = {each.conversation for each in arrived}
        for each in both:
            await each.desk.until(lambda: sorted(one.state.tabs + other.state.tabs) == sorted(everybody))
        async with colleague(served) as looker:
            for each in both:
                me = each.desk.state.me
                assert me is not None
                for conversation in each.desk.state.tabs:
                    assignee = (await looker.conversation(conversation)).assignee
                    assert assignee is not None
                    assert assignee.id == me.id
                    assert each.desk.chat(conversation).card.name in each.took
