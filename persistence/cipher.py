"""Encrypts what checkpoints hold of customers: AES-256-GCM under a key derived from SECRET_KEY."""

from __future__ import annotations

import os
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from langgraph.checkpoint.serde.encrypted import EncryptedSerializer

from domain.errors import ConfigurationError

_NONCE_BYTES = 12


class Cipher:
    """LangGraph's CipherProtocol. The cipher's name carries the key's id, so that keys can change.

    What earlier secrets wrote stays readable as long as they are listed in `retired`.
    """

    def __init__(self, secret: str, retired: Sequence[str] = ()) -> None:
        self._keys = {_name(word): AESGCM(_derived(word, b"prosa checkpoint key")) for word in (secret, *retired)}
        self._name = _name(secret)
        self._key = self._keys[self._name]

    def encrypt(self, plaintext: bytes) -> tuple[str, bytes]:
        nonce = os.urandom(_NONCE_BYTES)
        return self._name, nonce + self._key.encrypt(nonce, plaintext, self._name.encode())

    def decrypt(self, ciphername: str, ciphertext: bytes) -> bytes:
        key = self._keys.get(ciphername)
        if key is None:
            raise ConfigurationError("environment", "SECRET_KEY", "(hidden)", f"the secret behind {ciphername}")
        return key.decrypt(ciphertext[:_NONCE_BYTES], ciphertext[_NONCE_BYTES:], ciphername.encode())


def serializer(secret: str, retired: Sequence[str] = ()) -> EncryptedSerializer:
    """What savers write and read values with."""
    return EncryptedSerializer(Cipher(secret, retired))


def _derived(secret: str, purpose: bytes, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())


def _name(secret: str) -> str:
    return f"aes256gcm-{_derived(secret, b'prosa checkpoint key id', 4).hex()}"
