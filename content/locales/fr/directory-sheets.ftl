### machine-translated
services-sheet-title = Services dans un tableau
services-sheet-line = Les services de votre organisation en CSV ou XLSX, à sortir et à reprendre avec un aperçu
contacts-sheet-title = Points de contact dans un tableau
contacts-sheet-line = Les points de contact de votre organisation en CSV ou XLSX, à sortir et à reprendre avec un aperçu
sheet-why = Emportez vos fiches, modifiez-les dans un tableur et rapportez-les. Vous voyez d’abord ce qui changerait ; rien n’est enregistré sans votre accord. Une colonne omise reste telle quelle ; une cellule vide vide le champ. Une ligne sans identifiant est une nouvelle fiche.
sheet-own = Emporter en { $kind }
sheet-hint = CSV en UTF-8 ou XLSX, jusqu’à 4 Mo, avec la ligne d’en-tête du fichier que vous emportez ici
sheet-unknown = Ces colonnes sont inconnues et ne sont pas lues : { $columns }
sheet-nothing = Il n’y a rien à enregistrer.
sheet-stored = Importé
sheet-left-out = { $count ->
    [one] { $count } ligne a été laissée de côté. Corrigez-la et rapportez-la ; les autres seront alors inchangées.
   *[other] { $count } lignes ont été laissées de côté. Corrigez-les et rapportez-les ; les autres seront alors inchangées.
}
error-sheet-not-read = Le fichier ne peut pas être lu : { $why }
error-sheet-heading = Aucune ligne d’en-tête trouvée. Gardez la ligne avec ces colonnes : { $columns }
error-sheet-long = Le tableau a plus de { $most } lignes. Divisez-le
error-not-a-code = `{ $typed }` n’est pas connu ici. Écrivez l’un de : { $codes }
error-row-id = Ce n’est pas un identifiant de Palermo. Laissez la cellule vide pour une nouvelle fiche
error-row-twice = Une autre ligne du fichier porte déjà cette fiche. Gardez-en une seule
error-row-several = Plusieurs fiches portent ce nom. Mettez l’identifiant de l’une dans la première colonne
error-kept-elsewhere = Une autre organisation tient cette fiche. Demandez-lui de la modifier, ou omettez la ligne
error-sheet-opens = Un tableau n’ouvre pas un service protégé. Faites-le sur sa page
error-no-such-desk = Il n’y a pas d’autre point de contact de ce nom. Écrivez son nom comme dans la liste
help-keep = Garder ces numéros dans ce téléphone
help-keep-care = Un petit fichier qui s’ouvre sans connexion. Gardez-le seulement là où personne d’autre ne regarde ; son nom ne dit rien.
help-keep-title = Numéros
help-keep-as-of = Au { $day }. Les numéros changent : regardez à nouveau quand vous pouvez.
help-found-none = Aucun service ({ $need }) en { $state } qui n’ait déjà été appelé ne prend cette personne.
help-found-nothing = Aucun service ({ $need }) en { $state } n’est connu ici.
help-found-excluded = Les services ({ $need }) en { $state } disent qu’ils ne prennent pas cette personne.
help-state-some = { $shown } services sur { $count } sont affichés.
help-state-all = Les chercher tous
help-none-line = Aucun service libre et proche ne convient. L’aide vous est due quand même : appelez ici.
help-none-nobody = Aucun service libre et proche ne convient, et aucun numéro de cet État n’est tenu ici. Appelez le numéro d’urgence du pays où vous êtes.
help-unmet-filed = Le besoin non couvert est signalé.
help-line = { $desk } répond pour lui :
help-language-any = Toutes
help-state-no-numbers = Aucun numéro de cet État n’est tenu ici. Appelez le numéro d’urgence du pays où vous êtes.
help-state-regional = Cet État n’a pas de numéro propre ici. Ce numéro est le même dans chaque État de { $mechanism } ; ailleurs il peut ne pas répondre :
freshness-never = Jamais confirmé
unmet-need = Ce qu’il fallait
