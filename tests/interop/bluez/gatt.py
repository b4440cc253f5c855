"""
A stand-in for bluetoothd, as much of it as meshctl asks for on D-Bus: one adapter, one device with one mesh service.

The GATT traffic goes to the node under test in datagrams, whose first octet is the kind. From the node: A, service UUID (least
significant octet first) and service data, its connectable advert; A alone, none; N, a notification; D, it disconnects. To the node:
C and ATT_MTU (two octets, least significant first), connected; S 01 or 00, Client Characteristic Configuration; W, a written value; D, disconnected.
"""
import asyncio
import os
import socket

from dbus_next import Message, PropertyAccess, Variant
from dbus_next.aio import MessageBus
from dbus_next.service import ServiceInterface, dbus_property, method

BASE = "-0000-1000-8000-00805f9b34fb"
ADAPTER = "/org/bluez/hci0"
DEVICE = ADAPTER + "/dev_C0_FF_EE_00_00_01"
SERVICE = DEVICE + "/service0010"
PROVISIONING, PROXY = 0x1827, 0x1828
CHARACTERISTICS = {PROVISIONING: (0x2ADB, 0x2ADC), PROXY: (0x2ADD, 0x2ADE)}     # Data In, Data Out
READ = PropertyAccess.READ


def uuid_of(number):
    return "0000%04x%s" % (number, BASE)


class GattLink:
    """The end of the datagrams."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.peer = self.handler = None
        asyncio.get_running_loop().add_reader(self.socket.fileno(), self._readable)

    def _readable(self):
        while True:
            try:
                data, self.peer = self.socket.recvfrom(2048)
            except (BlockingIOError, ConnectionError):
                return
            if data and self.handler:
                self.handler(chr(data[0]), data[1:])

    def send(self, kind, data=b""):
        if self.peer:
            self.socket.sendto(kind.encode() + data, self.peer)

    def close(self):
        asyncio.get_running_loop().remove_reader(self.socket.fileno())
        self.socket.close()


class Adapter(ServiceInterface):
    def __init__(self, bluetooth):
        super().__init__("org.bluez.Adapter1")
        self.bluetooth, self.discovering = bluetooth, False

    @method()
    def StartDiscovery(self):
        self.bluetooth.set_discovering(True)

    @method()
    def StopDiscovery(self):
        self.bluetooth.set_discovering(False)

    @method()
    def SetDiscoveryFilter(self, properties: 'a{sv}'):
        pass

    @dbus_property(access=READ)
    def Address(self) -> 's':
        return "C0:FF:EE:00:00:00"

    @dbus_property(access=READ)
    def Alias(self) -> 's':
        return "lab"

    @dbus_property()
    def Powered(self) -> 'b':
        return True

    @Powered.setter
    def Powered(self, value: 'b'):
        pass

    @dbus_property(access=READ)
    def Discovering(self) -> 'b':
        return self.discovering


class Device(ServiceInterface):
    def __init__(self, bluetooth):
        super().__init__("org.bluez.Device1")
        self.bluetooth, self.connected, self.resolved = bluetooth, False, False

    @method()
    async def Connect(self):
        self.bluetooth.connect()

    @method()
    async def Disconnect(self):
        self.bluetooth.disconnect()

    @dbus_property(access=READ)
    def Address(self) -> 's':
        return "C0:FF:EE:00:00:01"

    @dbus_property(access=READ)
    def Alias(self) -> 's':
        return "node"

    @dbus_property(access=READ)
    def Adapter(self) -> 'o':
        return ADAPTER

    @dbus_property(access=READ)
    def Connected(self) -> 'b':
        return self.connected

    @dbus_property(access=READ)
    def ServicesResolved(self) -> 'b':
        return self.resolved

    @dbus_property(access=READ)
    def UUIDs(self) -> 'as':
        return [uuid_of(self.bluetooth.service)] if self.bluetooth.service else []

    @dbus_property(access=READ)
    def ServiceData(self) -> 'a{sv}':
        return self.bluetooth.service_data()


class Service(ServiceInterface):
    def __init__(self, number):
        super().__init__("org.bluez.GattService1")
        self.number = number

    @dbus_property(access=READ)
    def UUID(self) -> 's':
        return uuid_of(self.number)

    @dbus_property(access=READ)
    def Primary(self) -> 'b':
        return True

    @dbus_property(access=READ)
    def Device(self) -> 'o':
        return DEVICE


class Characteristic(ServiceInterface):
    def __init__(self, bluetooth, number, is_output):
        super().__init__("org.bluez.GattCharacteristic1")
        self.bluetooth, self.number, self.is_output = bluetooth, number, is_output

    def _pair(self):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        descriptor = theirs.detach()
        # By then D-Bus has passed it on.
        asyncio.get_running_loop().call_later(2, os.close, descriptor)
        return ours, descriptor

    @method()
    def AcquireWrite(self, options: 'a{sv}') -> 'hq':
        ours, descriptor = self._pair()
        self.bluetooth.attach_input(ours)
        return [descriptor, self.bluetooth.mtu]

    @method()
    def AcquireNotify(self, options: 'a{sv}') -> 'hq':
        ours, descriptor = self._pair()
        self.bluetooth.attach_output(ours)
        return [descriptor, self.bluetooth.mtu]

    @dbus_property(access=READ)
    def UUID(self) -> 's':
        return uuid_of(self.number)

    @dbus_property(access=READ)
    def Service(self) -> 'o':
        return SERVICE

    @dbus_property(access=READ)
    def Flags(self) -> 'as':
        return ["notify"] if self.is_output else ["write-without-response"]

    @dbus_property(access=READ)
    def NotifyAcquired(self) -> 'b':
        return False


class Bluetooth:
    """org.bluez on a bus of its own, with one node in reach."""

    def __init__(self, lab, address, link, mtu):
        self.lab, self.address, self.link, self.mtu = lab, address, link, mtu
        self.service, self.data = None, b""
        self.device = self.input = self.output = None
        self.objects = []                           # of the connection: path and interface
        self.advert = None                          # service and data that the last connection was made on
        self.violations = []                        # of the node
        self.longest = 0                            # notification
        link.handler = self.from_node

    async def start(self):
        self.bus = await MessageBus(bus_address=self.address, negotiate_unix_fd=True).connect()
        self.adapter = Adapter(self)
        self.bus.export(ADAPTER, self.adapter)
        await self.bus.request_name("org.bluez")
        self.lab.closers.append(self)
        return self

    def close(self):
        self.disconnect()
        self.bus.disconnect()
        self.link.close()

    def _add(self, path, interface):
        self.bus.export(path, interface)
        properties = {p.name: Variant(p.signature, p.prop_getter(interface)) for p in ServiceInterface._get_properties(interface)}
        self.bus.send(Message.new_signal(
            "/", "org.freedesktop.DBus.ObjectManager", "InterfacesAdded", "oa{sa{sv}}", [path, {interface.name: properties}]))

    def _remove(self, path, interface):
        self.bus.unexport(path, interface)
        self.bus.send(Message.new_signal(
            "/", "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved", "oas", [path, [interface.name]]))

    def service_data(self):
        return {uuid_of(self.service): Variant("ay", self.data)} if self.service else {}

    def set_discovering(self, on):
        self.adapter.discovering = on
        self.adapter.emit_properties_changed({"Discovering": on})
        self._report()

    def _report(self):
        """What bluetoothd does when an advertising report comes in."""
        if not (self.adapter.discovering and self.service):
            return
        if self.device is None:
            self.device = Device(self)
            self._add(DEVICE, self.device)
        else:
            self.device.emit_properties_changed({"ServiceData": self.service_data()})

    def connect(self):
        if self.device.connected or not self.service:
            raise RuntimeError("not connectable")
        self.advert = self.service, self.data
        self.link.send("C", self.mtu.to_bytes(2, "little"))
        data_in, data_out = CHARACTERISTICS[self.service]
        self.objects = [
            (SERVICE, Service(self.service)),
            (SERVICE + "/char0011", Characteristic(self, data_in, False)),
            (SERVICE + "/char0013", Characteristic(self, data_out, True)),
        ]
        for path, interface in self.objects:
            self._add(path, interface)
        self.device.connected = self.device.resolved = True
        self.device.emit_properties_changed({"Connected": True})
        # meshctl expects it after the answer to Connect.
        asyncio.get_running_loop().call_later(0.05, self.device.emit_properties_changed, {"ServicesResolved": True})

    def disconnect(self, by_node=False):
        if not self.device or not self.device.connected:
            return
        if not by_node:
            self.link.send("D")
        for s in (self.input, self.output):
            if s:
                asyncio.get_running_loop().remove_reader(s.fileno())
                s.close()
        self.input = self.output = None
        self.device.connected = self.device.resolved = False
        self.device.emit_properties_changed({"ServicesResolved": False, "Connected": False})
        for path, interface in reversed(self.objects):
            self._remove(path, interface)
        self.objects = []

    def attach_input(self, s):
        self.input = s

        def readable():
            try:
                data = s.recv(2048)
            except BlockingIOError:
                return
            if data:
                self.link.send("W", data)
            else:
                asyncio.get_running_loop().remove_reader(s.fileno())
        asyncio.get_running_loop().add_reader(s.fileno(), readable)

    def attach_output(self, s):
        self.output = s
        self.link.send("S", b"\1")

        def readable():
            # meshctl writes nothing here: it is the end.
            if not s.recv(16):
                asyncio.get_running_loop().remove_reader(s.fileno())
                if self.output is s:
                    self.output = None
                    self.link.send("S", b"\0")
                    s.close()
        asyncio.get_running_loop().add_reader(s.fileno(), readable)

    def from_node(self, kind, data):
        if kind == "A":
            service = int.from_bytes(data[:2], "little") if data else None
            if service in (None, PROVISIONING, PROXY):
                self.service, self.data = service, data[2:]
                self._report()
        elif kind == "N":
            self.longest = max(self.longest, len(data))
            if len(data) > self.mtu - 3:
                self.violations.append("a notification of %d octets at an ATT_MTU of %d" % (len(data), self.mtu))
            if self.output:
                self.output.send(data)
            else:
                self.violations.append("a notification that nobody has subscribed to")
        elif kind == "D":
            self.disconnect(by_node=True)
