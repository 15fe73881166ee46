"""Whom both transports trust: the system's certificates, and those that come with certifi."""

from __future__ import annotations

import functools
import ssl

import certifi


@functools.cache
def trust() -> ssl.SSLContext:
    """One context for all connections; reading the certificates takes 20 to 80 ms.

    The system's own come first in importance: an office's server is often vouched for by the office. Some
    systems have none to read, hence certifi's. ``SSL_CERT_FILE`` replaces the system's, as everywhere.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@functools.cache
def distrust() -> ssl.SSLContext:
    """A context that trusts nobody, for plain http: quick to make, and no harm if TLS comes up after all."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
