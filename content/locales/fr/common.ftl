### machine-translated
### What is on every page: names, navigation, lists, forms.

product-name = Palermo
product-tagline = Information régionale contre la traite des personnes

machine-translated = Cette page a été traduite par une machine et n’a pas encore été relue par une personne.

nav-work = Mon travail
nav-mechanisms = Mécanismes
nav-states = États
nav-instruments = Instruments
nav-agreements = Accords
nav-laws = Droit national
nav-admin = Administration
nav-audit = Journal d’audit
nav-account = Mon compte
nav-help = Aide
nav-demo = Démonstration
nav-sign-in = Se connecter
nav-sign-out = Se déconnecter

footer-label = À propos de ce site
footer-help = Aide
footer-rights = Vos droits
footer-accessibility = Accessibilité
footer-privacy = Vie privée
footer-api = Pour les programmes (API)
footer-disclaimer = Les frontières et les noms indiqués ici n’impliquent aucune prise de position sur le statut juridique d’un territoire.

demo-banner = Démonstration. Toutes les personnes, organisations et États sont inventés. N’entrez rien sur des personnes réelles.
demo-title = Choisissez un rôle
demo-choose = Prenez la place de l’une de ces personnes inventées pour voir ce qu’elle voit. Rien de ce que vous faites ici n’atteint qui que ce soit.
demo-step-in = Prendre ce rôle
demo-watermark = Démonstration, données inventées

list-search = Rechercher
list-all = Tous
list-empty = Aucun résultat. Effacez les filtres pour tout voir.
list-not-taken = « { $value } » n’est pas un des choix de « { $filter } ». Ce qui suit est affiché sans ce filtre.
list-nothing = Il n’y a encore rien sous « { $title } ». Les entrées apparaissent ici dès que quelqu’un les saisit, les envoie ou les importe.
list-count =
    { $count ->
        [one] { $shown } entrée
       *[other] { $shown } entrées
    }

count-states =
    { $count ->
        [one] { $shown } État
       *[other] { $shown } États
    }
count-parties =
    { $count ->
        [one] { $shown } partie
       *[other] { $shown } parties
    }
count-members =
    { $count ->
        [one] { $shown } membre
       *[other] { $shown } membres
    }

form-save = Enregistrer
form-continue = Continuer
form-cancel = Annuler
form-remove = Retirer
form-change = Modifier
form-choose = Choisir…
form-optional = (facultatif)
form-send = Envoyer
form-back = Retour
form-title-error = Erreur : { $title }

date-day = Jour
date-month = Mois
date-year = Année
date-hint = Par exemple, 27 3 2025

word-yes = Oui
word-no = Non
word-unknown = Inconnu
word-none = Aucun
word-and-more = et d’autres
