"""Checking a public record from outside: its files alone, no database, no secret, no trust."""
