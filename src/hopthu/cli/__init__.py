"""The `hopthu` command: what an operator does with a city's mailbox, apart from using it."""
