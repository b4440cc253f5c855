"""A D-Bus application of bluetooth-meshd: one mesh node, and a provisioner if wanted. See doc/mesh-api.txt of BlueZ."""
import asyncio
import uuid

from dbus_next import Message, MessageType, PropertyAccess, Variant
from dbus_next.aio import MessageBus
from dbus_next.errors import DBusError
from dbus_next.service import ServiceInterface, dbus_property, method

from lab import LabError, SERVICE

COMPANY = 0x05F1
CLIENT = ((0x0001, 0x1001), ((COMPANY, 0x0002),))   # Configuration and Generic OnOff Client, sender of the vendor's echo
SERVER = ((0x1000,), ((COMPANY, 0x0001),))          # Generic OnOff Server, vendor's echo
ECHO, ECHOED = 0xC1F105, 0xC2F105
ON_OFF_GET, ON_OFF_SET, ON_OFF_SET_UNACKNOWLEDGED, ON_OFF_STATUS = 0x8201, 0x8202, 0x8203, 0x8204
READ = PropertyAccess.READ


def le16(value):
    return value.to_bytes(2, "little")


def opcode(value):
    return value.to_bytes(1 if value < 0x80 else 2 if value < 0x10000 else 3, "big")


class Received:
    """An access message. Its kind is app, dev (from another node's device key) or own (from this node's)."""

    def __init__(self, kind, element, source, destination, key, data):
        size = 1 if data[0] < 0x80 else 2 if data[0] < 0xC0 else 3
        self.kind, self.element, self.source, self.destination, self.key = kind, element, source, destination, key
        self.opcode, self.parameters = int.from_bytes(data[:size], "big"), data[size:]

    def __repr__(self):
        return "%s %04x %x %s" % (self.kind, self.source, self.opcode, self.parameters.hex())


class Application(ServiceInterface):
    def __init__(self, app):
        super().__init__(SERVICE + ".Application1")
        self.app = app

    @method()
    def JoinComplete(self, token: 't'):
        self.app.joined(token)

    @method()
    def JoinFailed(self, reason: 's'):
        self.app.join_failed(reason)

    @dbus_property(access=READ)
    def CompanyID(self) -> 'q':
        return COMPANY

    @dbus_property(access=READ)
    def ProductID(self) -> 'q':
        return 1

    @dbus_property(access=READ)
    def VersionID(self) -> 'q':
        return 1

    @dbus_property(access=READ)
    def CRPL(self) -> 'q':
        return 32


class ProvisionerObject(ServiceInterface):
    def __init__(self, app):
        super().__init__(SERVICE + ".Provisioner1")
        self.app = app

    @method()
    def ScanResult(self, rssi: 'n', data: 'ay', options: 'a{sv}'):
        self.app.event("scan", data=bytes(data))

    @method()
    def RequestProvData(self, count: 'y') -> 'qq':
        address = self.app.next_address
        self.app.next_address += count
        return [0, address]

    @method()
    def AddNodeComplete(self, uuid: 'ay', unicast: 'q', count: 'y'):
        self.app.event("added", uuid=bytes(uuid), address=unicast, elements=count)

    @method()
    def AddNodeFailed(self, uuid: 'ay', reason: 's'):
        self.app.event("failed", uuid=bytes(uuid), reason=reason)


class Agent(ServiceInterface):
    """The user who reads and enters OOB values: what is entered is in app.oob, by "static" or "number", values or futures."""

    def __init__(self, app):
        super().__init__(SERVICE + ".ProvisionAgent1")
        self.app = app

    @method()
    def DisplayString(self, value: 's'):
        self.app.event("display", value=value)

    @method()
    def DisplayNumeric(self, type: 's', number: 'u'):
        self.app.event("display", value=number)

    @method()
    async def PromptNumeric(self, type: 's') -> 'u':
        return await self.app.enter("number")

    @method()
    async def PromptStatic(self, type: 's') -> 'ay':
        return await self.app.enter("static")

    @method()
    def Cancel(self):
        pass

    @dbus_property(access=READ)
    def Capabilities(self) -> 'as':
        return self.app.capabilities

    @dbus_property(access=READ)
    def OutOfBandInfo(self) -> 'as':
        return []


class ElementObject(ServiceInterface):
    def __init__(self, app, index, models, vendor):
        super().__init__(SERVICE + ".Element1")
        self.app, self.index, self.models, self.vendor = app, index, models, vendor

    @method()
    def MessageReceived(self, source: 'q', key_index: 'q', destination: 'v', data: 'ay'):
        to = destination.value
        self.app.received(Received("app", self.index, source, to if isinstance(to, int) else bytes(to), key_index, bytes(data)))

    @method()
    def DevKeyMessageReceived(self, source: 'q', remote: 'b', net_index: 'q', data: 'ay'):
        self.app.received(Received("dev" if remote else "own", self.index, source, None, net_index, bytes(data)))

    @method()
    def UpdateModelConfiguration(self, model_id: 'q', config: 'a{sv}'):
        pass

    @dbus_property(access=READ)
    def Index(self) -> 'y':
        return self.index

    @dbus_property(access=READ)
    def Location(self) -> 'q':
        return 0

    @dbus_property(access=READ)
    def Models(self) -> 'a(qa{sv})':
        return [[m, {}] for m in self.models]

    @dbus_property(access=READ)
    def VendorModels(self) -> 'a(qqa{sv})':
        return [[company, m, {}] for company, m in self.vendor]


class MeshApp:
    """A node of a daemon, and what is asked of it."""

    def __init__(self, daemon, name, elements, provisioner=False, capabilities=()):
        self.daemon, self.root = daemon, "/lab/" + name
        self.elements, self.provisioner, self.capabilities = elements, provisioner, list(capabilities)
        self.oob = {}
        self.uuid = uuid.uuid4().bytes              # the daemon insists on RFC 4122
        self.token = self.node = self.bus = None
        self.next_address = 0x0100
        self.inbox, self.events, self.handlers = [], [], []
        self.news = asyncio.Condition()
        self.join = None

    async def open(self):
        self.bus = await MessageBus(bus_address=self.daemon.address).connect()
        self.bus.export(self.root + "/app", Application(self))
        if self.provisioner:
            self.bus.export(self.root + "/app", ProvisionerObject(self))
        self.bus.export(self.root + "/agent", Agent(self))
        for i, (models, vendor) in enumerate(self.elements):
            self.bus.export(self.element(i), ElementObject(self, i, models, vendor))
        self.daemon.lab.closers.append(self)
        return self

    def element(self, index=0):
        return "%s/ele%02x" % (self.root, index)

    def close(self):
        """Leaves the bus; the daemon keeps the node."""
        if self.bus:
            self.bus.disconnect()
            self.bus = None

    # What the daemon tells.
    def event(self, kind, **what):
        self.events.append((kind, what))
        self._wake()

    def received(self, message):
        self.inbox.append(message)
        for handler in self.handlers:
            asyncio.ensure_future(handler(message))
        self._wake()

    def joined(self, token):
        self.token = token
        if not self.join.done():
            self.join.set_result(token)

    def join_failed(self, reason):
        if not self.join.done():
            self.join.set_exception(LabError("JoinFailed " + reason))

    async def enter(self, what):
        value = self.oob.get(what)
        if asyncio.isfuture(value):
            value = await value
        if value is None:
            raise DBusError(SERVICE + ".Error.Abort", "no " + what)
        return value

    def _wake(self):
        async def wake():
            async with self.news:
                self.news.notify_all()
        asyncio.ensure_future(wake())

    async def _wait(self, find, seconds, complaint):
        async def wait():
            async with self.news:
                while True:
                    found = find()
                    if found is not None:
                        return found
                    await self.news.wait()
        try:
            return await asyncio.wait_for(wait(), seconds)
        except asyncio.TimeoutError:
            raise LabError("%s within %g s" % (complaint, seconds)) from None

    async def wait_event(self, kinds, seconds=30, match=lambda e: True, since=0):
        return await self._wait(
            lambda: next(((k, e) for k, e in self.events[since:] if k in kinds and match(e)), None), seconds, "no event %s" % (kinds,))

    async def wait_message(self, opcode, source=None, seconds=10, since=0, match=lambda m: True):
        return await self._wait(
            lambda: next((m for m in self.inbox[since:] if m.opcode == opcode and source in (None, m.source) and match(m)), None),
            seconds, "no message %x from %s" % (opcode, "any" if source is None else "%04x" % source))

    # What the daemon is asked.
    async def call(self, path, interface, member, signature="", *arguments):
        reply = await asyncio.wait_for(self.bus.call(Message(
            destination=SERVICE, path=path, interface=interface, member=member, signature=signature, body=list(arguments))), 30)
        if reply.message_type == MessageType.ERROR:
            raise DBusError(reply.error_name, "%s: %s" % (member, reply.body[0] if reply.body else ""))
        return reply.body

    async def network(self, member, signature="", *arguments):
        return await self.call("/org/bluez/mesh", SERVICE + ".Network1", member, signature, *arguments)

    async def node_call(self, member, signature="", *arguments):
        return await self.call(self.node, SERVICE + ".Node1", member, signature, *arguments)

    async def manage(self, member, signature="", *arguments):
        return await self.call(self.node, SERVICE + ".Management1", member, signature, *arguments)

    async def property(self, name):
        return (await self.call(self.node, "org.freedesktop.DBus.Properties", "Get", "ss", SERVICE + ".Node1", name))[0].value

    async def attach(self):
        self.node, _ = await self.network("Attach", "ot", self.root, self.token)

    async def create_network(self):
        """Becomes the provisioner of a new network, at address 0001."""
        self.join = asyncio.get_running_loop().create_future()
        await self.network("CreateNetwork", "oay", self.root, self.uuid)
        await asyncio.wait_for(self.join, 10)
        await self.attach()

    async def import_node(self, device_key, net_key, iv_index, address):
        """Becomes a node of a network whose keys are known, without being provisioned, and may configure itself."""
        self.join = asyncio.get_running_loop().create_future()
        flags = {"IvUpdate": Variant("b", False), "KeyRefresh": Variant("b", False)}
        await self.network("Import", "oayayayqa{sv}uq", self.root, self.uuid, device_key, net_key, 0, flags, iv_index, address)
        await asyncio.wait_for(self.join, 10)
        await self.attach()
        await self.manage("ImportRemoteNode", "qyay", address, len(self.elements), device_key)

    async def start_join(self):
        """Begins to send unprovisioned device beacons."""
        self.join = asyncio.get_running_loop().create_future()
        self.join.add_done_callback(lambda f: f.exception())
        await self.network("Join", "oay", self.root, self.uuid)

    async def finish_join(self, seconds=60):
        await asyncio.wait_for(asyncio.shield(self.join), seconds)
        await self.attach()

    async def scan(self, device, seconds=30):
        """Waits until a device is seen; returns what its beacon holds."""
        since = len(self.events)
        await self.manage("UnprovisionedScan", "a{sv}", {"Seconds": Variant("q", seconds)})
        _, seen = await self.wait_event(("scan",), seconds, lambda e: e["data"][:16] == device, since)
        return seen["data"]

    async def add_node(self, device, seconds=70):
        """Provisions a device over PB-ADV; returns its unicast address."""
        since = len(self.events)
        await self.manage("AddNode", "aya{sv}", device, {})
        kind, event = await self.wait_event(("added", "failed"), seconds, lambda e: e["uuid"] == device, since)
        if kind == "failed":
            raise LabError("AddNodeFailed: " + event["reason"])
        return event["address"]

    async def send(self, destination, data, element=0, key=0, segmented=False):
        options = {"ForceSegmented": Variant("b", True)} if segmented else {}
        await self.node_call("Send", "oqqa{sv}ay", self.element(element), destination, key, options, data)

    async def send_device(self, destination, data, net_key=0):
        await self.node_call("DevKeySend", "oqbqa{sv}ay", self.element(), destination, True, net_key, {}, data)

    async def publish(self, model, data):
        await self.node_call("Publish", "oqa{sv}ay", self.element(), model, {}, data)

    async def configure(self, destination, data, status, seconds=10, tries=2, net_key=0):
        """Sends a configuration message; returns the parameters of the status."""
        return await self._request(lambda: self.send_device(destination, data, net_key), status, destination, seconds, tries)

    async def request(self, destination, data, status, seconds=5, tries=2, **how):
        return await self._request(lambda: self.send(destination, data, **how), status, destination, seconds, tries)

    async def give_app_key(self, destination, index, update=False):
        call = lambda: self.node_call("AddAppKey", "oqqqb", self.element(), destination, index, 0, update)
        return await self._request(call, 0x8003, destination, 15, 2)

    async def give_net_key(self, destination, index, update=False):
        call = lambda: self.node_call("AddNetKey", "oqqqb", self.element(), destination, index, 0, update)
        return await self._request(call, 0x8044, destination, 15, 2)

    async def _request(self, send, status, source, seconds, tries):
        for left in reversed(range(tries)):
            since = len(self.inbox)
            await send()
            try:
                return (await self.wait_message(status, source, seconds, since)).parameters
            except LabError:
                if not left:
                    raise


class OnOffServer:
    """Generic OnOff Server and the vendor's echo on the node of an application."""

    def __init__(self, app):
        self.app, self.state, self.calls, self.last = app, 0, [], None
        app.handlers.append(self.handle)

    async def handle(self, m):
        if m.kind != "app":
            return
        if m.opcode == ECHO:
            await self.app.send(m.source, opcode(ECHOED) + m.parameters, m.element, m.key)
        if m.opcode in (ON_OFF_SET, ON_OFF_SET_UNACKNOWLEDGED) and len(m.parameters) in (2, 4):
            if (m.source, m.parameters[1]) != self.last:
                self.state, self.last = m.parameters[0], (m.source, m.parameters[1])
                self.calls.append(m)
        if m.opcode in (ON_OFF_GET, ON_OFF_SET):
            await self.app.send(m.source, opcode(ON_OFF_STATUS) + bytes([self.state]), m.element, m.key)
