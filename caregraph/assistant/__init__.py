"""The door for assistants (MCP): tools that quote, count, and say what is silence; nothing in them can write."""
