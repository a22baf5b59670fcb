"""Photos of residents: rebuilt from their pixels in a process of their own, and kept durably."""
