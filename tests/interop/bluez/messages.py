"""Access messages, publications and heartbeats between a daemon and a MeshNode; the argument is the part of the frames that is lost."""
import asyncio

from app import CLIENT, ECHO, ECHOED, MeshApp, ON_OFF_STATUS, OnOffServer, SERVER, le16, opcode
from checks import check, equal, expect, run
from lab import Daemon, LabError
from network import GROUP, ON_OFF_CLIENT, ON_OFF_SERVER, OWN, Scenario

LONGEST = 377               # octets after the opcode: 380 of an access message with a 32-bit TransMIC
LABEL = bytes(range(16, 32))

# SAR Receiver: acknowledgments 1.5 s after the last new segment, and 80 s without one until a message is given up.
SAR_RECEIVER = bytes.fromhex("e3ff00")


class Messages(Scenario):
    OPTIONS = ("--echo",)

    async def patient(self, action, seconds=30):
        """Does something again until it succeeds, as somebody would whose frames are lost."""
        end = asyncio.get_running_loop().time() + (seconds if self.lab.air.loss or self.is_board else 0)
        while True:
            try:
                return await action()
            except (LabError, AssertionError):
                if asyncio.get_running_loop().time() > end:
                    raise

    async def lamp_follows(self, on, send):
        """The lamp obeys a message that is not acknowledged."""
        async def attempt():
            await send()
            await self.lamp_becomes(on, 2)
        await self.patient(attempt)

    @check("a lamp, a button and a provisioner with a lamp of its own", essential=True)
    async def start(self):
        self.daemon = await Daemon(self.lab, "provisioner").start()
        self.app = await MeshApp(self.daemon, "provisioner", (CLIENT, SERVER), True).open()
        await self.app.create_network()
        await self.repeat()
        self.own_lamp = OnOffServer(self.app)
        await self.start_node()
        await self.provision()
        await self.give_keys()
        await self.bind(OWN + 1, ON_OFF_SERVER, node=OWN)
        await self.bind(self.address + 1, ON_OFF_CLIENT, node=self.address)
        if self.argument:
            # The daemon sends a PDU each 100 ms, and at every acknowledgment puts all that is missing at the end of its queue again, also what
            # is in it already. With the defaults, 150 ms and 10 s, and a fifth of 32 segments lost, the queue grows to 50 s of repetitions.
            equal(await self.config(b"\x80\x70" + SAR_RECEIVER, 0x8071), SAR_RECEIVER, "SAR Receiver Status")
            self.lab.air.loss = float(self.argument)

    @check("Generic OnOff Set, Get and Set Unacknowledged switch the lamp")
    async def on_off(self):
        for on in (1, 0, 1):
            await self.patient(lambda: self.switch(on, seconds=2))
            await self.patient(lambda: self.lamp_becomes(on))
        await self.lamp_follows(0, lambda: self.switch(0, acknowledged=False))

    @check("the node's button switches the daemon's lamp")
    async def button(self):
        state = le16(OWN + 1) + le16(0) + bytes([5, 0, 0])
        request = b"\x03" + le16(self.address + 1) + state + ON_OFF_CLIENT
        equal((await self.patient(lambda: self.config(request, 0x8019)))[0], 0, "Config Model Publication Status")
        for on in ("on", "off"):
            async def press():
                self.node.enter(on)
                await asyncio.sleep(0.8)
                equal(self.own_lamp.state, on == "on", "the daemon's lamp")
            await self.patient(press)

    @check("messages of up to 380 octets there and back, in up to 32 segments")
    async def segmented(self):
        for size in (5, 9, 20, 100, LONGEST):
            body = bytes(i & 0xFF for i in range(size))
            answer = await self.patient(lambda: self.app.request(self.address, opcode(ECHO) + body, ECHOED, 60, 1), 200)
            equal(answer, body, "echo of %d octets" % size)

    @check("a short message in one segment")
    async def one_segment(self):
        answer = await self.patient(lambda: self.app.request(self.address, opcode(ECHO) + b"\1", ECHOED, 20, 1, segmented=True))
        equal(answer, b"\1", "echo")

    @check("a group: subscribed nodes obey, others do not")
    async def group(self):
        request = le16(self.address) + le16(GROUP) + ON_OFF_SERVER
        equal((await self.patient(lambda: self.config(b"\x80\x1b" + request, 0x801F)))[0], 0, "Config Model Subscription Status")
        for on in (1, 0):
            await self.lamp_follows(on, lambda: self.switch(on, GROUP, acknowledged=False))
        equal((await self.patient(lambda: self.config(b"\x80\x1c" + request, 0x801F)))[0], 0, "Config Model Subscription Status")
        await self.switch(1, GROUP, acknowledged=False)
        await asyncio.sleep(0.5)
        equal(await self.patient(self.lamp), 0, "lamp after the subscription was deleted")

    @check("a virtual address: what the daemon publishes to the label switches the lamp")
    async def virtual(self):
        request = b"\x80\x20" + le16(self.address) + LABEL + ON_OFF_SERVER
        equal((await self.patient(lambda: self.config(request, 0x801F, seconds=20)))[0], 0, "Config Model Subscription Status")
        request = b"\x80\x1a" + le16(OWN) + LABEL + le16(0) + bytes([5, 0, 0]) + ON_OFF_CLIENT
        equal((await self.app.configure(OWN, request, 0x8019))[0], 0, "Config Model Publication Status")
        for on in (1, 0):
            async def publish():
                self.transaction = (self.transaction + 1) & 0xFF
                await self.app.publish(0x1001, b"\x82\x03" + bytes([on, self.transaction]))
            await self.lamp_follows(on, publish)

    @check("the node publishes each change, and periodically")
    async def publication(self):
        request = b"\x03" + le16(self.address) + le16(OWN) + le16(0) + bytes([5, 0x0A, 0]) + ON_OFF_SERVER
        equal((await self.patient(lambda: self.config(request, 0x8019)))[0], 0, "Config Model Publication Status")
        since = len(self.app.inbox)
        await self.switch(1, acknowledged=False)
        await self.app.wait_message(ON_OFF_STATUS, self.address, 10, since)
        since = len(self.app.inbox)
        await asyncio.sleep(5.5)
        published = [m for m in self.app.inbox[since:] if m.opcode == ON_OFF_STATUS]
        expect(2 <= len(published) <= 6, "publications in 5.5 s at a period of 1 s:", len(published))
        await self.patient(lambda: self.config(b"\x03" + le16(self.address) + bytes(7) + ON_OFF_SERVER, 0x8019))

    @check("the daemon counts the node's heartbeats and their hops")
    async def heartbeats_of_node(self):
        request = b"\x80\x3b" + le16(self.address) + le16(OWN) + b"\5"
        equal((await self.app.configure(OWN, request, 0x803C))[0], 0, "Config Heartbeat Subscription Status")
        request = b"\x80\x39" + le16(OWN) + bytes([4, 1, 5]) + bytes(4)      # 8 of them, one each second
        equal((await self.patient(lambda: self.config(request, 0x06)))[0], 0, "Config Heartbeat Publication Status")
        await asyncio.sleep(5)
        status = await self.app.configure(OWN, b"\x80\x3a", 0x803C)
        expect(status[6] > 0, "heartbeats counted", status)
        equal(status[7:9], b"\1\1", "hops")
        await self.patient(lambda: self.config(b"\x80\x39" + bytes(9), 0x06))

    @check("the node counts the daemon's heartbeats and their hops")
    async def heartbeats_of_daemon(self):
        request = b"\x80\x3b" + le16(OWN) + le16(self.address) + b"\5"
        equal((await self.patient(lambda: self.config(request, 0x803C)))[0], 0, "Config Heartbeat Subscription Status")
        request = b"\x80\x39" + le16(self.address) + bytes([4, 1, 5]) + bytes(4)
        equal((await self.app.configure(OWN, request, 0x06))[0], 0, "Config Heartbeat Publication Status")
        await asyncio.sleep(5)
        status = await self.patient(lambda: self.config("803a", 0x803C))
        expect(status[6] > 0, "heartbeats counted", status)
        equal(status[7:9], b"\1\1", "hops")
        await self.app.configure(OWN, b"\x80\x39" + bytes(9), 0x06)

    @check("a replayed PDU is refused, at once and when it has left the message cache")
    async def replay(self):
        captured = []
        tap = lambda name, frame: name == "provisioner" and frame[0] == 0x2A and captured.append(frame)
        await self.lamp_follows(0, lambda: self.switch(0, acknowledged=False))
        self.lab.air.taps.append(tap)
        await self.switch(1, acknowledged=False)
        await asyncio.sleep(0.3)
        self.lab.air.taps.remove(tap)
        expect(captured, "nothing was captured")
        transmit = self.lab.air.add_transmitter("attacker")
        await self.lamp_follows(0, lambda: self.switch(0, acknowledged=False))

        async def stays_off():
            for _ in range(5):
                for frame in captured:
                    transmit(frame)
            await asyncio.sleep(0.3)
            equal(await self.patient(self.lamp), 0, "lamp after the replay")
        await stays_off()
        # More than the message cache holds.
        for i in range(70):
            await self.switch(0, acknowledged=False)
            await asyncio.sleep(0.02)
        await stays_off()
        self.lab.air.remove("attacker")


run(Messages)
