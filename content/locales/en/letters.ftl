# Letters. They say only that there is something, never what (E13).

letter-subject = You have a new message in Palermo
letter-invitation-body =
    You were invited to open an account.
    Open this link within 7 days and choose a passphrase:
    { $link }
    If you did not expect this letter, do nothing.
letter-recovery-body =
    Two of your colleagues allowed you to choose a new passphrase.
    Open this link within 3 days:
    { $link }
    If you did not ask for this, tell your administrator at once.
