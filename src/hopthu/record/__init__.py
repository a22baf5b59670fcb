"""The public record: what happened, appended and never taken back, for anybody to check."""
