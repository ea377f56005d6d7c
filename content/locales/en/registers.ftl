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
import-file-hint = CSV or XLSX with a heading row
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
