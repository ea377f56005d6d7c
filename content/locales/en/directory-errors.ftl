# Errors of the directory's forms.
error-places = There cannot be more free places than places
error-ages = The youngest age, { $youngest }, is above the oldest age, { $oldest }. Correct one of the two
error-whole-number = Write a whole number such as 12
error-day-in-line = `{ $typed }` is not a day. Write it like 2026-03-01
error-protected-address = A protected service takes no address here. Leave these fields empty; the address is kept sealed, on the page of the service
error-protected-phone = A protected service is reached through its desk, and a telephone number would lead to the house. Leave this field empty and choose the desk under “Reached through”; the number belongs to the contact point
error-funding-line = Line { $line }, `{ $typed }`: write who pays, a bar and the last day, like Northway Fund | 2026-05-01. If no day is known, end the line with the bar
error-hours = `{ $part }` cannot be read as opening hours. Write them like Mo-Fr 08:00-17:00; Sa 10:00-12:00, or 24/7
error-both-admitted = A group cannot be both admitted and excluded
error-assessment = Write an assessment in one line: standard | by whom | met, partly or not-met | 2026-01-10 | 2027-01-10
error-channel = `{ $typed }` is not a secure channel. Write one a line, like encrypted-mail | desk@focal.example
error-no-confirm-address = No address is known to which the question could be sent. Add one first
error-phone-line = `{ $typed }` behind the bar is not known. Write “free” for a free call, or the code of a mechanism such as ECOWAS for a number that is the same in all its States
error-phone-common = A number that is the same in every State of { $mechanism } belongs to a hotline, in a State of { $mechanism }
