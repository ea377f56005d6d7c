### machine-translated
# Letters. They say only that there is something, never what (E13).

letter-subject = Vous avez un nouveau message dans Palermo
letter-invitation-body =
    Vous êtes invité à ouvrir un compte.
    Ouvrez ce lien dans les 7 jours et choisissez une phrase secrète :
    { $link }
    Si vous n'attendiez pas cette lettre, ne faites rien.
letter-recovery-body =
    Deux de vos collègues vous autorisent à choisir une nouvelle phrase secrète.
    Ouvrez ce lien dans les 3 jours :
    { $link }
    Si vous ne l'avez pas demandé, prévenez aussitôt votre administrateur.
