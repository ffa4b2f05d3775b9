"""Connections that trust the authorities that this machine trusts, as pip does: many a network has one of its own."""

import ssl
from typing import Any

import truststore
from requests.adapters import HTTPAdapter


class SystemTrust(HTTPAdapter):
    """Adapter of requests with the system's trust; options are those of its base."""

    def __init__(self, **options: Any) -> None:
        self._context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().__init__(**options)

    def build_connection_pool_key_attributes(self, *arguments: Any, **options: Any) -> Any:
        """Key of a connection: as the base makes it, with our trust."""
        host, pool = super().build_connection_pool_key_attributes(*arguments, **options)
        return host, pool | {"ssl_context": self._context}
