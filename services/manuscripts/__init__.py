"""What drafters bring: a file becomes the blocks of a draft; DOCX is read in a process of its own with limits."""
