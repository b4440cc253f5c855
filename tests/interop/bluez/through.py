"""meshctl behind the proxy of a MeshNode reaches a lamp of bluetooth-meshd, and is reached by it."""
import asyncio
import copy
import os

from app import COMPANY, MeshApp, OnOffServer, SERVER, le16
from checks import check, equal, run
from lab import Daemon
from network import ON_OFF_SERVER, Scenario
from shell import APPLICATION_KEYS, DATABASE, IV_INDEX, NETWORK_KEY, OWN

FAR = 0x0200                # the daemon's address
KEY = 1                     # index of the application key


class Through(Scenario):
    @check("a daemon with a lamp is a node of meshctl's network", essential=True)
    async def daemon(self):
        self.daemon = await Daemon(self.lab, "far").start()
        self.app = await MeshApp(self.daemon, "far", ((SERVER[0] + (0x0001,), SERVER[1]),), True).open()
        self.device_key = os.urandom(16)
        await self.app.import_node(self.device_key, bytes.fromhex(NETWORK_KEY), IV_INDEX, FAR)
        await self.app.manage("ImportSubnet", "qay", 0, bytes.fromhex(NETWORK_KEY))
        await self.app.manage("ImportAppKey", "qqay", 0, KEY, bytes.fromhex(APPLICATION_KEYS[KEY]))
        equal((await self.app.give_app_key(FAR, KEY))[0], 0, "Config AppKey Status")
        bind = b"\x80\x3d" + le16(FAR) + le16(KEY) + ON_OFF_SERVER
        equal((await self.app.configure(FAR, bind, 0x803E))[0], 0, "Config Model App Status")
        self.lamp = OnOffServer(self.app)

    @check("meshctl has a session with the MeshNode's proxy", essential=True)
    async def session(self):
        database = copy.deepcopy(DATABASE)
        database["nodes"] = [{
            "deviceKey": self.device_key.hex(),
            "configuration": {"netKeys": ["0000"], "appKeys": ["0001"], "elements": [{"elementIndex": 0, "unicastAddress": "%04x" % FAR}]},
            "composition": {
                "cid": "%04x" % COMPANY, "pid": "0001", "vid": "0001", "crpl": "0020",
                "features": {"relay": False, "proxy": False, "friend": False, "lpn": False},
                "elements": [{"elementIndex": 0, "location": "0000", "models": ["0000", "1000"]}]},
            "IVindex": IV_INDEX, "sequenceNumber": 0}]
        await self.start_shell(int(self.argument), database=database)
        await self.shell.type("security 0", "set to 0")
        await self.shell.type("discover-unprovisioned on", "Device UUID: " + self.node.uuid.hex())
        self.shell.process.sendline("provision " + self.node.uuid.hex())
        self.address = int((await self.shell.says("Assigned Primary Unicast ([0-9a-f]{4})", 40)).group(1), 16)
        await self.shell.says("Mesh session is open", 30)
        await self.shell.says("Composition data for node %04x" % self.address, 30)

    @check("meshctl switches the daemon's lamp and hears its answers")
    async def on_off(self):
        await self.shell.type("menu onoff", "Print environment")
        await self.shell.type("target %04x" % FAR, "Controlling ON/OFF for node %04x" % FAR)
        for on in (1, 0, 1):
            await self.shell.type("onoff %d" % on, "Node %04x: Off Status present = %s" % (FAR, "ON" if on else "OFF"))
            equal(self.lamp.state, on, "lamp")
        await self.shell.type("get", "Node %04x: Off Status present = ON" % FAR)

    @check("the daemon reaches meshctl unasked")
    async def publication(self):
        request = b"\x03" + le16(FAR) + le16(OWN) + le16(KEY) + bytes([5, 0, 0]) + ON_OFF_SERVER
        equal((await self.app.configure(FAR, request, 0x8019))[0], 0, "Config Model Publication Status")
        for on in (0, 1):
            await self.app.publish(0x1000, b"\x82\x04" + bytes([on]))
            await self.shell.says("Node %04x: Off Status present = %s" % (FAR, "ON" if on else "OFF"))
        await self.shell.type("back", "Print environment")

    @check("meshctl configures the daemon; the daemon's segments come through")
    async def configuration(self):
        await self.shell.type("menu config", "Print environment")
        await self.shell.type("target %04x" % FAR, "Configuring node %04x" % FAR)
        await self.shell.type("ttl-set 9", "Node %04x Default TTL 9" % FAR)
        await self.shell.type("composition-get", "Composition data for node %04x" % FAR, 30)
        await self.shell.type("sub-add %04x c000 1000" % FAR, "Subscription status Success")

    @check("what is not for meshctl's address does not go to meshctl")
    async def filtered(self):
        notified = []
        handler = self.bluetooth.link.handler
        self.bluetooth.link.handler = lambda kind, data: (kind == "N" and notified.append(data), handler(kind, data))
        await self.app.configure(FAR, b"\x03" + le16(FAR) + le16(0xC001) + le16(KEY) + bytes([5, 0, 0]) + ON_OFF_SERVER, 0x8019)
        await self.app.publish(0x1000, b"\x82\x04\0")
        await asyncio.sleep(1)
        self.bluetooth.link.handler = handler
        # Beacons go to every client.
        equal([n.hex() for n in notified if n[0] & 0x3F != 1], [], "notifications")
        equal(self.bluetooth.violations, [], "violations")


run(Through)
