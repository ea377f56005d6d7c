### machine-translated
# The pages of screening.

# Navigation and titles.
nav-screening = Repérage
nav-paper = Formulaires papier
screening-title = Repérage
screening-begin = Commencer un repérage
screening-start = Commencer à demander
screening-in-progress = En cours
screening-begun = Commencé { $at }
screening-kept-until = Conservé jusqu’au { $until }, puis effacé sauf décision avant.
screening-go-on = Continuer
screening-decided = Repérages décidés
screening-decided-at = Décidé
screening-notices = Avis sans identité
screening-notices-why = Un avis reste quand un adulte n’est pas d’accord. Il ne garde ni nom, ni agent, ni jour, ni mots.
screening-month = Mois

# Before the first question.
screening-before = Avant de demander
screening-duty-desks = Qui appeler, maintenant et à tout moment
screening-before-safe = La personne est-elle en sécurité ici, et seule avec vous ? Sinon, d’abord un lieu sûr.
screening-before-free = Dites que chaque question peut être sautée, qu’on peut s’arrêter à tout moment et que l’aide n’en dépend pas.
screening-before-help = Ce qui ne peut attendre (médecin, repas, lit) passe avant toute question.
screening-no-service = Aucun service à portée n’est inscrit pour { $state }. Appelez d’abord le bureau ci-dessous, puis continuez. Le manque est noté comme besoin non satisfait.
screening-no-desk = Aucun bureau avec téléphone n’est inscrit. Demandez à votre organisation d’en inscrire un ; d’ici là, appelez le numéro d’urgence.

# Asking.
screening-question-of = Question { $n } sur { $all }
screening-skip = Passer
screening-break = Proposez une pause : de l’eau, de l’air, un moment sans questions.
screening-how-to-ask = Comment demander
screening-how-always = Reprenez les mots de la personne. N’insistez pas, ne promettez pas, ne jugez pas. Jamais un proche ni l’employeur comme interprète.
screening-to-overview = Tous les thèmes et le résultat jusqu’ici
screening-told-of = { $told } sur { $all } répondues
screening-ask-language = Langue des questions
screening-ask-age = Âge
screening-ask-age-why = Tant que l’âge est douteux, les droits de l’enfant s’appliquent.
screening-ask-form = Exploitation soupçonnée
screening-ask-form-why = Les questions en découlent, ainsi que de l’âge, jamais du fait d’être femme ou homme.
screening-ask-act = Ce qui a été fait
screening-ask-means = Par quels moyens
screening-means-not-needed = Pour un enfant, et tant que l’âge est douteux, les moyens ne sont pas requis.
screening-ask-purpose = Pour quelle exploitation
screening-give-up = Abandonner et effacer
screening-to-decision = Vers la décision

# The result.
screening-result = Ce que disent les réponses jusqu’ici
screening-advice-only = Ce n’est qu’un conseil. C’est vous qui décidez, avec vos raisons ; décider autrement est permis.
screening-definition = Définition (Protocole de Palerme, article 3)
screening-met = remplie
screening-not-met = non remplie
screening-positive = positive
screening-not-positive = non positive
screening-suggestion = Suggestion (règle de l’OIT)
screening-set = Questions utilisées
screening-ground-not-required = moyens non requis
screening-ground-no-act = aucun acte noté
screening-ground-no-means = aucun moyen noté
screening-ground-no-purpose = aucun but d’exploitation noté
screening-advice-both = La définition et les réponses vont dans le sens de : { $outcome }.
screening-advice-definition = La définition va dans le sens de : { $outcome }.
screening-advice-combination = Les réponses vont dans le sens de : { $outcome }.

# The decision.
screening-decide-title = Votre décision
screening-ask-outcome = Issue
screening-outcome-presumed = Personne présumée victime de traite : la protection commence ici
screening-outcome-exploited_worker = Travailleur exploité : salaires, droits, syndicat
screening-outcome-smuggled = Migrant introduit clandestinement
screening-outcome-refugee_claim = Demande d’asile
screening-outcome-violence = Violence d’une autre nature
screening-outcome-nothing_found = Rien trouvé pour l’instant ; la porte reste ouverte
screening-ask-reasons = Sur quoi repose la décision
screening-reason-answers = Les réponses de la personne
screening-reason-definition = Acte, moyens et but
screening-reason-observation = Ce que j’ai vu
screening-reason-documents = Papiers, messages, fiches de paie
screening-reason-reported = Ce que d’autres ont signalé
screening-reason-wish = Le souhait de la personne
screening-error-reasons = Choisissez sur quoi repose votre décision
screening-error-future = C’est dans le futur
screening-ask-state = État où vous avez rencontré la personne
screening-ask-path = Comment la personne veut continuer
screening-path-consent = Accepte d’être connue de ceux qui aident
screening-path-anonymised = N’est pas d’accord : seulement un avis sans identité
screening-path-child = La voie de l’enfant
screening-path-why = L’aide ne dépend pas de cette réponse. Sans accord, toutes les réponses sont détruites.
screening-child-route = Un enfant, ou âge douteux : aide et tuteur tout de suite ; aucun accord n’est négocié.
screening-decide = Décider

# After the decision.
screening-left-title = La suite
screening-next-desk = Adressez-vous maintenant à ce bureau
screening-child-next = D’abord un tuteur, ensuite seulement parler de ce qui s’est passé. Les questions de sécurité et d’urgence sont toujours permises.
screening-notice-left = Seul reste un avis sans identité. Toutes les réponses ont été détruites. La personne peut revenir à tout moment.

# Paper forms.
screening-paper = Formulaires papier
screening-paper-print = Imprimer un formulaire
screening-paper-sheet = Feuille de repérage
screening-paper-opening = Feuille d’ouverture d’un dossier
screening-paper-no-names = Des codes seulement. Ni noms, ni adresses, ni récits sur cette feuille, sauf là où l’on demande comment appeler la personne.
screening-paper-number = Numéro de la feuille
screening-paper-when = Remplie le
screening-paper-enter = Saisir un formulaire papier
screening-paper-waiting = Formulaires en cours de saisie
screening-paper-again = Saisir de nouveau
screening-paper-none = Aucun formulaire papier n’attend. Il apparaît ici une fois saisi, jusqu’à ce qu’une deuxième personne l’ait saisi aussi.
screening-paper-take = Reprendre comme repérage
screening-paper-state-once = saisi une fois
screening-paper-state-differs = les deux saisies diffèrent
screening-paper-state-agreed = saisi deux fois à l’identique
screening-paper-state-taken = repris
screening-paper-blind = Saisissez de nouveau la feuille sans regarder la première saisie.
screening-paper-differ = Les deux saisies diffèrent à { $codes }. Regardez la feuille et saisissez encore ; ce sur quoi deux saisies s’accordent compte.
screening-paper-other-sheet = C’est le numéro d’une autre feuille
screening-paper-other-set = L’âge et l’exploitation appellent la feuille « { $set } »
screening-paper-not-agreed = Les deux saisies ne concordent pas encore
screening-opening-name = Comment vous appeler
screening-opening-urgent = Ce qui ne peut attendre
screening-api-problem = { $problem }

# Hotline.
nav-hotline = Ligne d’aide
hotline-title = Ligne d’aide
hotline-call = Appel
hotline-calls = Appels
hotline-at = Quand
hotline-caller = Qui appelle
hotline-caller-person = La personne elle-même
hotline-caller-relative = Un proche
hotline-caller-witness = Quelqu’un qui a vu quelque chose
hotline-caller-professional = Un professionnel
hotline-caller-silent = Silencieux, ou a raccroché
hotline-language = Langue parlée
hotline-call-back = Peut-on rappeler ?
hotline-call-back-safe = Oui, c’est sûr
hotline-call-back-at_times = Seulement aux heures dites
hotline-call-back-not_safe = Non, ce n’est pas sûr
hotline-call-back-unknown = Inconnu : ne pas rappeler
hotline-do-not-call = Ne pas rappeler.
hotline-contact = Numéro à appeler
hotline-contact-hint = Scellé ; seuls les collègues de cette ligne à la clé ouverte le lisent.
hotline-error-contact = Écrivez le numéro à appeler, ou choisissez qu’on ne sait pas si l’on peut rappeler.
hotline-note = Ce qui a été dit
hotline-note-hint = Le strict nécessaire. Scellé.
hotline-locked = Les mots sont scellés avec votre clé, qui est fermée. Les codes peuvent être notés quand même.
hotline-unlock = Ouvrir ma clé
hotline-hand-over = Transfert accompagné
hotline-hand-over-none = pas encore
hotline-hand-over-reached = un bureau a pris le relais
hotline-hand-over-no_answer = appelé, pas encore de réponse
hotline-hand-over-declined = non souhaité
hotline-stay = Restez en ligne jusqu’à ce qu’on réponde.
hotline-do-reached = Ils ont pris le relais
hotline-do-no-answer = Appelé, pas de réponse : le suivant
hotline-do-declined = La personne ne le souhaite pas
hotline-reached-by = { $desk } a pris le relais.
hotline-case-opened = Un dossier a été ouvert à partir de cet appel le { $moment }. N’en ouvrez pas un second ; seule son équipe peut le lire.
hotline-all-tried = Tous les autres points de contact répertoriés ont été appelés. Réessayez ci-dessous et ne laissez pas la personne seule au téléphone.
hotline-try-again = Appelés, pas de réponse : réessayer
hotline-case-why = Ce que la personne a dit figure déjà ici. Corrigez ce qui n’est pas juste ; l’appel reste tel qu’il a été noté.
hotline-case-note-hint = Devient la première note du dossier. Omettez ce qui n’est pas nécessaire.
done-hotline-noted = Noté.

# What was done.
done-screening-decided = Décidé.
done-screening-given-up = Effacé.
done-screening-paper-entered = Saisi. Maintenant une seconde saisie, de préférence par quelqu’un d’autre.
done-screening-paper-agreed = Les deux saisies sont identiques.
done-screening-paper-differs = Les deux saisies diffèrent.
done-screening-paper-taken = Repris. À vous de décider.
