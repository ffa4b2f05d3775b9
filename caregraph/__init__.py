"""A knowledge graph of England's children's services, built from what inspectors publish.

    import caregraph

    record = caregraph.read("report.pdf")
    with caregraph.open() as graph:
        graph.build("reports/")
        answer = graph.ask("latest-grades")

The names are imported when they are first used: see `__init__.pyi`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
