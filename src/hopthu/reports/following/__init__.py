"""What those are told who follow a report, an area or a category by e-mail.

offering     what can be followed here, and its name
happenings   which steps are told to whom
gathering    from the public record to news, at once and in the city's morning
letters      the words of the letters
counting     how many hear of a report, for its page at the desk
ending       a report that is over is followed no longer
"""
