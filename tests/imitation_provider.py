"""Imitation of an OpenID Connect provider, served on loopback: one reader with an account, and one application."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "explorer", "a secret of the test"
READER = {"sub": "reader-1", "name": "A Reader", "email": "reader@example.org"}


@dataclass
class Provider:
    """The provider: its keys, the codes that wait for a token, and the requests that it was asked."""

    published: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "1"}))
    signing: RSAKey | None = None  # another than is published, for a forged token
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    origin: str = ""

    def metadata(self) -> dict[str, Any]:
        """What the provider says of itself."""
        return {
            "issuer": self.origin,
            "authorization_endpoint": f"{self.origin}/authorize",
            "token_endpoint": f"{self.origin}/token",
            "jwks_uri": f"{self.origin}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def consent_page(self, asked: dict[str, str]) -> bytes:
        """The page on which a reader goes on to the application, if it is one that the provider knows."""
        if asked.get("client_id") != CLIENT or asked.get("response_type") != "code":
            return b"<p>This application is not known.</p>"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        return f"<h1>The provider</h1><a href='{escape(back)}'>Go on as {READER['name']}</a>".encode()

    def token(self, form: dict[str, str], credentials: str) -> dict[str, Any] | None:
        """A token for a code, once; None for an application or a code that is not known."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or credentials != f"{CLIENT}:{SECRET}" or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {"iss": self.origin, "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": asked["nonce"], **READER}
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signing or self.published)
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 600, "id_token": signed}


@contextmanager
def serve_provider(provider: Provider) -> Iterator[Provider]:
    """Serve the provider on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            provider.requests.append(address.path)
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/authorize":
                self.answer(provider.consent_page(asked), "text/html")
            elif address.path == "/keys":
                self.answer(as_json({"keys": [provider.published.as_dict(private=False)]}))
            elif address.path == "/.well-known/openid-configuration":
                self.answer(as_json(provider.metadata()))
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            provider.requests.append(self.path)
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(content).items()}
            credentials = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
            token = provider.token(form, credentials)
            self.answer(as_json(token or {"error": "invalid_grant"}), status=200 if token else 400)

        def answer(self, body: bytes, kind: str = "application/json", status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.origin = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()


def as_json(value: object) -> bytes:
    """A value as JSON."""
    return json.dumps(value).encode()
