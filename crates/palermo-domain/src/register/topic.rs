//! What a provision, a national law or an agreement is about: one list for all,
//! so that a gap in a law can be laid beside the article that asks for it.

use crate::coded;

coded! {
    /// A subject of law.
    Topic {
        /// The offence, with act, means and purpose.
        Offence = "offence",
        /// Sexual exploitation as a purpose.
        FormSexual = "form_sexual",
        /// Forced labour, services, servitude and slavery as purposes.
        FormLabour = "form_labour",
        /// Removal of organs as a purpose.
        FormOrgans = "form_organs",
        /// Trafficking inside one State.
        Internal = "internal",
        /// Men and boys as trafficked persons.
        MenAndBoys = "men_and_boys",
        /// Consent does not matter where means were used.
        Consent = "consent",
        /// A child needs no means; a child is below 18.
        ChildDefinition = "child_definition",
        /// Attempt, participation, organising.
        Participation = "participation",
        /// Organised group, laundering, corruption, obstruction.
        RelatedOffences = "related_offences",
        /// Knowingly using the services of a trafficked person.
        UseOfServices = "use_of_services",
        /// Penalties, and what makes them heavier.
        Penalties = "penalties",
        /// Liability of legal persons.
        LegalPersons = "legal_persons",
        /// Seizure and confiscation.
        Confiscation = "confiscation",
        /// Jurisdiction.
        Jurisdiction = "jurisdiction",
        /// No punishment for what a person was made to do.
        NonPunishment = "non_punishment",
        /// Identification.
        Identification = "identification",
        /// Privacy and identity.
        Privacy = "privacy",
        /// Information about proceedings; views and concerns heard.
        InformationAndViews = "information_and_views",
        /// Housing, health, counselling, education, work.
        Assistance = "assistance",
        /// Recovery and reflection period.
        Reflection = "reflection",
        /// Temporary or permanent stay.
        Residence = "residence",
        /// Physical safety.
        Safety = "safety",
        /// Protection of witnesses and during proceedings.
        WitnessProtection = "witness_protection",
        /// Legal advice and aid.
        LegalAid = "legal_aid",
        /// Compensation and redress.
        Compensation = "compensation",
        /// Special protection of children.
        Children = "children",
        /// Return.
        Return = "return",
        /// Prevention.
        Prevention = "prevention",
        /// Demand.
        Demand = "demand",
        /// Safe and lawful migration and work.
        SafeMigration = "safe_migration",
        /// Information exchange and training.
        Exchange = "exchange",
        /// Border measures.
        Borders = "borders",
        /// Travel and identity documents.
        Documents = "documents",
        /// Extradition, mutual legal assistance, joint investigation.
        Cooperation = "cooperation",
        /// Coordination inside the State, rapporteurs, focal points.
        Coordination = "coordination",
        /// A body that watches over implementation.
        Monitoring = "monitoring",
        /// Refugee law, non-refoulement, non-discrimination left untouched.
        SavingClause = "saving_clause",
        /// Equality and non-discrimination.
        NonDiscrimination = "non_discrimination",
        /// Slavery, servitude, forced labour forbidden.
        SlaveryForbidden = "slavery_forbidden",
        /// Worst forms of child labour and minimum age.
        ChildLabour = "child_labour",
        /// Children in armed conflict.
        ArmedConflict = "armed_conflict",
        /// Reporting and settlement of disputes.
        Reporting = "reporting",
    }
}

impl Topic {
    /// The topics of the national-law register, in the order of its matrix
    /// (R014), each with the article that asks for it.
    pub const OF_NATIONAL_LAW: &'static [(Self, &'static str)] = &[
        (Self::Offence, "Palermo Protocol art. 3, 5"),
        (Self::FormSexual, "Palermo Protocol art. 3(a)"),
        (Self::FormLabour, "Palermo Protocol art. 3(a)"),
        (Self::FormOrgans, "Palermo Protocol art. 3(a)"),
        (Self::Consent, "Palermo Protocol art. 3(b)"),
        (Self::ChildDefinition, "Palermo Protocol art. 3(c)-(d)"),
        (Self::Internal, "Palermo Protocol art. 4; UNTOC art. 34(2)"),
        (Self::MenAndBoys, "Palermo Protocol art. 2(a), 3"),
        (Self::Participation, "Palermo Protocol art. 5(2)"),
        (Self::RelatedOffences, "UNTOC art. 5, 6, 8, 23"),
        (Self::Penalties, "UNTOC art. 11"),
        (Self::LegalPersons, "UNTOC art. 10"),
        (Self::Confiscation, "UNTOC art. 12-14"),
        (Self::NonPunishment, "Working Group rec. 11(b); CETS 197 art. 26"),
        (Self::Privacy, "Palermo Protocol art. 6(1)"),
        (Self::InformationAndViews, "Palermo Protocol art. 6(2)"),
        (Self::Assistance, "Palermo Protocol art. 6(3)"),
        (Self::Children, "Palermo Protocol art. 6(4)"),
        (Self::Safety, "Palermo Protocol art. 6(5)"),
        (Self::Compensation, "Palermo Protocol art. 6(6)"),
        (Self::Reflection, "CETS 197 art. 13"),
        (Self::Residence, "Palermo Protocol art. 7"),
        (Self::WitnessProtection, "UNTOC art. 24-25"),
        (Self::Return, "Palermo Protocol art. 8"),
    ];
}
