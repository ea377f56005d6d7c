### Keys, recovery by two officers, passkeys, what takes two people, notices, break-glass.

account-key = Your key
account-key-why = It opens the names and stories your role lets you read. It is open only while you are signed in.

keys-nothing = nothing yet
keys-officers = Recovery officers
keys-officers-why = Any two of them together can bring back the keys if staff keys are lost. One alone cannot.
keys-unfinished = The new key for { $compartment } is only half in place: an earlier change was interrupted.
keys-finish = Finish it
keys-unlock-first = You have no key yet. Your passphrase makes it and opens it.
keys-unlock-vault = Your vault passphrase opens your key until you sign out.
keys-unlock-choose = You sign in without a passphrase, so your key needs one of its own. Choose it now; it makes your key and opens it each time.
keys-unlock-passkey-only = Only your passkey opens your key. Use the device it is on.
keys-unlock-by-passkey = Open with a passkey
field-vault-passphrase = Vault passphrase

recovery-title = Recovery of keys
recovery-short = If staff keys are lost, two officers together bring them back.
recovery-why = If every staff key is lost, two officers together bring the keys back. Neither can alone, and nobody ever sees the recovery secret.
recovery-go = Officers, papers and recovery
recovery-none-made = not made yet
recovery-nobody = nobody could open it
recovery-no-pair = No two officers can open this recovery with the keys and papers they have now. Someone whose key is open renews it first, on this page.
recovery-under-way = one officer has released it
recovery-outdated = renew it
recovery-good = in order
recovery-pairs =
    { $count ->
        [one] { $count } pair of people can open it.
       *[other] { $count } pairs of people can open it.
    }
recovery-outdated-why = An officer has a key or a paper that is newer than the recovery. It does not count until the recovery is renewed.
recovery-officer = officer
recovery-has-key = Has a key of their own
recovery-has-no-key = Has no key yet
recovery-paper-since = Has a paper since { $date }
recovery-no-paper = Has no paper
recovery-paper-title = Your paper
recovery-paper-why = A paper stands in for your key if you lose it. Keep it in a safe, away from the other officers’ papers. Alone it opens nothing.
recovery-paper-make = Make my paper
recovery-paper-anew = Make a new paper; the old one is void
recovery-paper-page = Your recovery paper
recovery-paper-once = Print this page or copy the letters now. They are shown this once and stored nowhere.
recovery-paper-then = Then renew the recovery, so that this paper counts.
recovery-renew-title = Renew
recovery-renew-why = Makes a new recovery for the officers you tick, with the keys and papers they have now. The old one opens nothing any more.
recovery-renew = Renew the recovery
recovery-needs-open = Open your key first.
recovery-open-title = Open it together
recovery-open-why = The first officer releases. The second opens: every member with a key then holds again what their role opens. Both names stand in the log, and everyone concerned is told.
recovery-paper = Letters of your paper
recovery-paper-or-key = Only if your key was lost. Otherwise leave it empty: your open key is enough.
recovery-paper-typed = Your key is closed or lost. Type the letters of your paper, or open your key first.
recovery-release = Release for a second officer
recovery-waits-for-you = Another officer has released the recovery. If you did not expect this, take it back and speak with them.
recovery-open = Open and bring the keys back
recovery-take-back = Take the release back
recovery-opened = The keys are back
recovery-opened-why = The recovery was opened by two officers and sealed again.
recovery-opened-none = Everyone held their keys already.
recovery-opened-without = These have no key of their own yet. They open their key once, then a colleague hands over:

passkey-failed = The browser gave no passkey. Try again, or use another way.
passkey-key-title = Let this passkey open your key
passkey-key-why = Touch the passkey once more. From then on signing in with it opens your key too, without typing a passphrase.
passkey-key-bind = Let a passkey open my key
passkey-key-more = Let another passkey open my key
passkey-key-later = Not now
sign-in-passkey = Sign in with a passkey

approvals-title = What takes two people
approvals-why = Some things one person never does alone. Agree only if you know why it is asked.
approval-when = Asked
approval-what = What
approval-by = By
approval-decided = Decided by
approval-state = State
approval-decide = Your answer
approval-asked = waits
approval-agreed = agreed
approval-refused = refused
approval-used = done
approval-lapsed = lapsed
approval-agree = Agree
approval-refuse = Refuse
approval-action-key-recover = Hand keys to someone who lost theirs
approval-action-tenant-export = Export everything the organisation holds

work-notices =
    { $count ->
        [0] Notices
        [one] { $count } new notice
       *[other] { $count } new notices
    }
notices-title = Notices
notices-why = A notice says that something happened and where to look, never what it says.
notices-read = Mark all as read
notice-when = When
notice-what = What happened
notice-state = State
notice-is-read = read
notice-is-new = new
notice-other = Something concerns you
notice-recovery-released = An officer has released the recovery of keys for a second one to open
notice-keys-recovered = Two officers opened the recovery of keys
notice-second-person = Someone asks for a second person
notice-agreed = Your question was agreed to
notice-refused = Your question was refused
notice-break-glass = Someone on call broke the glass
letter-digest = Notices
letter-digest-body =
    You have notices in Palermo that you have not read.

    { $link }

admin-break-glass = Break-glass
admin-break-glass-why = Who opened a case on call, and looking at it afterwards
admin-break-glass-long = Someone on call opened care and identity of one person, for an hour at most. Somebody else looks at each opening afterwards.
break-glass-title = Open a case on call
break-glass-why = Only when someone is in danger or asks for help and nobody of the care team can be reached. Find the case by its number.
break-glass-warning = Those who carry the case are told at once, and somebody else looks at it afterwards. It ends by itself.
break-glass-minutes = For how many minutes
break-glass-minutes-hint = From 1 to 60
break-glass-do = Break the glass
break-glass-until = One case is open until { $moment }.
break-glass-end = Close it now
case-search-name = Search your cases
case-search-name-hint = A name in any spelling or alias, the number of a case, or the number of a document. Only your own cases are searched.
case-search-alike = alike
case-search-rest = Search this list (not by name)
break-glass-opened = Opened
break-glass-by = By
break-glass-reason = Reason
break-glass-state = State
break-glass-reviewed = Looked at by
break-glass-holds = open now
break-glass-ended = ended
break-glass-by-another = someone else does
break-glass-review = I have looked at it
break-reason-danger-to-life = Danger to life or limb
break-reason-medical-emergency = Medical emergency
break-reason-person-asks = The person asks for help and nobody else can be reached
break-reason-child-in-danger = A child is missing or in danger
break-reason-safe-place-known = The safe place has become known

error-only-way-to-key = This passkey is the only way to open your key. Add another passkey first.
error-two-officers = Two different officers are needed, each with a key or a paper. Ask a colleague with one of these roles to sign in once: { $roles }. If nobody has one, the administrator gives it first.
error-not-every-compartment = Your key does not hold everything. Someone whose key does must renew the recovery.
error-keys-not-established = The keys of this organisation have not been made yet
error-paper = These are not the letters of your present paper. Compare them one by one.
error-not-an-officer = Neither your key nor your paper is part of the present recovery
error-not-released = No other officer has released it for you
error-papers-do-not-pair = These papers open no recovery together
error-second-person = The second person must be another one
error-not-waiting = This question no longer waits
error-done-once = This was done already. What it showed is shown once: look at the list, take it back and make a new one if it is lost
error-asked-already = This was asked already and waits for a second person
error-needs-second-person = This takes two people. Ask first; when a second person has agreed, do it again.
error-nobody-may-agree = This takes two people, and nobody else in your organisation may agree to it. Ask your administrator to give a colleague one of these roles: { $roles }. Then ask again.
error-own-break-glass = Whoever broke the glass does not judge it
error-reviewed-already = Someone has looked at this already
error-break-glass-minutes = Write whole minutes from 1 to 60
error-no-passkeys-here = This installation has no address that passkeys could be bound to. Its operator can give it one.
error-passkey-opens-nothing = This passkey does not open your key. Use your passphrase, or let the passkey open it on your account page.
failure-unlock-program = This is sealed to the keys of staff. A token opens no key; a member of staff reads it in the pages.

done-keys-established = The keys are made. Now let each officer make a paper.
done-keys-second-officer = You have asked. Because this colleague lost an earlier key, a second officer must hand over too.
done-recovery-renewed = The recovery was made anew.
done-recovery-released = Released. Another officer can open it now.
done-recovery-taken-back = The release was taken back.
done-passkey-opens = This passkey opens your key from now on.
done-passkey-no-prf = The passkey signs you in, but its device cannot open keys. Your passphrase still does.
done-approval-agreed = You have agreed.
done-approval-refused = You have refused.
done-notices-read = Nothing is unread.
done-break-glass-reviewed = Noted that you have looked at it.
done-break-glass-ended = What you had opened is closed.
