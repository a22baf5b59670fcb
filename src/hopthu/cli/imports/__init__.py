"""`hopthu import`: a city's areas, and the reports of an earlier system."""
