"""Two daemons that do not hear each other, and a MeshNode between them."""
import asyncio

from app import ECHO, ECHOED, opcode
from checks import PeerDefect, check, equal, expect, run
from crypto import NetworkKey
from lab import LabError, NodeUnderTest
from network import OWN, Scenario


class Relay(Scenario):
    OPTIONS = ("--echo",)

    @check("a network of two daemons and a MeshNode", essential=True)
    async def start(self):
        await self.set_up()
        self.far_daemon, self.far, self.far_lamp, self.far_address = await self.add_daemon_node("far")
        await self.switch(1, self.far_address)
        self.lab.air.block("provisioner", "far")
        self.key = NetworkKey.of(self.app)
        self.relayed = []                           # by the node under test: others' PDUs
        self.lab.air.taps.append(self.look)

    def look(self, name, frame):
        pdu = self.key.decode(frame)
        if name == self.node.name and pdu and pdu.source != self.address:
            self.relayed.append(pdu)

    async def set_ttl(self, ttl):
        equal(await self.app.configure(OWN, bytes([0x80, 0x0D, ttl]), 0x800E), bytes([ttl]), "Config Default TTL Status")

    @check("while Relay is off nothing arrives")
    async def off(self):
        equal(await self.config("80270000", 0x8028), b"\0\0", "Config Relay Status")
        calls = len(self.far_lamp.calls)
        try:
            await self.switch(0, self.far_address, seconds=2, tries=1)
            expect(False, "the far daemon was reached")
        except LabError:
            equal(len(self.far_lamp.calls), calls, "messages at the far daemon")

    @check("with Relay on the daemons talk, in both directions")
    async def on(self):
        equal(await self.config("80270100", 0x8028), b"\1\0", "Config Relay Status")
        for on in (0, 1, 0):
            await self.switch(on, self.far_address, seconds=3, tries=2)
        sources = {p.source for p in self.relayed}
        expect({OWN, self.far_address} <= sources, "sources of what was relayed:", sources)

    @check("segmented messages and their acknowledgments pass")
    async def segmented(self):
        body = bytes(range(100))
        equal(await self.app.request(self.far_address, opcode(ECHO) + body, ECHOED, 40, 1), body, "echo")
        equal((await self.app.configure(self.far_address, b"\x80\x08\0", 0x02, 20))[0], 0, "page of the far daemon's Composition Data")

    @check("the TTL is lowered by one")
    async def ttl(self):
        for ttl in (7, 3, 2):
            await self.set_ttl(ttl)
            del self.relayed[:]
            await self.switch(ttl & 1, self.far_address, seconds=3)
            equal({p.ttl for p in self.relayed if p.destination == self.far_address and not p.control}, {ttl - 1}, "TTL of what was relayed")

    @check("a TTL of 0 reaches the MeshNode and goes no further")
    async def ttl_0(self):
        await self.set_ttl(0)
        del self.relayed[:]
        await self.switch(1)
        calls = len(self.far_lamp.calls)
        await self.switch(0, self.far_address, acknowledged=False)
        await asyncio.sleep(1)
        equal([p.source for p in self.relayed if p.destination == self.far_address], [], "what was relayed")
        equal(len(self.far_lamp.calls), calls, "messages at the far daemon")
        await self.set_ttl(7)

    @check("a PDU that is heard several times is relayed once")
    async def cache(self):
        captured = []
        tap = lambda name, frame: name == "provisioner" and frame[0] == 0x2A and captured.append(frame)
        self.lab.air.taps.append(tap)
        del self.relayed[:]
        await self.switch(1, self.far_address, acknowledged=False)
        await asyncio.sleep(0.2)
        self.lab.air.taps.remove(tap)
        transmit = self.lab.air.add_transmitter("echo")
        for _ in range(5):
            for frame in captured:
                transmit(frame)
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        self.lab.air.remove("echo")
        numbers = [p.sequence for p in self.relayed if p.destination == self.far_address]
        expect(numbers, "nothing was relayed")
        equal(len(numbers), len(set(numbers)), "copies of " + str(numbers))

    @check("Relay Retransmit: three copies of each PDU")
    async def retransmit(self):
        equal(await self.config("80270142", 0x8028), b"\1\x42", "Config Relay Status")
        del self.relayed[:]
        await self.switch(0, self.far_address, acknowledged=False)
        await asyncio.sleep(1)
        numbers = [p.sequence for p in self.relayed if p.destination == self.far_address]
        equal(len(numbers), 3, "copies")
        equal(len(set(numbers)), 1, "different PDUs among them")
        await self.config("80270100", 0x8028)

    @check("a PDU that was changed on its way is not relayed")
    async def tampered(self):
        captured = []
        tap = lambda name, frame: name == "provisioner" and frame[0] == 0x2A and captured.append(frame)
        self.lab.air.taps.append(tap)
        self.lab.air.block("provisioner", self.node.name)
        await self.switch(1, self.far_address, acknowledged=False)
        await asyncio.sleep(0.3)
        self.lab.air.taps.remove(tap)
        self.lab.air.unblock("provisioner", self.node.name)
        heard = []
        count = lambda name, frame: name == self.node.name and frame[0] == 0x2A and heard.append(frame)
        self.lab.air.taps.append(count)
        transmit = self.lab.air.add_transmitter("attacker")
        transmit(captured[0][:-1] + bytes([captured[0][-1] ^ 1]))
        await asyncio.sleep(0.5)
        equal(heard, [], "what the node has sent")
        # The true one is.
        transmit(captured[0])
        await asyncio.sleep(0.5)
        equal(len(heard), 1, "relayed copies of the true one")
        self.lab.air.remove("attacker")

    @check("through two MeshNodes in a row, each of which lowers the TTL")
    async def two(self):
        second = await NodeUnderTest(self.lab, self.command, "second", self.OPTIONS).start()
        await self.app.scan(second.uuid)
        address = await self.app.add_node(second.uuid)
        equal(await self.app.configure(address, bytes.fromhex("80270100"), 0x8028), b"\1\0", "Config Relay Status")
        last = []
        tap = lambda name, frame: name == "second" and (pdu := self.key.decode(frame)) and pdu.source != address and last.append(pdu)
        self.lab.air.taps.append(tap)
        self.lab.air.block("provisioner", "second")
        self.lab.air.block(self.node.name, "far")
        for on in (1, 0):
            await self.switch(on, self.far_address, seconds=3, tries=3)
        equal({p.ttl for p in last if p.destination == self.far_address and not p.control}, {5}, "TTL behind the second")
        body = bytes(range(60))
        equal(await self.app.request(self.far_address, opcode(ECHO) + body, ECHOED, 40, 1), body, "echo")
        await self.set_ttl(2)
        calls = len(self.far_lamp.calls)
        await self.switch(1, self.far_address, acknowledged=False)
        await asyncio.sleep(1)
        equal(len(self.far_lamp.calls), calls, "messages at the far daemon with a TTL of 2")
        await self.set_ttl(7)
        self.lab.air.taps.remove(tap)
        self.lab.air.unblock("provisioner", "second")
        self.lab.air.unblock(self.node.name, "far")
        second.stop()
        self.lab.air.remove("second")

    @check("BlueZ's own relay: it cuts the NetMIC off (BlueZ before 5.84)")
    async def defect(self):
        """Commit 2b0a6fa08 of BlueZ repairs it: what 5.66 relays is too short by the length of the NetMIC, so no one can take it."""
        sizes = set()
        tap = lambda name, frame: frame[0] == 0x2A and sizes.add((name, len(frame)))
        self.lab.air.taps.append(tap)
        self.lab.air.block("provisioner", self.node.name)
        self.lab.air.unblock("provisioner", "far")
        try:
            equal(await self.app.configure(self.far_address, bytes.fromhex("80270100"), 0x8028), b"\1\0", "Config Relay Status")
            sizes.clear()
            await self.switch(1, acknowledged=False)
            await asyncio.sleep(1)
        finally:
            self.lab.air.taps.remove(tap)
            self.lab.air.unblock("provisioner", self.node.name)
        sent = {n for name, n in sizes if name == "provisioner"}
        relayed = {n for name, n in sizes if name == "far"}
        if sent and relayed == {n - 4 for n in sent}:
            raise PeerDefect("PDUs of %s octets leave BlueZ's relay with %s" % (sorted(sent), sorted(relayed)))
        equal(relayed, sent, "length of what BlueZ has relayed")


run(Relay)
