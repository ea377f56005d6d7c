### machine-translated
### Ce que l’on dit aux programmes quand une demande est mal formée.

api-method = Cette adresse répond à : { $methods }
api-token-not-taken = Ce jeton est faux, expiré ou retiré. Connectez-vous et créez-en un autre sous /admin/tokens.
api-parameters = Des paramètres sont à corriger
api-unknown-parameter = Il n’y a pas ici de paramètre de ce nom
api-parameter-twice = Envoyez ce paramètre une seule fois
api-not-a-period = `{ $value }` n’est pas une période. Écrivez-la comme 2026, 2026-H1 ou 2026-Q1.
api-not-a-day = `{ $value }` n’est pas un jour du calendrier. Écrivez-le comme 2009-04-16.
api-not-an-id = `{ $value }` n’est pas l’identifiant d’une fiche. Écrivez-le comme les réponses le donnent.
api-not-a-word = Utilisez l’un de ces mots : { $words }
api-not-a-number = Écrivez un nombre entier de { $least } à { $most }
api-no-mechanism = Il n’y a pas de mécanisme `{ $id }`
api-members-unknown = Les sources ne disent pas qui appartient à `{ $id }` ; personne ne peut donc manquer
api-words-not-asked = Les mots accompagnent ask_info, complete et waitlist, un résultat et des jours complete, un jour de revue waitlist ; avec une autre étape, personne ne les lirait. Laissez-les de côté, ou posez la question
api-once-missing = Envoyez l’en-tête Idempotency-Key avec un nom de { $least } à { $most } caractères pour cette demande
api-once-wrong = Idempotency-Key prend { $least } à { $most } lettres, chiffres, traits d’union, points et tirets bas
api-revision-missing = Envoyez l’en-tête If-Match avec la révision que vous avez vue, entre guillemets droits
api-revision-wrong = If-Match prend une révision entre guillemets droits, par exemple "3"
api-revision-stale = La fiche a changé depuis. Relisez-la, comparez et envoyez la nouvelle révision.
api-other-site = Avec une session, les changements doivent venir d’une page de ce site. Les programmes utilisent un jeton.
api-not-json-type = Envoyez le corps en application/json
api-too-large = Le corps est trop grand. Au plus { $kibibytes } Kio sont acceptés.
api-broken-json = Le corps n’est pas du JSON : ligne { $line }, colonne { $column }
api-other-shape = Le corps n’a pas la forme décrite : ligne { $line }, colonne { $column } : { $why }
api-words-without-commas = Écrivez chaque mot comme une entrée à part, sans virgule
api-one-line = Écrivez chaque partie sur une ligne, sans barre (|)
api-new-desk-open = Un nouveau bureau accepte du travail. Fermez-le ensuite.
api-nothing-stored = Rien n’est enregistré sur `{ $id }` au { $date } : la réponse ne repose sur aucune liste.
