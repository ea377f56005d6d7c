### What takes two people (erasing, protected addresses), devices of one's own, recovery where two work together.

case-erase = Erase this person
case-erase-why = Names, stories, addresses and consents are destroyed for ever, in every case of this person. What is left is a count that names nobody.
case-erase-two = Erasing takes two people. Your question goes to colleagues who may agree; when one has, come back here.
case-erase-agreed = A second person has agreed. It can be done now, once.
case-erase-waits = A question about this waits for its second person.
case-erase-ask = Ask for a second person
case-erase-now = Erase now
case-erase-ground = Why
case-erase-ground-persons-request = The person asks for it
case-erase-ground-not-lawful = It should never have been kept
case-erase-ground-made-in-error = It was recorded by mistake
case-erase-ground-not-for-matters = The person does not want the record to be kept for a claim, a permit, a charge or a lawyer, and its time is over otherwise
error-erased-already = This person was erased already
error-erase-open-matter = A referral of this person still runs and needs the record. End it first.
done-second-person-asked = A second person has been asked. When they have agreed, do it again.
done-person-erased = Everything that named the person is erased.

approval-about = About
approval-action-person-erase = Erase a person
approval-action-service-address = Open a protected address
service-address-two = Opening it takes two people: ask, and open it here once a colleague has agreed.
service-address-asked = { $name } ({ $roles }) has asked to open this address. The question holds until { $until }; someone else who may open it has to agree first:
service-address-agreed = { $other } has agreed that this address is opened, as { $name } ({ $roles }) asked. Either of them can open it once, until { $until }.
service-address-back = Back to the service

device-title = This device
device-why = If strangers keep trying your address, it is blocked for a while. From a device you marked as yours you still come in. Mark only a device that nobody else uses: the mark shows that Palermo is used here.
device-mine = marked as yours
device-not-mine = not marked
device-remember = This device is mine
device-forget = Forget this device
done-device-remembered = This device is marked as yours for half a year.
done-device-forgotten = This device is not marked any more.

admin-recoveries-small = If only one colleague is left who can agree, whoever runs this installation is the second person.
error-no-recovery-asked = Nobody has asked to recover this account, or the question is too old
error-recovery-by-colleagues = Two colleagues of this account can agree; they decide, not whoever runs the machine

agreement-follow = Follow what becomes of it
agreement-follow-review = A review
agreement-follow-budget = Its place in a budget
agreement-follow-mandate = Place in mandates
agreement-in-mandate = In the mandates of bodies
agreement-mandate-text = Body, and the text of its mandate
agreement-follow-there = Entered so far
agreement-follow-remove = Remove
agreement-follow-activity = Something done under it
agreement-follow-cases = Cases handled
agreement-follow-party = Party
agreement-follow-date = When
agreement-follow-kind = What kind
agreement-follow-what = What, in a few words
agreement-follow-from = First day counted
agreement-follow-to = Last day counted
agreement-follow-opened = Cases opened
agreement-follow-closed = Cases closed
agreement-follow-due = Due on
agreement-follow-held = Held on
agreement-follow-held-hint = Leave it empty while the review is still to come.
agreement-follow-outcome = What came of it
error-ends-before-it-begins = The period ends before it begins; exchange the days
