"""The command line as ``python -m caregraph``, for where the command itself is not on the path."""

from caregraph.cli.main import main

if __name__ == "__main__":
    main()
