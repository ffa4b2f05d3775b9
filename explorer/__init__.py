"""The explorer's pages, one file each, and the network they share."""
