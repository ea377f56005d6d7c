### machine-translated
### Help and pages about this site.

help-title = Aide
help-intro = Palermo réunit ce qu’un mécanisme régional et ses États savent ensemble : qui est lié par quoi, ce qui est prévu et fait et, à part et scellés, les dossiers des personnes aidées.
help-emergency-title = Quelqu’un est en danger maintenant
help-emergency = Appelez le numéro d’urgence du pays où vous êtes. Palermo n’est pas surveillé jour et nuit.
help-sign-in-title = Connexion
help-sign-in = Il vous faut votre adresse, votre phrase secrète et votre second facteur. Personne ne vous les demandera jamais. Si vous en avez perdu un, demandez la récupération ; deux collègues décident.
help-lists-title = Listes
help-lists = Filtrez sur le côté, triez par les têtes de colonne et emportez la même vue en CSV ou XLSX. L’adresse de la page est la vue : envoyez-la à un collègue pour montrer la même chose.
help-sources-title = Sources
help-sources = Chaque fait des registres cite sa source et sa date. Quand des sources se contredisent, toutes sont montrées. Ce qu’aucune source ne dit est « inconnu », avec la raison.
help-leave-title = Quitter vite

rights-title = Vos droits
rights-intro = Si des informations sur vous sont conservées ici, vous pouvez les connaître, les faire corriger et accepter ou non chaque partage. L’aide ne dépend jamais de votre coopération avec la police.

accessibility-title = Accessibilité
accessibility-body = Palermo vise le niveau AA des WCAG 2.2. Chaque page fonctionne au clavier, sans scripts, agrandie à 400 pour cent et en couleurs sombres. Signalez au secrétariat ce qui ne marche pas pour vous.

privacy-title = Vie privée
privacy-body = Ce site dépose un seul témoin, et seulement après votre connexion. Il ne demande rien à d’autres sites et ne compte pas les visiteurs.

api-title = Pour les programmes
api-body = Tout ce qui figure sur ces pages peut aussi être lu par des programmes. La description liste chaque adresse, ce qu’elle prend et ce qu’elle répond.

home-title = Palermo
home-intro = Ce que les États ont convenu contre la traite des personnes, et ce qu’ils en font.
