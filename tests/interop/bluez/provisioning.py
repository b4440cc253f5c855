"""bluetooth-meshd provisions devices that offer an OOB value."""
import asyncio
import os

from checks import check, equal, expect, run
from lab import LabError
from network import Scenario


class Provisioning(Scenario):
    async def device(self, name, *options):
        self.OPTIONS = options
        await self.start_node(name=name)

    async def joins(self):
        await self.provision()
        equal((await self.config("800800", 0x02, seconds=15))[0], 0, "page")

    @check("a daemon that can all kinds of OOB starts a network", essential=True)
    async def start(self):
        await self.start_network(["static-oob", "out-numeric", "in-numeric"])

    @check("static OOB")
    async def static_oob(self):
        value = os.urandom(16)
        await self.device("static", "--static", value.hex())
        self.app.oob["static"] = value
        await self.joins()

    @check("a wrong static OOB value is refused")
    async def wrong(self):
        await self.device("wrong", "--static", os.urandom(16).hex())
        self.app.oob["static"] = os.urandom(16)
        try:
            await self.provision()
            expect(False, "the wrong value was taken")
        except LabError as e:
            # The daemon names each reason bad-pdu: the node tells the true one.
            expect("AddNodeFailed" in str(e), e)
        await self.node.say("provisioning has failed, error 4")
        expect("IV Index" not in self.node.said(), self.node.said())

    @check("output OOB: a number that the node shows")
    async def output_oob(self):
        await self.device("output", "--output-oob", "6")
        self.app.oob["number"] = asyncio.get_running_loop().create_future()

        async def read():
            self.app.oob["number"].set_result(int(await self.node.say("output OOB ", 20)))
        reading = asyncio.ensure_future(read())
        await self.joins()
        await reading

    # A board has no keys to type with, and does not offer it.
    @check("input OOB: a number that is typed at the node", board=False)
    async def input_oob(self):
        await self.device("input", "--input-oob", "6")
        since = len(self.app.events)

        async def type_in():
            _, shown = await self.app.wait_event(("display",), 20, since=since)
            await self.node.say("input OOB ")
            self.node.enter(str(shown["value"]))
        typing = asyncio.ensure_future(type_in())
        await self.joins()
        await typing


run(Provisioning)
