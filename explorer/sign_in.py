"""Sign-in: where Streamlit is given a provider of identities, nobody reads a page before they have signed in."""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def is_admitted() -> bool:
    """Tell whether the reader may read; show the way in, if not. Everybody may where no provider is set up."""
    if not _has_provider() or getattr(st.user, "is_logged_in", False):
        return True
    st.title("Sign in", anchor=False)
    st.text("Sign in to read what inspectors say about children’s services.")
    st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login)
    return False


def _has_provider() -> bool:
    """Tell whether a file of secrets, if there is one, names a provider."""
    try:
        return st.secrets.load_if_toml_exists() and "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False
