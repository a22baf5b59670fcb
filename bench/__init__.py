"""What is fast, measured over HTTP on a running server: `make bench`."""
