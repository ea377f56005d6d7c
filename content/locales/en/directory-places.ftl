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
