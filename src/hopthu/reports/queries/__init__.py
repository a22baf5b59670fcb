"""Reading reports: what the public sees, and what the desk sees."""
