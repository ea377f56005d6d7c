# Memoranda, postings and what one is reminded of.
task-memorandum-ends = A memorandum ends
task-posting-ends = A posting or a competence ends
memoranda-lead = Sixty days before one ends, a task reminds a desk of the organisation that keeps it.
memorandum-new = New memorandum
memorandum-edit = Change the memorandum
memorandum-subject = What it is about
memorandum-parties-hint = One a line: the State’s body first, then the organisations
memorandum-signed = Signed
memorandum-until-hint = Its last day. Leave it empty if it has no end
memorandum-endless = without an end
memorandum-ended = ended
memorandum-desk = Desk that is reminded of its end
memorandum-desk-hint = Sixty days before. If none is chosen, the first desk at which someone sits
memorandum-reminds = { $desk } is reminded 60 days before it ends.
memorandum-reminds-first = The first desk of your organisation is reminded 60 days before it ends.
error-two-parties = A memorandum has at least two parties. Write one a line
error-ends-before-signed = It cannot end before it was signed. Look at both days
