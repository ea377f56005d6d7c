### machine-translated
### Help and pages about this site.

start-title = Ce que les États ont convenu et ce qu’ils en font
start-lead = Les mécanismes régionaux contre la traite des personnes : qui y appartient, qui est lié par quoi et ce qu’ils ont accompli. Chaque fait cite sa source.
start-demo = Ceci est une démonstration. Prenez le rôle d’une personne inventée pour voir la suite.
start-mechanisms = Organes et processus régionaux, leurs membres, plans et obligations
start-states = À quoi chaque État appartient et ce qu’il a convenu
start-instruments = Conventions, protocoles et déclarations, et leurs parties à toute date
start-matrix = États et instruments, sur une page
start-agreements = Ce que États et mécanismes ont convenu entre eux
start-laws = Ce que dit le droit national, sujet par sujet

help-lead = Comment s’orienter, et que faire quand quelque chose ne marche pas.
help-1-title = Quelqu’un est en danger maintenant
help-1 = Appelez le numéro d’urgence du pays où vous êtes. Palermo n’est pas surveillé jour et nuit.
help-2-title = Quitter vite
help-2 = Appuyez sur « Quitter cette page » ou trois fois sur Maj. La page s’efface et une autre s’ouvre. Votre navigateur peut garder ce site dans son historique.
help-3-title = Connexion
help-3 = Il vous faut votre adresse, votre phrase secrète et votre second facteur. Personne ne vous les demandera jamais. Si vous en avez perdu un, demandez la récupération ; deux collègues décident.
help-4-title = Listes
help-4 = Filtrez, triez par les têtes de colonne et emportez la même vue en CSV ou XLSX. L’adresse de la page est la vue : envoyez-la à un collègue pour montrer la même chose.
help-5-title = Sources
help-5 = Chaque fait des registres cite sa source et sa date. Quand des sources se contredisent, toutes sont montrées. Ce qu’aucune source ne dit est « inconnu », avec la raison.
help-6-title = Langues
help-6 = Choisissez une langue en haut. Les pages traduites par une machine le disent ; signalez les erreurs au secrétariat. Noms et citations restent dans leur langue.

rights-lead = Ces règles font partie de Palermo. Aucun rôle, réglage ou administrateur ne peut les désactiver.

rule-1 = L’aide ne dépend jamais de votre coopération avec les autorités, de votre nationalité ni de vos papiers.
rule-2 = Qui a pu être victime de traite est aidé tout de suite, même si aucune autorité ne le confirme.
rule-3 = Si l’âge n’est pas certain, la personne a les droits d’un enfant jusqu’à preuve du contraire.
rule-4 = Vous avez du temps pour vous rétablir et réfléchir, au moins 30 jours. Personne ne peut l’abréger pour vous ; vous pouvez décider ou partir plus tôt.
rule-5 = Personne n’organise votre retour sans votre souhait éclairé, un examen des risques et un accueil ; pour un enfant, seulement dans son intérêt supérieur.
rule-6 = Rien sur vous n’est partagé sans votre accord pour ce but et ce destinataire, ou une loi qui l’exige. Jamais pour vous éloigner ou vous poursuivre.
rule-7 = Vous ne devez pas être puni pour ce qu’on vous a forcé à faire.
rule-8 = Votre nom et votre récit sont scellés. Seuls ceux qui vous assistent les ouvrent ; jamais les secrétariats, donateurs ou techniciens.
rule-9 = Une adresse protégée se joint par un point de contact ; elle ne se consulte jamais.
rule-10 = Les chiffres publiés sont faits pour que personne n’y soit reconnaissable, même en en comparant deux.
rule-11 = Des chiffres aux définitions différentes ne sont jamais additionnés.
rule-12 = Chaque décision vous concernant dit qui a décidé, pourquoi et comment la contester.

accessibility-lead = Palermo vise le niveau AA des WCAG 2.2.
accessibility-1-title = Ce qui fonctionne
accessibility-1 = Chaque page fonctionne au clavier, sans scripts, agrandie à 400 pour cent, en couleurs sombres et en contraste élevé. Chaque figure a un tableau.
accessibility-2-title = Ce qui demande un script
accessibility-2 = Seulement l’avertissement avant la fin de la session. Sans script, elle se termine sans avertir et la page de connexion suit.
accessibility-3-title = Quelque chose ne marche pas pour vous
accessibility-3 = Dites au secrétariat quelle page et avec quoi vous la lisez.

privacy-lead = Ce que ce site sait de ses visiteurs, et ce qu’il ignore.
privacy-1-title = Visiteurs
privacy-1 = Personne n’est compté ni suivi. Ce site ne demande rien à d’autres sites.
privacy-2-title = Témoins
privacy-2 = Un seul témoin, déposé à la connexion et effacé à la déconnexion.
privacy-3-title = Personnel
privacy-3 = Du personnel, Palermo garde nom, adresse, rôles, sessions et ce que chacun a modifié ou lu sur des personnes.
privacy-4-title = Personnes aidées
privacy-4 = Leurs données relèvent de l’organisation qui les aide, scellées par des clés que seul son personnel détient. Chaque lecture est consignée.
privacy-5-title = Vos droits
privacy-5 = Vous pouvez savoir ce qui est conservé sur vous, le faire corriger, retirer votre accord et vous plaindre. Demandez à l’organisation qui vous aide.

api-lead = Ce que montrent ces pages peut aussi être lu par des programmes.
api-body = La description liste chaque adresse, ce qu’elle prend et ce qu’elle répond. Au-delà des registres publics, un programme a besoin d’un jeton, créé dans Administration.
