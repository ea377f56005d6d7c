### machine-translated
# Accueil, aide, droits, clés et travail.

start-title = Agir ensemble contre la traite des personnes
start-lead = Palermo est le système d'information que les États d'une région et leur secrétariat gèrent ensemble : qui est lié par quoi, qui peut aider, ce qui a été promis et ce qui a été fait.
start-demo = Ceci est une démonstration. Prenez n'importe quel rôle et regardez ; rien de ce que vous faites ici n'atteint personne.
start-mechanisms = Organes et processus régionaux, avec leurs membres et leurs dates
start-states = Ce dont chaque État est membre et ce qui le lie
start-instruments = Conventions, protocoles, déclarations et leurs lacunes
start-matrix = États et instruments côte à côte, à n'importe quelle date
start-agreements = Accords bilatéraux et multilatéraux et leur suivi
start-laws = Ce que disent les lois nationales, avec l'article

desk-reopen = Rouvrir
desk-status = État
tenant-administrator = Adresse de messagerie du premier administrateur
channel-web-hook = Point d'appel web

task-answer-questionnaire = Répondre à un questionnaire
task-check-adherence = Vérifier l'état des traités
task-confirm-desk = Confirmer un point de contact
task-confirm-law-register = Confirmer le registre des lois
task-file-obstacle = Indiquer où en est la ratification
task-read-guidance = Lire de nouvelles consignes
task-remind-report = Rappeler un rapport

admin-tenant-why = Nom, État et langue de votre organisation
admin-desks-why = Points de contact, horaires et membres
admin-people-why = Inviter des collègues, donner et retirer des rôles
admin-deliveries-why = Courrier parti ou en attente
admin-tenants-why = Organisations de cette installation
admin-audit = Journal d'audit
admin-audit-why = Qui a fait, vu ou s'est vu refuser quoi
admin-keys = Clés
admin-keys-why = Les noms et les récits sont scellés. Seuls les membres dont le rôle l'exige détiennent une clé, remise par un collègue. Le serveur et ses administrateurs n'en ont aucune.

keys-open = Votre clé est ouverte dans cette session
keys-closed = Votre clé est fermée
keys-unlock = Ouvrir ma clé
keys-unlock-title = Ouvrir votre clé
keys-unlock-why = Saisissez votre phrase secrète pour ouvrir votre clé pendant cette session. Elle se ferme à la déconnexion.
keys-lock = Fermer ma clé
keys-not-established = Cette organisation n'a pas encore de clés. Un membre dont le rôle lit les noms les crée, sa propre clé étant ouverte.
keys-establish = Créer les clés
keys-holds = Détient
keys-missing = Devrait détenir
keys-no-pair = N'a pas encore de clé ; elle est créée à la connexion.
keys-hand-over = Remettre
keys-rotate-title = Remplacer une clé
keys-rotate-why = Quand une personne qui la détenait est partie. Ce qui est scellé reste lisible pour ceux qui la détiennent.
keys-rotate = Remplacer cette clé
keys-recovery-title = La clé de secours
keys-recovery-once = Imprimez cette page maintenant ; elle ne sera plus affichée. Gardez l'impression dans deux enveloppes scellées, en deux lieux. Si tout le monde perd sa phrase secrète, elle ouvre ce qui est scellé.

done-key-opened = Votre clé est ouverte.
done-key-closed = Votre clé est fermée.
done-keys-handed-over = Votre collègue détient maintenant la clé.
done-keys-rotated = La clé a été remplacée.
done-desk-seated = Le membre est rattaché à ce point de contact.
done-desk-unseated = Le membre n'est plus rattaché à ce point de contact.

api-lead = Les programmes utilisent les mêmes actes que les pages, sous /api/v1.
rights-lead = Ces règles font partie du programme. Elles empêchent Palermo de mal faire, jamais de consigner le mal qui s'est produit. Aucun rôle ni réglage ne les désactive.
rule-1 = L'aide ne dépend jamais de la coopération avec les autorités, de la nationalité ni du statut migratoire.
rule-2 = Une personne présumée victime de la traite reçoit une aide immédiate, et peut la recevoir à tout moment, même si elle refuse ou n'est pas identifiée.
rule-3 = Une personne dont l'âge est incertain a les droits d'un enfant. Un tuteur précède tout entretien sur les faits ; on peut toujours s'enquérir de la sécurité et des besoins urgents.
rule-4 = Le délai de rétablissement et de réflexion appartient à la personne, 30 jours au moins. Nul ne peut y mettre fin à sa place, et aucun éloignement ne peut y être organisé.
rule-5 = Nul n'est renvoyé par d'autres sans son souhait éclairé, une évaluation des risques valable et un conseil indépendant ; un enfant, seulement après une détermination favorable de son intérêt supérieur.
rule-6 = Rien n'est partagé sans consentement pour ce but et ce destinataire, ou sans base légale d'une liste fermée. La police des migrations et les poursuites contre la personne n'en sont jamais une.
rule-7 = Une accusation contre une personne pour ce qu'on l'a forcée à faire déclenche un avis de sauvegarde.
rule-8 = L'identité et le récit sont séparés et scellés, ouverts par l'équipe de prise en charge seule. Secrétariat, bailleurs et administrateurs ne les ouvrent jamais.
rule-9 = Les services à adresse confidentielle sont joints par un point de contact, jamais recherchés.
rule-10 = Aucun chiffre sur des personnes n'est publié sans contrôle de divulgation, et deux publications ne peuvent être soustraites pour révéler quelqu'un.
rule-11 = Des chiffres de définitions différentes ne sont jamais additionnés.
rule-12 = Toute décision sur une personne indique qui a décidé, pour quels motifs et comment la contester.

help-lead = De brèves réponses aux premières questions.
help-1-title = J'ai reçu une invitation
help-1 = Ouvrez le lien du courriel, choisissez une phrase secrète d'au moins 15 caractères, puis un second facteur : une application d'authentification ou une clé d'accès.
help-2-title = J'ai perdu ma phrase secrète ou mon téléphone
help-2 = Sur la page de connexion, choisissez « Je ne peux pas me connecter ». Deux collègues décident. Pour un téléphone perdu, utilisez un code de secours.
help-3-title = Quelle page est pour moi ?
help-3 = « Mon travail » liste ce qui attend, pour vous et vos points de contact. Les registres sont ouverts à tous. Ce dont votre rôle n'a pas besoin n'est pas montré.
help-4-title = Pourquoi mon second facteur est-il redemandé ?
help-4 = Les actes qui changent les droits le redemandent, afin qu'un ordinateur resté ouvert ne suffise pas.
help-5-title = Comment emporter une liste ?
help-5 = Chaque liste existe en CSV et XLSX. Les filtres et l'ordre sont dans l'adresse : envoyez le lien, votre collègue voit la même chose.
help-6-title = Quelqu'un ne doit pas voir cette page
help-6 = « Quitter cette page » mène aussitôt à une page vide et vous déconnecte. Trois appuis sur Maj font de même. L'historique du navigateur reste : effacez-le si quelqu'un peut regarder.

accessibility-lead = Palermo vise le niveau AA des WCAG 2.2.
accessibility-1-title = Ce qui fonctionne
accessibility-1 = Chaque page fonctionne au clavier, sans script, à 400 pour cent, dans les deux sens d'écriture, en mode sombre ou à fort contraste.
accessibility-2-title = Comment c'est vérifié
accessibility-2 = Chaque changement est vérifié automatiquement dans un navigateur. Les lecteurs d'écran et les vieux téléphones n'ont pas encore été essayés par leurs utilisateurs.
accessibility-3-title = Dites-le-nous
accessibility-3 = Si quelque chose ne fonctionne pas pour vous, dites-le à l'organisation qui gère cette installation. Ses points de contact sont dans l'annuaire.

privacy-lead = Ce que Palermo garde, et ce qu'il ne garde pas.
privacy-1-title = Visiteurs
privacy-1 = Avant la connexion, aucun témoin n'est posé et rien n'est gardé sur votre appareil. Les pages ne chargent rien d'autres sites. Les visites ne sont pas comptées.
privacy-2-title = Membres
privacy-2 = Nom, adresse, rôles et sessions sont gardés pour votre organisation. Chaque acte est inscrit dans un journal qui ne peut être modifié sans que cela se voie.
privacy-3-title = Personnes victimes de la traite
privacy-3 = Noms et récits sont scellés par des clés que seule l'équipe de prise en charge détient. Le serveur, ses administrateurs, le secrétariat et les bailleurs ne peuvent pas les lire.
privacy-4-title = Ce que livrerait une saisie
privacy-4 = Un disque ou une sauvegarde livre des tailles, des dates et des numéros pseudonymes. Le manuel de l'opérateur contient le tableau complet.
privacy-5-title = Ce qui n'est pas promis
privacy-5 = Qui contrôle un serveur en marche et ouvert, ou votre propre appareil, voit ce que vous voyez. Palermo ne peut effacer l'historique de votre navigateur.
