"""A phone that holds passkeys, in software: it answers as a browser with one would."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

Flag = AuthenticatorData.FLAG
PRESENT, VERIFIED = Flag.UP, Flag.UV


@dataclass
class Device:
    host: str = "testserver"
    origin: str = "https://testserver"
    flags: Flag = PRESENT | VERIFIED
    """Without `VERIFIED` nobody gave a finger or a PIN."""
    counter: int = 0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: os.urandom(32))

    def make(self, question: Any) -> str:
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(bytes(16), self.id, public)
        data = self._data(self.flags | Flag.AT, credential)
        attestation = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", question)
        return self._written(clientDataJSON=client, attestationObject=attestation)

    def sign(self, question: Any) -> str:
        data, client = self._data(self.flags), self._client("webauthn.get", question)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._written(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(
        self, flags: Flag, credential: AttestedCredentialData | None = None
    ) -> AuthenticatorData:
        here = sha256(self.host.encode()).digest()
        data: AuthenticatorData = AuthenticatorData.create(
            here, flags, self.counter, credential or b""
        )
        return data

    def _client(self, kind: str, question: Any) -> CollectedClientData:
        challenge = websafe_decode(question["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self.origin)

    def _written(self, **parts: bytes) -> str:
        name = websafe_encode(self.id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
