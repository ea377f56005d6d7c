### machine-translated
### Coming in, one’s own account, one’s own work.

field-email = Adresse électronique
field-passphrase = Phrase secrète
field-old-passphrase = Votre phrase secrète actuelle
field-new-passphrase = Nouvelle phrase secrète
field-new-passphrase-hint = Au moins 15 caractères. Plusieurs mots sans rapport entre eux se retiennent bien et se devinent mal.
field-again = Encore une fois
field-name = Votre nom
field-name-hint = Tel que vos collègues doivent le voir
field-language = Langue
field-state = État
field-state-hint = Code à trois lettres, ou vide pour un organe de toute la région

recover-link = Je n’arrive pas à me connecter
recover-title = Retrouver l’accès à votre compte
recover-why = Deux personnes de votre organisation doivent être d’accord. Vous recevrez ensuite un lien par courriel. Votre second facteur reste inchangé.
recover-reason = Que s’est-il passé ?
recover-reason-hint = Pour les deux collègues qui décident. N’écrivez rien sur un dossier.
recovery-dead-title = Ce lien ne fonctionne plus
recovery-dead = Ce lien a déjà été utilisé, a expiré ou est incomplet : un lien vaut une fois et pendant trois jours, et un lien plus récent y met fin. Si votre phrase secrète fonctionne, connectez-vous. Sinon, demandez un nouveau lien ; deux personnes en décideront de nouveau.
recover-ask = Demander la récupération

renew-title = Choisissez une nouvelle phrase secrète
renew-why = Deux collègues ont donné leur accord. Vos autres sessions prendront fin.

second-title = Présentez votre second facteur
second-code = Code de votre application
second-code-hint = Six chiffres qui changent toutes les trente secondes
second-use-passkey = Utiliser une clé d’accès
second-lost = Je ne l’ai pas avec moi
second-recovery = Code de secours
second-recovery-hint = L’un des codes que vous avez notés. Chacun sert une seule fois.

step-up-title = Confirmez que c’est vous
step-up-demo-hint = Dans la démonstration, six chiffres quelconques suffisent

enrol-title = Configurez votre second facteur
enrol-why = Une phrase secrète seule peut être volée. Scannez ceci avec une application de codes, puis tapez le code affiché.
enrol-by-hand = Saisir la clé à la main
enrol-code-hint = Six chiffres de l’application
enrol-codes-title = Notez ces codes
enrol-codes-why = Chacun vous laisse entrer une fois si vous perdez votre application. Gardez-les sur papier, loin de votre ordinateur. Ils ne seront plus affichés.

passkey-make = Créer une clé d’accès
passkey-why = Une clé d’accès reste sur votre appareil et ne peut pas être saisie sur une fausse page.
passkey-needs-script = Les clés d’accès ont besoin de JavaScript, qui est désactivé. Utilisez plutôt un code.
passkey-label = Nom de cette clé d’accès
passkey-label-hint = Par exemple, l’appareil où elle se trouve

invitation-title = Bienvenue
invitation-why = Vous avez été invité à rejoindre Palermo. Choisissez comment vos collègues vous voient et comment vous vous connecterez.
invitation-accept = Accepter l’invitation
invitation-to = Vous êtes invité par { $organisation } comme : { $roles }
invitation-for = Elle s’adresse à { $email } : c’est avec cette adresse que vous vous connecterez ensuite.
invitation-dead = Ce lien a déjà servi ou est trop ancien. Si vous avez un compte, connectez-vous ; sinon demandez un nouveau lien à qui vous a invité.
enrol-next-code = La connexion demande de nouveau un code : attendez que votre application affiche le suivant.

leave-title = Vous êtes sorti
leave-body = Vous êtes déconnecté. Vous pouvez fermer cette fenêtre.

account-title = Mon compte
account-edit = Modifier le nom et la langue
account-organisation = Organisation
account-roles = Rôles
account-role = Rôle
account-status = Statut
account-digits = Chiffres
account-digits-western = 0 1 2 3
account-digits-own = Ceux de ma langue, si elle en a
account-change-passphrase = Changer de phrase secrète
account-factors = Seconds facteurs
account-factors-demo = Dans la démonstration, les seconds facteurs sont désactivés.
account-new-codes = Créer de nouveaux codes de secours
account-new-passkey = Ajouter une clé d’accès
account-sessions = Où vous êtes connecté

factor-since = depuis le { $date }
factor-passphrase = Phrase secrète
factor-one-time-code = Codes d’une application
factor-recovery-codes = Codes de secours
factor-passkey = Clé d’accès
factor-oidc = Connexion de votre organisation

session-present = celle-ci
session-seen = dernière utilisation : { $moment }
session-end = Terminer cette session
session-end-others = Se déconnecter partout ailleurs
session-ends-soon = Vous serez déconnecté dans deux minutes. Ce que vous avez saisi reste sur cette page jusque-là.
session-stay = Rester connecté

work-title = Mon travail
work-empty = Rien à faire. Les nouvelles tâches pour vous et vos points de contact apparaîtront ici.
work-new = Créer une tâche
work-new-why = Une tâche est un rappel pour un point de contact. N’écrivez aucun nom ni rien de ce qui est arrivé à une personne.
work-done = Tâches terminées
work-calendar = Échéances pour votre agenda

task-note = Tâche
task-what = Quoi
task-note-hint = En quelques mots, sans noms
task-desk = Point de contact
task-due = Échéance
task-urgency = Urgence
task-overdue = en retard
task-soon = bientôt due
task-later = plus tard
task-done = terminée
task-finish = Terminer
task-mark-done = Marquer comme terminée

done-saved = Vos modifications sont enregistrées.
done-signed-out = Vous êtes déconnecté.
done-factor-removed = Le second facteur a été retiré.
done-passkey-made = La clé d’accès a été ajoutée.
done-passphrase-changed = Votre phrase secrète a été changée.
done-passphrase-renewed = Votre phrase secrète a été changée. Connectez-vous avec elle.
done-session-ended = La session est terminée.
done-sessions-ended = Toutes les autres sessions sont terminées.
done-invitation-accepted = Votre compte est prêt. Connectez-vous.
done-recovery-asked = Si ce compte existe, deux collègues ont été sollicités. Demandez-leur de regarder leur liste.
done-task-set = La tâche est créée.
done-task-finished = La tâche est terminée.
