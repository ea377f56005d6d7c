### machine-translated
# Lieux d’un service.
service-at-title = Lieux
service-at-new = Un lieu de plus
service-at-edit = Modifier le lieu
service-at-name = Nom du lieu
service-at-hours-hint = Seulement s’ils diffèrent de ceux du service. Par exemple Mo-Fr 08:00-17:00, à l’heure du service
service-at-end = Le service prend fin dans ce lieu
service-at-end-ask = { $service } n’est-il plus fourni dans ce lieu : { $place } ?
done-service-place = Le lieu est enregistré.
done-service-place-ended = Le service n’est plus fourni dans ce lieu.
error-most-places = Un service a au plus { $most } lieux. Saisissez un autre service pour les autres
