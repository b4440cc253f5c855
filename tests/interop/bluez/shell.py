"""meshctl and mesh-cfgclient at a terminal: what is typed, and what they say."""
import asyncio
import json
import os
import re

import pexpect

NETWORK_KEY = "18eed9c2a56add85049ffc3c59ad0e12"
APPLICATION_KEYS = ["4f68ad85d9f48ac8589df665b6b49b8a", "2aa2a6ded5a0798ceab5787ca3ae39fc"]
IV_INDEX = 5
OWN = 0x0077

LOCAL_NODE = {
    "meshName": "BT Mesh",
    "netKeys": [{"index": 0, "keyRefresh": 0}],
    "appKeys": [{"index": 0, "boundNetKey": 0}, {"index": 1, "boundNetKey": 0}],
    "node": {
        "IVindex": "%08x" % IV_INDEX, "IVupdate": "0", "sequenceNumber": 0,
        "composition": {
            "cid": "0002", "pid": "0010", "vid": "0001", "crpl": "000a",
            "features": {"relay": False, "proxy": True, "friend": False, "lowPower": False},
            "elements": [{"elementIndex": 0, "location": "0001", "models": ["0000", "0001", "1001"]}]},
        "configuration": {
            "netKeys": [0], "appKeys": [0, 1], "defaultTTL": 10,
            "elements": [{"elementIndex": 0, "unicastAddress": "%04x" % OWN, "models": [{"modelId": "1001", "bind": [1]}]}]}}}
DATABASE = {
    "meshName": "BT Mesh", "IVindex": IV_INDEX, "IVupdate": 0,
    "netKeys": [{"index": 0, "keyRefresh": 0, "key": NETWORK_KEY}],
    "appKeys": [{"index": i, "boundNetKey": 0, "key": key} for i, key in enumerate(APPLICATION_KEYS)],
    "provisioners": [{
        "provisionerName": "BT Mesh Provisioner", "unicastAddress": "%04x" % OWN,
        "allocatedUnicastRange": [{"lowAddress": "0100", "highAddress": "7fff"}]}]}


class Terminal:
    """Waits are on a thread, so that everything else goes on."""

    tries = 1                   # how often a line is typed

    def __init__(self, lab, bus, command):
        self.program = command[0]
        environment = dict(os.environ, LD_PRELOAD=lab.shim, TERM="dumb", HOME=lab.folder, DBUS_SYSTEM_BUS_ADDRESS=bus)
        self.log = open(lab.path(self.program + ".log"), "a")
        # The terminal echoes: readline shows nothing otherwise.
        self.process = pexpect.spawn(self.program, command[1:], env=environment, encoding="utf-8", timeout=20, dimensions=(50, 250))
        self.process.logfile_read = self.log
        lab.closers.append(self)

    async def says(self, pattern, seconds=20):
        try:
            await asyncio.get_running_loop().run_in_executor(None, lambda: self.process.expect(pattern, seconds))
        except (pexpect.TIMEOUT, pexpect.EOF):
            said = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\x1b=|\r", "", self.process.before or "")
            raise AssertionError("%s does not say '%s' within %g s but:\n%s" % (self.program, pattern, seconds, said[-1500:])) from None
        return self.process.match

    async def type(self, line, pattern, seconds=20):
        for left in reversed(range(self.tries)):
            self.process.sendline(line)
            try:
                return await self.says(pattern, seconds if self.tries == 1 else seconds / 2)
            except AssertionError:
                if not left:
                    raise

    def close(self):
        self.process.close(force=True)
        self.log.close()


class Shell(Terminal):
    """meshctl, with a network of its own."""

    def __init__(self, lab, bus, local=LOCAL_NODE, database=DATABASE):
        folder = lab.path("meshctl")
        os.makedirs(folder, exist_ok=True)
        for name, content in (("local_node.json", local), ("prov_db.json", database)):
            with open(os.path.join(folder, name), "w") as f:
                json.dump(content, f)
        super().__init__(lab, bus, ["meshctl", "-c", folder])


class ConfigurationShell(Terminal):
    """mesh-cfgclient, which works through a bluetooth-meshd."""

    def __init__(self, lab, bus):
        super().__init__(lab, bus, ["mesh-cfgclient", "-c", lab.path("config_db.json")])
