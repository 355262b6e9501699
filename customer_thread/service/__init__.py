"""Use cases, a verb a file. Each is called inside one transaction of the host."""
