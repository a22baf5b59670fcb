"""Following something by e-mail: a report, an area, a category, or a category within an area.

    things        what can be followed, as one word
    subscribing   asking for letters, confirming, changing and ending that; one row at a time
    links         the addresses in a letter, which nobody can make up
    expanding     from one piece of news to a letter for everybody who follows the thing

What there is to tell, and in which words, the floor above knows (`reports.following`).
"""
