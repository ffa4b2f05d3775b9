"""Entry of the explorer: the script that Streamlit runs."""
