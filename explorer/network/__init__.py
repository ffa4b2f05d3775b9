"""The network: its drawing, layout, filters, toolbar and export."""
