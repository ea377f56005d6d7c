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
error-place-twice = Le service est déjà rendu en ce lieu. Modifiez ce lieu, ou écrivez ce qui diffère ici
desk-close-ask = Fermer { $desk } ? Plus personne n’y est conduit, et ce qui en dépend reste sans lui tant que personne n’y change rien.
desk-close-services = Services joints par lui
desk-close-structures = Structures pour lesquelles il répond
service-assessed-ended = Terminée le { $day }
letter-confirm-contact-point = Question : le point de contact est-il exact ?
