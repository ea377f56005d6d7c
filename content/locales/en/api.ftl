### What programs are told when a request is not well formed.

api-method = This address answers to: { $methods }
api-token-not-taken = This token is wrong, has ended or was taken away. Sign in and make another at /admin/tokens.
api-parameters = Some parameters need correcting
api-unknown-parameter = There is no parameter of this name here
api-parameter-twice = Send this parameter once
api-not-a-day = `{ $value }` is not a day of the calendar. Write it like 2009-04-16.
api-not-an-id = `{ $value }` is not the id of a record. Write it as answers give it.
api-not-a-word = Use one of: { $words }
api-not-a-number = Write a whole number from { $least } to { $most }
api-no-mechanism = There is no mechanism `{ $id }`
api-members-unknown = The sources do not tell who belongs to `{ $id }`, so nobody can be missing
api-words-not-asked = Words go with ask_info, complete and waitlist, an outcome and days with complete, a day of review with waitlist; with another step nobody would read them. Leave them out, or ask
api-once-missing = Send the header Idempotency-Key with a name of { $least } to { $most } characters for this request
api-once-wrong = Idempotency-Key takes { $least } to { $most } letters, digits, hyphens, points and low lines
api-revision-missing = Send the header If-Match with the revision you saw, in quotes
api-revision-wrong = If-Match takes one revision in quotes, such as "3"
api-revision-stale = The record has changed since. Read it again, compare, and send the new revision.
api-other-site = With a session, changes must come from a page of this site. Programs use a token.
api-not-json-type = Send the body as application/json
api-too-large = The body is too large. At most { $kibibytes } KiB fit.
api-broken-json = The body is not JSON: line { $line }, column { $column }
api-other-shape = The body has another shape than described: line { $line }, column { $column }: { $why }
api-words-without-commas = Write each word as an entry of its own, without commas
api-one-line = Write each part on one line, without a bar (|)
api-new-desk-open = A new desk takes work. Close it afterwards.
api-nothing-stored = Nothing is stored about `{ $id }` by { $date }: the answer rests on no list.
