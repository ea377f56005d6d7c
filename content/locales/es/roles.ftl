### machine-translated
### Roles and purposes.

role-public = Cualquiera
role-hotline-worker = Operador de línea de ayuda
role-identification-officer = Agente de identificación
role-case-manager = Gestor de casos
role-service-provider = Prestador de servicios
role-interpreter = Intérprete
role-guardian = Tutor
role-legal-representative = Representante legal
role-investigator = Investigador
role-central-authority = Autoridad central
role-focal-point = Punto focal
role-section-author = Autor de sección
role-data-clerk = Auxiliar de datos
role-national-rapporteur = Relator nacional
role-human-rights-institution = Institución de derechos humanos
role-secretariat = Secretaría
role-expert = Experto
role-committee-member = Miembro del comité
role-observer = Observador
role-donor = Donante
role-analyst = Analista
role-data-protection-officer = Delegado de protección de datos
role-tenant-administrator = Administrador
role-auditor = Auditor
role-survivor = Superviviente
role-on-call = De guardia

purpose-care = Asistencia a la persona
purpose-identification = Identificación
purpose-referral = Remisión
purpose-remedy = Recurso e indemnización
purpose-persons-request = Petición de la persona
purpose-supervision = Supervisión
purpose-danger-to-life = Peligro para la vida
purpose-data-protection = Protección de datos
purpose-statistics = Estadística
