from .client import Cluster

__all__ = ["Cluster"]
