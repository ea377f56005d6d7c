### Mechanisms, States, instruments, agreements, law; import.

mechanisms-title = Mechanisms
mechanisms-intro = Regional bodies and processes that act against trafficking in persons, from the documents that describe them.

mechanism-name = Name
mechanism-short = Short name
mechanism-kind = Kind
mechanism-founded = Founded
mechanism-members = Members
mechanism-members-on = Members on { $date }
mechanism-since = Since
mechanism-until = Until
mechanism-instruments = Instruments
mechanism-bodies = Bodies
mechanism-secretariat = Secretariat
mechanism-seat = Seat
mechanism-plans = Plans
mechanism-duties = Reporting duties
mechanism-questionnaires = Questionnaires
mechanism-languages = Languages
mechanism-rules = Rules
mechanism-reflection = Reflection period
mechanism-functions = What it does
mechanism-forms = Forms of exploitation covered
mechanism-persons = Persons covered
mechanism-partners = Partners
mechanism-relations = Relations to other mechanisms
mechanism-results = Results
mechanism-obstacles = What holds it back
mechanism-website = Website
mechanism-outline = The sources give an outline of this mechanism only.
mechanism-edit = Change this profile

states-title = States
states-intro = What each State belongs to, is bound by and has agreed.

state-name = State
state-code = Code
state-other-names = Other names
state-mechanisms = Mechanisms
state-bound-by = Bound by
state-agreements = Agreements
state-law = National law
state-no-mechanism = No mechanism in this register names this State.
state-obstacles = Towards ratification

instruments-title = Instruments
instruments-intro = Conventions, protocols, declarations and other texts, and who has joined them.

instrument-title = Title
instrument-short = Short title
instrument-kind = Kind
instrument-binding = Binding
instrument-mechanism = Of
instrument-adopted = Adopted
instrument-in-force = In force
instrument-not-in-force = not in force
instrument-open-to = Open to
instrument-depositary = Depositary
instrument-parties = Parties
instrument-parties-on = Parties on { $date }
instrument-signatories = Signed, not bound
instrument-missing = Members that are not party
instrument-nobody-missing = Every member is party.
instrument-provisions = Provisions
instrument-provision = Provision
instrument-topic = Topic
instrument-relations = Relations to other instruments
instrument-scope-gaps = What it leaves out
instrument-text = Text
instrument-first-national = First national law after joining
instrument-edit = Change this instrument

adherence-title = Adherence
adherence-party = Party
adherence-act = Act
adherence-signed = Signed
adherence-bound = Bound since
adherence-in-force = In force for it
adherence-reservations = Reservations and declarations
adherence-on = On this date
adherence-on-label = Show the status on
adherence-show = Show
adherence-note = A party counts from the day its document was deposited; entry into force is a separate date.
adherence-party-since = party since { $date }
adherence-signed-on = signed on { $date }
adherence-signed-only = signed
adherence-neither = neither signed nor bound
adherence-unknown = the sources do not say
adherence-withdrawn = withdrawn on { $date }

matrix-title = Who is bound by what
matrix-intro = States down, instruments across. A year says since when a State is bound.
matrix-caption = Who is bound by what on { $date }
matrix-mechanism = Members of
matrix-choose = Instruments shown

map-title = On the map
map-bound = Who is bound by { $instrument } on { $date }
map-party = party
map-signed = signed
map-neither = neither
map-off = Palermo shows no map here; the table holds the same.

timeline-title = What happened when
timeline-adopted = { $what } adopted
timeline-in-force = { $what } enters into force
timeline-joined = { $who } joins
timeline-left = { $who } leaves
timeline-undated = date unknown
timeline-expected = expected

agreements-title = Agreements
agreements-intro = What States, mechanisms and third countries have agreed with one another.

agreement-title = Title
agreement-kind = Kind
agreement-form = Between
agreement-parties = Parties
agreement-signed = Signed
agreement-status = Status
agreement-needs = Needs assessment
agreement-implementation = What was done under it
agreement-monitoring = Monitoring clause
agreement-no-monitoring = It has no monitoring clause.
agreement-topics = Topics
agreement-new = Add an agreement
agreement-edit = Change this agreement

model-texts-title = Model texts
model-text-adapted-by = Adapted by

laws-title = National law
laws-intro = What each State’s law says on the topics the instruments cover, and where it leaves a gap.

law-title = Law
law-topic = Topic
law-article = Article
law-in-force = In force since
law-answer = Covered
law-gaps = Gaps
law-gap-matrix = Topics by State
law-new = Add a law
law-edit = Change this entry
law-definition = Legal definition used in figures

obstacle-title = Obstacles and stage
obstacle-file = File the stage and obstacles
obstacle-stage = Stage
obstacle-kind = Obstacle
obstacle-help-wanted = Help wanted

register-matrix = Who is bound by what
register-as-of = as of { $date }
register-source = Source
register-conflict = The sources contradict one another
register-confidence = How sure
register-unknown-why = Not known: { $why }
register-history = Earlier versions
register-print = Print this page
register-address = This address shows the same again:

import-title = Import a file
import-why = First you see what would change. Nothing changes until you agree.
import-file = File
import-file-hint = CSV with a heading row
import-check = Show what would change
import-apply = Import
import-row = Row
import-field = Field
import-remedy = What helps
import-new = new
import-changed = changed
import-unchanged = unchanged
import-rejected = rejected
import-skipped = skipped
import-nothing = Nothing was imported: { $count } rows need correcting first.

register-wrong-day = `{ $typed }` is not a day. Write it as 2009-04-16.
register-documents = How sources are cited
register-general-knowledge = general knowledge
register-preferred = preferred
register-sure-medium = to be checked
register-sure-low = probably incomplete
register-for-editors = For editors
register-as-of-label = As of
register-as-of-hint = The date up to which the source speaks: 2009, 2009-04 or 2009-04-16
register-date-hint = A year, a month or a day: 2009, 2009-04 or 2009-04-16
register-source-hint = The document and the place in it
register-note = Remark
cadence-times = { $times } times in { $years } years
mechanism-founding-type = Founding text
mechanism-founding = Rests on
mechanism-status = Status
mechanism-via = Through
mechanism-about = About
mechanism-cadence = How often
mechanism-when = Date
mechanism-rule-value = Figure
mechanism-activities = Activities joined by choice
mechanism-activities-why = A member takes part only in the activities it has joined.
mechanism-joined = Joined by
mechanism-joined-count = How many
mechanism-named = Also named in the sources
mechanism-capacity = Authority, staff and money
mechanism-profile = This profile
membership-listed = listed one by one
membership-union = all States of
membership-parties = the parties to
covers-all = all
covers-labour-begging = forced begging
covers-slavery = slavery
covers-servitude = servitude
covers-other = other purposes
covers-other-forced_marriage = forced marriage
covers-other-illegal_adoption = illegal adoption
covers-other-armed = use in armed conflict
covers-other-forced_crime = forced crime
map-members = States of { $mechanism } on { $date }
map-disclaimer = Borders and names on this map imply no opinion on the status of any territory. The list holds the same.
body-quorum = quorum: { $count }
body-reports-to = Reports to
body-sees = Sees the reports of
plan-period = Period
plan-predecessor = Follows
plan-review = Review of the plan before
plan-phases = Phases
plan-theme = Theme
plan-principles = Principles
plan-structure = How the plan is divided
duty-who = Who
duty-what = What
duty-to = To whom
state-formal = Name in full
state-contact = National contact points
state-no-contact = No open contact point of this State is registered here.
state-get-help = Numbers to call in this State
adherence-nothing-stored = The register holds no act about this yet, so nothing follows from an empty list.
adherence-date = Date
adherence-enter = Add or correct an act
adherence-enter-why = An act of the same kind that is already there gets the new date; reservations and declarations are added.
adherence-detail = What it concerns
adherence-detail-hint = For a reservation or declaration, in your own words
law-nothing-entered = Nothing entered yet
law-asked-by = Asked for by
law-words = What it says, or what is missing
law-days = Days of recovery and reflection
law-days-hint = Only for the recovery and reflection period: how many days the law grants at least
agreement-without-monitoring = none, or not known
agreement-facilitated = With the help of
agreement-sops = Procedures agreed
agreement-bodies = Bodies answerable
agreement-needs-missing = Missing. Without it the agreement cannot be marked as active.
agreement-last-review = Last review
agreement-next-review = Next review
agreement-in-budget = In national budgets
agreement-budget-line = Budget line
agreement-cases = { $opened } opened, { $closed } closed
agreement-cases-title = Cases handled
agreement-key = Short name
agreement-key-hint = Small letters, digits and hyphens, for its address
agreement-parties-hint = One a line, by name or code, such as { $state } or ECOWAS
agreement-ends = Ends, or ended
agreement-lines-hint = One a line
error-agreement-own-state = Your own State has to be among the parties: write its name on a line
error-agreement-key = `{ $key }` is not a short name. Use small letters, digits and hyphens
error-agreement-one-party = An agreement has at least two parties: name the other on a line of its own
error-agreement-party-twice = { $party } is named twice among the parties: remove one
error-agreement-needs-assessment = An agreement between a mechanism and a State becomes active only with an assessment of needs: add it below or choose another status
error-agreement-in-force-early = In force on `{ $in_force }`, before it was signed on `{ $signed }`: correct one of the two
error-in-the-future = `{ $date }` lies in the future
error-unknown-instrument = `{ $id }` is not in the register of instruments
error-before-adoption = `{ $date }` is before the instrument was adopted on `{ $first }`
error-until-before-act = `{ $date }` is before the act itself
error-law-missing = The answer says that the law provides for this: name the law
error-law-article-missing = The answer says that the law provides for this: name the article or section
error-source = Name a source one can look up: a citation in full, or a document of the project with the place in it, such as S1:177
error-obstacle-party = This State has been a party since `{ $since }`: there is no obstacle left to report
error-obstacle-words = An obstacle of another kind needs words that say what it is
agreement-needs-title = Needs assessment: title
agreement-needs-finished = Needs assessment: finished on
instrument-missing-of = Show who is missing among the members of
instrument-opened = Opened for signature
instrument-definition = Uses the definition of the Palermo Protocol
instrument-no-gap-known = No gap is known.
instrument-covers = What it covers, with sources
timeline-year = Year
timeline-joining = Joining
model-text-no-use = no use known
model-text-introduced = Introduced
model-text-authors = Drawn up by
model-text-none-named = The sources name no State that used it.
model-text-result = Result
model-text-counted = { $said } (counted from the States named)
statement-add = Add a statement
statement-why = Both stay, side by side, each with its source. At most one is preferred.
statement-field = Which fact
statement-field-name = Name
statement-field-members = Members
statement-field-founded = Founded
statement-field-secretariat = Secretariat
statement-field-plan = Plan of action
statement-field-policy = Policy
statement-field-title = Title
statement-field-adopted = Adopted
statement-field-opened = Opened for signature
statement-field-in_force = In force
statement-field-depositary = Depositary
statement-field-scope = What it covers
statement-field-parties = Parties
statement-field-signed = Signed
statement-field-ends = Ends, or ended
statement-field-introduced = Introduced (write a date: 2009, 2009-04 or 2009-04-16)
statement-field-authors = Drawn up by
statement-field-kind = Kind
statement-field-ended = Ended
statement-field-languages = Languages
statement-field-persons = Persons covered
statement-field-forms = Forms of exploitation covered
statement-field-bodies = Bodies
statement-field-cadence = How often
statement-field-duties = Reporting duties
statement-field-status = Status
statement-field-monitoring = Monitoring clause
statement-field-contact = Contact point
statement-field-law = National law
statement-field-other = Another fact
statement-value = What the source says
statement-prefer = Does the register follow it?
adoption-new = Add a use
obstacle-why = Only the State and where it was reported are needed. All other answers are optional; an empty one never holds anything up.
obstacle-words = In your own words
import-counts = { $new } new, { $changed } changed, { $unchanged } unchanged, { $rejected } rejected
import-kept = Parties the file does not name stay as they are
import-skip = Leave out the rejected rows?
import-left-out = Rows left out: { $rows }. Nothing of them is stored; mend them in the file and import it again.
import-nothing-stored = Nothing was stored: some rows are rejected, and you did not say to leave them out.
import-preview = What would change
import-value = Value
import-problem = What is wrong
done-register-saved = The register was changed.
register-own-laws = Entries on law of your organisation
register-own-obstacles = Reports of obstacles of your organisation
register-own-uses = Uses of model texts your organisation entered
register-own-statements = Statements your organisation added
register-own-why = What your organisation entered. Each entry can be corrected or taken back; what it said before is kept below.
register-own-none = Your organisation has entered nothing here.
register-entry = Entry
register-says = What it says
register-take-back = Take this entry back
register-take-back-why = Why is it taken back?
register-take-back-hint = It leaves the register. What it said and your reason are kept with your organisation’s entries.
register-past = What entries said before
register-past-until = Until
register-past-how = What became of it
register-corrected = corrected
register-taken-back = taken back: { $why }
done-register-taken-back = The entry was taken back.
done-imported = The file was imported.
error-partial-date = Write the date as 2009, 2009-04 or 2009-04-16
error-as-of-future = `{ $typed }` lies in the future. Give the day up to which the file speaks, at the latest { $today }
error-no-file = Choose a file
cadence-a-year =
    { $times ->
        [one] once a year
       *[other] { $shown } times a year
    }
cadence-every =
    { $years ->
        [one] every year
       *[other] every { $shown } years
    }
model-text-used-by =
    { $count ->
        [one] { $shown } State used it
       *[other] { $shown } States used it
    }
model-text-years-after =
    { $count ->
        [one] { $shown } year after its introduction
       *[other] { $shown } years after its introduction
    }
model-text-named =
    { $count ->
        [one] { $shown } State named
       *[other] { $shown } States named
    }
instrument-no-members-then = No member of it is known on this day, so nobody can be missing.
