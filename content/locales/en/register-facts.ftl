### Facts recorded beside what ships, acts typed by hand, entries in a sheet.

recorded-title = Recorded by editors
recorded-shown-why = What editors recorded after the profile was written, beside what the profile says. The one marked as preferred is followed; one that contradicts nothing is followed too.
recorded-says = Recorded
recorded-beside = The profile says
recorded-new = Record a fact
recorded-new-membership = Record a membership
recorded-already-back = This fact was already taken back. The list says when and why.
recorded-new-activity = Record an activity
recorded-new-relation = Record a relation
recorded-new-scope = Record what it covers
recorded-why-record = Nothing is overwritten: what you record stands beside what is there, with its source, and can be taken back with a reason.
recorded-prefer-hint = If yes, it holds from its beginning on, whatever else is said
recorded-from = Since
recorded-to = Until
recorded-activity = Activity of the profile
recorded-activity-new = Or another one: what it is
recorded-joined = States that joined
recorded-joined-hint = One on a line, by name or code
recorded-relation = It …
recorded-other = The other instrument
recorded-item = What it may cover
recorded-answer = Does it?
recorded-why = Why, in a few words
recorded-own = Facts your organisation recorded
recorded-own-why = Every fact your organisation recorded. Choose one to take it back; what was taken back stays here with the reason.
recorded-stands = stands
recorded-at = Recorded on
recorded-kind = Kind of fact
error-members-follow = Who belongs to it follows from other mechanisms or from an instrument; record it there
error-as-of-later = `{ $typed }` lies in the future. Give the day up to which the source speaks, at the latest { $today }

acts-title = All acts, and taking one back
acts-why = Every act that is stored, with its source. An act typed by hand has its own; the others have that of their list.
acts-back = Correction
acts-take-back = Take back
acts-back-why = An act of an imported list comes back with the next import of that list; mend the list too.
adherence-until = Takes effect, or taken back, on
adherence-until-hint = For a withdrawal the day it takes effect, for a reservation or declaration the day it was taken back; otherwise empty

entries-sheet = In a sheet: take away, change, bring back
laws-sheet-title = Entries on law in a sheet
laws-sheet-why = Take your entries away, change them in a spreadsheet, and bring them back. First you see what would change; nothing is stored until you agree. State, topic and source say which entry a row means; what it said before is kept.
obstacles-sheet-title = Obstacles in a sheet
obstacles-sheet-why = Take your reports away, change them in a spreadsheet, and bring them back. First you see what would change; nothing is stored until you agree. State, instrument and day say which report a row means; what it said before is kept.
error-entry-own-state = Your organisation enters its own State alone. Leave the row out
