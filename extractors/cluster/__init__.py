"""Cluster: documents read by the workers of a Dask cluster, by the extra ``cluster``, imported when it is used."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"client": ["Cluster"]})
