"""The doors: the only room that knows HTTP; `portal/site.py` puts them together."""
