"""Accuracy of what reports say that councils share."""
