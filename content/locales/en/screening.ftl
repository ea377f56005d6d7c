# The pages of screening.

# Navigation and titles.
nav-screening = Screening
nav-paper = Paper forms
screening-title = Screening
screening-begin = Begin a screening
screening-start = Start asking
screening-in-progress = In progress
screening-begun = Begun { $at }
screening-kept-until = Kept until { $until }, then erased unless it is decided before.
screening-go-on = Go on
screening-decided = Decided screenings
screening-decided-at = Decided
screening-notices = Notices without identity
screening-notices-why = A notice is left when an adult does not agree. It keeps no name, no officer, no day and no words.
screening-month = Month

# Before the first question.
screening-before = Before you ask
screening-duty-desks = Whom to call, now and at any moment
screening-before-safe = Is the person safe here, and alone with you? If not, first a safe place.
screening-before-free = Say that every question may be skipped, that it may stop at any time, and that help does not depend on it.
screening-before-help = What cannot wait (a doctor, food, a bed) comes before any question.
screening-no-service = No service within reach is listed for { $state }. Call the desk below first; then go on. The gap is filed as an unmet need.
screening-no-desk = No desk with a telephone is listed. Ask your organisation to list one; until then call the emergency number.

# Asking.
screening-question-of = Question { $n } of { $all }
screening-skip = Skip
screening-break = Offer a break: water, air, a moment without questions.
screening-how-to-ask = How to ask
screening-how-always = Use the person’s own words. Do not press, do not promise, do not judge. A relative or employer never interprets.
screening-to-overview = All topics and the result so far
screening-told-of = { $told } of { $all } answered
screening-ask-language = Language of the questions
screening-ask-age = Age
screening-ask-age-why = While age is in doubt the rights of a child hold.
screening-ask-form = Suspected exploitation
screening-ask-form-why = The questions follow from this and from age, never from being a woman or a man.
screening-ask-act = What was done
screening-ask-means = By which means
screening-means-not-needed = For a child, and while age is in doubt, means need not be shown.
screening-ask-purpose = For which exploitation
screening-give-up = Give up and erase
screening-to-decision = On to the decision

# The result.
screening-result = What the answers say so far
screening-advice-only = This is advice only. You decide, with your reasons; deciding otherwise is fine.
screening-definition = Definition (Palermo Protocol, article 3)
screening-met = met
screening-not-met = not met
screening-positive = positive
screening-not-positive = not positive
screening-suggestion = Suggestion (ILO rule)
screening-set = Questions used
screening-ground-not-required = means are not required
screening-ground-no-act = no act recorded
screening-ground-no-means = no means recorded
screening-ground-no-purpose = no purpose of exploitation recorded
screening-advice-both = The definition and the answers speak for: { $outcome }.
screening-advice-definition = The definition speaks for: { $outcome }.
screening-advice-combination = The answers speak for: { $outcome }.

# The decision.
screening-decide-title = Your decision
screening-ask-outcome = Outcome
screening-outcome-presumed = Presumed trafficked person: protection starts here
screening-outcome-exploited_worker = Exploited worker: wages, rights, a union
screening-outcome-smuggled = Smuggled
screening-outcome-refugee_claim = Refugee claim
screening-outcome-violence = Violence of another kind
screening-outcome-nothing_found = Nothing found now; the door stays open
screening-ask-reasons = What the decision rests on
screening-reason-answers = What the person answered
screening-reason-definition = Act, means and purpose
screening-reason-observation = What I saw
screening-reason-documents = Papers, messages, pay slips
screening-reason-reported = What others reported
screening-reason-wish = The person’s own wish
screening-error-reasons = Choose what your decision rests on
screening-error-future = This lies in the future
screening-ask-state = State in which you met the person
screening-ask-path = How the person wants to go on
screening-path-consent = Agrees to be known to those who help
screening-path-anonymised = Does not agree: only a notice without identity
screening-path-child = The route of a child
screening-path-why = Help does not depend on this answer. Without agreement all answers are destroyed.
screening-child-route = A child, or age in doubt: help and a guardian at once; no agreement is bargained for.
screening-decide = Decide

# After the decision.
screening-left-title = What happens next
screening-next-desk = Turn to this desk now
screening-child-next = First a guardian, then any talk about what happened. Questions about safety and urgent need are always allowed.
screening-notice-left = Only a notice without identity is left. All answers were destroyed. The person may come back at any time.

# Paper forms.
screening-paper = Paper forms
screening-paper-print = Print a form
screening-paper-sheet = Screening sheet
screening-paper-opening = Sheet for opening a case
screening-paper-no-names = Codes only. No names, no addresses, no stories on this sheet except where it asks what to call the person.
screening-paper-number = Number of the sheet
screening-paper-when = Filled in on
screening-paper-enter = Enter a paper form
screening-paper-waiting = Forms being entered
screening-paper-again = Enter again
screening-paper-none = No paper form waits. One appears here when it has been typed in once, until a second person has typed it in too.
screening-paper-take = Take over as a screening
screening-paper-state-once = entered once
screening-paper-state-differs = the two entries differ
screening-paper-state-agreed = entered twice alike
screening-paper-state-taken = taken over
screening-paper-blind = Enter the sheet again without looking at the first entry.
screening-paper-differ = The two entries differ at { $codes }. Look at the sheet and enter it once more; what two entries agree on counts.
screening-paper-other-sheet = This is the number of another sheet
screening-paper-other-set = Age and exploitation call for the sheet “{ $set }”
screening-paper-not-agreed = The two entries do not agree yet
screening-opening-name = What to call you
screening-opening-urgent = What cannot wait
screening-api-problem = { $problem }

# Hotline.
nav-hotline = Hotline
hotline-title = Hotline
hotline-call = Call
hotline-calls = Calls
hotline-at = When
hotline-caller = Who calls
hotline-caller-person = The person themself
hotline-caller-relative = A relative or friend
hotline-caller-witness = Someone who saw something
hotline-caller-professional = A professional
hotline-caller-silent = Silent, or hung up
hotline-language = Language spoken
hotline-call-back = May one call back?
hotline-call-back-safe = Yes, it is safe
hotline-call-back-at_times = Only at the times told
hotline-call-back-not_safe = No, it is not safe
hotline-call-back-unknown = Not known: do not call
hotline-do-not-call = Do not call back.
hotline-contact = Number to call
hotline-contact-hint = Sealed; only colleagues of this hotline with an open key read it.
hotline-error-contact = Write the number to call, or choose that it is not known whether one may call back.
hotline-note = What was said
hotline-note-hint = As little as needed. Sealed.
hotline-locked = Words are sealed with your key, which is closed. Codes can be noted all the same.
hotline-unlock = Open my key
hotline-hand-over = Warm hand-over
hotline-hand-over-none = not yet
hotline-hand-over-reached = a desk took over
hotline-hand-over-no_answer = called, no answer yet
hotline-hand-over-declined = not wanted
hotline-stay = Stay on the line until they answer.
hotline-do-reached = They took over
hotline-do-no-answer = Called, no answer: the next
hotline-do-declined = The caller does not want it
hotline-reached-by = { $desk } took over.
hotline-case-opened = A case was opened from this call on { $moment }. Open no second one; its team alone can read it.
hotline-all-tried = Every other desk that is listed was called. Try them again below, and do not leave the caller alone.
hotline-try-again = Called, no answer: try again
hotline-case-why = What the caller told stands here already. Change what is not right; the call stays as it was written.
hotline-case-note-hint = Becomes the first note of the case. Leave out what is not needed.
done-hotline-noted = Noted.

# What was done.
done-screening-decided = Decided.
done-screening-given-up = Erased.
done-screening-paper-entered = Entered. Now a second entry, best by someone else.
done-screening-paper-agreed = Both entries are alike.
done-screening-paper-differs = The two entries differ.
done-screening-paper-taken = Taken over. Now decide.
