"""The ``caregraph`` command.

Progress goes to stderr, results to stdout. Exit codes: 0 done; 1 some of it
failed, each failure named with its reason and the rest done; 2 used wrongly;
130 interrupted. No failure shows a traceback: that of a fault of ours is in
``caregraph.log`` in the data directory.
"""

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        # What takes time to import is imported here, so that Ctrl-C is caught from the beginning.
        from caregraph.cli.running import run_application

        code = run_application()
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        sys.stderr.write("caregraph: stopped\n")
        sys.stderr.flush()
        os._exit(code)  # nothing is waited for, such as threads of a driver
    sys.exit(code)


if __name__ == "__main__":
    main()
