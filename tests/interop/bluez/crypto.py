"""What an observer with the network key can read: Network PDUs and Secure Network beacons. See Mesh Protocol 1.1, sections 3.8 to 3.10."""
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from cryptography.hazmat.primitives.cmac import CMAC


def cmac(key, data):
    c = CMAC(algorithms.AES(key))
    c.update(data)
    return c.finalize()


def s1(text):
    return cmac(bytes(16), text)


class NetworkPdu:
    def __init__(self, control, ttl, sequence, source, destination, transport):
        self.control, self.ttl, self.sequence, self.source = control, ttl, sequence, source
        self.destination, self.transport = destination, transport


class NetworkKey:
    def __init__(self, key):
        t = cmac(s1(b"smk2"), key)
        t1 = cmac(t, b"\0\1")
        self.encryption = cmac(t, t1 + b"\0\2")
        self.privacy = cmac(t, self.encryption + b"\0\3")
        self.nid = t1[15] & 0x7F
        self.network_id = cmac(cmac(s1(b"smk3"), key), b"id64\1")[8:]
        self.beacon_key = cmac(cmac(s1(b"nkbk"), key), b"id128\1")

    @classmethod
    def of(cls, app):
        """The primary one of a daemon's node."""
        with open(os.path.join(app.daemon.storage, app.uuid.hex(), "node.json")) as f:
            return cls(bytes.fromhex(json.load(f)["netKeys"][0]["key"]))

    def beacon(self, frame):
        """Flags and IV Index of an authentic Secure Network beacon, or None."""
        body = frame[2:15]
        if frame[:2] != b"\x2b\1" or body[1:9] != self.network_id or cmac(self.beacon_key, body)[:8] != frame[15:23]:
            return None
        return body[0], int.from_bytes(body[9:13], "big")

    def decode(self, frame, iv_index=0):
        """An authentic Network PDU, or None."""
        pdu = frame[1:]
        if frame[0] != 0x2A or len(pdu) < 14 or pdu[0] & 0x7F != self.nid:
            return None
        iv = (iv_index - ((iv_index ^ pdu[0] >> 7) & 1)).to_bytes(4, "big")
        e = Cipher(algorithms.AES(self.privacy), modes.ECB()).encryptor()
        header = bytes(a ^ b for a, b in zip(pdu[1:7], e.update(bytes(5) + iv + pdu[7:14])))
        control = header[0] >> 7
        try:
            plain = AESCCM(self.encryption, tag_length=8 if control else 4).decrypt(b"\0" + header + b"\0\0" + iv, pdu[7:], None)
        except InvalidTag:
            return None
        return NetworkPdu(
            control, header[0] & 0x7F, int.from_bytes(header[1:4], "big"), int.from_bytes(header[4:6], "big"),
            int.from_bytes(plain[:2], "big"), plain[2:])
