//! The fields of the Human Trafficking Case Data Standard 2.0 (IOM, 2021,
//! CC BY 4.0): name, label, kind and the codes of its lists.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name, an address, a number or a date by which a person or a place of
    /// theirs can be found. Palermo checks that it is there and never takes it.
    Identifying,
    /// Free text: dangerous, never taken.
    Story,
    /// A short text that says nothing of a person.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Number,
    /// Yes or no.
    Check,
    /// Countries of ISO 3166-1, several divided by semicolons.
    Countries,
    /// Languages of ISO 639.
    Language,
    /// One code of a list.
    Choice(&'static [&'static str]),
    /// Codes of a list, several divided by semicolons.
    Choices(&'static [&'static str]),
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, with the prefix of its table.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
}

const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind }
}

const ORGANISATION_TYPE: &[&str] = &[
    "NGO",
    "LawEnforcement",
    "HealthServiceOrganisation",
    "CentralGovernmentOrganisation",
    "LocalGovernmentOrganisation",
    "ImmigrationService",
    "LegalService",
    "CorporateBusiness",
    "SchoolOrCollege",
];

const GENDER: &[&str] = &[
    "Feminine",
    "Masculine",
    "TransgenderFeminine",
    "TransgenderMasculine",
    "NonConforming",
    "NonSpecifiedUnknown",
];

const MARITAL_STATUS: &[&str] =
    &["Single", "Married", "Widowed", "Divorced", "Separated", "RegisteredPartnership"];

const HIGHEST_LEVEL_OF_EDUCATION: &[&str] = &[
    "EarlyChildhoodEducation",
    "PrimaryEducation",
    "LowerSecondaryEducation",
    "UpperSecondaryEducation",
    "PostSecondaryNonTertiaryEducation",
    "ShortCycleTertiaryEducation",
    "BachelorsOrEquivalentLevel",
    "MastersOrEquivalentLevel",
    "DoctoralOrEquivalentLevel",
];

const TRAFFICKING_STATUS: &[&str] =
    &["PossibleVictimOfTrafficking", "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"];

const TRAFFICKING_STATUS_DECISION_MAKING_ORG: &[&str] =
    &["Police", "NGO", "CourtOrProsecution", "NonPoliceGovernmentalOrganization", "Other"];

const RELATIONSHIP_TO_TRAFFICKER: &[&str] = &["Familial", "Acquainted", "Unaquainted"];

const RECRUITMENT_WEBSITES_AND_APPS: &[&str] = &[
    "Facebook",
    "Instagram",
    "WhatsApp",
    "Telegram",
    "FacebookMessenger",
    "Viber",
    "SnapChat",
    "Line",
    "4Sale",
    "WeChat",
    "QQ",
    "QZone",
    "TikTok",
    "Twitter",
    "Other",
];

const METHOD_OF_RECRUITMENT: &[&str] = &[
    "AtAPlaceOfBusiness",
    "AtAnEducationalInstitution",
    "AtWork",
    "ThroughOnlineSocialNetworks",
    "ThroughAnOnlineAdvertisement",
    "ThroughATelevisionAdvert",
    "ThroughANewspaperAdvert",
    "ThroughFamilyOrFamilyEvents",
    "ThroughFriendsOrSocialEvents",
    "Other",
];

const METHODS_OF_CONTROL: &[&str] = &[
    "PhysicalThreats",
    "ThreatsLawEnforcement",
    "ThreatensChildrenFamily",
    "DebtBondage",
    "FalsePromises",
    "PhysicalAbuse",
    "SexualAbuse",
    "TakesEarnings",
    "RestrictsFinancialAccess",
    "RestrictsMedicalCare",
    "WithholdsNecessities",
    "PsychologicalAbuse",
    "PsychoactiveSubstance",
    "ExcessiveWorkingHours",
    "WithholdsDocuments",
    "Other",
];

const TYPE_OF_EXPLOITATION: &[&str] = &[
    "ForcedLabour",
    "SexualExploitation",
    "ChildLabour",
    "ForcedMarriage",
    "Servitude",
    "ForcedMilitaryByNonStateActors",
    "OrganRemoval",
    "ForcedBegging",
    "ForcedAdoption",
    "Surrogacy",
    "Other",
];

const FORCED_LABOUR_INDUSTRY: &[&str] = &[
    "A_AgricultureForestryAndFishing",
    "B_MiningAndQuarrying",
    "C_Manufacturing",
    "D_ElectricityGasSteamAndAirConditioningSupply",
    "E_WaterSupplySewerageWasteManagement",
    "F_Construction",
    "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
    "H_TransportationAndStorage",
    "I_AccommodationAndFoodServiceActivities",
    "J_InformationAndCommunication",
    "K_FinancialAndInsuranceActivities",
    "L_RealEstateActivities",
    "M_ProfessionalScientificAndTechnicalActivities",
    "N_AdministrativeAndSupportServiceActivities",
    "O_PublicAdministrationAndDefence",
    "P_Education",
    "Q_HumanHealthAndSocialWorkActivities",
    "R_ArtsEntertainmentAndRecreation",
    "S_OtherServiceActivities",
    "T_ActivitiesOfHouseholdsAsEmployers",
    "U_ActivitiesOfExtraterritorialOrganizations",
];

const TYPE_OF_SEX_EXPLOITATION: &[&str] =
    &["Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices"];

const VULNERABILITIES: &[&str] = &[
    "Addiction",
    "SocialGroup",
    "Discrimination",
    "Poverty",
    "DisabilityAndPhysicalHealth",
    "MentalHealth",
    "Migration",
    "Homelessness",
    "AbuseSocialMedia",
    "AbusePhysical",
    "Education",
    "WorkEnvironment",
];

const ROLE_IN_PROCESS: &[&str] = &[
    "TravellingPartner",
    "Transporter",
    "RecruiterOrIntermediary",
    "BrokerTravelAgent",
    "TransferredIndividual",
    "HarbouredIndividual",
    "SoldIndividual",
    "BoughtIndividual",
    "ReceivedIndividual",
    "ControlledIndividual",
    "Smuggler",
    "Abuser",
    "Kidnapper",
    "Exploiter",
    "Other",
];

const STATUS: &[&str] = &["Active", "FollowUp", "Closed", "ClosedReferred"];

const REASON_FOR_INCOMING_REFERRAL: &[&str] =
    &["AdditionalServicesRequired", "MigrationOrChangeOfLocation", "Other"];

const EVENT_TYPE: &[&str] = &["Recruitment", "Transit", "Exploitation"];

const SUPPORT_TYPE: &[&str] = &[
    "Education",
    "Financial",
    "Health",
    "LabourExploitationRehabilitation",
    "Legal",
    "Livelihood",
    "RightsBasedTraining",
    "SexualExploitationRehabilitation",
    "SocialCare",
];

/// All fields.
pub const FIELDS: &[Field] = &[
    field("org_Name", "Organisation Name", Kind::Text),
    field("org_ShippingCity", "Shipping City", Kind::Text),
    field("org_ShippingCountry", "Shipping Country", Kind::Countries),
    field("org_ShippingState", "Shipping State/Province", Kind::Text),
    field("org_ShippingStreet", "Shipping Street", Kind::Identifying),
    field("org_ShippingPostalCode", "Shipping Zip/Postal Code", Kind::Identifying),
    field("org_ShippingLongitude", "Longitude", Kind::Identifying),
    field("org_ShippingLatitude", "Latitude", Kind::Identifying),
    field("org_Phone", "Phone", Kind::Identifying),
    field("org_Type", "Type", Kind::Choice(ORGANISATION_TYPE)),
    field("prs_Salutation", "Salutation", Kind::Identifying),
    field("prs_FirstName", "First Name", Kind::Identifying),
    field("prs_MiddleName", "Middle Name", Kind::Identifying),
    field("prs_SecondName", "Second Name", Kind::Identifying),
    field("prs_Birthdate", "Birthdate", Kind::Identifying),
    field("prs_Gender", "Gender", Kind::Choice(GENDER)),
    field("prs_Deceased", "Deceased", Kind::Check),
    field("prs_MaritalStatus", "Marital Status", Kind::Choice(MARITAL_STATUS)),
    field("prs_NumberOfChildren", "Number of Children", Kind::Number),
    field("prs_PrimaryLanguage", "Primary Language", Kind::Language),
    field("prs_SecondaryLanguage", "Secondary Language", Kind::Language),
    field(
        "prs_HighestLevelOfEducation",
        "Highest Level of Education",
        Kind::Choice(HIGHEST_LEVEL_OF_EDUCATION),
    ),
    field("prs_Citizenship", "Citizenship", Kind::Countries),
    field("prs_IdentityNumber", "Identity Number", Kind::Identifying),
    field("prs_Title", "Title", Kind::Identifying),
    field("prs_Email", "Email", Kind::Identifying),
    field("prs_HomePhone", "Home Phone", Kind::Identifying),
    field("prs_MobilePhone", "Mobile Phone", Kind::Identifying),
    field("prs_MailingCity", "Mailing City", Kind::Identifying),
    field("prs_MailingCountry", "Mailing Country", Kind::Countries),
    field("prs_MailingState", "Mailing State/Province", Kind::Identifying),
    field("prs_MailingStreet", "Mailing Street", Kind::Identifying),
    field("prs_MailingPostalCode", "Mailing Zip/Postal Code", Kind::Identifying),
    field("prs_MailingLongitude", "Longitude", Kind::Identifying),
    field("prs_MailingLatitude", "Latitude", Kind::Identifying),
    field("vic_AgreementToManagePersonalData", "Agreement to Manage Personal Data", Kind::Check),
    field("vic_TraffickingStatus", "Trafficking Status", Kind::Choice(TRAFFICKING_STATUS)),
    field(
        "vic_TraffickingStatusDecisionMakingOrg",
        "Trafficking Status Decision Making Organization",
        Kind::Choice(TRAFFICKING_STATUS_DECISION_MAKING_ORG),
    ),
    field(
        "vic_RelationshipToTrafficker",
        "Relationship to Trafficker",
        Kind::Choice(RELATIONSHIP_TO_TRAFFICKER),
    ),
    field("vic_AgeWhenTrafficked", "Age when Trafficked", Kind::Number),
    field(
        "vic_RecruitmentWebsitesAndApps",
        "Recruitment Websites and Apps",
        Kind::Choices(RECRUITMENT_WEBSITES_AND_APPS),
    ),
    field("vic_MethodOfRecruitment", "Method of Recruitment", Kind::Choices(METHOD_OF_RECRUITMENT)),
    field("vic_LocationOfRecruitment", "Location of Recruitment", Kind::Text),
    field("vic_MethodsOfControl", "Methods of Control", Kind::Choices(METHODS_OF_CONTROL)),
    field("vic_TypeOfExploitation", "Type of Exploitation", Kind::Choices(TYPE_OF_EXPLOITATION)),
    field(
        "vic_ForcedLabourIndustry",
        "Forced Labour Industry",
        Kind::Choice(FORCED_LABOUR_INDUSTRY),
    ),
    field(
        "vic_TypeOfSexExploitation",
        "Type of Sex Exploitation",
        Kind::Choices(TYPE_OF_SEX_EXPLOITATION),
    ),
    field("vic_LocationOfExploitation", "Location of Exploitation", Kind::Text),
    field(
        "vic_ExploitationWebsitesAndApps",
        "Exploitation Websites and Apps",
        Kind::Choices(RECRUITMENT_WEBSITES_AND_APPS),
    ),
    field("vic_Vulnerabilities", "Vulnerabilities", Kind::Choices(VULNERABILITIES)),
    field("vic_DetailsOfVulnerabilities", "Details Of Vulnerabilities", Kind::Story),
    field("per_RoleInProcess", "Role in Process", Kind::Choices(ROLE_IN_PROCESS)),
    field("per_RoleDetails", "Role Details", Kind::Story),
    field("cas_Status", "Status", Kind::Choice(STATUS)),
    field("cas_ReasonForCaseClosure", "Reason for Case Closure", Kind::Story),
    field("cas_CaseOwner", "Case Owner", Kind::Identifying),
    field("cas_ReferringOrganisation", "Referring Organisation", Kind::Text),
    field("cas_IncomingReferralDate", "Incoming Referral Date", Kind::Date),
    field("cas_ReferringPrimaryCaseWorker", "Referring Primary Case Worker", Kind::Identifying),
    field(
        "cas_ReasonForIncomingReferral",
        "Reason for Incoming Referral",
        Kind::Choice(REASON_FOR_INCOMING_REFERRAL),
    ),
    field("cas_IncomingReferralDetails", "Incoming Referral Details", Kind::Story),
    field("cas_ReferredOrganisation", "Referred Organisation", Kind::Text),
    field("cas_ReferredPrimaryCaseWorker", "Referred Primary Case Worker", Kind::Identifying),
    field(
        "cas_ReasonForOutgoingReferral",
        "Reason for Outgoing Referral",
        Kind::Choice(REASON_FOR_INCOMING_REFERRAL),
    ),
    field("cas_OutgoingReferralDate", "Outgoing Referral Date", Kind::Date),
    field("cas_OutgoingReferralDetails", "Outgoing Referral Details", Kind::Story),
    field("cco_CaseComment", "Case Comment", Kind::Story),
    field("hte_Longitude", "Longitude", Kind::Identifying),
    field("hte_Latitude", "Latitude", Kind::Identifying),
    field("hte_City", "City", Kind::Identifying),
    field("hte_Country", "Country", Kind::Countries),
    field("hte_State", "State", Kind::Text),
    field("hte_Street", "Street", Kind::Identifying),
    field("hte_PostalCode", "PostalCode", Kind::Identifying),
    field("hte_Date", "Date", Kind::Date),
    field("hte_Type", "Type", Kind::Choice(EVENT_TYPE)),
    field("hte_Description", "Description", Kind::Story),
    field("spl_Objectives", "Objectives", Kind::Story),
    field("spl_ActionPlan", "Action Plan", Kind::Story),
    field("spl_PlannedEndDate", "Planned End Date", Kind::Date),
    field("spl_ActualEndDate", "Actual End Date", Kind::Date),
    field("spl_Type", "Type", Kind::Choice(SUPPORT_TYPE)),
    field("con_Consent", "Consent", Kind::Check),
];
