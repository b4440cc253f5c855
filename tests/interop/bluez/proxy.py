"""meshctl over GATT: PB-GATT provisioner, proxy client, configuration client. The argument is ATT_MTU, and "static" for static OOB."""
import asyncio
import os

from checks import check, equal, expect, run
from gatt import PROVISIONING, PROXY
from network import Scenario


class Proxy(Scenario):
    @check("meshctl sees the unprovisioned device over GATT", essential=True)
    async def found(self):
        mtu, _, oob = self.argument.partition(" ")
        self.mtu = int(mtu)
        self.static = os.urandom(16) if oob else None
        self.OPTIONS = ("--static", self.static.hex()) if oob else ()
        await self.start_shell(self.mtu)
        if not self.static:
            await self.shell.type("security 0", "set to 0")
        await self.shell.type("discover-unprovisioned on", "Device UUID: " + self.node.uuid.hex())

    @check("PB-GATT provisions it", essential=True)
    async def provisioned(self):
        self.shell.process.sendline("provision " + self.node.uuid.hex())
        if self.static:
            await self.shell.says("Request hexadecimal key")
            await self.shell.says("Enter key")
            await asyncio.sleep(0.2)
            self.shell.process.sendline(self.static.hex())
        self.unicast = (await self.shell.says("Assigned Primary Unicast ([0-9a-f]{4})", 40)).group(1)

    @check("the node is found by its Node Identity, and its beacon opens the proxy session", essential=True)
    async def session(self):
        await self.shell.says("Mesh session is open", 30)
        equal((self.bluetooth.advert[0], self.bluetooth.advert[1][0]), (PROXY, 1), "advert: service and identification type")

    @check("Filter Status answers the filter that meshctl sets")
    async def filter(self):
        # It sets the type only; its own address is added when it sends.
        await self.shell.says("Proxy Accept list filter length: 0")

    @check("Composition Data is read")
    async def composition(self):
        await self.shell.says("Composition data for node " + self.unicast, 30)

    @check("keys, bindings and states are configured")
    async def configured(self):
        await self.shell.type("menu config", "Print environment")
        await self.shell.type("target " + self.unicast, "Configuring node " + self.unicast)
        node = "Node %s " % self.unicast
        for line, answer in (
                ("appkey-add 1", node + "AppKey status Success"),
                ("bind 0 1 1000", node + "Model App status Success"),
                ("mod-appidx-get %s 1000" % self.unicast, r"Model AppIdx\s+0001"),
                ("ttl-set 7", node + "Default TTL 7"),
                ("ttl-get", node + "Default TTL 7"),
                ("relay-set 1 2 7", node + "Relay state 0x01"),
                ("relay-get", node + "Relay state 0x01"),
                ("proxy-set 1", node + "Proxy state 0x01"),
                ("proxy-get", node + "Proxy state 0x01"),
                ("beacon-set 1", node + "Config Beacon Status 0x01"),
                ("ident-set 0 1", "Node Identity state 0x01 status Success"),
                ("ident-get 0", "Node Identity state 0x01 status Success"),
                ("ident-set 0 0", "Node Identity state 0x00 status Success"),
                ("sub-add %s c000 1000" % self.unicast, "Subscription status Success"),
                ("sub-get %s 1000" % self.unicast, r"Subscr Addr\s+c000"),
                ("pub-set %s 0077 1 0 0 1000" % self.unicast, "Publication status Success"),
                ("hb-pub-set 0077 0 0 5 0 0", "Heartbeat publish status Success"),
        ):
            await self.shell.type(line, answer)
        await self.shell.type("back", "Print environment")

    @check("the lamp is switched through the proxy")
    async def on_off(self):
        await self.shell.type("menu onoff", "Print environment")
        await self.shell.type("target " + self.unicast, "Controlling ON/OFF for node " + self.unicast)
        for on in (1, 0, 1):
            await self.shell.type("onoff %d" % on, "Node %s: Off Status present = %s" % (self.unicast, "ON" if on else "OFF"))
        await self.shell.type("get", "Node %s: Off Status present = ON" % self.unicast)
        await self.shell.type("back", "Print environment")

    @check("no notification is longer than the ATT_MTU lets it be")
    async def sizes(self):
        equal(self.bluetooth.violations, [], "violations")
        expect(self.bluetooth.longest > 20 or self.mtu == 23, "longest notification", self.bluetooth.longest)
        return "longest notification %d octets at ATT_MTU %d" % (self.bluetooth.longest, self.mtu)

    @check("it connects again, by the Network ID")
    async def reconnect(self):
        await self.shell.type("disconnect", "Services resolved no")
        await self.shell.type("connect 0", "Mesh session is open", 30)
        equal((self.bluetooth.advert[0], self.bluetooth.advert[1][0]), (PROXY, 0), "advert: service and identification type")
        await self.shell.type("menu config", "Print environment")
        await self.shell.type("target " + self.unicast, "Configuring node " + self.unicast)
        await self.shell.type("ttl-get", "Node %s Default TTL 7" % self.unicast)

    @check("the node is reset and advertises as a device again")
    async def reset(self):
        await self.shell.type("node-reset", "Node %s reset status" % self.unicast)
        for _ in range(100):
            if self.bluetooth.service == PROVISIONING:
                return
            await asyncio.sleep(0.1)
        expect(False, "service", self.bluetooth.service)


run(Proxy)
