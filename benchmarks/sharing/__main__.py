"""Command `python -m benchmarks.sharing`."""

from benchmarks.sharing.measure import main

main()
