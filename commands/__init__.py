"""What the command line needs besides the rooms: showing results, running the explorer, checking the machine."""
