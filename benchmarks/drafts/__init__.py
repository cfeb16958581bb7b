"""Drafts before and after an editor's work, what became of every paragraph, and how much of it the alignment sees."""
