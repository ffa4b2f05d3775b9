"""The script that Streamlit is given."""

from caregraph.cli import serving


def test_script_of_the_explorer_has_no_folder_pages_beside_it():
    """Streamlit would show the files there instead of the page at the first address that it is asked for."""
    assert serving.APP.is_file()
    assert not (serving.APP.parent / "pages").exists()
    assert (serving.EXPLORER / ".streamlit" / "config.toml").is_file()
