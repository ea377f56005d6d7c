### machine-translated
### La connexion propre à une organisation.

admin-sign-in = Votre propre connexion
admin-sign-in-why = Laisser entrer les membres par la connexion de votre organisation (OpenID Connect)
provider-why = Votre fournisseur dit qui est quelqu’un, et rien d’autre. Comptes et rôles se créent ici, et chaque membre, connecté, relie une fois son propre compte.
provider-redirect = Chez le fournisseur, indiquez comme adresse de retour l’adresse de cette installation suivie de
provider-name = Nom sur la page de connexion
provider-name-hint = Par exemple le nom de votre organisation
provider-issuer = Émetteur
provider-issuer-hint = Lettre pour lettre comme l’écrit le fournisseur, dans son document de découverte
provider-authorization = Adresse d’autorisation
provider-token = Adresse des jetons
provider-keys = Adresse des clés de signature
provider-client = Identifiant de client
provider-secret = Secret de client
provider-secret-hint = Laissez vide si le fournisseur n’en a pas donné
provider-secret-kept = Un secret est enregistré. Laissez vide pour le garder.
provider-claim = Attribut qui admet
provider-claim-hint = Par exemple tid, groups ou email_domain
provider-values = Valeurs qui admettent
provider-values-hint = Une par ligne, lettre pour lettre
provider-second = Second facteur
provider-second-yes = Accepter un second facteur présenté chez le fournisseur ; sinon il est demandé ici
provider-open = État
provider-open-yes = On peut entrer par là
organisation-sign-in = Se connecter par { $name }
organisation-link = Relier à { $name }
error-provider = Le fournisseur ne peut être utilisé ainsi : { $why }
error-organisation-sign-in = La connexion de votre organisation ne vous a pas laissé passer. Recommencez, ou utilisez votre phrase secrète.
error-organisation-not-linked = Aucun compte n’est relié à cette connexion. Connectez-vous une fois avec votre phrase secrète et reliez-la sur la page de votre compte.
error-organisation-linked = Cette connexion est déjà reliée à un compte
done-provider-saved = La connexion a été enregistrée.
done-organisation-linked = Votre compte est relié. Vous pouvez désormais entrer par votre organisation.
