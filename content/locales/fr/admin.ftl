### machine-translated
### Administration of an organisation, and the audit.

admin-title = Administration
admin-tenant-why = Nom, type, État et langue de votre organisation
admin-tenants-why = Ouvrir une nouvelle organisation dans cette installation
admin-desks-why = Les bureaux auxquels les autres écrivent, avec heures et langues
admin-people-why = Qui travaille ici et dans quel rôle ; inviter et retirer l’accès
admin-deliveries-why = Courriels partis ou en attente, et ceux qui ont échoué
admin-audit = Journal d’audit
admin-audit-why = Chaque modification et chaque lecture de données personnelles
admin-keys = Clés
admin-keys-why = Ce qu’ouvrent les clés du personnel : noms, récits et adresses protégées. Sans un membre du personnel connecté, personne ne peut les lire, pas même qui exploite ce serveur.

keys-open = votre clé est ouverte
keys-closed = votre clé est fermée
keys-lock = Fermer ma clé
keys-unlock = Ouvrir ma clé
keys-unlock-title = Ouvrez votre clé
keys-unlock-why = Votre phrase secrète ouvre votre clé jusqu’à votre déconnexion.
keys-not-established = Cette organisation n’a pas encore de clés. Avant le premier dossier, un responsable les crée et note le secret de récupération.
keys-establish = Créer les clés
keys-holds = Ouvre
keys-missing = Devrait ouvrir, mais ne peut pas encore
keys-no-pair = Ne s’est pas connecté depuis qu’il a ce rôle
keys-hand-over = Remettre les clés
keys-rotate-title = Nouvelles clés
keys-rotate-why = Après un départ ou la perte d’un appareil, les nouvelles entrées reçoivent une nouvelle clé. Ce qui est déjà écrit reste lisible.
keys-rotate = Créer une nouvelle clé

admin-tenant = Cette organisation
admin-tenants = Organisations
admin-desks = Points de contact
admin-people = Personnes
admin-rights = Voir comme : ce que voit un rôle
admin-rights-why = Choisissez un rôle pour voir ce qu’une personne qui l’a verrait et pourrait faire dans une organisation comme la vôtre. Aucune donnée n’est montrée, personne n’est connecté, rien n’est changé. Les règles de droits s’appliquent ensuite et ne peuvent être modifiées.
admin-recoveries = Demandes de récupération
admin-recoveries-why = N’acceptez que si vous avez parlé vous-même avec la personne. Un second collègue doit aussi accepter.
admin-tokens = Jetons pour les programmes
admin-tokens-why = Un jeton permet à un programme d’agir avec une partie de vos droits. Il n’ouvre aucune clé : il ne lit ni nom ni récit.
admin-deliveries = Envois

tenant-name = Nom
tenant-kind = Type
tenant-new = Nouvelle organisation
tenant-new-why = Une organisation répond de ses propres données : un foyer, une unité de police, un ministère. Un État n’est jamais une organisation ici.
tenant-kind-secretariat = Secrétariat d’un mécanisme
tenant-kind-national-coordination = Coordination nationale
tenant-kind-rapporteur = Rapporteur national
tenant-kind-care = Assistance et hébergement
tenant-kind-identification = Identification
tenant-kind-enforcement = Police et justice
tenant-kind-human-rights = Institution des droits de l’homme
tenant-kind-expert-body = Organe d’experts
tenant-kind-donor = Donateur
tenant-kind-civil-society = Société civile

desk-new = Nouveau point de contact
desk-edit = Modifier le point de contact
desk-name = Nom
desk-name-hint = Le bureau, pas une personne : les personnes changent
desk-level = Niveau
desk-level-regional = Régional
desk-level-national = National
desk-level-hotspot = Zone sensible
desk-level-border-office = Poste frontière
desk-level-consulate = Consulat
desk-languages = Langues
desk-languages-hint = Codes séparés par des espaces ou des virgules, comme en fr ar
desk-hours = Heures
desk-hours-hint = Par exemple Mo-Fr 08:00-16:00 (Mo lundi, Tu mardi, We mercredi, Th jeudi, Fr vendredi, Sa samedi, Su dimanche), ou 24/7
desk-time-zone = Fuseau horaire
desk-time-zone-hint = Par exemple, Africa/Lagos
desk-telephone = Téléphone
desk-telephone-hint = Avec + et l’indicatif du pays
desk-no-telephone = pas de téléphone
desk-topics = Sujets
desk-topics-hint = Ce que les autres peuvent lui demander
desk-members = Membres
desk-nobody = Personne n’y siège encore. Le travail envoyé ici attend que quelqu’un y siège.
desk-lead = responsable
desk-alternate = suppléant
desk-seat = Personne
desk-seat-kind = Comme
desk-seat-do = Affecter
desk-close = Fermer le point de contact
desk-closed = fermé
desk-status = Situation
desk-reopen = Rouvrir le point de contact
desk-open = ouvert

people-access = Accès
people-access-why = Une personne suspendue peut être réadmise. Qui est parti ne peut revenir ni avec ce compte ni avec cette adresse. Dans les deux cas, ce qu’il a fait reste dans le journal.
people-invite = Inviter quelqu’un
people-give-role = Donner un rôle
people-give-role-do = Donner ce rôle
people-end-role = Retirer ce rôle
people-suspend = Suspendre
people-resume = Rétablir l’accès
people-left = A quitté l’organisation
people-leave-alone = Dossiers que cette personne est seule à porter
people-leave-beside = Dossiers que d’autres portent aussi, ou auxquels elle ne fait qu’aider
people-leave-why = En un seul acte : un collègue reprend ce que cette personne est seule à porter, ses places dans les autres équipes prennent fin, de même que ses rôles, sa clé et ses sessions. Cela ne se reprend pas. Si l’accès doit cesser à l’instant, suspendez-la d’abord.
people-leave-to = Qui reprend les dossiers qu’elle est seule à porter
people-leave-to-hint = Des collègues dont le rôle porte des dossiers. Ils en sont avertis et voient les dossiers dès lors ; vous n’en voyez aucun.
people-leave-needs-one = Choisissez qui reprend les dossiers qu’elle est seule à porter : aucun dossier ne reste à quelqu’un qui est parti. Si personne ne le peut, donnez d’abord le rôle à un collègue
people-leave-held = Cette personne tient quelque chose que personne d’autre du personnel ne peut ouvrir ni transmettre : une clé (faites-la remettre à un collègue, sous Clés, ou récupérer par deux responsables), ou un travail que seule sa propre équipe transmet (elle parcourt ses dossiers et le fait porter par un collègue). D’ici là, vous pouvez suspendre le compte, non y mettre fin.
notice-cases-taken-over = Vous portez des dossiers d’un collègue qui est parti. Ils sont dans votre liste de dossiers.
people-has-left = parti
people-end-sessions = Terminer toutes les sessions

account-status-invited = invité
account-status-active = actif
account-status-suspended = suspendu
account-status-left = parti

role-since = depuis le { $from }
role-from-until = du { $from } au { $until }

invitation-sent-title = Invitation créée
invitation-sent = Un courriel à { $email } est en route. Vous pouvez aussi remettre ce lien vous-même ; il ne sert qu’une fois.
invitation-no-mail = Aucune messagerie n’est configurée ici : aucun courriel ne part vers { $email }. Remettez ce lien vous-même ; il ne sert qu’une fois.
invitation-name = Nom de la personne invitée
invitation-name-hint = Elle peut le changer en acceptant
invitation-waiting = Invitations sans réponse
invitation-until = valable jusqu’au { $date }
invitation-take-back = Retirer
invitation-made = créée le { $date }

recovery-none = Personne n’a rien demandé.
recovery-approve = Accepter
recovery-refuse = Refuser
recovery-approvals =
    { $count ->
        [one] { $count } accord sur 2
       *[other] { $count } accords sur 2
    }
recovery-asked = demandée
recovery-approved = acceptée
recovery-used = utilisée
recovery-refused = refusée
recovery-reason = Motif
recovery-agreed = Accords donnés
recovery-standing = État de la demande

token-name = Nom
token-name-hint = Le programme qui l’utilisera
token-scopes = Ce qu’il peut faire
token-days = Jours jusqu’à sa fin
token-make = Créer un jeton
token-made = Jeton créé
token-shown-once = Copiez-le maintenant. Il ne sera plus affiché.
token-ended = terminé
token-none = Il n’y a pas de jetons.
token-revoke = Révoquer
token-days-hint = De 1 à 365
token-new = Un nouveau jeton
token-made-on = Créé
token-ends = Prend fin
token-used = Dernier usage
token-never-used = jamais
token-standing = Valable ?
token-counts = valable

rights-where = Où
rights-scope = Pour quoi
rights-keys = Clés que ce rôle ouvre :
rights-no-keys = aucune
view-as-link = Voir ce qu’un rôle ouvre et ce qui lui reste fermé
view-as-navigation = Les rubriques qu’il voit
view-as-parts = Ce qu’il ouvre et envoie
view-as-what = En mots
view-as-kind = Nature
view-as-page = page
view-as-form = formulaire
view-as-download = fichier
view-as-everyone = Pages ouvertes à tous : { $count }
view-as-not = Ce qu’il ne peut ni voir ni faire
view-as-not-why = Tout cela répond comme si cela n’existait pas.
view-as-keys-shut = Clés qu’il n’ouvre pas :
view-as-new = { $page } : nouveau
view-as-edit = { $page } : modifier
view-as-one = { $page } : un élément
view-as-file = { $page } ({ $kind })
view-as-button = { $page } : { $button }
view-as-registers = Registres
view-as-house = La maison

scope-own = le sien
scope-assigned = ce qui lui est confié
scope-tenant = l’organisation
scope-state = l’État
scope-region = la région
scope-public = public
scope-step-up = en présentant de nouveau le second facteur

compartment-case = dossier (codes seulement)
compartment-care = assistance
compartment-identity = identité
compartment-protected-address = adresses protégées
compartment-account = son compte (secrets du second facteur, ouverts par le programme lui-même)

delivery-when = Quand
delivery-channel = Par
delivery-kind = Quoi
delivery-to = À
delivery-state = État
delivery-waiting = en attente
delivery-sending = en cours d’envoi
delivery-delivered = remis
delivery-failed = échec
delivery-retry = Réessayer
delivery-no-mail = Aucun serveur de messagerie n’est configuré ici : les courriels attendent. Remettez les liens vous-même, ou demandez à qui gère cette installation d’indiquer un serveur.
done-delivery-retried = L’envoi de la lettre est réessayé.

channel-mail = courriel

letter-invitation = Invitation
letter-recovery = Récupération
letter-reminder = Rappel

done-desk-created = Le point de contact est créé.
done-desk-reopened = Le point de contact est rouvert.
done-desk-closed = Le point de contact est fermé.
done-desk-seated = La personne est affectée à ce point de contact.
done-desk-unseated = La personne n’est plus affectée à ce point de contact.
done-role-given = Le rôle est donné.
done-role-ended = Le rôle est retiré.
done-invitation-taken-back = L’invitation est retirée.
done-recovery-approved = Deux accords ; le lien est envoyé.
done-recovery-half = Vous avez accepté. Une autre personne doit accepter.
done-recovery-refused = La demande est refusée.
tenant-created-title = L’organisation est créée
recovery-link-title = Deux accords sont donnés
recovery-link-shown = Le courriel avec le lien attend un serveur de messagerie. Remettez ce lien vous-même à la personne, de vive voix ou par un numéro de téléphone que vous connaissez ; il ne sert qu’une fois et le second facteur reste demandé. Le journal note que vous l’avez vu.
done-their-sessions-ended = Toutes les sessions de cette personne sont terminées.
done-keys-handed-over = Les clés sont remises.
done-keys-rotated = Il y a maintenant une nouvelle clé.
done-key-opened = Votre clé est ouverte jusqu’à votre déconnexion.
done-key-closed = Votre clé est fermée.
done-token-revoked = Le jeton est révoqué.

audit-title = Journal d’audit
audit-why = Chaque modification et chaque lecture de données personnelles, dans l’ordre. Rien ne peut en être retiré sans que cela se voie.
audit-nothing = Le journal est encore vide. Chaque modification et chaque lecture de données personnelles y apparaît d’elle-même.
audit-seq = Numéro
audit-when = Quand
audit-who = Qui
audit-action = Action
audit-about = Objet
audit-outcome = Résultat
audit-from = Du jour
audit-until = Au jour
audit-kind = Type de fiche
audit-record = Identifiant de la fiche
audit-order = Ordre
audit-newest = Les plus récents d’abord
audit-oldest = Les plus anciens d’abord
audit-code = Code de l’action
audit-reasons = Détails
audit-error-until = Le dernier jour précède le premier. Choisissez-en un plus tardif.
audit-cut = Un fichier contient les { $most } premières entrées sur { $total }. Restreignez la vue pour les autres.

outcome-done = fait
outcome-read = lu
outcome-refused = refusé

actor-public = une personne non connectée
actor-token = un programme de { $name }
actor-operator = opérateur { $name }
actor-system = Palermo lui-même ({ $job })
