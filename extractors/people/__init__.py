"""People in their roles: inspectors and leaders."""
