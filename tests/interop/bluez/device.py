"""
bluetooth-meshd as a device that waits to be provisioned, and as a node with a lamp and an echo afterwards; the kit is at the other end.

With --gatt PORT there is a node under test as well, whose GATT link goes to that port. Lines of JSON on standard output tell what happens;
lines on standard input: publish 0 or 1, iv, restart. It ends with standard input.
"""
import argparse
import asyncio
import json
import os
import shlex
import signal
import sys

from app import MeshApp, OnOffServer, SERVER
from lab import Daemon, Lab, NodeUnderTest


def tell(event, value=""):
    print(json.dumps({"event": event, "value": str(value)}), flush=True)


class Device:
    def __init__(self, lab, options):
        self.lab, self.options = lab, options

    async def start(self):
        port = self.lab.air.add_udp("kit")
        if self.options.gatt:
            node = await NodeUnderTest(self.lab, shlex.split(self.options.node), options=["--iv-update-test"], gatt=self.options.gatt).start()
            self.lab.air.block("kit", "node")
            tell("node", node.uuid.hex())
        self.daemon = await Daemon(self.lab, "device").start()
        static = self.options.static
        self.app = await MeshApp(self.daemon, "device", (SERVER,), capabilities=["static-oob"] if static else []).open()
        self.app.oob["static"] = bytes.fromhex(static)
        self.lamp = OnOffServer(self.app)
        self.app.handlers.append(self.report)
        await self.app.start_join()
        tell("uuid", self.app.uuid.hex())
        tell("port", port)
        self.app.join.add_done_callback(lambda future: asyncio.ensure_future(self.joined(future)))

    async def joined(self, future):
        if future.exception():
            tell("failed", future.exception())
            return
        await self.app.attach()
        tell("joined")
        stored = os.path.join(self.daemon.storage, self.app.uuid.hex(), "node.json")
        while os.path.exists(stored):
            await asyncio.sleep(0.1)
        tell("reset")

    async def report(self, message):
        tell("lamp", self.lamp.state)

    async def obey(self, command, *arguments):
        if command == "publish":
            await self.app.publish(0x1000, b"\x82\x04" + bytes([int(arguments[0])]))
        elif command == "iv":
            tell("iv", await self.app.property("IvIndex"))
        elif command == "restart":
            self.app.close()
            self.daemon.stop()
            await self.daemon.start()
            await self.app.open()
            await self.app.attach()
            tell("restarted")


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--node", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--gatt", type=int, default=0)
    parser.add_argument("--static", default="")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    async with Lab(options.folder) as lab:
        device = Device(lab, options)
        await device.start()
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while line := await lines.readline():
            await device.obey(*line.decode().split())


asyncio.run(main())
