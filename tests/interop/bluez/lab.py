"""A laboratory without a radio: private buses, BlueZ's mesh daemons, nodes under test, and the air between them.

Everything lives in one folder and ends with the laboratory. A frame in the air is the type of an AD structure and its payload,
without its length: 29 PB-ADV, 2A mesh message, 2B 00 unprovisioned device beacon, 2B 01 secure network beacon.
"""
import asyncio
import ctypes
import json
import os
import random
import signal
import socket
import subprocess
import time
import uuid

from dbus_next import Message, MessageType
from dbus_next.aio import MessageBus

HERE = os.path.dirname(os.path.abspath(__file__))
DAEMON = "/usr/libexec/bluetooth/bluetooth-meshd"
SERVICE = "org.bluez.mesh"
NODE_START = 30             # seconds; the machine may be busy
BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class LabError(Exception):
    """Something that was waited for did not come, or a daemon has refused."""


def _end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)      # PR_SET_PDEATHSIG


class Lab:
    """The folder and the processes; `async with Lab(folder) as lab`."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        self.closers = []                           # what is closed before the processes end
        self.start = time.monotonic()

    async def __aenter__(self):
        os.makedirs(self.folder, exist_ok=True)
        self.shim = self.path("shim.so")
        subprocess.run(["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", self.shim, os.path.join(HERE, "shim.c"), "-ldl"], check=True)
        self.air = Air(self)
        return self

    async def __aexit__(self, *_):
        for closer in reversed(self.closers):
            closer.close()
        for process in reversed(self.processes):
            self.stop(process)
        self.air.close()

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def spawn(self, name, command, environment=None, stdin=subprocess.DEVNULL):
        # From the main thread: the daemon ends with the thread that has started it.
        with open(self.path(name + ".log"), "ab") as log:
            process = subprocess.Popen(
                command, env=environment, stdin=stdin, stdout=log, stderr=subprocess.STDOUT, preexec_fn=_end_with_parent)
        self.processes.append(process)
        return process

    @staticmethod
    def stop(process, how=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    async def start_bus(self, name):
        """A bus of its own; returns its address."""
        path, configuration = self.path(name + ".bus"), self.path(name + ".bus.conf")
        with open(configuration, "w") as f:
            f.write(BUS_CONFIGURATION.format(path=path))
        self.spawn(name + ".dbus", ["dbus-daemon", "--config-file=" + configuration, "--nofork", "--nopidfile"])
        await until(lambda: os.path.exists(path), 10, "dbus-daemon did not start")
        return "unix:path=" + path


async def until(condition, seconds, complaint):
    """Waits until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise LabError("%s within %g s" % (complaint, seconds))
        await asyncio.sleep(0.02)


class Air:
    """Copies frames between the radios. Pairs of radios can be kept from hearing each other, and frames can be lost."""

    def __init__(self, lab):
        self.lab = lab
        self.radios = {}                            # name: (socket, transmit to it)
        self.blocked = set()                        # (from, to)
        self.loss = 0.0                             # probability, for each receiver
        self.random = random.Random(1)
        self.taps = []                              # called with name and frame
        self.log = open(lab.path("air.jsonl"), "w")

    def add_daemon(self, name):
        """The daemon's unit-test interface: returns the path to connect its socket to, and the path that it binds."""
        ours, theirs = self.lab.path(name + ".air"), self.lab.path(name + ".unit")
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        s.bind(ours)
        # It wants an octet that is not zero in front of the type; the length of the AD structure will do.
        self._add(name, s, lambda frame: s.sendto(bytes([len(frame)]) + frame, theirs))
        return ours, theirs

    def add_udp(self, name):
        """Whoever sends to the port that is returned hears at the port it has sent from."""
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("127.0.0.1", 0))
        peer = []
        self._add(name, s, lambda frame: peer and s.sendto(frame, peer[0]), peer)
        return s.getsockname()[1]

    def add_transmitter(self, name):
        """A radio that only sends: returns its function."""
        self.radios[name] = (None, lambda frame: None)
        return lambda frame: self._carry(name, frame)

    def remove(self, name):
        s, _ = self.radios.pop(name)
        if s:
            asyncio.get_running_loop().remove_reader(s.fileno())
            s.close()

    def block(self, a, b):
        self.blocked |= {(a, b), (b, a)}

    def unblock(self, a, b):
        self.blocked -= {(a, b), (b, a)}

    def close(self):
        for name in list(self.radios):
            self.remove(name)
        self.log.close()

    def _add(self, name, s, transmit, peer=None):
        s.setblocking(False)
        self.radios[name] = (s, transmit)

        def readable():
            while True:
                try:
                    data, source = s.recvfrom(2048)
                except (BlockingIOError, ConnectionError):
                    return
                if peer is not None:
                    peer[:] = [source]
                if len(data) > 1 and data[0]:
                    self._carry(name, data)
        asyncio.get_running_loop().add_reader(s.fileno(), readable)

    def _carry(self, name, frame):
        heard = []
        for other, (_, transmit) in list(self.radios.items()):
            if other == name or (name, other) in self.blocked or self.random.random() < self.loss:
                continue
            try:
                transmit(frame)
                heard.append(other)
            except OSError:
                pass                                # that radio is off
        self.log.write(json.dumps({"t": round(time.monotonic() - self.lab.start, 4), "from": name, "to": heard, "ad": frame.hex()}) + "\n")
        for tap in list(self.taps):
            tap(name, frame)


class Daemon:
    """One bluetooth-meshd on its own bus.

    The shim shortens two of its timers: the slot of PB-ADV, 500 ms, to what a controller needs, and the 96 hours of the IV Update.
    """

    def __init__(self, lab, name, iv_update_ms=4000):
        self.lab, self.name = lab, name
        self.timers = "500=20+10,345600000=%d" % iv_update_ms
        self.address = self.process = None

    async def start(self):
        if self.address is None:
            self.address = await self.lab.start_bus(self.name)
            self.peer, self.unit = self.lab.air.add_daemon(self.name)
            self.storage = self.lab.path(self.name + ".storage")
            os.mkdir(self.storage)
            self.configuration = self.lab.path(self.name + ".conf")
            with open(self.configuration, "w") as f:
                f.write("[General]\nProvTimeout=0\n")
        environment = dict(
            os.environ, LD_PRELOAD=self.lab.shim, SHIM_UNIT_PEER=self.peer, SHIM_TIMERS=self.timers,
            DBUS_SESSION_BUS_ADDRESS=self.address, DBUS_SYSTEM_BUS_ADDRESS=self.address)
        self.process = self.lab.spawn(self.name, [
            DAEMON, "--nodetach", "--debug", "--io", "unit:" + self.unit, "--storage", self.storage, "--config", self.configuration],
            environment)
        bus = await MessageBus(bus_address=self.address).connect()
        try:
            for _ in range(1000):
                if self.process.poll() is not None:
                    raise LabError("bluetooth-meshd has ended with %s" % self.process.returncode)
                reply = await bus.call(Message(
                    destination=SERVICE, path="/org/bluez/mesh", interface="org.freedesktop.DBus.Introspectable", member="Introspect"))
                if reply.message_type == MessageType.METHOD_RETURN and SERVICE + ".Network1" in reply.body[0]:
                    return self
                await asyncio.sleep(0.01)
            raise LabError("bluetooth-meshd does not answer")
        finally:
            bus.disconnect()

    def stop(self):
        self.lab.stop(self.process)


class NodeUnderTest:
    """`meshnode run`, or whatever takes the same options, as a process of its own."""

    def __init__(self, lab, command, name="node", options=(), gatt=0, udp=None, state=False):
        self.lab, self.name = lab, name
        self.uuid = uuid.uuid4().bytes
        udp = lab.air.add_udp(name) if udp is None else udp
        self.command = command + ["--udp", str(udp), "--uuid", self.uuid.hex(), "--algorithms", "Cmac", *options]
        if gatt:
            self.command += ["--gatt", str(gatt)]
        if state:
            self.command += ["--state", lab.path(name + ".state")]
        self.process = None

    async def start(self):
        said = len(self.said())
        self.process = self.lab.spawn(self.name, self.command, stdin=subprocess.PIPE)
        await until(lambda: len(self.said()) > said or self.process.poll() is not None, NODE_START, "the node says nothing")
        if self.process.poll() is not None:
            raise LabError("the node has ended: " + self.said()[said:])
        return self

    def said(self):
        """All that it has said so far."""
        try:
            with open(self.lab.path(self.name + ".log")) as f:
                return f.read()
        except FileNotFoundError:
            return ""

    async def say(self, text, seconds=10, since=0):
        """Waits until it has said something."""
        await until(lambda: text in self.said()[since:], seconds, "the node does not say '%s'" % text)
        return self.said()[since:].split(text, 1)[1].split("\n", 1)[0]

    def enter(self, line):
        """Types a line at its console."""
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def stop(self):
        self.lab.stop(self.process)

    def kill(self):
        """Power is cut."""
        self.lab.stop(self.process, signal.SIGKILL)
