"""bluetooth-meshd as provisioner and Configuration Client: every state that it knows."""
from app import le16
from checks import check, equal, expect, run
from network import ECHO_SERVER, GROUP, ON_OFF_SERVER, OWN, Scenario

LABEL = bytes(range(16))


class Configuration(Scenario):
    OPTIONS = ("--echo",)

    @check("a device is found by its beacon", essential=True)
    async def found(self):
        await self.start_network()
        await self.start_node()
        beacon = await self.app.scan(self.node.uuid)
        expect(len(beacon) in (16, 18, 22), beacon)

    @check("a device is provisioned without OOB", essential=True)
    async def provisioned(self):
        self.address = await self.app.add_node(self.node.uuid)

    @check("Composition Data is read, in segments", essential=True)
    async def composition(self):
        page = await self.config("800800", 0x02, seconds=15)
        equal(page[0], 0, "page")
        equal(page[1:3], le16(0x05F1), "CID")
        self.features = page[9] | page[10] << 8
        elements, rest = [], page[11:]
        while rest:
            models, vendor = rest[2], rest[3]
            elements.append([int.from_bytes(rest[4 + 2 * i:6 + 2 * i], "little") for i in range(models)])
            rest = rest[4 + 2 * models + 4 * vendor:]
        expect(0x0000 in elements[0] and 0x1000 in elements[0], "models", elements)
        equal(self.features & 3, 3, "relay and proxy features")
        return "features %04x, models %s" % (self.features, [["%04x" % m for m in e] for e in elements])

    @check("Default TTL is read and set")
    async def default_ttl(self):
        for ttl in (7, 5):
            equal(await self.config("800d%02x" % ttl, 0x800E), bytes([ttl]), "Config Default TTL Status")
            equal(await self.config("800c", 0x800E), bytes([ttl]), "Config Default TTL Status")

    @check("Secure Network Beacon is read and set")
    async def beacon(self):
        for state in (0, 1):
            equal(await self.config("800a%02x" % state, 0x800B), bytes([state]), "Config Beacon Status")
            equal(await self.config("8009", 0x800B), bytes([state]), "Config Beacon Status")

    @check("Relay and Relay Retransmit are read and set")
    async def relay(self):
        for state in ("0152", "0000", "0122"):
            equal(await self.config("8027" + state, 0x8028), bytes.fromhex(state), "Config Relay Status")
            equal(await self.config("8026", 0x8028), bytes.fromhex(state), "Config Relay Status")

    @check("GATT Proxy is read and set")
    async def proxy(self):
        for state in (0, 1):
            equal(await self.config("8013%02x" % state, 0x8014), bytes([state]), "Config GATT Proxy Status")
            equal(await self.config("8012", 0x8014), bytes([state]), "Config GATT Proxy Status")

    @check("Network Transmit is read and set")
    async def network_transmit(self):
        for state in (0x12, 0x00):
            equal(await self.config("8024%02x" % state, 0x8025), bytes([state]), "Config Network Transmit Status")
            equal(await self.config("8023", 0x8025), bytes([state]), "Config Network Transmit Status")

    @check("Node Identity is read and set")
    async def node_identity(self):
        for state in (1, 0):
            equal(await self.config("80470000%02x" % state, 0x8048), bytes([0, 0, 0, state]), "Config Node Identity Status")
            equal(await self.config("80460000", 0x8048), bytes([0, 0, 0, state]), "Config Node Identity Status")

    @check("Friend is not supported, and no Low Power node has a PollTimeout")
    async def friend(self):
        equal(await self.config("801001", 0x8011), b"\2", "Config Friend Status")
        equal(await self.config("802d0002", 0x802E), b"\0\2\0\0\0", "Config Low Power Node PollTimeout Status")

    @check("an AppKey is added, and added again, and listed")
    async def app_key(self):
        await self.give_keys()
        equal((await self.app.give_app_key(self.address, 0))[0], 0, "the same AppKey again")
        equal(await self.config("80010000", 0x8002), bytes(5), "Config AppKey List")

    @check("an AppKey is deleted")
    async def app_key_delete(self):
        await self.app.manage("CreateAppKey", "qq", 0, 1)
        equal((await self.app.give_app_key(self.address, 1))[0], 0, "Config AppKey Status")
        equal(await self.config("80010000", 0x8002), bytes.fromhex("000000001000"), "Config AppKey List")
        equal(await self.config("8000001000", 0x8003), bytes.fromhex("00001000"), "Config AppKey Status")
        equal(await self.config("80010000", 0x8002), bytes(5), "Config AppKey List")

    @check("a NetKey is added, listed and deleted")
    async def net_key(self):
        await self.app.manage("CreateSubnet", "q", 1)
        equal((await self.app.give_net_key(self.address, 1))[0], 0, "Config NetKey Status")
        equal(await self.config("8042", 0x8043), bytes.fromhex("001000"), "Config NetKey List")
        equal(await self.config("80410100", 0x8044), bytes.fromhex("000100"), "Config NetKey Status")
        equal(await self.config("8042", 0x8043), bytes(2), "Config NetKey List")

    @check("models are bound, listed and unbound; an unknown AppKey is refused")
    async def binding(self):
        a = le16(self.address)
        equal((await self.config(b"\x80\x4b" + a + ON_OFF_SERVER, 0x804C))[5:], le16(0), "Config SIG Model App List")
        equal((await self.config(b"\x80\x4d" + a + ECHO_SERVER, 0x804E))[7:], le16(0), "Config Vendor Model App List")
        equal((await self.config(b"\x80\x3d" + a + le16(7) + ON_OFF_SERVER, 0x803E))[0], 3, "status of an unknown AppKey")
        equal((await self.config(b"\x80\x3f" + a + le16(0) + ECHO_SERVER, 0x803E))[0], 0, "Config Model App Status")
        equal((await self.config(b"\x80\x4d" + a + ECHO_SERVER, 0x804E))[7:], b"", "Config Vendor Model App List")
        await self.bind(self.address, ECHO_SERVER)

    @check("publication is set, read and ended")
    async def publication(self):
        a = le16(self.address)
        state = le16(OWN) + le16(0) + bytes([5, 0x45, 0x0A])
        for request in (b"\x03" + a + state + ON_OFF_SERVER, b"\x80\x18" + a + ON_OFF_SERVER):
            equal(await self.config(request, 0x8019), b"\0" + a + state + ON_OFF_SERVER, "Config Model Publication Status")
        status = await self.config(b"\x03" + a + bytes(7) + ON_OFF_SERVER, 0x8019)
        equal(status[:5], b"\0" + a + bytes(2), "Config Model Publication Status")

    @check("publication to a virtual address is set")
    async def virtual_publication(self):
        a = le16(self.address)
        status = await self.config(b"\x80\x1a" + a + LABEL + le16(0) + bytes([5, 0, 0]) + ON_OFF_SERVER, 0x8019, seconds=20)
        equal((status[0], status[4] >> 6), (0, 2), "status and kind of address")
        equal((await self.config(b"\x03" + a + bytes(7) + ON_OFF_SERVER, 0x8019))[0], 0, "Config Model Publication Status")

    @check("group subscriptions are added, overwritten, listed, deleted")
    async def subscription(self):
        a = le16(self.address)
        for request, groups in ((b"\x80\x1b", (GROUP,)), (b"\x80\x1b", (GROUP, GROUP + 1)), (b"\x80\x1e", (GROUP + 2,)), (b"\x80\x1c", ())):
            group = groups[-1] if groups else GROUP + 2
            equal(await self.config(request + a + le16(group) + ON_OFF_SERVER, 0x801F), b"\0" + a + le16(group) + ON_OFF_SERVER, "status")
            listed = await self.config(b"\x80\x29" + a + ON_OFF_SERVER, 0x802A)
            equal(listed, b"\0" + a + ON_OFF_SERVER + b"".join(map(le16, groups)), "Config SIG Model Subscription List")
        equal((await self.config(b"\x80\x1b" + a + le16(GROUP) + ECHO_SERVER, 0x801F))[0], 0, "of a vendor model")
        equal((await self.config(b"\x80\x2b" + a + ECHO_SERVER, 0x802C))[7:], le16(GROUP), "Config Vendor Model Subscription List")
        equal((await self.config(b"\x80\x1d" + a + ECHO_SERVER, 0x801F))[0], 0, "Config Model Subscription Delete All")
        equal((await self.config(b"\x80\x2b" + a + ECHO_SERVER, 0x802C))[7:], b"", "Config Vendor Model Subscription List")

    @check("virtual subscriptions are added, overwritten and deleted")
    async def virtual_subscription(self):
        a = le16(self.address)
        for request in (b"\x80\x20", b"\x80\x22", b"\x80\x21"):
            status = await self.config(request + a + LABEL + ON_OFF_SERVER, 0x801F, seconds=20)
            equal((status[0], status[4] >> 6), (0, 2), "status and kind of address")
            listed = await self.config(b"\x80\x29" + a + ON_OFF_SERVER, 0x802A)
            equal(listed[5:], b"" if request == b"\x80\x21" else status[3:5], "Config SIG Model Subscription List")

    @check("Heartbeat Publication and Subscription are set and read")
    async def heartbeat(self):
        state = le16(OWN) + bytes([0, 5, 5]) + le16(3) + le16(0)
        for request in (b"\x80\x39" + state, b"\x80\x38"):
            equal(await self.config(request, 0x06), b"\0" + state, "Config Heartbeat Publication Status")
        equal((await self.config(b"\x80\x39" + bytes(9), 0x06))[:3], bytes(3), "Config Heartbeat Publication Status")
        status = await self.config(b"\x80\x3b" + le16(OWN) + le16(self.address) + b"\x05", 0x803C)
        equal(status[:5], b"\0" + le16(OWN) + le16(self.address), "Config Heartbeat Subscription Status")
        equal((await self.config("803a", 0x803C))[:5], status[:5], "Config Heartbeat Subscription Status")
        equal((await self.config("803b" + "0000000000", 0x803C))[0], 0, "Config Heartbeat Subscription Status")

    @check("keys are refreshed in phases 1, 2 and 3, and the lamp obeys in each")
    async def key_refresh(self):
        await self.app.manage("UpdateSubnet", "q", 0)
        await self.app.manage("UpdateAppKey", "q", 0)
        for address in (OWN, self.address):
            equal((await self.app.give_net_key(address, 0, True))[0], 0, "Config NetKey Status")
            equal((await self.app.give_app_key(address, 0, True))[0], 0, "Config AppKey Status")
        equal(await self.config("80150000", 0x8017), b"\0\0\0\1", "Config Key Refresh Phase Status")
        await self.switch(1)
        # The own node last, so that it understands the answers.
        await self.app.manage("SetKeyPhase", "qy", 0, 2)
        for address in (self.address, OWN):
            equal(await self.app.configure(address, bytes.fromhex("8016000002"), 0x8017), b"\0\0\0\2", "Config Key Refresh Phase Status")
        await self.switch(0)
        for address in (self.address, OWN):
            equal(await self.app.configure(address, bytes.fromhex("8016000003"), 0x8017), b"\0\0\0\0", "Config Key Refresh Phase Status")
        await self.app.manage("SetKeyPhase", "qy", 0, 3)
        await self.switch(1)

    @check("a node that is reset says so and is unprovisioned again")
    async def reset(self):
        equal(await self.config("8049", 0x804A), b"", "Config Node Reset Status")
        await self.app.manage("DeleteRemoteNode", "qy", self.address, 2)
        await self.app.scan(self.node.uuid, 70 if self.is_board else 30)


run(Configuration)
