"""Figures drawn by the browser from plain data: map, bars, heat map, timeline, and the signs and legends in them."""
