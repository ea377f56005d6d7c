### machine-translated
# What is found in files of figures, one sentence a rule. The checks themselves
# say it in English with the values; programs read those.

found-ages-do-not-add-up = les âges ne font pas le total
found-dates-out-of-order = une fin précède son début
found-demonstration = une démonstration ne prend aucun fichier sur des personnes
found-does-not-agree = deux colonnes de cette ligne se contredisent
found-duplicate = le même chiffre figure deux fois ; n’en laissez qu’un
found-empty = le fichier n’a aucune ligne
found-field-twice = une colonne figure deux fois ; n’en laissez qu’une
found-jump = très loin de l’année ou du mois précédent ; vérifiez
found-missing-code = la zone n’a pas de code
found-no-common-code = ce mot n’a pas encore de code commun ; rattachez-le
found-no-mapping = dites d’abord quelle colonne contient quoi
found-not-a-count = ni un nombre entier de personnes, ni un nombre masqué tel que `<5`
found-not-a-date = pas une date ; écrivez `2024-12-31`
found-not-a-number = pas un nombre
found-not-a-period = ni une année ni un mois ; écrivez `2025` ou `2025-03`
found-not-a-year = pas une année
found-not-iso = le code de la zone n’est pas de la norme ISO 3166
found-not-listed = autres constats non énumérés
found-not-taken = les champs sur les personnes ne sont pas repris
found-not-yes-or-no = ni oui ni non
found-old-template = un ancien modèle ; prenez l’actuel
found-one-code-only = un seul code, pas plusieurs
found-other-state = pas de l’État dont ce sont les chiffres
found-parts-exceed-a-subtotal = les parties dépassent leur sous-total
found-parts-exceed-total = les parties dépassent le total
found-repeated-line = la même ligne figure déjà dans le fichier
found-sexes-do-not-add-up = les sexes ne font pas le total
found-small-cell = un nombre inférieur à 5 affiché en clair
found-small-shown = des nombres inférieurs à 5 affichés en clair ; les chiffres exacts restent à leur bureau
found-total-beside-parts = un total figure à côté de ses parties et compterait deux fois
found-unit-contradicts-values = l’unité contredit les valeurs
found-unit-missing = l’unité manque
found-unknown-code = pas un code de la liste
found-unknown-field = la norme ne connaît pas cette colonne
found-unknown-format = un fichier d’un autre type ; ses colonnes ne sont pas celles attendues
found-unreadable = le fichier ne peut être lu comme un tableau
found-without-consent = des lignes sans consentement
found-age-within-another = une autre tranche d’âge à côté compte déjà ces personnes
found-no-value = pas de valeur, donc pas de nombre
found-other-breakdown = les personnes réparties par cette colonne sont comptées dans les lignes sans elle
found-period-ahead = une période qui n’est pas encore venue ; écrivez celle où les personnes ont été comptées
found-rate = un taux, pas un nombre de personnes ; envoyez les nombres
found-kind-error = erreur
found-kind-warning = avertissement

# What the report of an attack says. Files and programs read it in English.

attack-exposed = { $cell } pourrait se déduire des autres cellules
attack-difference = { $outer } moins { $inner } laisse { $least } à { $most } personnes : qui sait ce qui a changé apprend le reste sur elles
attack-difference-exact = { $outer } moins { $inner } laisse exactement { $least } (nombre de personnes) : qui sait ce qui a changé apprend le reste sur elles
attack-linked = { $cell } pourrait se déduire en plaçant cette publication à côté de { $with } : { $least } à { $most } personnes
attack-rebuilt = Sortes de personnes de 1 à { $most } membres reconstituables en combinant les tableaux : { $kinds }
attack-solved = Sortes de personnes dont le nombre est connu exactement : { $solved } sur { $kinds } ; aucune n’est un petit groupe, sauf mention ci-dessus
attack-leaked = Combinaisons de moins de { $k } personnes affichées : { $count }
attack-zero = Cellules dont on sait qu’elles sont à zéro, personne n’y étant enregistré : { $count }
attack-shared = Tableau { $table } : dans { $classes } classes, tout le monde a { $column } = { $value } ; appartenir à la classe le révèle
attack-not-dp = Si une personne figure dans les enregistrements, au-delà d’un facteur e puissance { $epsilon } (delta { $delta }), quoi qu’on sache d’autre
attack-not-synthetic = Aucune combinaison de valeurs de moins de { $k } personnes ; aucune ligne n’est celle d’une personne réelle
attack-not-count = Aucun nombre de 1 à { $most }, à partir de tous les tableaux ensemble
attack-not-interval = Le nombre d’aucune cellule masquée ou arrondie ; cellules : { $cells } ; valeurs encore possibles pour chacune, au moins : { $values }
attack-no-earlier = (Il n’y avait aucune publication antérieure à comparer)
attack-not-difference = Aucun groupe de 1 à { $most } personnes par différence avec une publication antérieure ; comparées : { $releases }
attack-not-linked = Aucun nombre de 1 à { $most } à partir des sommes sur cette publication et { $with }, par programmation linéaire
attack-not-rebuilt = Personne isolé en reconstituant les enregistrements ; sortes de personnes essayées par programmation en nombres entiers : { $kinds }
attack-rebuilt-not-tried = (La reconstitution des enregistrements n’a pas été tentée, les sortes de personnes étant trop nombreuses : { $kinds } ; les bornes ci-dessus ont été prouvées par programmation linéaire)
attack-not-rebuilt-in-groups = Personne isolé en reconstituant les enregistrements à partir d’un groupe de tableaux, par programmation en nombres entiers ; groupes : { $groups }
attack-groups-only = (Tous les tableaux ensemble n’ont pas été tentés, ils ont trop de sortes de personnes ; les bornes ci-dessus ont été prouvées par programmation linéaire)
attack-groups-left = (Trop grands même seuls : { $tables })
attack-remedy-linked = Retirez le tableau qui montre ce qu’une publication antérieure masque, réunissez de petites catégories ou publiez des nombres arrondis
attack-remedy-exposed = Réunissez de petites catégories ou publiez des nombres arrondis
attack-remedy-difference = Publiez des nombres arrondis, ou attendez que le changement dépasse un petit groupe
attack-remedy-rebuilt = Retirez un des tableaux, croisez moins de colonnes ou publiez des nombres arrondis
attack-remedy-leaked = Relevez le seuil ou retirez des colonnes
attack-cell-all = toutes les personnes
attack-cell-part = { $column } : { $value }
attack-cell-and = { $one } ; { $more }
attack-cell-years = années { $from } à { $to }
attack-cell-every = toutes les valeurs affichées de { $column }
attack-cell-of = { $cell } ({ $release })
attack-codes = Les mêmes cellules par leurs codes, comme les écrivent les fichiers et les programmes
attack-remedy-not-shown-safe = Publiez des tableaux moins nombreux ou plus petits, pour que toutes les sommes avec les publications antérieures puissent être tentées
attack-not-shown-safe = Il n’a pas pu être montré que cette publication est sûre à côté de { $with } : les sommes sur l’ensemble demandent plus de calcul que le temps n’en laisse, et ce qui n’a pas été tenté n’est pas tenu pour sûr
