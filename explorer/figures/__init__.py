"""Figures drawn by the browser from plain data: map, bars, heat map, timeline."""
