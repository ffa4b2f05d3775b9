"""Component of the page whose behaviour is a script beside a module."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


def script_component(name: str, html: str, scripts: Sequence[Path]) -> ComponentRenderer:
    """Register a component whose scripts are one module; its elements have the page's styles.

    Args:
        html: what the script finds in the page to begin with.
    """
    source = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    return st.components.v2.component(f"caregraph_{name}", html=html, js=source, isolate_styles=False)
