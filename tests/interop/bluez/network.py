"""A network of a daemon that provisions and configures, and a node under test in it."""
import asyncio

from app import CLIENT, COMPANY, MeshApp, ON_OFF_GET, ON_OFF_SET, ON_OFF_SET_UNACKNOWLEDGED, ON_OFF_STATUS, OnOffServer, SERVER, le16, opcode
from checks import equal, expect
from gatt import Bluetooth, GattLink
from lab import Daemon, NodeUnderTest
from shell import Shell

OWN = 0x0001                    # the provisioner's address
GROUP = 0xC000
ON_OFF_SERVER, ON_OFF_CLIENT = le16(0x1000), le16(0x1001)
ECHO_SERVER, ECHO_CLIENT = le16(COMPANY) + le16(0x0001), le16(COMPANY) + le16(0x0002)


class Scenario:
    """What the scenarios have in common."""

    OPTIONS = ()                # of the node under test
    STATE = False               # whether it keeps its state

    def __init__(self, lab, command, argument):
        self.lab, self.command, self.argument = lab, command, argument
        self.transaction = 0
        self.address = None
        # A stock image is deaf while its scan is started anew, and silent while it is connectable.
        self.is_board = "--board" in command
        # The daemon's 96 hours: time for one of its beacons, or for two to a board, which may miss one.
        self.iv_update_ms = 15000 if self.is_board else 4000

    async def start_network(self, capabilities=()):
        self.daemon = await Daemon(self.lab, "provisioner", self.iv_update_ms).start()
        self.app = await MeshApp(self.daemon, "provisioner", (CLIENT,), True, capabilities).open()
        await self.app.create_network()
        await self.repeat()

    async def repeat(self):
        """Has the provisioner send each PDU three times to a board: BlueZ sends each once if it is not told otherwise."""
        if self.is_board:
            equal(await self.app.configure(OWN, bytes.fromhex("80240a"), 0x8025), b"\x0a", "Config Network Transmit Status")

    async def start_node(self, **options):
        self.node = await NodeUnderTest(self.lab, self.command, options=self.OPTIONS, state=self.STATE, **options).start()

    async def start_shell(self, mtu, **files):
        """The node under test behind a GATT link, and meshctl at the other end."""
        bus = await self.lab.start_bus("bluetooth")
        link = GattLink()
        self.bluetooth = await Bluetooth(self.lab, bus, link, mtu).start()
        await self.start_node(gatt=link.port)
        self.shell = Shell(self.lab, bus, **files)
        self.shell.tries = 3 if self.is_board else 1
        await self.shell.says(r"\[meshctl\]")
        await self.shell.type("list", "Controller C0:FF:EE:00:00:00")

    async def provision(self):
        """Provisions the node under test."""
        await self.app.scan(self.node.uuid)
        self.address = await self.app.add_node(self.node.uuid)

    async def set_up(self):
        """A network with the node under test, whose lamp, button and echo are bound to an application key."""
        await self.start_network()
        await self.start_node()
        await self.provision()
        await self.give_keys()

    async def give_keys(self):
        await self.app.manage("CreateAppKey", "qq", 0, 0)
        for address in (OWN, self.address):
            equal(await self.app.give_app_key(address, 0), b"\0\0\0\0", "Config AppKey Status")
        await self.bind(OWN, ON_OFF_CLIENT, ECHO_CLIENT)
        await self.bind(self.address, ON_OFF_SERVER, ECHO_SERVER)

    async def bind(self, address, *models, node=None):
        for model in models:
            status = await self.app.configure(node or address, b"\x80\x3d" + le16(address) + le16(0) + model, 0x803E)
            equal(status[0], 0, "Config Model App Status of %s" % model.hex())

    async def config(self, request, status, **options):
        """Sends a configuration message to the node under test; returns the parameters of the status."""
        return await self.app.configure(self.address, bytes.fromhex(request) if isinstance(request, str) else request, status, **options)

    async def switch(self, on, destination=None, acknowledged=True, **options):
        """Switches a lamp, that of the node under test if not told otherwise."""
        self.transaction = (self.transaction + 1) & 0xFF
        message = opcode(ON_OFF_SET if acknowledged else ON_OFF_SET_UNACKNOWLEDGED) + bytes([on, self.transaction])
        destination = destination or self.address
        if acknowledged:
            equal((await self.app.request(destination, message, ON_OFF_STATUS, **options))[0], on, "Generic OnOff Status")
        else:
            await self.app.send(destination, message)

    async def lamp(self, **options):
        """The state of the lamp of the node under test."""
        return (await self.app.request(self.address, opcode(ON_OFF_GET), ON_OFF_STATUS, **options))[0]

    async def lamp_becomes(self, on, seconds=5):
        for _ in range(int(seconds / 0.3)):
            if await self.lamp() == on:
                return
            await asyncio.sleep(0.3)
        expect(False, "the lamp does not become", on)

    async def add_daemon_node(self, name):
        """Another daemon with a lamp and an echo becomes a node of the network; returns daemon, application, lamp and address."""
        daemon = await Daemon(self.lab, name).start()
        app = await MeshApp(daemon, name, (SERVER,)).open()
        lamp = OnOffServer(app)
        await app.start_join()
        await self.app.scan(app.uuid)
        address = await self.app.add_node(app.uuid)
        await app.finish_join()
        equal((await self.app.give_app_key(address, 0))[0], 0, "Config AppKey Status")
        await self.bind(address, ON_OFF_SERVER, ECHO_SERVER)
        return daemon, app, lamp, address
