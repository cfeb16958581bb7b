"""A labelled civic set of our own: short texts of a coastal batik city, CC0. See README.md."""
