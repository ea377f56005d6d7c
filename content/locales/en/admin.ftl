### Administration of an organisation, and the audit.

admin-title = Administration
admin-tenant-why = Name, kind, State and language of your organisation
admin-tenants-why = Open a new organisation in this installation
admin-desks-why = The offices others write to, with hours and languages
admin-people-why = Who works here, in which role; invite and end access
admin-deliveries-why = Letters that left or wait, and those that failed
admin-audit = Audit
admin-audit-why = Every change and every reading of personal data
admin-keys = Keys
admin-keys-why = What staff keys open: names, stories and protected addresses. Without a signed-in member of staff nobody can read them, not even who runs this server.

keys-open = your key is open
keys-closed = your key is closed
keys-lock = Close my key
keys-unlock = Open my key
keys-unlock-title = Open your key
keys-unlock-why = Your passphrase opens your key until you sign out.
keys-not-established = This organisation has no keys yet. Before its first case, an officer makes them and writes down the recovery secret.
keys-establish = Make the keys
keys-holds = Opens
keys-missing = Should open, but cannot yet
keys-no-pair = Has not signed in since being given this role
keys-hand-over = Hand over the keys
keys-rotate-title = New keys
keys-rotate-why = After someone has left or a device was lost, new entries get a new key. What was written before stays readable.
keys-rotate = Make a new key

admin-tenant = This organisation
admin-tenants = Organisations
admin-desks = Contact points
admin-people = People
admin-rights = View as: what a role sees
admin-rights-why = Choose a role to see what someone with it would see and could do in an organisation like yours. No data are shown, nobody is signed in, nothing is changed. The rules of rights apply after this and cannot be changed.
admin-recoveries = Requests for recovery
admin-recoveries-why = Agree only if you have spoken with the person yourself. A second colleague must agree too.
admin-tokens = Tokens for programs
admin-tokens-why = A token lets a program act with part of your rights. It opens no key, so it reads no name and no story.
admin-deliveries = Deliveries

tenant-name = Name
tenant-kind = Kind
tenant-new = New organisation
tenant-new-why = An organisation answers for its own data: a shelter, a police unit, a ministry. A State is never an organisation here.
tenant-kind-secretariat = Secretariat of a mechanism
tenant-kind-national-coordination = National coordination
tenant-kind-rapporteur = National rapporteur
tenant-kind-care = Assistance and shelter
tenant-kind-identification = Identification
tenant-kind-enforcement = Police and justice
tenant-kind-human-rights = Human-rights institution
tenant-kind-expert-body = Expert body
tenant-kind-donor = Donor
tenant-kind-civil-society = Civil society

desk-new = New contact point
desk-edit = Change contact point
desk-name = Name
desk-name-hint = The office, not a person: people change
desk-level = Level
desk-level-regional = Regional
desk-level-national = National
desk-level-hotspot = Hotspot
desk-level-border-office = Border office
desk-level-consulate = Consulate
desk-languages = Languages
desk-languages-hint = Codes separated by spaces or commas, such as en fr ar
desk-hours = Hours
desk-hours-hint = For example, Mo-Fr 08:00-16:00, or 24/7
desk-time-zone = Time zone
desk-time-zone-hint = For example, Africa/Lagos
desk-telephone = Telephone
desk-telephone-hint = With + and the country’s code
desk-no-telephone = no telephone
desk-topics = Topics
desk-topics-hint = What others may ask it
desk-members = Members
desk-nobody = Nobody sits here yet. Work that is sent here waits until someone does.
desk-lead = lead
desk-alternate = alternate
desk-seat = Person
desk-seat-kind = As
desk-seat-do = Seat
desk-close = Close the contact point
desk-closed = closed
desk-status = Status
desk-reopen = Open the contact point again
desk-open = open

people-access = Access
people-access-why = Someone suspended can be let in again. Who has left cannot come back with this account or its address. What they did stays in the log either way.
people-invite = Invite someone
people-give-role = Give a role
people-give-role-do = Give this role
people-end-role = End this role
people-suspend = Suspend
people-resume = Let in again
people-left = Has left the organisation
people-has-left = has left
people-end-sessions = End all sessions

account-status-invited = invited
account-status-active = active
account-status-suspended = suspended
account-status-left = has left

role-since = since { $from }
role-from-until = { $from } to { $until }

invitation-sent-title = Invitation made
invitation-sent = A letter to { $email } is on its way. You can also hand over this link yourself; it works once.
invitation-no-mail = No mail is set up here, so no letter goes to { $email }. Hand over this link yourself; it works once.
invitation-name = Name of the person invited
invitation-name-hint = They can change it when they accept
invitation-waiting = Invitations not yet answered
invitation-until = valid until { $date }
invitation-take-back = Take back
invitation-made = made on { $date }

recovery-none = Nobody has asked.
recovery-approve = Agree
recovery-refuse = Refuse
recovery-approvals =
    { $count ->
        [one] { $count } of 2 has agreed
       *[other] { $count } of 2 have agreed
    }
recovery-asked = asked
recovery-approved = approved
recovery-used = used
recovery-refused = refused
recovery-reason = Reason
recovery-agreed = Who agreed
recovery-standing = Where it stands

token-name = Name
token-name-hint = The program that will use it
token-scopes = What it may do
token-days = Days until it ends
token-make = Make a token
token-made = Token made
token-shown-once = Copy it now. It is shown this once.
token-ended = ended
token-none = There are no tokens.
token-revoke = Revoke
token-days-hint = From 1 to 365
token-new = A new token
token-made-on = Made
token-ends = Ends
token-used = Last used
token-never-used = never
token-standing = Counts?
token-counts = counts

rights-where = Where
rights-scope = For what
rights-keys = Keys this role opens:
rights-no-keys = none
view-as-link = See what a role opens and what stays closed to it
view-as-navigation = The sections it sees
view-as-parts = What it opens and sends
view-as-what = In words
view-as-kind = Kind
view-as-page = page
view-as-form = form
view-as-download = file
view-as-everyone = Pages open to everyone: { $count }
view-as-not = What it may not see or do
view-as-not-why = These answer as if they were not there.
view-as-keys-shut = Keys it does not open:
view-as-new = { $page }: new
view-as-edit = { $page }: change
view-as-one = { $page }: one of them
view-as-file = { $page } ({ $kind })
view-as-button = { $page }: { $button }
view-as-registers = Registers
view-as-house = The house

scope-own = own
scope-assigned = what is assigned to it
scope-tenant = the organisation
scope-state = the State
scope-region = the region
scope-public = public
scope-step-up = with the second factor again

compartment-case = case (codes only)
compartment-care = care
compartment-identity = identity
compartment-protected-address = protected addresses
compartment-account = own account (secrets of one’s second factor, opened by the program itself)

delivery-when = When
delivery-channel = By
delivery-kind = What
delivery-to = To
delivery-state = State
delivery-waiting = waiting
delivery-sending = being sent
delivery-delivered = delivered
delivery-failed = failed
delivery-retry = Try again
delivery-no-mail = No mail server is set up here, so letters wait. Hand over links yourself, or ask whoever runs this installation to name a mail server.
done-delivery-retried = The letter is tried again.

channel-mail = e-mail

letter-invitation = Invitation
letter-recovery = Recovery
letter-reminder = Reminder

done-desk-created = The contact point was created.
done-desk-reopened = The contact point is open again.
done-desk-closed = The contact point was closed.
done-desk-seated = The person now sits at this contact point.
done-desk-unseated = The person no longer sits at this contact point.
done-role-given = The role was given.
done-role-ended = The role was ended.
done-invitation-taken-back = The invitation was taken back.
done-recovery-approved = Two have agreed; the link was sent.
done-recovery-half = You have agreed. One more person must agree.
done-recovery-refused = The request was refused.
tenant-created-title = The organisation was created
recovery-link-title = Two have agreed
recovery-link-shown = The letter with the link waits for a mail server. Hand this link to the person yourself, in person or by a telephone number you know; it works once, and their second factor is still asked for. The log says that you saw it.
done-their-sessions-ended = All sessions of this person were ended.
done-keys-handed-over = The keys were handed over.
done-keys-rotated = There is a new key now.
done-key-opened = Your key is open until you sign out.
done-key-closed = Your key is closed.
done-token-revoked = The token was revoked.

audit-title = Audit
audit-why = Every change and every reading of personal data, in order. Nothing can be removed from this list without it being seen.
audit-nothing = Nothing is in the log yet. Every change and every reading of personal data appears here by itself.
audit-seq = Number
audit-when = When
audit-who = Who
audit-action = Action
audit-about = About
audit-outcome = Outcome
audit-from = From day
audit-until = Until day
audit-kind = Kind of record
audit-record = Id of the record
audit-order = Order
audit-newest = Newest first
audit-oldest = Oldest first
audit-code = Code of the action
audit-reasons = Details
audit-error-until = The last day lies before the first. Choose a later one.
audit-cut = A file holds the first { $most } of { $total } entries. Narrow the view for the others.

outcome-done = done
outcome-read = read
outcome-refused = refused

actor-public = someone not signed in
actor-token = a program of { $name }
actor-operator = operator { $name }
actor-system = Palermo itself ({ $job })
