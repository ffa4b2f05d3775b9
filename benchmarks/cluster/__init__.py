"""Cluster: reading on one, beside the processes of this machine."""
