"""Faults put in on purpose: damaged documents, killed builds, full disks, and what is left afterwards."""
