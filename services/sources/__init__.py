"""What offices bring: a file becomes one sheet of numbered rows, read in a process of its own with limits."""
