"""What a push to a browser says, how long it is of use, and which browsers can be reached."""
