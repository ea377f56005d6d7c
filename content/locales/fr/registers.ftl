### machine-translated
### Mechanisms, States, instruments, agreements, law; import.

mechanisms-title = Mécanismes
mechanisms-intro = Organes et processus régionaux qui agissent contre la traite des personnes, d’après les documents qui les décrivent.

mechanism-name = Nom
mechanism-short = Sigle
mechanism-kind = Type
mechanism-founded = Création
mechanism-members = Membres
mechanism-members-on = Membres au { $date }
mechanism-since = Depuis
mechanism-until = Jusqu’au
mechanism-instruments = Instruments
mechanism-bodies = Organes
mechanism-secretariat = Secrétariat
mechanism-seat = Siège
mechanism-plans = Plans
mechanism-duties = Obligations de rapport
mechanism-questionnaires = Questionnaires
mechanism-languages = Langues
mechanism-rules = Règles
mechanism-reflection = Délai de réflexion
mechanism-functions = Ce qu’il fait
mechanism-forms = Formes d’exploitation couvertes
mechanism-persons = Personnes couvertes
mechanism-partners = Partenaires
mechanism-relations = Relations avec d’autres mécanismes
mechanism-results = Résultats
mechanism-obstacles = Ce qui la freine
mechanism-website = Site web
mechanism-outline = Les sources ne donnent qu’un aperçu de ce mécanisme.
mechanism-edit = Modifier ce profil

states-title = États
states-intro = À quoi chaque État appartient, par quoi il est lié et ce qu’il a convenu.

state-name = État
state-code = Code
state-other-names = Autres noms
state-mechanisms = Mécanismes
state-bound-by = Lié par
state-agreements = Accords
state-law = Droit national
state-no-mechanism = Aucun mécanisme de ce registre ne nomme cet État.
state-obstacles = Vers la ratification

instruments-title = Instruments
instruments-intro = Conventions, protocoles, déclarations et autres textes, et qui y a adhéré.

instrument-title = Titre
instrument-short = Titre abrégé
instrument-kind = Type
instrument-binding = Contraignant
instrument-mechanism = De
instrument-adopted = Adopté
instrument-in-force = En vigueur
instrument-not-in-force = pas en vigueur
instrument-open-to = Ouvert à
instrument-depositary = Dépositaire
instrument-parties = Parties
instrument-parties-on = Parties au { $date }
instrument-signatories = Signataires non liés
instrument-missing = Membres qui ne sont pas parties
instrument-nobody-missing = Tous les membres sont parties.
instrument-provisions = Dispositions
instrument-provision = Disposition
instrument-topic = Sujet
instrument-relations = Relations avec d’autres instruments
instrument-scope-gaps = Ce qu’il laisse de côté
instrument-text = Texte
instrument-first-national = Première loi nationale après l’adhésion
instrument-edit = Modifier cet instrument

adherence-title = Participation
adherence-party = Partie
adherence-act = Acte
adherence-signed = Signature
adherence-bound = Lié depuis
adherence-in-force = En vigueur à son égard
adherence-reservations = Réserves et déclarations
adherence-on = À cette date
adherence-on-label = Montrer l’état au
adherence-show = Afficher
adherence-note = Une partie compte à partir du dépôt de son instrument ; l’entrée en vigueur est une date distincte.
adherence-party-since = partie depuis le { $date }
adherence-signed-on = signé le { $date }
adherence-signed-only = signé
adherence-neither = ni signé ni lié
adherence-unknown = les sources ne le disent pas
adherence-withdrawn = retrait le { $date }

matrix-title = Qui est lié par quoi
matrix-intro = Les États en lignes, les instruments en colonnes. L’année indique depuis quand un État est lié.
matrix-caption = Qui est lié par quoi au { $date }
matrix-mechanism = Membres de
matrix-choose = Instruments affichés

map-title = Sur la carte
map-bound = Qui est lié par { $instrument } au { $date }
map-party = partie
map-signed = signé
map-neither = ni l’un ni l’autre
map-off = Palermo ne montre pas de carte ici ; le tableau contient la même chose.

timeline-title = Ce qui s’est passé et quand
timeline-adopted = { $what } : adoption
timeline-in-force = { $what } : entrée en vigueur
timeline-joined = Adhésion : { $who }
timeline-left = Départ : { $who }
timeline-undated = date inconnue
timeline-expected = attendu

agreements-title = Accords
agreements-intro = Ce que des États, des mécanismes et des pays tiers ont convenu entre eux.

agreement-title = Titre
agreement-kind = Type
agreement-form = Entre
agreement-parties = Parties
agreement-signed = Signature
agreement-status = Situation
agreement-needs = Évaluation des besoins
agreement-implementation = Mise en œuvre
agreement-monitoring = Clause de suivi
agreement-no-monitoring = Il n’a pas de clause de suivi.
agreement-topics = Sujets
agreement-new = Ajouter un accord
agreement-edit = Modifier cet accord

model-texts-title = Textes modèles
model-text-adapted-by = Adapté par

laws-title = Droit national
laws-intro = Ce que dit le droit de chaque État sur les sujets des instruments, et où il laisse une lacune.

law-title = Loi
law-topic = Sujet
law-article = Article
law-in-force = En vigueur depuis
law-answer = Couvert
law-gaps = Lacunes
law-gap-matrix = Sujets par État
law-new = Ajouter une loi
law-edit = Modifier cette entrée
law-definition = Définition légale utilisée dans les chiffres

obstacle-title = Obstacles et étape
obstacle-file = Déclarer l’étape et les obstacles
obstacle-stage = Étape
obstacle-kind = Obstacle
obstacle-help-wanted = Aide souhaitée

register-matrix = Qui est lié par quoi
register-as-of = au { $date }
register-source = Source
register-conflict = Les sources se contredisent
register-confidence = Degré de certitude
register-unknown-why = Inconnu : { $why }
register-history = Versions antérieures
register-print = Imprimer cette page
register-address = Cette adresse montre la même chose :

import-title = Importer un fichier
import-why = Vous voyez d’abord ce qui changerait. Rien ne change avant votre accord.
import-file = Fichier
import-file-hint = CSV avec une ligne d’en-têtes
import-check = Montrer ce qui changerait
import-apply = Importer
import-row = Ligne
import-field = Champ
import-remedy = Ce qui aide
import-new = nouveau
import-changed = modifié
import-unchanged = inchangé
import-rejected = rejeté
import-skipped = ignoré
import-nothing = Rien n’a été importé : lignes à corriger d’abord : { $count }.

register-wrong-day = « { $typed } » n’est pas un jour. Écrivez-le comme 2009-04-16.
register-documents = Comment les sources sont citées
register-general-knowledge = connaissance générale
register-preferred = retenue
register-sure-medium = à vérifier
register-sure-low = probablement incomplet
register-for-editors = Pour les rédacteurs
register-as-of-label = À la date du
register-as-of-hint = La date jusqu’à laquelle la source parle : 2009, 2009-04 ou 2009-04-16
register-date-hint = Une année, un mois ou un jour : 2009, 2009-04 ou 2009-04-16
register-source-hint = Le document et l’endroit précis
register-note = Remarque
cadence-times = { $times } fois en { $years } ans
mechanism-founding-type = Texte fondateur
mechanism-founding = Repose sur
mechanism-status = Statut
mechanism-via = Par
mechanism-about = Objet
mechanism-cadence = Fréquence
mechanism-when = Date
mechanism-rule-value = Chiffre
mechanism-activities = Activités au choix
mechanism-activities-why = Un membre ne participe qu’aux activités qu’il a rejointes.
mechanism-joined = Rejointe par
mechanism-joined-count = Combien
mechanism-named = Également nommés dans les sources
mechanism-capacity = Autorité, personnel et moyens
mechanism-profile = Ce profil
membership-listed = énumérés un par un
membership-union = tous les États de
membership-parties = les parties à
covers-all = tous
covers-labour-begging = mendicité forcée
covers-slavery = esclavage
covers-servitude = servitude
covers-other = autres fins
covers-other-forced_marriage = mariage forcé
covers-other-illegal_adoption = adoption illégale
covers-other-armed = utilisation dans un conflit armé
covers-other-forced_crime = criminalité forcée
map-members = États de { $mechanism } au { $date }
map-disclaimer = Les frontières et noms de cette carte n’impliquent aucune opinion sur le statut d’un territoire. La liste dit la même chose.
body-quorum = quorum : { $count }
body-reports-to = Rend compte à
body-sees = Reçoit les rapports de
plan-period = Période
plan-predecessor = Fait suite à
plan-review = Examen du plan précédent
plan-phases = Phases
plan-theme = Thème
plan-principles = Principes
plan-structure = Comment le plan est divisé
duty-who = Qui
duty-what = Quoi
duty-to = À qui
state-formal = Nom complet
state-contact = Points de contact nationaux
state-no-contact = Aucun point de contact ouvert de cet État n’est enregistré ici.
state-get-help = Numéros à appeler dans cet État
adherence-nothing-stored = Le registre ne contient encore aucun acte à ce sujet ; une liste vide ne prouve rien.
adherence-date = Date
adherence-enter = Ajouter ou corriger un acte
adherence-enter-why = Un acte du même genre déjà présent reçoit la nouvelle date ; les réserves et déclarations s’ajoutent.
adherence-detail = Ce qu’il concerne
adherence-detail-hint = Pour une réserve ou déclaration, dans vos mots
law-nothing-entered = Rien n’est encore inscrit
law-asked-by = Demandé par
law-words = Ce qu’il dit, ou ce qui manque
law-days = Jours de rétablissement et de réflexion
law-days-hint = Seulement pour le délai de rétablissement et de réflexion : combien de jours la loi accorde au moins
agreement-without-monitoring = aucune, ou inconnue
agreement-facilitated = Avec l’aide de
agreement-sops = Procédures convenues
agreement-bodies = Organes responsables
agreement-needs-missing = Absente. Sans elle, l’accord ne peut être marqué comme actif.
agreement-last-review = Dernier examen
agreement-next-review = Prochain examen
agreement-in-budget = Dans les budgets nationaux
agreement-budget-line = Ligne budgétaire
agreement-cases = { $opened } ouverts, { $closed } clos
agreement-cases-title = Cas traités
agreement-key = Nom court
agreement-key-hint = Minuscules, chiffres et traits d’union, pour son adresse
agreement-parties-hint = Une par ligne, par son nom ou son code, comme { $state } ou ECOWAS
agreement-ends = Prend fin, ou a pris fin
agreement-lines-hint = Un par ligne
error-agreement-own-state = Votre propre État doit figurer parmi les parties : écrivez son nom sur une ligne
error-agreement-key = `{ $key }` n’est pas un nom court. Employez des lettres minuscules, des chiffres et des traits d’union
error-agreement-one-party = Un accord a au moins deux parties : nommez l’autre sur une ligne à part
error-agreement-party-twice = { $party } figure deux fois parmi les parties : supprimez une mention
error-agreement-needs-assessment = Un accord entre un mécanisme et un État n’entre en application qu’avec une évaluation des besoins : ajoutez-la ci-dessous ou choisissez un autre statut
error-agreement-in-force-early = En vigueur le `{ $in_force }`, avant sa signature le `{ $signed }` : corrigez l’une des deux dates
error-in-the-future = `{ $date }` est dans l’avenir
error-unknown-instrument = `{ $id }` ne figure pas au registre des instruments
error-before-adoption = `{ $date }` est antérieur à l’adoption de l’instrument, le `{ $first }`
error-until-before-act = `{ $date }` est antérieur à l’acte lui-même
error-law-missing = Selon la réponse, la loi le prévoit : nommez la loi
error-law-article-missing = Selon la réponse, la loi le prévoit : indiquez l’article ou la section
error-source = Nommez une source que l’on puisse consulter : une référence complète, ou un document du projet avec l’endroit, par exemple S1:177
error-obstacle-party = Cet État est partie depuis le `{ $since }` : il ne reste aucun obstacle à signaler
error-obstacle-words = Un obstacle d’un autre genre demande des mots qui disent lequel
agreement-needs-title = Évaluation des besoins : titre
agreement-needs-finished = Évaluation des besoins : achevée le
instrument-missing-of = Montrer qui manque parmi les membres de
instrument-opened = Ouvert à la signature
instrument-definition = Reprend la définition du Protocole de Palerme
instrument-no-gap-known = Aucune lacune connue.
instrument-covers = Ce qu’il couvre, avec les sources
timeline-year = Année
timeline-joining = Adhésions
model-text-no-use = aucune utilisation connue
model-text-introduced = Présenté
model-text-authors = Rédigé par
model-text-none-named = Les sources ne nomment aucun État qui l’ait utilisé.
model-text-result = Résultat
model-text-counted = { $said } (d’après les États nommés)
statement-add = Ajouter un énoncé
statement-why = Les deux restent côte à côte, chacun avec sa source. Un seul au plus est retenu.
statement-field = Quel fait
statement-field-name = Nom
statement-field-members = Membres
statement-field-founded = Fondation
statement-field-secretariat = Secrétariat
statement-field-plan = Plan d’action
statement-field-policy = Politique
statement-field-title = Titre
statement-field-adopted = Adoption
statement-field-opened = Ouverture à la signature
statement-field-in_force = Entrée en vigueur
statement-field-depositary = Dépositaire
statement-field-scope = Portée
statement-field-parties = Parties
statement-field-signed = Signature
statement-field-ends = Fin
statement-field-introduced = Introduction (écrivez une date : 2009, 2009-04 ou 2009-04-16)
statement-field-authors = Auteurs
statement-field-kind = Type
statement-field-ended = Terminé
statement-field-languages = Langues
statement-field-persons = Personnes couvertes
statement-field-forms = Formes d’exploitation couvertes
statement-field-bodies = Organes
statement-field-cadence = Fréquence
statement-field-duties = Obligations de rapport
statement-field-status = Situation
statement-field-monitoring = Clause de suivi
statement-field-contact = Point de contact
statement-field-law = Droit national
statement-field-other = Un autre fait
statement-value = Ce que dit la source
statement-prefer = Le registre le suit-il ?
adoption-new = Ajouter une utilisation
obstacle-why = Seuls l’État et la source sont nécessaires. Toutes les autres réponses sont facultatives ; une réponse vide ne bloque rien.
obstacle-words = Dans vos mots
import-counts = { $new } nouvelles, { $changed } modifiées, { $unchanged } inchangées, { $rejected } rejetées
import-kept = Les parties que le fichier ne nomme pas restent inchangées
import-skip = Laisser de côté les lignes rejetées ?
import-left-out = Lignes laissées de côté : { $rows }. Rien n’en est enregistré ; corrigez-les dans le fichier et importez-le de nouveau.
import-nothing-stored = Rien n’a été enregistré : des lignes sont rejetées et vous n’avez pas choisi de les laisser de côté.
import-preview = Ce qui changerait
import-value = Valeur
import-problem = Ce qui ne va pas
done-register-saved = Le registre a été modifié.
register-own-laws = Entrées sur le droit de votre organisation
register-own-obstacles = Obstacles signalés par votre organisation
register-own-uses = Usages de textes types saisis par votre organisation
register-own-statements = Indications ajoutées par votre organisation
register-own-why = Ce que votre organisation a saisi. Chaque entrée peut être corrigée ou retirée ; ce qu’elle disait auparavant est conservé ci-dessous.
register-own-none = Votre organisation n’a rien saisi ici.
register-entry = Entrée
register-says = Ce qu’elle dit
register-take-back = Retirer cette entrée
register-take-back-why = Pourquoi est-elle retirée ?
register-take-back-hint = Elle quitte le registre. Ce qu’elle disait et votre motif sont conservés avec les entrées de votre organisation.
register-past = Ce que les entrées disaient auparavant
register-past-until = Jusqu’au
register-past-how = Ce qu’elle est devenue
register-corrected = corrigée
register-taken-back = retirée : { $why }
done-register-taken-back = L’entrée a été retirée.
done-imported = Le fichier a été importé.
error-partial-date = Écrivez la date comme 2009, 2009-04 ou 2009-04-16
error-as-of-future = « { $typed } » est dans le futur. Indiquez le jour jusqu’auquel le fichier fait foi, au plus tard le { $today }
error-no-file = Choisissez un fichier
cadence-a-year =
    { $times ->
        [one] une fois par an
       *[other] { $shown } fois par an
    }
cadence-every =
    { $years ->
        [one] chaque année
       *[other] tous les { $shown } ans
    }
model-text-used-by =
    { $count ->
        [one] { $shown } État l’a utilisé
       *[other] { $shown } États l’ont utilisé
    }
model-text-years-after =
    { $count ->
        [one] { $shown } an après sa présentation
       *[other] { $shown } ans après sa présentation
    }
model-text-named =
    { $count ->
        [one] { $shown } État nommé
       *[other] { $shown } États nommés
    }
instrument-no-members-then = Aucun membre n’en est connu à cette date ; personne ne peut donc manquer.
