### machine-translated
### Ce qui demande deux personnes (effacement, adresses protégées), ses propres appareils, récupération quand on travaille à deux.

case-erase = Effacer cette personne
case-erase-why = Noms, récits, adresses et consentements sont détruits pour toujours, dans tous les dossiers de cette personne. Il ne reste qu’un décompte qui ne nomme personne.
case-erase-two = Effacer demande deux personnes. Votre question va aux collègues qui peuvent accepter ; quand l’un l’a fait, revenez ici.
case-erase-agreed = Une seconde personne a accepté. C’est possible maintenant, une fois.
case-erase-waits = Une question à ce sujet attend sa seconde personne.
case-erase-ask = Demander une seconde personne
case-erase-now = Effacer maintenant
case-erase-ground = Pourquoi
case-erase-ground-persons-request = La personne le demande
case-erase-ground-not-lawful = Cela n’aurait jamais dû être conservé
case-erase-ground-made-in-error = Enregistré par erreur
case-erase-ground-not-for-matters = La personne ne veut pas que le dossier soit gardé pour une demande, un titre, une accusation ou un avocat, et son temps est sinon écoulé
error-erased-already = Cette personne a déjà été effacée
error-erase-open-matter = Une orientation de cette personne est encore en cours et a besoin du dossier. Terminez-la d’abord.
done-second-person-asked = Une seconde personne a été demandée. Quand elle aura accepté, recommencez.
done-person-erased = Tout ce qui nommait la personne est effacé.

approval-about = Au sujet de
approval-action-person-erase = Effacer une personne
approval-action-service-address = Ouvrir une adresse protégée
service-address-two = L’ouvrir demande deux personnes : demandez, puis ouvrez-la ici quand un collègue a accepté.
service-address-asked = { $name } ({ $roles }) a demandé à ouvrir cette adresse. La demande vaut jusqu’au { $until } ; une autre personne qui peut l’ouvrir doit d’abord accepter :
service-address-agreed = { $other } a accepté que cette adresse soit ouverte, comme { $name } ({ $roles }) l’a demandé. L’un ou l’autre peut l’ouvrir une fois, jusqu’au { $until }.
service-address-back = Retour au service

device-title = Cet appareil
device-why = Si des inconnus essaient sans cesse votre adresse, elle est bloquée un moment. Depuis un appareil marqué comme le vôtre, vous entrez quand même. Ne marquez qu’un appareil que personne d’autre n’utilise : la marque montre que Palermo est utilisé ici.
device-mine = marqué comme le vôtre
device-not-mine = non marqué
device-remember = Cet appareil est le mien
device-forget = Oublier cet appareil
done-device-remembered = Cet appareil est marqué comme le vôtre pour six mois.
done-device-forgotten = Cet appareil n’est plus marqué.

admin-recoveries-small = S’il ne reste qu’un collègue qui puisse accepter, la personne qui exploite cette installation est la seconde.
error-no-recovery-asked = Personne n’a demandé de récupérer ce compte, ou la question est trop ancienne
error-recovery-by-colleagues = Deux collègues de ce compte peuvent accepter ; ce sont eux qui décident, non la personne qui exploite la machine

agreement-follow = Suivre ce qu’il devient
agreement-follow-review = Un examen
agreement-follow-budget = Sa place dans un budget
agreement-follow-mandate = Place dans les mandats
agreement-in-mandate = Dans les mandats des organes
agreement-mandate-text = Organe, et texte de son mandat
agreement-follow-there = Saisi jusqu’ici
agreement-follow-remove = Retirer
agreement-follow-activity = Une action menée à ce titre
agreement-follow-cases = Dossiers traités
agreement-follow-party = Partie
agreement-follow-date = Quand
agreement-follow-kind = De quelle sorte
agreement-follow-what = Quoi, en quelques mots
agreement-follow-from = Premier jour compté
agreement-follow-to = Dernier jour compté
agreement-follow-opened = Dossiers ouverts
agreement-follow-closed = Dossiers clos
agreement-follow-due = Prévu le
agreement-follow-held = Tenu le
agreement-follow-held-hint = Laissez vide tant que l’examen est à venir.
agreement-follow-outcome = Ce qu’il en est sorti
error-ends-before-it-begins = La période finit avant de commencer ; échangez les jours
