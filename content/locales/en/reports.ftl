### Reports, reviews, meetings.

nav-reports = Reports
nav-reviews = Reviews
nav-meetings = Meetings

# --- documents ---------------------------------------------------------------------
report-n-of = { $n } of { $of }
report-confidential = confidential
report-withheld = withheld: a small number of persons
report-withheld-states = Withheld as small numbers of persons, and so no total: { $states }
report-threshold = Numbers of persons below { $threshold } are not shown, nor what they could be found from.
report-no-answer = no answer
report-mark-prefilled = filled in by Palermo from { $from }
report-mark-reused = taken over from { $place }, given on { $day }
report-mark-secretariat = entered by the secretariat from: { $document }
report-no-data = No data, the State declares: { $why }
report-corrections = Corrections
report-correction = { $code }: { $was } was corrected to { $now }. { $why }
report-source-submission = Questionnaire { $questionnaire }, version { $version }; submission { $submission } of the State
report-source-state = { $state }, submitted on { $day }
report-status = Status
report-submitted = Submitted
report-accepted = Accepted
report-signed-by = Signed by
report-answered = Questions answered
report-original-language = Written in
report-entered = Entered by the secretariat from: { $document }. Not confirmed by the State.
report-entered-confirmed = Entered by the secretariat from: { $document }. Confirmed by the State.
report-in-brief = In brief
report-words-caption = Answers by word
report-answer = Answer
report-questions = Questions
report-question = Question
report-explanation = Explanation and evidence
report-evidence = Evidence
report-definition = Definition
report-no-definition = No definition given
report-untranslated = not translated
report-disputed-why = Disputed by the State: { $why }
report-disputed = Disputed by the State: { $states }
report-gaps = Gaps
report-needs = Assistance needed
report-needs-none = No State asks for assistance.
report-need = What is needed
report-warnings = Warnings that stood when it was submitted
report-draft = Draft from what the States submitted
report-coverage = { $n } of { $of } members reported.
report-coverage-title = Who reported
report-unconfirmed = { $count ->
    [one] { $shown } report was entered by the secretariat and is not confirmed by its State.
   *[other] { $shown } reports were entered by the secretariat and are not confirmed by their States.
}
report-unlike-note = Figures of unlike definitions stand side by side and are never added.
report-unlike = The figures follow more than one definition; there is no total.
report-total = Total: { $total } ({ $n } of { $of } members)
report-state = State
report-states = States
report-which = Which
report-days-late = Days late
report-remarks = Remarks
report-nothing-submitted = nothing submitted
report-tiers = Mechanisms whose members these are
report-mechanism = Mechanism
report-reported = Reported
report-missing = Missing
report-sum = Sum within this definition

answer-word-yes = yes
answer-word-in-part = in part
answer-word-no = no
answer-word-not-applicable = not applicable
answer-word-no-information = no information

unit-persons = persons
unit-cases = cases
unit-proceedings = proceedings
unit-days = days
unit-units = services
unit-requests = requests
unit-campaigns = campaigns
unit-organisations = organisations

duty-status-due = due
duty-status-late = late
duty-status-submitted = submitted
duty-status-accepted = accepted

finding-unanswered = a required question has no answer
finding-empty-section = the section has no answer; answer it, or declare that there are no data and why
finding-explanation-missing = explain any answer but yes
finding-evidence-missing = name the article or document that shows it
finding-parts-exceed-total = the parts by { $breakdown } add up to { $parts }, more than the total of { $total }
finding-jump = { $before } the year before, { $now } now; check it, and say why
finding-unit-doubtful = the unit may not be { $unit }: it says { $written }
finding-not-a-count = { $value } is not a whole number of persons or cases
finding-override-unexplained = say why the value found by Palermo was replaced
