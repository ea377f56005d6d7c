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
import-file-hint = CSV ou XLSX avec une ligne d’en-têtes
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
