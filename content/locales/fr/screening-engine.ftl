### machine-translated
# What the screening engine says: dimensions, rules, suggestions, and the elements of the definition.

# The six dimensions of the operational indicators.
screening-dimension-D1 = Recrutement par tromperie
screening-dimension-D2 = Recrutement par contrainte
screening-dimension-D3 = Recrutement par abus de vulnérabilité
screening-dimension-D4 = Exploitation
screening-dimension-D5 = Contrainte à destination
screening-dimension-D6 = Abus de vulnérabilité à destination

# The rule that made a dimension positive.
screening-rule-two_strong = deux indicateurs forts
screening-rule-one_strong_and_another = un indicateur fort et un moyen ou faible
screening-rule-three_medium = trois indicateurs moyens
screening-rule-two_medium_and_one_weak = deux indicateurs moyens et un faible
screening-stood-in = Un indicateur plus fort en remplace un plus faible.
screening-tier-strong = fort
screening-tier-medium = moyen
screening-tier-weak = faible

# What the combination of positive dimensions points to; a suggestion, never a decision.
screening-combination-nothing_found = Rien trouvé dans ces réponses. Les questions non posées peuvent cacher beaucoup ; les autres besoins de protection sont examinés de toute façon.
screening-combination-definition_met = Les éléments notés remplissent la définition de la traite (victime de la traite), même si les réponses seules ne montrent pas l’exploitation. Les éléments comptent ; interrogez davantage sur le travail, la paie et la liberté.
screening-combination-coercion_shown = Une contrainte à destination est montrée. Que les réponses ne montrent pas encore d’exploitation ne signifie pas qu’il n’y en a pas eu : interrogez sur le travail et la paie ; la protection d’abord.
screening-combination-too_little_asked = Trop peu a été demandé pour dire quoi que ce soit. Ce n’est pas un résultat : continuez, ou décidez d’après ce que vous avez vu et ce que souhaite la personne.
screening-combination-means_without_exploitation = Des moyens de recrutement sans exploitation : peut-être trouvé avant que l’exploitation ne commence. Le but d’exploitation suffit à la définition.
screening-combination-coercion_without_exploitation = Contrainte ou abus à destination sans exploitation constatée : violence ou emprise d’une autre nature, ou exploitation pas encore racontée.
screening-combination-exploited = Exploitation seule : migrant ou travailleur exploité. Droits du travail et salaires peuvent être réclamés.
screening-combination-deceived_and_exploited = Recrutement par tromperie et exploitation : victime de tromperie et d’exploitation.
screening-combination-recruited_by_means_and_exploited = Recrutement par contrainte ou abus de vulnérabilité, et exploitation, sans contrainte à destination : non nommé par la règle de l’OIT ; voir acte, moyens et but.
screening-combination-exploited_and_coerced = Exploitation et contrainte à destination sans moyens de recrutement : indices de travail forcé.
screening-combination-trafficked = Recrutement par tromperie, contrainte ou abus de vulnérabilité, exploitation et contrainte à destination : victime de la traite des personnes.
screening-combination-child_trafficked = Un enfant, ou âge douteux : un acte et l’exploitation suffisent, les moyens ne sont pas requis : enfant victime de la traite des personnes.
screening-combination-child_exploited = Un enfant, ou âge douteux, exploité ; aucun acte (recrutement, transport, transfert, hébergement, accueil) encore noté.

# Warnings of the engine.
screening-warning-set-age = La série est pour { $set } et l’âge est { $age } : l’âge décide, donc { $rule }.
screening-warning-rule-child = la règle de l’enfant s’applique et les moyens ne sont pas requis
screening-warning-rule-adult = la règle de l’enfant ne s’applique pas et les moyens sont requis
screening-warning-purpose = Un but inconnu ne compte pas comme but d’exploitation.
screening-warning-not-read = Non lus, car un repérage n’a pas de tels champs : { $fields }.

# Ages, answers, sets.
screening-age-adult = adulte
screening-age-child = enfant
screening-age-unsure = incertain
screening-set-age-adult = adultes
screening-set-age-child = enfants
screening-set-age-any = tous
screening-answer-yes = Oui
screening-answer-no = Non
screening-answer-unsure = Pas sûr
screening-answer-not_asked = Non posée
screening-set-adult_labour = Adultes, exploitation par le travail et autre
screening-set-child_labour = Enfants, exploitation par le travail et autre
screening-set-adult_sexual = Adultes, exploitation sexuelle
screening-set-child_sexual = Enfants, exploitation sexuelle
screening-set-forced_labour = Indicateurs de travail forcé de l’OIT
screening-confidence-verified-secondary = pondérations d’après une transcription publique de l’original
screening-confidence-GK-verify = pondérations non confirmées : à vérifier sur l’original avant usage
screening-confidence-original = pondérations de l’original

# Act, means and purpose: article 3 of the Palermo Protocol.
element-act-recruitment = Recrutement
element-act-transportation = Transport
element-act-transfer = Transfert
element-act-harbouring = Hébergement
element-act-receipt = Accueil
element-means-threat_force = Menace de recours à la force
element-means-use_force = Recours à la force
element-means-other_coercion = Autres formes de contrainte
element-means-abduction = Enlèvement
element-means-fraud = Fraude
element-means-deception = Tromperie
element-means-abuse_power = Abus d’autorité
element-means-abuse_vulnerability = Abus d’une situation de vulnérabilité
element-means-payments = Paiements ou avantages à quelqu’un ayant autorité sur la personne
element-form-sexual = Exploitation sexuelle
element-form-sexual-prostitution = Prostitution
element-form-sexual-pornography = Matériel pornographique
element-form-sexual-remote = Services sexuels à distance
element-form-sexual-private = Services sexuels privés
element-form-sexual-tourism = Tourisme sexuel impliquant des enfants
element-form-labour = Travail ou services forcés
element-form-labour-agriculture = Agriculture
element-form-labour-aquafarming = Pêche et aquaculture
element-form-labour-begging = Mendicité forcée
element-form-labour-construction = Construction
element-form-labour-domestic = Travail domestique
element-form-labour-hospitality = Hôtellerie et restauration
element-form-labour-manufacturing = Industrie
element-form-labour-mining = Mines ou forage
element-form-labour-peddling = Vente ambulante
element-form-labour-transportation = Secteur des transports
element-form-labour-illicit = Activités illicites
element-form-labour-other = Autre secteur
element-form-slavery = Esclavage ou pratiques analogues
element-form-servitude = Servitude
element-form-organs = Prélèvement d’organes
element-form-other = Autre exploitation
element-form-other-forced_marriage = Mariage forcé
element-form-other-illegal_adoption = Adoption illégale ou vente d’enfant
element-form-other-armed = Service armé forcé, enfant soldat
element-form-other-forced_crime = Activité criminelle forcée
element-form-other-benefit_fraud = Fraude à l’identité ou aux prestations
element-form-other-surrogacy = Gestation pour autrui
element-form-mixed = Formes mixtes
element-form-unknown = Inconnu
