"""Opening a telephone number: an officer asks, `hopthu work` decides, and everybody is told first.

    page, web     ask       a row: who, which report, why, and a key made by the page for this once
    work          question  for a passkey of theirs; what it is for is fixed by the challenge
    page, web     answer    signed by the passkey
    work          record    the answer is right: `contact.opened` is appended
    work          open      once the entry is published: the number, sealed to the page's key

Whoever took over the web process can write any row of the database, and these ones too. So work
goes by nothing that stands in them but what it has checked: what it asked, and when it first saw
which passkey and which task in the public record, it keeps for itself (`ledger`), in a folder that
is closed to the web. `docs/security.md` says what that holds against, and what not.

    actions, queries   for the desk
    working            the rounds of `hopthu work`
    ledger, watching   what work remembers, and how it learns of it
    trust              whose passkey and task are good for this
"""
