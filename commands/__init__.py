"""What the command line needs besides the rooms: how results are shown, how the explorer is run, what a machine lacks."""
