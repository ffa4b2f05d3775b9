"""The network: its drawing, layout, filters, toolbar, search and export."""
