### Coming in, one’s own account, one’s own work.

field-email = E-mail address
field-passphrase = Passphrase
field-old-passphrase = Your present passphrase
field-new-passphrase = New passphrase
field-new-passphrase-hint = At least 15 characters. Several words that do not belong together are easy to remember and hard to guess.
field-again = The same again
field-name = Your name
field-name-hint = As colleagues should see it
field-language = Language
field-state = State
field-state-hint = Three-letter code, or empty for a body of the whole region

recover-link = I cannot sign in
recover-title = Get back into your account
recover-why = Two people of your organisation must agree. You will then get a link by e-mail. Your second factor stays as it is.
recover-reason = What happened?
recover-reason-hint = For the two colleagues who decide. Write nothing about a case.
recovery-dead-title = This link no longer works
recovery-dead = This link was used already, has ended, or is not whole: a link counts once and for three days, and a newer one ends it. If your passphrase works, sign in. Otherwise ask for a new link; two people decide on it again.
recover-ask = Ask for recovery

renew-title = Choose a new passphrase
renew-why = Two colleagues have agreed. Your sessions elsewhere will end.

second-title = Show your second factor
second-code = Code from your app
second-code-hint = Six digits that change every half minute
second-use-passkey = Use a passkey
second-lost = I do not have it with me
second-recovery = Recovery code
second-recovery-hint = One of the codes you wrote down. Each works once.

step-up-title = Confirm that it is you
step-up-demo-hint = In the demonstration any six digits will do

enrol-title = Set up your second factor
enrol-why = A passphrase alone can be stolen. Scan this with an app that shows codes, then type the code it shows.
enrol-by-hand = Type the key by hand instead
enrol-code-hint = Six digits from the app
enrol-codes-title = Write down these codes
enrol-codes-why = Each lets you in once if you lose your app. Keep them on paper, away from your computer. They are not shown again.

passkey-make = Make a passkey
passkey-why = A passkey stays on your device and cannot be typed into a false page.
passkey-needs-script = Passkeys need JavaScript, which is switched off. Use a code instead.
passkey-label = Name for this passkey
passkey-label-hint = For example, the device it is on

invitation-title = Welcome
invitation-why = You were invited to Palermo. Choose how colleagues see you and how you will sign in.
invitation-accept = Accept the invitation
invitation-to = You are invited to { $organisation } as: { $roles }
invitation-for = It is for { $email }: with this address you sign in afterwards.
invitation-dead = This link was used already or is too old. If you have an account, sign in; otherwise ask whoever invited you for a new link.
enrol-next-code = Signing in asks for a code again: wait until your app shows the next one.

leave-title = You have left
leave-body = You are signed out. You can close this window.

account-title = My account
account-edit = Change name and language
account-organisation = Organisation
account-roles = Roles
account-role = Role
account-status = Status
account-digits = Digits
account-digits-western = 0 1 2 3
account-digits-own = Those of my language, where it has its own
account-change-passphrase = Change passphrase
account-factors = Second factors
account-factors-demo = In the demonstration second factors are switched off.
account-new-codes = Make new recovery codes
account-new-passkey = Add a passkey
account-sessions = Where you are signed in

factor-since = since { $date }
factor-passphrase = Passphrase
factor-one-time-code = Codes from an app
factor-recovery-codes = Recovery codes
factor-passkey = Passkey
factor-oidc = Sign-in of your organisation

session-present = this one
session-seen = last used { $moment }
session-end = End this session
session-end-others = Sign out everywhere else
session-ends-soon = You will be signed out in two minutes. What you typed stays on this page until then.
session-stay = Stay signed in

work-title = My work
work-empty = Nothing is due. New tasks for you and your contact points appear here.
work-new = Set a task
work-new-why = A task is a reminder for a contact point. Write no name and nothing that happened to a person.
work-done = Tasks that are done
work-calendar = Deadlines for your calendar

task-note = Task
task-what = What
task-note-hint = In a few words, without names
task-desk = Contact point
task-due = Due
task-urgency = How urgent
task-overdue = overdue
task-soon = due soon
task-later = later
task-done = done
task-finish = Finish
task-mark-done = Mark as done

done-saved = Your changes were saved.
done-signed-out = You are signed out.
done-factor-removed = The second factor was removed.
done-passkey-made = The passkey was added.
done-passphrase-changed = Your passphrase was changed.
done-passphrase-renewed = Your passphrase was changed. Sign in with it now.
done-session-ended = The session was ended.
done-sessions-ended = All other sessions were ended.
done-invitation-accepted = Your account is ready. Sign in now.
done-recovery-asked = If there is such an account, two colleagues have been asked. Ask them to look at their list.
done-task-set = The task was set.
done-task-finished = The task is done.
