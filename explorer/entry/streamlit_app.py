"""Script that Streamlit runs for `caregraph explore`.

It stands in a folder of its own: Streamlit takes a folder `pages` beside its script for pages that it shall show
itself, and answers the first address that is not the home page with an empty page.
"""

from caregraph.explorer.app import main

if __name__ == "__main__":
    main()
