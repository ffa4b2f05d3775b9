"""Grades by area, in reports and in news of them."""
