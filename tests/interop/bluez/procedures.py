"""Beacons, IV Update and key refresh between a daemon and a MeshNode, and restarts of either in the middle."""
import asyncio
import json
import os
import time

from checks import check, equal, expect, run
from crypto import NetworkKey
from lab import LabError, until
from network import OWN, Scenario

IV_UPDATE = 2               # flag of a beacon
PEERS_THRESHOLD = 0x800010  # a sequence number with which the daemon begins an IV Update
TELL_AGAIN = 5              # seconds; the daemon tells a phase in one beacon, which a board may miss, and not again for a minute; when it starts it does


class Procedures(Scenario):
    OPTIONS = ("--iv-update-test", "--echo")
    STATE = True

    @check("a network whose beacons are heard", essential=True)
    async def start(self):
        await self.set_up()
        self.key = NetworkKey.of(self.app)
        self.beacons = []                           # who, flags, IV Index
        self.captured = []
        self.refused = []                           # messages after each power cut
        self.lab.air.taps.append(self.look)

    def look(self, name, frame):
        told = self.key.beacon(frame)
        if told:
            self.beacons.append((name,) + told)
        if name == "provisioner" and frame[0] == 0x2A:
            self.captured.append(frame)

    async def beacon(self, name, flags, iv_index):
        """Waits for a beacon, while there is traffic: without it the daemon goes no further."""
        end = time.monotonic() + (80 if self.is_board else 40)
        while (name, flags, iv_index) not in self.beacons:
            expect(time.monotonic() < end, "no beacon", (name, flags, iv_index), "but", self.beacons[-10:])
            try:
                await self.switch(1, seconds=1, tries=1)
            except LabError:
                pass
            await asyncio.sleep(0.2)

    async def restart_daemon(self, change=None):
        self.app.close()
        self.daemon.stop()
        if change:
            path = os.path.join(self.daemon.storage, self.app.uuid.hex(), "node.json")
            with open(path) as f:
                stored = json.load(f)
            change(stored)
            with open(path, "w") as f:
                json.dump(stored, f)
        await self.daemon.start()
        await self.app.open()
        await self.app.attach()

    async def cut_power(self):
        """The node's power is cut, and comes back."""
        self.node.kill()
        since = len(self.node.said())
        await self.node.start()
        await self.node.say("node %04X" % self.address, since=since)

    async def restart_node(self):
        """The node's power is cut, comes back, and the node answers again."""
        await self.cut_power()
        await self.answers()

    async def answers(self):
        """
        What the node keeps of a busy source is ahead of what it has accepted, so that not each message needs a write: after a power cut it
        refuses more than replays, for as many messages as that source has sent in some seconds.
        """
        for refused in range(400):
            try:
                await self.config("800c", 0x800E, seconds=0.2, tries=1)
                self.refused.append(refused)
                return
            except LabError:
                pass
        expect(False, "the node does not answer any more")

    async def follows(self, iv_index):
        """Everybody is through with an IV Update."""
        await self.beacon("node", 0, iv_index)
        await self.switch(0, seconds=3, tries=3)
        equal(await self.app.property("IvIndex"), iv_index, "the daemon's IV Index")

    @check("both send authentic Secure Network beacons that agree")
    async def beacons_agree(self):
        await until(lambda: {("node", 0, 0), ("provisioner", 0, 0)} <= set(self.beacons), 150 if self.is_board else 45, "no beacons of both")

    @check("the daemon restarts, and the node takes what it sends then")
    async def daemon_restart(self):
        await self.restart_daemon()
        await self.switch(1)
        await self.switch(0)

    @check("the node's power is cut; it comes back with address, keys and bindings")
    async def node_restart(self):
        await self.switch(1)
        await self.restart_node()
        # The daemon takes its answers: they have sequence numbers that it has not used before.
        await self.switch(0)
        await self.switch(1)

    @check("after the power cut a replayed PDU is refused")
    async def replay(self):
        await self.switch(0)
        del self.captured[:]
        await self.switch(1, acknowledged=False)
        await asyncio.sleep(0.3)
        captured = list(self.captured)
        await self.switch(0)
        await self.cut_power()
        transmit = self.lab.air.add_transmitter("attacker")
        for frame in captured:
            transmit(frame)
        await asyncio.sleep(0.5)
        self.lab.air.remove("attacker")
        expect("lamp on" not in self.node.said().rsplit("node %04X" % self.address, 1)[1], "the lamp is on after the replay")
        await self.answers()
        equal(await self.lamp(), 0, "lamp after the replay")

    @check("an IV Update of the daemon is followed, with a power cut in the middle")
    async def iv_update_of_daemon(self):
        await self.restart_daemon(lambda stored: stored.update(sequenceNumber=PEERS_THRESHOLD))
        await self.beacon("node", IV_UPDATE, 1)
        await self.restart_node()
        await self.follows(1)

    @check("an IV Update of the node is followed by the daemon, with a restart of the daemon in the middle")
    async def iv_update_of_node(self):
        await asyncio.sleep(self.iv_update_ms / 1000 + 1)
        self.node.enter("iv-update")
        await self.node.say("done: iv-update")
        await self.beacon("provisioner", IV_UPDATE, 2)
        await self.restart_daemon()
        await self.follows(2)

    @check("a key refresh of the daemon is followed, with both restarting between the phases")
    async def key_refresh(self):
        await self.app.manage("UpdateSubnet", "q", 0)
        await self.app.manage("UpdateAppKey", "q", 0)
        for address in (OWN, self.address):
            equal((await self.app.give_net_key(address, 0, True))[0], 0, "Config NetKey Status")
            equal((await self.app.give_app_key(address, 0, True))[0], 0, "Config AppKey Status")
        await self.restart_node()
        equal(await self.config("80150000", 0x8017), b"\0\0\0\1", "Config Key Refresh Phase Status")
        await self.switch(1)
        await self.app.manage("SetKeyPhase", "qy", 0, 2)
        for address in (self.address, OWN):
            equal(await self.app.configure(address, bytes.fromhex("8016000002"), 0x8017), b"\0\0\0\2", "Config Key Refresh Phase Status")
        await self.restart_node()
        await self.restart_daemon()
        equal(await self.config("80150000", 0x8017), b"\0\0\0\2", "Config Key Refresh Phase Status")
        await self.switch(0)
        for address in (self.address, OWN):
            equal(await self.app.configure(address, bytes.fromhex("8016000003"), 0x8017), b"\0\0\0\0", "Config Key Refresh Phase Status")
        await self.app.manage("SetKeyPhase", "qy", 0, 3)
        await self.restart_node()
        await self.switch(1)

    @check("a key refresh that the node learns of from the daemon's beacons alone")
    async def key_refresh_by_beacons(self):
        await self.app.manage("UpdateSubnet", "q", 0)
        for address in (OWN, self.address):
            equal((await self.app.give_net_key(address, 0, True))[0], 0, "Config NetKey Status")
        await self.app.manage("SetKeyPhase", "qy", 0, 2)
        equal(await self.app.configure(OWN, bytes.fromhex("8016000002"), 0x8017), b"\0\0\0\2", "Config Key Refresh Phase Status")
        await self.phase_becomes(2)
        equal(await self.app.configure(OWN, bytes.fromhex("8016000003"), 0x8017), b"\0\0\0\0", "Config Key Refresh Phase Status")
        await self.app.manage("SetKeyPhase", "qy", 0, 3)
        await self.phase_becomes(0)
        await self.switch(0)

    async def phase_becomes(self, phase):
        again = time.monotonic() + TELL_AGAIN
        for _ in range(100 if self.is_board else 40):
            try:
                if await self.config("80150000", 0x8017, seconds=1, tries=1) == bytes([0, 0, 0, phase]):
                    return
            except LabError:
                pass
            if self.is_board and time.monotonic() > again:
                await self.restart_daemon()
                again = time.monotonic() + TELL_AGAIN
            await asyncio.sleep(0.5)
        expect(False, "the node does not come to phase", phase)

    @check("a node that was reset has forgotten everything after a power cut")
    async def reset(self):
        since = len(self.node.said())
        equal(await self.config("8049", 0x804A), b"", "Config Node Reset Status")
        # It leaves a second later, when the status has been sent.
        await self.node.say("has left its network", since=since)
        self.node.kill()
        since = len(self.node.said())
        await self.node.start()
        await self.node.say("waits to be provisioned", since=since)
        await self.app.manage("DeleteRemoteNode", "qy", self.address, 2)
        await self.app.scan(self.node.uuid)
        return "messages refused after each power cut: %s" % self.refused


run(Procedures)
