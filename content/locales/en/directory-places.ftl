# Places of a service.
service-at-title = Places
service-at-new = One more place
service-at-edit = Change the place
service-at-name = Name of the place
service-at-hours-hint = Only if they are not those of the service. Like Mo-Fr 08:00-17:00, by the clock of the service
service-at-end = The service ends at this place
service-at-end-ask = Is { $service } no longer given at this place: { $place }?
done-service-place = The place is kept.
done-service-place-ended = The service is no longer given at that place.
error-most-places = A service has at most { $most } places. Enter another service for the rest
error-place-twice = The service is given at this place already. Change that place, or write what is different here
desk-close-ask = Close { $desk }? Nobody is led to it any more, and what hangs on it stays without it until someone changes that.
desk-close-services = Services reached through it
desk-close-structures = Structures it answers for
service-assessed-ended = Ended on { $day }
letter-confirm-contact-point = Question whether a contact point is right
