"""Exports: the papers that the team hands over, one file per paper; the columns are those the city agreed on."""
