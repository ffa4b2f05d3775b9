"""Training of the model of findings. Not part of the installed package."""
