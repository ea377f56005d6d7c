# The start, help, rights, keys and work.

start-title = Working together against trafficking in persons
start-lead = Palermo is the information system that the States of a region and their secretariat run together: who is bound by what, who can help, what was promised and what was done.
start-demo = This is a demonstration. Step into any role and look around; nothing you do here reaches anyone.
start-mechanisms = Regional bodies and processes, with members and dates
start-states = What each State belongs to and is bound by
start-instruments = Conventions, protocols, declarations and their gaps
start-matrix = States and instruments side by side, on any date
start-agreements = Bilateral and multilateral agreements and how they are followed up
start-laws = What national laws say, with the article

desk-reopen = Open again
desk-status = Status
tenant-administrator = E-mail of the first administrator
channel-web-hook = Web hook

task-answer-questionnaire = Answer a questionnaire
task-check-adherence = Check treaty status
task-confirm-desk = Confirm a contact point
task-confirm-law-register = Confirm the law register
task-file-obstacle = Report where ratification stands
task-read-guidance = Read new guidance
task-remind-report = Remind of a report

admin-tenant-why = Name, State and language of your organisation
admin-desks-why = Contact points, their hours and who sits there
admin-people-why = Invite colleagues, give and end roles
admin-deliveries-why = Mail that left or waits
admin-tenants-why = Organisations in this installation
admin-audit = Audit log
admin-audit-why = Who did, saw or was refused what
admin-keys = Keys
admin-keys-why = Names and stories are sealed. Only members whose role needs them hold a key, and a colleague hands it over. The server and its administrators hold none.

keys-open = Your key is open in this session
keys-closed = Your key is closed
keys-unlock = Open my key
keys-unlock-title = Open your key
keys-unlock-why = Type your passphrase to open your own key for this session. It closes when you sign out.
keys-lock = Close my key
keys-not-established = This organisation has no keys yet. A member whose role reads names makes them, with their own key open.
keys-establish = Make the keys
keys-holds = Holds
keys-missing = Should hold
keys-no-pair = Has no key of their own yet; it is made when they sign in.
keys-hand-over = Hand over
keys-rotate-title = Replace a key
keys-rotate-why = When someone left who held it. What is sealed stays readable for those who hold it now.
keys-rotate = Replace this key
keys-recovery-title = The recovery key
keys-recovery-once = Print this page now; it is not shown again. Keep the print in two sealed envelopes in two places. If everyone loses their passphrase, it opens what is sealed.

done-key-opened = Your key is open.
done-key-closed = Your key is closed.
done-keys-handed-over = Your colleague now holds the key.
done-keys-rotated = The key was replaced.
done-desk-seated = The member sits at this contact point.
done-desk-unseated = The member was taken off this contact point.

api-lead = Programs use the same acts as the pages, under /api/v1.
rights-lead = These rules are part of the program. They stop Palermo from doing wrong, never from recording wrong that happened. No role and no setting switches them off.
rule-1 = Support never depends on cooperation with the authorities, on nationality or on immigration status.
rule-2 = A presumed trafficked person gets support at once, and can get it at any time, also if they decline or are not identified.
rule-3 = Someone whose age is in doubt has the rights of a child. A guardian comes before any interview about what happened; safety and urgent needs can always be asked about.
rule-4 = The recovery and reflection period is the person's own, at least 30 days. Nobody may end it for them, and no removal can be arranged in it.
rule-5 = Nobody is returned by others without their informed wish, a valid risk assessment and independent advice; a child only after a best-interests determination in favour.
rule-6 = Nothing is shared without consent for that purpose and recipient, or a legal basis from a closed list. Immigration enforcement and prosecution of the person are never one.
rule-7 = A charge against a person for what they were made to do raises a safeguard notice.
rule-8 = Identity and story are kept apart and sealed, and opened by the care team only. Secretariat, donors and system administrators never open them.
rule-9 = Services at confidential addresses are reached through a contact point, never looked up.
rule-10 = No figures about people are published without disclosure control, and no two releases may be subtracted to reveal someone.
rule-11 = Figures with unlike definitions are never added up.
rule-12 = Every decision about a person names who decided, on what grounds, and how it can be contested.

help-lead = Short answers to what people ask first.
help-1-title = I have an invitation
help-1 = Open the link in the mail, choose a passphrase of at least 15 characters, then set up a second factor: an authenticator on your phone, or a passkey.
help-2-title = I lost my passphrase or my phone
help-2 = On the sign-in page choose “I cannot sign in”. Two of your colleagues decide. For a lost phone use one of your recovery codes.
help-3-title = Which page is for me?
help-3 = “My work” lists what waits for you and for your contact points. The registers are open to everyone. What your role does not need is not shown.
help-4-title = Why was I asked for my second factor again?
help-4 = Acts that change who may do what ask again, so that an open computer is not enough.
help-5-title = How do I take a list with me?
help-5 = Every list has CSV and XLSX. Filters and order are in the address: send the link and a colleague sees the same.
help-6-title = Someone should not see this page
help-6 = “Exit this page” leaves at once for a blank page and signs you out. Pressing Shift three times does the same. The browser's history stays: clear it if someone may look.

accessibility-lead = Palermo aims at level AA of WCAG 2.2.
accessibility-1-title = What works
accessibility-1 = Every page works by keyboard, without a script, at 400 per cent, in both directions of writing, and with a dark or high-contrast scheme.
accessibility-2-title = How it is checked
accessibility-2 = Each change is checked automatically in a browser. Screen readers and old telephones were not yet tried by people who use them.
accessibility-3-title = Tell us
accessibility-3 = If something does not work for you, tell the organisation that runs this installation. Its contact points are in the directory.

privacy-lead = What Palermo keeps, and what it does not.
privacy-1-title = Visitors
privacy-1 = Before you sign in no cookie is set and nothing is stored on your device. Pages load nothing from other sites. There is no counting of visitors.
privacy-2-title = Members
privacy-2 = Your name, e-mail address, roles and sessions are kept for your organisation. Every act is written into a log that cannot be changed unseen.
privacy-3-title = Trafficked persons
privacy-3 = Names and stories are sealed with keys that only the care team holds. The server, its administrators, the secretariat and donors cannot read them.
privacy-4-title = What a seizure would yield
privacy-4 = A disk or a backup yields sizes, dates and pseudonymous numbers. The operator's handbook has the whole table.
privacy-5-title = What is not promised
privacy-5 = Someone who controls a running, unlocked server or your own device can see what you see. Palermo cannot erase your browser's history.
