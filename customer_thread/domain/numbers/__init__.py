"""What the numbers of a business mean: periods, answer times, what became of questions."""
