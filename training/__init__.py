"""Training of the model that classifies sentences of reports. Not part of the installed package."""
