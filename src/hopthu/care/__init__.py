"""Looking after the city's data: backup and restore, and whether all is well."""
