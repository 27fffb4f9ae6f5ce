"""Looking after people: the morning list, its answers, diary entries and visits."""
