"""mesh-cfgclient and its bluetooth-meshd: provisioner and configuration client that are BlueZ's from end to end. The argument is "static" for static OOB."""
import asyncio
import os

from checks import check, run
from lab import Daemon
from network import Scenario
from shell import ConfigurationShell


class Cfgclient(Scenario):
    @check("mesh-cfgclient makes a network", essential=True)
    async def network(self):
        self.static = os.urandom(16) if self.argument else None
        self.OPTIONS = ("--static", self.static.hex()) if self.static else ()
        self.daemon = await Daemon(self.lab, "provisioner").start()
        await self.start_node()
        self.shell = ConfigurationShell(self.lab, self.daemon.address)
        self.shell.tries = 3 if self.is_board else 1
        await self.shell.says(r"\[mesh-cfgclient\]")
        await self.shell.type("create", "Created new node with token")
        await self.shell.says("Attached with path")
        await self.shell.type("appkey-create 0 1", "#")

    @check("a device is found by its beacon", essential=True)
    async def found(self):
        await self.shell.type("discover-unprovisioned on", "(?i)UUID = " + self.node.uuid.hex())

    @check("the device is provisioned", essential=True)
    async def provisioned(self):
        await self.shell.type("provision " + self.node.uuid.hex(), "Provisioning started")
        if self.static:
            await self.shell.says("(?i)static|enter")
            await asyncio.sleep(0.2)
            self.shell.process.sendline(self.static.hex())
        await self.shell.says("Assign addresses for 2 elements", 60)
        await self.shell.says("Provisioning done", 30)
        self.unicast = (await self.shell.says("([Pp]rimary|[Uu]nicast|Addr)[^0-9a-f]*([0-9a-f]{4})")).group(2)
        await self.node.say("node " + self.unicast.upper())

    @check("keys, bindings and states are configured")
    async def configured(self):
        await self.shell.type("menu config", "Print environment")
        await self.shell.type("target " + self.unicast, "Configuring node " + self.unicast)
        await self.shell.type("timeout 5", "#")
        node = "Node " + self.unicast
        for line, answer in (
                ("composition-get", "(?s)CID.*05f1"),
                ("appkey-add 1", node + " AppKey status Success"),
                ("appkey-get 0", "Status Success"),
                ("netkey-get", "NetKey List"),
                ("bind %s 1 1000" % self.unicast, node + ": Model App status Success"),
                ("ttl-set 7", node + " Default TTL 7"),
                ("relay-set 1 2 7", node + ": Relay 0x01"),
                ("proxy-get", node + " Proxy state 0x0[0-2]"),
                ("beacon-set 1", node + ": Config Beacon Status 0x01"),
                ("friend-get", node + " Friend state 0x02"),
                ("network-transmit-set 2 3", node + ": Net transmit cnt"),
                ("kr-phase-get 0", node + " Key Refresh Phase status Success"),
                ("sub-add %s c000 1000" % self.unicast, node + " Subscription status Success"),
                ("pub-set %s 0001 1 0 0 1000" % self.unicast, node + " Publication status Success"),
                ("hb-pub-get", "Heartbeat publish status Success"),
        ):
            await self.shell.type(line, answer)

    @check("the node is reset")
    async def reset(self):
        await self.shell.type("node-reset", "Node %s is reset" % self.unicast)
        await self.node.say("has left its network")


run(Cfgclient)
