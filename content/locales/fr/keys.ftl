### machine-translated
### Clés, récupération par deux responsables, clés d’accès, ce qui demande deux personnes, avis, bris de glace.

account-key = Votre clé
account-key-why = Elle ouvre les noms et les récits que votre rôle vous permet de lire. Elle n’est ouverte que tant que vous êtes connecté.

keys-nothing = rien encore
keys-officers = Responsables de la récupération
keys-officers-why = Deux d’entre eux ensemble peuvent rendre les clés si celles du personnel sont perdues. Un seul ne le peut pas.
keys-unfinished = La nouvelle clé pour { $compartment } n’est qu’à moitié en place : un changement a été interrompu.
keys-finish = Terminer
keys-unlock-first = Vous n’avez pas encore de clé. Votre phrase secrète la crée et l’ouvre.
keys-unlock-vault = Votre phrase de coffre ouvre votre clé jusqu’à la déconnexion.
keys-unlock-choose = Vous vous connectez sans phrase secrète ; votre clé a donc besoin de la sienne. Choisissez-la maintenant : elle crée votre clé et l’ouvre chaque fois.
keys-unlock-passkey-only = Seule votre clé d’accès ouvre votre clé. Utilisez l’appareil où elle se trouve.
keys-unlock-by-passkey = Ouvrir avec une clé d’accès
field-vault-passphrase = Phrase de coffre

recovery-title = Récupération des clés
recovery-short = Si des clés du personnel sont perdues, deux responsables ensemble les rendent.
recovery-why = Si toutes les clés du personnel sont perdues, deux responsables ensemble les rendent. Aucun ne le peut seul, et personne ne voit jamais le secret de récupération.
recovery-go = Responsables, papiers et récupération
recovery-none-made = pas encore créée
recovery-nobody = personne ne pourrait l’ouvrir
recovery-no-pair = Aucune paire de responsables ne peut ouvrir cette récupération avec les clés et papiers actuels. Une personne dont la clé est ouverte la renouvelle d’abord, sur cette page.
recovery-under-way = un responsable l’a libérée
recovery-outdated = à renouveler
recovery-good = en ordre
recovery-pairs =
    { $count ->
        [one] { $count } paire de personnes peut l’ouvrir.
       *[other] { $count } paires de personnes peuvent l’ouvrir.
    }
recovery-outdated-why = Un responsable a une clé ou un papier plus récent que la récupération. Il ne compte pas avant le renouvellement.
recovery-officer = responsable
recovery-has-key = A sa propre clé
recovery-has-no-key = N’a pas encore de clé
recovery-paper-since = A un papier depuis le { $date }
recovery-no-paper = N’a pas de papier
recovery-paper-title = Votre papier
recovery-paper-why = Un papier remplace votre clé si vous la perdez. Gardez-le dans un coffre, loin des papiers des autres responsables. Seul, il n’ouvre rien.
recovery-paper-make = Créer mon papier
recovery-paper-anew = Créer un nouveau papier ; l’ancien est nul
recovery-paper-page = Votre papier de récupération
recovery-paper-once = Imprimez cette page ou copiez les lettres maintenant. Elles sont montrées une seule fois et ne sont gardées nulle part.
recovery-paper-then = Renouvelez ensuite la récupération, pour que ce papier compte.
recovery-renew-title = Renouveler
recovery-renew-why = Crée une nouvelle récupération pour les responsables cochés, avec leurs clés et papiers actuels. L’ancienne n’ouvre plus rien.
recovery-renew = Renouveler la récupération
recovery-needs-open = Ouvrez d’abord votre clé.
recovery-open-title = L’ouvrir ensemble
recovery-open-why = Le premier responsable libère. Le second ouvre : chaque membre ayant une clé détient de nouveau ce que son rôle ouvre. Les deux noms figurent au journal, et toutes les personnes concernées sont averties.
recovery-paper = Lettres de votre papier
recovery-paper-or-key = Seulement si votre clé est perdue. Sinon laissez vide : votre clé ouverte suffit.
recovery-paper-typed = Votre clé est fermée ou perdue. Tapez les lettres de votre papier, ou ouvrez d’abord votre clé.
recovery-release = Libérer pour un second responsable
recovery-waits-for-you = Un autre responsable a libéré la récupération. Si vous ne vous y attendiez pas, annulez et parlez-lui.
recovery-open = Ouvrir et rendre les clés
recovery-take-back = Annuler la libération
recovery-opened = Les clés sont rendues
recovery-opened-why = La récupération a été ouverte par deux responsables et scellée de nouveau.
recovery-opened-none = Tous détenaient déjà leurs clés.
recovery-opened-without = Ces personnes n’ont pas encore de clé. Elles ouvrent leur clé une fois, puis un collègue la remet :

passkey-failed = Le navigateur n’a donné aucune clé d’accès. Réessayez ou utilisez un autre moyen.
passkey-key-title = Laisser cette clé d’accès ouvrir votre clé
passkey-key-why = Touchez encore une fois la clé d’accès. Ensuite, se connecter avec elle ouvrira aussi votre clé, sans phrase secrète.
passkey-key-bind = Laisser une clé d’accès ouvrir ma clé
passkey-key-more = Laisser une autre clé d’accès ouvrir ma clé
passkey-key-later = Pas maintenant
sign-in-passkey = Se connecter avec une clé d’accès

approvals-title = Ce qui demande deux personnes
approvals-why = Certaines choses ne se font jamais seul. N’acceptez que si vous savez pourquoi on le demande.
approval-when = Demandé
approval-what = Quoi
approval-by = Par
approval-decided = Décidé par
approval-state = État
approval-decide = Votre réponse
approval-asked = en attente
approval-agreed = accepté
approval-refused = refusé
approval-used = fait
approval-lapsed = périmé
approval-agree = Accepter
approval-refuse = Refuser
approval-action-key-recover = Remettre des clés à qui a perdu les siennes
approval-action-tenant-export = Exporter tout ce que détient l’organisation

work-notices =
    { $count ->
        [0] Avis
        [one] { $count } nouvel avis
       *[other] { $count } nouveaux avis
    }
notices-title = Avis
notices-why = Un avis dit que quelque chose s’est passé et où regarder, jamais ce qui y est écrit.
notices-read = Tout marquer comme lu
notice-when = Quand
notice-what = Ce qui s’est passé
notice-state = État
notice-is-read = lu
notice-is-new = nouveau
notice-other = Quelque chose vous concerne
notice-recovery-released = Un responsable a libéré la récupération des clés pour qu’un second l’ouvre
notice-keys-recovered = Deux responsables ont ouvert la récupération des clés
notice-second-person = Quelqu’un demande une seconde personne
notice-agreed = Votre demande a été acceptée
notice-refused = Votre demande a été refusée
notice-break-glass = Quelqu’un de garde a brisé la glace
letter-digest = Avis
letter-digest-body =
    Vous avez dans Palermo des avis que vous n’avez pas lus.

    { $link }

admin-break-glass = Bris de glace
admin-break-glass-why = Qui a ouvert un dossier pendant la garde, et l’examen qui suit
admin-break-glass-long = Une personne de garde a ouvert l’assistance et l’identité d’une personne, pour une heure au plus. Quelqu’un d’autre examine ensuite chaque ouverture.
break-glass-title = Ouvrir un dossier pendant la garde
break-glass-why = Seulement si une personne est en danger ou demande de l’aide et que nul de l’équipe n’est joignable. Trouvez le dossier par son numéro.
break-glass-warning = Les personnes qui suivent le dossier sont averties aussitôt, et quelqu’un d’autre l’examine ensuite. L’accès prend fin de lui-même.
break-glass-minutes = Pour combien de minutes
break-glass-minutes-hint = De 1 à 60
break-glass-do = Briser la glace
break-glass-until = Un dossier est ouvert jusqu’à { $moment }.
break-glass-end = Le fermer maintenant
case-search-name = Chercher dans vos dossiers
case-search-name-hint = Un nom dans toute graphie ou un alias, le numéro d’un dossier ou celui d’un document. Seuls vos propres dossiers sont cherchés.
case-search-alike = semblable
case-search-rest = Chercher dans cette liste (pas par nom)
break-glass-opened = Ouvert
break-glass-by = Par
break-glass-reason = Motif
break-glass-state = État
break-glass-reviewed = Examiné par
break-glass-holds = ouvert maintenant
break-glass-ended = terminé
break-glass-by-another = quelqu’un d’autre le fait
break-glass-review = Je l’ai examiné
break-reason-danger-to-life = Danger pour la vie ou l’intégrité
break-reason-medical-emergency = Urgence médicale
break-reason-person-asks = La personne demande de l’aide et nul autre n’est joignable
break-reason-child-in-danger = Un enfant a disparu ou est en danger
break-reason-safe-place-known = Le lieu sûr est connu

error-only-way-to-key = Cette clé d’accès est le seul moyen d’ouvrir votre clé. Ajoutez d’abord une autre clé d’accès.
error-two-officers = Il faut deux responsables différents, chacun avec une clé ou un papier. Demandez à un collègue ayant l’un de ces rôles de se connecter une fois : { $roles }. Si personne n’en a, l’administrateur le donne d’abord.
error-not-every-compartment = Votre clé ne détient pas tout. Une personne dont la clé détient tout doit renouveler la récupération.
error-keys-not-established = Les clés de cette organisation n’ont pas encore été créées
error-paper = Ce ne sont pas les lettres de votre papier actuel. Comparez-les une à une.
error-not-an-officer = Ni votre clé ni votre papier ne fait partie de la récupération actuelle
error-not-released = Aucun autre responsable ne l’a libérée pour vous
error-papers-do-not-pair = Ces papiers n’ouvrent ensemble aucune récupération
error-second-person = La seconde personne doit être une autre
error-not-waiting = Cette demande n’attend plus
error-done-once = Cela a déjà été fait. Ce qui a été montré ne l’est qu’une fois : voyez la liste, retirez-le et refaites-en un s’il est perdu
error-asked-already = Ceci a déjà été demandé et attend une seconde personne
error-needs-second-person = Ceci demande deux personnes. Demandez d’abord ; quand une seconde personne a accepté, recommencez.
error-nobody-may-agree = Ceci demande deux personnes, et personne d’autre dans votre organisation ne peut y consentir. Demandez à votre administrateur de donner à un collègue l’un de ces rôles : { $roles }. Puis demandez de nouveau.
error-own-break-glass = Qui a brisé la glace n’en juge pas
error-reviewed-already = Quelqu’un l’a déjà examiné
error-break-glass-minutes = Écrivez des minutes entières de 1 à 60
error-no-passkeys-here = Cette installation n’a pas d’adresse à laquelle lier des clés d’accès. Son opérateur peut lui en donner une.
error-passkey-opens-nothing = Cette clé d’accès n’ouvre pas votre clé. Utilisez votre phrase secrète, ou laissez la clé d’accès l’ouvrir depuis la page de votre compte.
failure-unlock-program = Ceci est scellé par les clés du personnel. Un jeton n’ouvre aucune clé ; un membre du personnel le lit dans les pages.

done-keys-established = Les clés sont créées. Que chaque responsable crée maintenant un papier.
done-keys-second-officer = Vous avez demandé. Comme ce collègue a perdu une clé, un second responsable doit aussi la remettre.
done-recovery-renewed = La récupération a été renouvelée.
done-recovery-released = Libérée. Un autre responsable peut maintenant l’ouvrir.
done-recovery-taken-back = La libération a été annulée.
done-passkey-opens = Cette clé d’accès ouvre désormais votre clé.
done-passkey-no-prf = La clé d’accès vous connecte, mais son appareil ne peut pas ouvrir de clés. Votre phrase secrète le peut toujours.
done-approval-agreed = Vous avez accepté.
done-approval-refused = Vous avez refusé.
done-notices-read = Rien n’est non lu.
done-break-glass-reviewed = Il est noté que vous l’avez examiné.
done-break-glass-ended = Ce que vous aviez ouvert est fermé.
