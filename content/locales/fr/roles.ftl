### machine-translated
### Roles and purposes.

role-public = Tout le monde
role-hotline-worker = Répondant de la ligne d’aide
role-identification-officer = Agent d’identification
role-case-manager = Gestionnaire de dossiers
role-service-provider = Prestataire de services
role-interpreter = Interprète
role-guardian = Tuteur
role-legal-representative = Représentant juridique
role-investigator = Enquêteur
role-central-authority = Autorité centrale
role-focal-point = Point focal
role-section-author = Auteur de section
role-data-clerk = Opérateur de saisie
role-national-rapporteur = Rapporteur national
role-human-rights-institution = Institution des droits de l’homme
role-secretariat = Secrétariat
role-expert = Expert
role-committee-member = Membre du comité
role-observer = Observateur
role-donor = Donateur
role-analyst = Analyste
role-data-protection-officer = Délégué à la protection des données
role-tenant-administrator = Administrateur
role-auditor = Auditeur
role-survivor = Personne survivante
role-on-call = D’astreinte

purpose-care = Assistance à la personne
purpose-identification = Identification
purpose-referral = Orientation
purpose-remedy = Recours et indemnisation
purpose-persons-request = Demande de la personne
purpose-supervision = Supervision
purpose-danger-to-life = Danger pour la vie
purpose-data-protection = Protection des données
purpose-statistics = Statistiques
