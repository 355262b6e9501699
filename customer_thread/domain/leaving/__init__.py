"""What is decided when somebody's words are to leave: by erasure, by age, in a file."""
