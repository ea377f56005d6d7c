### machine-translated
### What went wrong and what helps.

error-required = Remplissez ce champ
error-choose = Choisissez dans la liste
error-too-long = Ce texte a { $length } caractères ; le maximum est { $longest }
error-control-characters = Retirez les caractères invisibles, par exemple en tapant le texte au lieu de le coller
error-duplicate = Une telle entrée existe déjà
error-dependent = Autre chose en dépend encore
error-form-reused = Ce formulaire a déjà été envoyé. Rouvrez la page pour en envoyer un autre.
error-erased = Les données ont été effacées à la demande de la personne ou à l’échéance
error-email = `{ $email }` n’est pas une adresse électronique
error-already-member = Cette personne fait déjà partie de l’organisation
error-passphrase-short = Utilisez au moins { $least } caractères
error-passphrase-guessable = C’est facile à deviner. Ajoutez un mot sans rapport avec les autres.
error-passphrase-differs = Les deux phrases secrètes diffèrent. Tapez deux fois la même.
error-old-passphrase = Ce n’est pas votre phrase secrète actuelle
error-key-passphrase = Cette phrase secrète n’ouvre pas votre clé
error-keys-established = Les clés de cette organisation existent déjà
error-no-key-yet = Cette personne n’a pas encore de clé. Elle en recevra une à sa prochaine connexion.
error-code = Le code doit être les six chiffres affichés maintenant par l’application
error-passkey = La clé d’accès n’a pas été acceptée. Réessayez.
error-offer-too-old = Cette page est restée ouverte trop longtemps. Recommencez.
error-last-factor = C’est votre dernier second facteur. Ajoutez-en d’abord un autre.
error-last-administrator = Quelqu’un doit rester administrateur. Donnez d’abord ce rôle à une autre personne.
error-not-oneself = Vous ne pouvez pas le faire sur votre propre compte. Demandez à un collègue.
error-own-recovery = Vous ne pouvez pas décider de votre propre récupération
error-recovery-decided = Cette demande est déjà traitée, ou son lien a servi ou est trop ancien
error-role-does-not-fit = Ce type d’organisation ne peut pas avoir ce rôle
error-role-held = La personne a déjà ce rôle
error-status-change = Le statut du compte ne le permet pas
error-unknown-state = Aucun État n’a le code `{ $code }`. Utilisez trois lettres, comme XAA.
error-language-code = `{ $code }` n’est pas un code de langue. Utilisez les deux ou trois lettres que l’ISO 639 donne à une langue, comme fr.
error-time-zone = `{ $zone }` n’est pas un fuseau horaire. Écrivez par exemple Africa/Lagos.
error-telephone = Écrivez le numéro avec + et l’indicatif du pays, puis des chiffres
error-no-such-date = La date `{ $date }` n’existe pas
error-days = Choisissez entre 1 et { $longest } jours
error-register-entry = Ceci ne peut pas être saisi : { $why }
error-not-a-form = Ce qui est arrivé n’est pas un formulaire de cette page
error-form-too-large = C’est trop volumineux. Envoyez un fichier plus petit.
error-other-site = Le formulaire ne vient pas de ce site. Ouvrez la page ici et renvoyez-le.

sign-in-wrong = L’adresse, la phrase secrète ou le code ne correspondent pas. Vérifiez les trois.

second-factor-wrong = Le second facteur n’a pas été accepté. Attendez le code suivant et réessayez.

failure-title = Cela n’a pas fonctionné
failure-title-not-found = Cette page n’existe pas
failure-title-conflict = Quelqu’un a été plus rapide
failure-title-unavailable = Indisponible pour le moment
failure-not-found = L’adresse est peut-être fausse, ou ce qui s’y trouvait a disparu.
failure-sign-in = Connectez-vous pour continuer.
failure-step-up = Présentez votre second facteur pour continuer.
failure-unlock = Votre clé est fermée. Ouvrez-la avec votre phrase secrète pour lire ceci.
failure-invalid = Certaines réponses sont à corriger.
failure-conflict = Une autre personne a modifié ceci pendant que vous écriviez. Revenez, rechargez la page et comparez.
failure-rule = La règle { $number } ne le permet pas (source : { $source }).
failure-too-many = Trop d’essais. Minutes d’attente : { $minutes }.
failure-unavailable = Palermo n’a pas pu le faire maintenant. Rien n’a été modifié. Réessayez dans une minute.
failure-go-home = Aller à l’accueil
failure-show-factor = Présenter mon second facteur
failure-open-key = Ouvrir ma clé
