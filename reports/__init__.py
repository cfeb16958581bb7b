"""What is handed over: plain data in, bytes out."""
