### Roles and purposes.

role-public = Anyone
role-hotline-worker = Hotline worker
role-identification-officer = Identification officer
role-case-manager = Case manager
role-service-provider = Service provider
role-interpreter = Interpreter
role-guardian = Guardian
role-legal-representative = Legal representative
role-investigator = Investigator
role-central-authority = Central authority
role-focal-point = Focal point
role-section-author = Section author
role-data-clerk = Data clerk
role-national-rapporteur = National rapporteur
role-human-rights-institution = Human-rights institution
role-secretariat = Secretariat
role-expert = Expert
role-committee-member = Committee member
role-observer = Observer
role-donor = Donor
role-analyst = Analyst
role-data-protection-officer = Data-protection officer
role-tenant-administrator = Administrator
role-auditor = Auditor
role-survivor = Survivor
role-on-call = On call

purpose-care = Assistance to the person
purpose-identification = Identification
purpose-referral = Referral
purpose-remedy = Remedy and compensation
purpose-persons-request = Request of the person
purpose-supervision = Supervision
purpose-danger-to-life = Danger to life
purpose-data-protection = Data protection
purpose-statistics = Statistics
