### machine-translated
# Errors of the directory's forms.
error-places = Il ne peut pas y avoir plus de places libres que de places
error-ages = L’âge minimum, { $youngest }, dépasse l’âge maximum, { $oldest }. Corrigez l’un des deux
error-whole-number = Écrivez un nombre entier comme 12
error-day-in-line = `{ $typed }` n’est pas une date. Écrivez-la comme 2026-03-01
error-protected-address = Un service protégé ne prend pas d’adresse ici. Laissez ces champs vides ; l’adresse est conservée scellée, sur la page du service
error-protected-phone = Un service protégé est joint par son point de contact, et un numéro de téléphone mènerait à la maison. Laissez ce champ vide et choisissez le point de contact sous « Joignable par » ; le numéro appartient au point de contact
error-protected-words = Un service protégé est joint par son point de contact. Retirez tout numéro de téléphone, toute adresse électronique ou page web : ils mèneraient à la maison
error-funding-line = Ligne { $line }, `{ $typed }` : écrivez qui paie, une barre et le dernier jour, comme Northway Fund | 2026-05-01. Si aucun jour n’est connu, terminez la ligne par la barre
error-hours = `{ $part }` ne se lit pas comme des heures d’ouverture. Écrivez par exemple Mo-Fr 08:00-17:00; Sa 10:00-12:00, ou 24/7
error-both-admitted = Un groupe ne peut pas être à la fois admis et exclu
error-assessment = Écrivez une évaluation par ligne : norme | par qui | met, partly ou not-met | 2026-01-10 | 2027-01-10
error-channel = `{ $typed }` n’est pas un canal sûr. Un par ligne, comme encrypted-mail | desk@focal.example
error-no-confirm-address = Aucune adresse connue pour poser la question. Ajoutez-en une d’abord
error-phone-line = `{ $typed }` derrière la barre n’est pas connu. Écrivez « gratuit » pour un appel gratuit, ou le code d’un mécanisme comme ECOWAS pour un numéro identique dans tous ses États
error-phone-common = Un numéro commun à tous les États de { $mechanism } est celui d’une ligne d’aide, dans un État de { $mechanism }
error-web-page = `{ $url }` n’est pas l’adresse d’une page web. Écrivez-la comme https://line.example
error-no-way-in = Personne ne pourrait joindre ce service. Donnez au moins un moyen : un numéro de téléphone, une adresse électronique, une page web ou un lieu
error-desk-needed = Choisissez le point de contact par lequel on joint ce service : son adresse est protégée, il n’y a pas d’autre chemin
error-choose-state = Choisissez un État
error-own-state-alone = Vous ne saisissez cela que pour votre propre État. Choisissez-le ; ce que vous avez écrit est encore là
error-desk-elsewhere = Ce point de contact n’est pas de votre organisation, et personne n’y a été consulté. Choisissez l’un des vôtres ; celui d’une autre organisation ne reste que là où il mène déjà au service
error-sheet-desk = On joint un service protégé par un point de contact de votre organisation, et aucun n’est indiqué. Écrivez ici son organisation et son identifiant, comme { $example } ; votre propre tableau les montre
