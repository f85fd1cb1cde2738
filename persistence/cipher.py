"""Encrypts what checkpoints hold of customers: AES-256-GCM under a key derived from SECRET_KEY.

It is compressed first: ciphertext is noise that Postgres cannot compress, and the window of a conversation's messages
is written again with every turn.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from langgraph.checkpoint.serde.encrypted import EncryptedSerializer

from domain.errors import ConfigurationError

_NONCE_BYTES = 12
_COMPRESSED = "+deflate"  # ends the cipher's name where it is so
_WORTH_BYTES = 200
_FASTEST = 1


class Cipher:
    """LangGraph's CipherProtocol. The cipher's name carries the key's id, so that keys can change.

    What earlier secrets wrote stays readable as long as they are listed in `retired`.
    """

    def __init__(self, secret: str, retired: Sequence[str] = ()) -> None:
        self._keys = {_name(word): AESGCM(derived(word, b"prosa checkpoint key")) for word in (secret, *retired)}
        self._name = _name(secret)
        self._key = self._keys[self._name]

    def encrypt(self, plaintext: bytes) -> tuple[str, bytes]:
        name, nonce = self._name, os.urandom(_NONCE_BYTES)
        if len(plaintext) >= _WORTH_BYTES:
            name, plaintext = name + _COMPRESSED, zlib.compress(plaintext, _FASTEST)
        return name, nonce + self._key.encrypt(nonce, plaintext, name.encode())

    def decrypt(self, ciphername: str, ciphertext: bytes) -> bytes:
        key = self._keys.get(ciphername.removesuffix(_COMPRESSED))
        if key is None:
            raise ConfigurationError("environment", "SECRET_KEY", "(hidden)", f"the secret behind {ciphername}")
        plaintext = key.decrypt(ciphertext[:_NONCE_BYTES], ciphertext[_NONCE_BYTES:], ciphername.encode())
        return zlib.decompress(plaintext) if ciphername.endswith(_COMPRESSED) else plaintext


def serializer(secret: str, retired: Sequence[str] = ()) -> EncryptedSerializer:
    """What savers write and read values with."""
    return EncryptedSerializer(Cipher(secret, retired))


def derived(secret: str, purpose: bytes, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())


def _name(secret: str) -> str:
    return f"aes256gcm-{derived(secret, b'prosa checkpoint key id', 4).hex()}"
