"""Signing in with OpenID Connect, as the documentation says, with a provider of our own on loopback."""

import re
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import expect

from benchmarks.browser import run_explorer, wait_until_idle
from tests.imitation_provider import CLIENT, SECRET, Provider, serve_provider

DOCUMENTED = (Path(__file__).parents[3] / "docs" / "sign-in.md").read_text(encoding="utf-8")
SECRETS = next(block for block in re.findall(r"```toml\n(.+?)```", DOCUMENTED, re.DOTALL) if "[auth]" in block)
TITLE = "What inspectors say about children’s services"


def explorer_with(provider, folder):
    """An explorer whose user has the documentation's file of secrets, filled in; it has no database, and needs none."""
    filled = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": "a long random string of the test, and of nobody else",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{provider.origin}/.well-known/openid-configuration",
    }
    text = re.sub(r'^(\w+) = ".*"$', lambda line: f'{line[1]} = "{filled[line[1]]}"', SECRETS, flags=re.MULTILINE)
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(text, encoding="utf-8")
    return run_explorer({"HOME": str(folder), "CAREGRAPH_DATA": str(folder), "NEO4J_URI": "bolt://127.0.0.1:1"})


def test_reader_who_signs_in_reads_on_and_nobody_else_does(new_page, tmp_path):
    with serve_provider(Provider()) as provider, explorer_with(provider, tmp_path) as address:
        page = new_page()
        page.goto(f"{address}/about")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.get_by_text("What caregraph holds")).to_have_count(0)
        assert provider.requests == []

        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Go on as A Reader").click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        assert provider.requests.count("/token") == 1
        page.reload()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()

        elsewhere = new_page()
        elsewhere.goto(address)
        expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
        elsewhere.goto(f"{address}/oauth2callback?code=guessed&state=guessed")
        wait_until_idle(elsewhere)
        expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("fault", ["signature", "code"])
def test_token_that_is_not_the_providers_lets_nobody_in(new_page, tmp_path, fault):
    provider = Provider(signing=RSAKey.generate_key(2048, parameters={"kid": "1"}) if fault == "signature" else None)
    with serve_provider(provider), explorer_with(provider, tmp_path) as address:
        page = new_page()
        page.goto(address)
        page.get_by_role("button", name="Sign in").click()
        way_back = page.get_by_role("link", name="Go on as A Reader")
        expect(way_back).to_be_visible()
        if fault == "code":
            provider.codes.clear()
        way_back.click()
        page.wait_for_url(f"{address}/**")
        page.goto(address)
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert "/token" in provider.requests
