"""The explorer's entry, for `streamlit run app.py`; `caregraph explore` serves the same."""

from caregraph.explorer.app import main

main()
