"""A server that cannot prove who it is hears nothing from either transport."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api_client.errors import CertificateRefused
from api_client.secret import Secret
from api_client.transport import tls
from api_client.transport.address import Address, parse_address
from api_client.transport.base import Request
from api_client.transport.http import HttpxTransport
from api_client.transport.socket import WebSocketsTransport

x509 = pytest.importorskip("cryptography.x509")


def self_signed(folder: Path) -> tuple[Path, Path]:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    shown, kept = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(certificate.public_bytes(pem))
    kept.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return shown, kept


class Impostor:
    """A TLS server with a certificate nobody vouches for."""

    def __init__(self, address: Address, certificate: Path) -> None:
        self.address = address
        self.certificate = certificate
        self.heard = b""


@pytest.fixture
async def impostor(tmp_path: Path) -> AsyncIterator[Impostor]:
    shown, kept = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, kept)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.heard += await reader.read(10)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    found = Impostor(parse_address(f"https://127.0.0.1:{port}"), shown)
    async with server:
        yield found


async def test_requests_go_to_proven_servers_only(impostor: Impostor) -> None:
    transport = HttpxTransport(impostor.address, secrets={"api-access-token": Secret("q7Wm2c")})
    with pytest.raises(CertificateRefused):
        await transport.send(Request("GET", "/api/v1/profile"))
    await transport.aclose()
    assert impostor.heard == b""


async def test_sockets_open_to_proven_servers_only(impostor: Impostor) -> None:
    with pytest.raises(CertificateRefused):
        await WebSocketsTransport().connect(impostor.address, "/cable")
    assert impostor.heard == b""


async def test_a_certificate_the_system_vouches_for_is_accepted(
    impostor: Impostor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(impostor.certificate))
    tls.trust.cache_clear()
    transport = HttpxTransport(impostor.address)
    assert (await transport.send(Request("GET", "/"))).status == 200
    await transport.aclose()
    tls.trust.cache_clear()
