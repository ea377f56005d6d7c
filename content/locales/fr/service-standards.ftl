### machine-translated
# Normes minimales des services.
standards-title = Normes des services
standards-line = Ce que les services doivent offrir, et combien le font
standards-lead = Normes minimales par État et pour la région, avec le nombre de services ouverts qu’elles lient et qui sont évalués conformes aujourd’hui. Les services à adresse protégée ne sont pas comptés.
standards-none = Aucune norme n’est encore enregistrée.
standard-name = Norme
standard-name-hint = Les évaluations la nomment ainsi
standard-by = Fixée par
standard-new = Nouvelle norme
standard-edit = Modifier la norme
standard-whole-region = Toute la région
standard-all-needs = Tous les services
standard-bound = Services liés
standard-met = Conformes aujourd’hui
standard-points = Ce qu’elle demande
standard-points-hint = Un point par ligne
standard-state-hint = Laissez vide pour toute la région ; seul le secrétariat tient ces normes
standard-needs = Seulement pour les services de
standard-not-assessed = non évalué
standard-not-under = Non conformes à
error-standard-bar = Omettez la barre (|) dans le nom : dans une évaluation, elle sépare le nom de la suite
error-standard-days = Son dernier jour ne peut précéder le premier. Vérifiez les deux jours
object-service-standard = Norme des services
