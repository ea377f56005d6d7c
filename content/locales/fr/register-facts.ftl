### machine-translated
### Facts recorded beside what ships, acts typed by hand, entries in a sheet.

recorded-title = Consigné par la rédaction
recorded-shown-why = Ce que la rédaction a consigné après l’établissement du profil, à côté de ce que dit le profil. L’indication marquée comme préférée fait foi ; celle qui ne contredit rien compte aussi.
recorded-says = Consigné
recorded-beside = Le profil dit
recorded-new = Consigner un fait
recorded-new-membership = Consigner une appartenance
recorded-already-back = Ce fait a déjà été retiré. La liste dit quand et pourquoi.
recorded-new-activity = Consigner une activité
recorded-new-relation = Consigner une relation
recorded-new-scope = Consigner ce qu’il couvre
recorded-why-record = Rien n’est écrasé : ce que vous consignez se place à côté de ce qui existe, avec sa source, et peut être retiré avec un motif.
recorded-prefer-hint = Si oui, l’indication vaut à partir de son début, quoi qu’il soit dit par ailleurs
recorded-from = Depuis
recorded-to = Jusqu’au
recorded-activity = Activité du profil
recorded-activity-new = Ou une autre : de quoi il s’agit
recorded-joined = États participants
recorded-joined-hint = Un par ligne, par nom ou par code
recorded-relation = Il …
recorded-other = L’autre instrument
recorded-item = Ce qu’il peut couvrir
recorded-answer = Le couvre-t-il ?
recorded-why = Pourquoi, en quelques mots
recorded-own = Faits consignés par votre organisation
recorded-own-why = Tous les faits consignés par votre organisation. Choisissez-en un pour le retirer ; ce qui a été retiré reste ici avec le motif.
recorded-stands = en vigueur
recorded-at = Consigné le
recorded-kind = Type de fait
error-members-follow = Ses membres découlent d’autres mécanismes ou d’un instrument ; consignez-le là
error-as-of-later = `{ $typed }` est dans l’avenir. Indiquez le jour jusqu’auquel la source fait foi, au plus tard { $today }

acts-title = Tous les actes, et en retirer un
acts-why = Chaque acte enregistré, avec sa source. Un acte saisi à la main a la sienne ; les autres ont celle de leur liste.
acts-back = Correction
acts-take-back = Retirer
acts-back-why = Un acte d’une liste importée revient à la prochaine importation de cette liste ; corrigez aussi la liste.
adherence-until = Prend effet, ou retiré, le
adherence-until-hint = Pour une dénonciation, le jour où elle prend effet ; pour une réserve ou une déclaration, le jour de son retrait ; sinon, laissez vide

entries-sheet = Dans une feuille de calcul : emporter, modifier, rapporter
laws-sheet-title = Entrées sur la législation dans une feuille
laws-sheet-why = Emportez vos entrées, modifiez-les dans un tableur et rapportez-les. Vous voyez d’abord ce qui changerait ; rien n’est enregistré avant votre accord. L’État, le thème et la source disent quelle entrée une ligne désigne ; ce qu’elle disait avant est conservé.
obstacles-sheet-title = Obstacles dans une feuille
obstacles-sheet-why = Emportez vos rapports, modifiez-les dans un tableur et rapportez-les. Vous voyez d’abord ce qui changerait ; rien n’est enregistré avant votre accord. L’État, l’instrument et le jour disent quel rapport une ligne désigne ; ce qu’il disait avant est conservé.
error-entry-own-state = Votre organisation ne saisit que son propre État. Laissez cette ligne de côté
