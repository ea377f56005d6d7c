### machine-translated

plan-targets = Cibles
plan-targets-caption = Cibles par État et par période
plan-targets-joint = Tous les États ensemble
plan-targets-draft = Le plan est un projet : les cibles sont enregistrées telles quelles. Un État sans cible propre a la cible commune.
plan-targets-adopted = Le plan est adopté : chaque cible changée ici est une modification. L’ancien chiffre reste visible avec le motif. Un État sans cible propre a la cible commune.
plan-targets-none = Aucun indicateur de ce plan ne peut encore avoir de cible. Ce qui ne donne que le contexte n’en a pas.
plan-targets-more = Une période de plus
plan-targets-before = Cibles modifiées
plan-targets-conflict = Quelqu’un d’autre a changé le plan entre-temps. Ce que vous avez saisi est encore ici ; enregistrez de nouveau pour le garder.
done-plan-targets-saved = Les cibles ont été enregistrées.
