### machine-translated
### Words that parts of a page bring themselves.

part-error = Erreur
part-there-is-a-problem = Il y a un problème
part-back = Retour
part-breadcrumb = Vous êtes ici
part-language = Langue
part-menu = Menu
part-skip = Aller au contenu principal
part-important = Important
part-success = C’est fait
part-warning = Attention
part-contents = Sommaire
part-pagination = Pages
part-previous-page = Page précédente
part-next-page = Page suivante
part-page = Page
part-show = Afficher
part-hide = Masquer
part-show-password = Afficher la phrase secrète
part-hide-password = Masquer la phrase secrète
part-password-shown = Votre phrase secrète est visible
part-password-hidden = Votre phrase secrète est masquée
part-up-to-characters = Vous pouvez saisir jusqu’à %{"{"}count{"}"} caractères
part-characters-left = Caractères restants : %{"{"}count{"}"}
part-characters-over = Caractères en trop : %{"{"}count{"}"}
part-exit = Quitter cette page
part-emergency = Urgence
part-exit-activated = Sortie en cours
part-exit-two-more = Appuyez encore deux fois sur Maj pour quitter
part-exit-one-more = Appuyez encore une fois sur Maj pour quitter
part-exit-timed-out = La sortie par Maj est annulée
part-show-all = Afficher toutes les sections
part-hide-all = Masquer toutes les sections
part-show-as-table = Afficher sous forme de tableau
part-source = Source
part-unknown = Inconnu
part-filter = Filtrer
part-apply-filters = Appliquer les filtres
part-clear-filters = Effacer les filtres
part-remove-filter = Retirer le filtre :
part-download = Télécharger
part-sorted-ascending = tri croissant
part-sorted-descending = tri décroissant

exit-notice = Ce bouton quitte la page immédiatement. Votre navigateur peut garder ce site dans son historique.
exit-how = Pour quitter vite : appuyez sur le bouton ou trois fois sur Maj.
