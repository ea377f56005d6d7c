//! Every action a role can be granted. A route, an act and the policy all
//! name the same action, so that the matrix of rights can be printed from the
//! router and tested against the policy.

use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Something a person can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Action { $($(#[$doc])* #[serde(rename = $code)] $name,)* }

        impl Action {
            /// All actions, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code used in the policy, in audit entries and on pages.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

actions! {
    /// Read public pages: registers, help, the page about this installation.
    PublicRead = "public.read";
    /// Sign in, answer an invitation, ask for recovery.
    SignIn = "account.sign-in";
    /// Show or set up the second factor of a session that has only a passphrase.
    SecondFactor = "account.second-factor";
    /// See and change one's own account, sessions, second factors.
    OwnAccount = "account.own";
    /// Open one's own key with the passphrase or an authenticator.
    Unlock = "account.unlock";
    /// See one's tasks and those of one's desks.
    ReadWork = "work.read";
    /// Set a task for a desk or a colleague.
    SetTask = "work.set-task";
    /// Mark a task done.
    FinishTask = "work.finish-task";
    // --- cases ---
    /// See the list of cases one is on the team of.
    ListCases = "case.list";
    /// Open cases and record incidents.
    OpenCase = "case.open";
    /// Look at a case.
    ReadCase = "case.read";
    /// Write in a case: notes, texts, particulars, closing.
    WriteCase = "case.write";
    /// Take a summary of a case away on paper.
    PrintCase = "case.print";
    /// Take people on the care team and let them go.
    ManageTeam = "case.team";
    /// See who carries what, without names, and hand cases over.
    OverseeCases = "case.oversee";
    /// Refer a person or transfer a case.
    SendReferral = "referral.send";
    /// Ask other care organisations whether they know a person who agreed.
    LookFor = "look-for.ask";
    /// Answer such questions with one's own open key.
    AnswerLookFor = "look-for.answer";
    /// See, keep and take the files of a case.
    CaseFiles = "case.files";
    /// Fetch a sealed file with its code.
    FetchSealedFile = "sealed-file.fetch";
    /// See and answer referrals to one's desks.
    ReceiveReferral = "referral.receive";
    /// Record a rights incident, in any state of a case.
    RecordRightsIncident = "rights-incident.record";
    /// See rights incidents of the organisation and move them on.
    ReadRightsIncidents = "rights-incident.read";
    /// Count rights incidents of a State, without persons.
    CountRightsIncidents = "rights-incident.count";
    /// Erase a person before their time is up, as one of two.
    ErasePerson = "person.erase";
    /// Show that someone with the rights of a child is an adult, as one of two.
    EndChildRights = "person.adult";
    /// Leave words for the team on a child's behalf, as their guardian.
    SpeakForChild = "guardian.speak";
    /// Ask an authority of a person's State of origin, as one of two.
    AskAbroad = "abroad.ask";
    /// Keep the closed list of legal bases for sharing without consent.
    KeepLegalBases = "legal-basis.keep";

    // --- care ---
    /// See what is planned with and done for a person.
    ReadCare = "care.read";
    /// Write it down and change it.
    WriteCare = "care.write";
    /// Count a month of one's house, without persons.
    MonthEnd = "care.month-end";
    /// Count across the cases of one's organisation, without persons.
    CountCases = "care.count";
    /// Prepare the person's own view, and answer what they ask.
    PrepareOwnView = "own-view.prepare";
    /// Look at what is held about oneself, with a code from a slip.
    OwnView = "own-view.open";
    /// Read complaints sent to one's independent body.
    ReadComplaints = "complaint.read";

    // --- registers ---
    // --- screening ---
    /// Screen: ask, decide what it ends with, see one's own screenings.
    Screen = "screening.do";
    /// Print paper forms and enter them.
    EnterPaper = "screening.paper";
    /// Note calls to a hotline, and hand over.
    AnswerHotline = "hotline.answer";
    /// Decide identification in a case.
    DecideIdentification = "identification.decide";
    /// Confirm, as the second person, a decision on identification.
    ReviewIdentification = "identification.review";
    /// Edit registers: mechanisms, instruments, adherence, statements.
    EditRegister = "register.edit";
    /// Import a file into a register.
    ImportRegister = "register.import";
    // Figures and what is published of them.
    /// See datasets with their exact counts, and releases on their way.
    ReadData = "data.read";
    /// Open datasets, import files, undo imports.
    ImportData = "data.import";
    /// Prepare a release: protect and attack it.
    PrepareRelease = "release.prepare";
    /// Sign a release as one of two, retract one.
    SignRelease = "release.sign";
    /// Set up sharing protocols, review and end them.
    ManageProtocols = "protocol.manage";
    /// See the protocols of one's organisation and what goes under them.
    UseProtocol = "protocol.use";
    /// Write down, give and close extracts for researchers.
    ManageExtracts = "extract.manage";
    /// Ask for an extract from outside, and follow one's request by its link.
    AskExtract = "extract.ask";
    /// Enter studies and what their findings led to.
    EditResearch = "research.edit";
    /// See signals and joint responses.
    ReadSignals = "signal.read";
    /// See signals after triage, no finer than a release shows.
    ReadTriagedSignals = "signal.read-triaged";
    /// Agree or decline, for the host State, to a joint response.
    AnswerJointResponse = "signal.answer";
    /// Dismiss a signal, propose a joint response, take it further.
    TriageSignals = "signal.triage";
    /// Edit agreements.
    EditAgreement = "agreement.edit";
    /// Edit one's State's entries in the national-law register.
    EditLaw = "law.edit";
    /// File one's State's stage and obstacles towards an instrument.
    FileObstacle = "obstacle.file";
    // The directory.
    /// See contact points with their people, networks, and what services say of whom they admit.
    ReadDirectory = "directory.read";
    /// Confirm a contact point by the link of a letter: the link alone says who may.
    ConfirmContact = "contact-point.confirm";
    /// Edit structures, networks and memoranda.
    EditDirectory = "directory.edit";
    /// Enter and change services of one's organisation.
    EditServices = "service.edit";
    /// Say how a service that another organisation keeps stands to a standard.
    AssessServices = "service.assess";
    /// Say how many places of a service are free.
    ConfirmPlaces = "service.confirm";
    /// Note that a service was called and nobody answered.
    NoteCall = "service.note-call";
    /// Import services from a file.
    ImportServices = "service.import";
    /// Keep or open the address of a protected service.
    OpenAddress = "service.address";
    /// File an unmet need.
    FileUnmetNeed = "unmet-need.file";
    /// See the unmet needs one's organisation filed.
    ReadUnmetNeeds = "unmet-need.read";
    /// See unmet needs of a State by area.
    CoordinateNeeds = "unmet-need.coordinate";
    /// See what children and young people said about prevention and policy.
    ReadYouthInput = "youth-input.read";
    /// Write down what they said, and what became of it.
    RecordYouthInput = "youth-input.record";
    // --- reports, reviews, meetings ---
    /// Write one's State's reports, hand sections out, take them back.
    EditReport = "report.edit";
    /// Write a section that was handed to one.
    WriteSection = "report.write-section";
    /// Write a section of another's report that was handed to one's organisation.
    WriteHanded = "report.write-handed";
    /// Sign a report off, submit it, dispute a figure.
    SubmitReport = "report.submit";
    /// Receive reports, remind States, enter what they send by letter.
    ReceiveReports = "report.receive";
    /// Confirm, by a one-time link, what was entered on a State's behalf.
    ConfirmReport = "report.confirm";
    /// Contribute to a questionnaire beside the State.
    ContributeReport = "report.contribute";
    /// Write questionnaires.
    AuthorQuestionnaire = "questionnaire.author";
    /// Remark on a text of one's organisation.
    CommentText = "text.comment";
    /// Set up rounds, begin evaluations, go from step to step.
    RunReview = "review.run";
    /// Write findings as an expert.
    WriteFindings = "review.write-findings";
    /// Write recommendations as the political body.
    WritePolitical = "review.write-political";
    /// Comment and follow up for one's State, answer requests.
    WriteComments = "review.write-comments";
    /// Ask States for information.
    AskInformation = "information.ask";
    /// Open a review of what a measure did to people's rights.
    OpenImpactReview = "impact.open";
    /// Answer such a review for the body responsible.
    AnswerImpactReview = "impact.answer";
    /// Read closed papers of meetings.
    ReadMeetings = "meeting.read";
    /// Seat members, call meetings, record decisions.
    ManageMeetings = "meeting.manage";
    // --- governance ---
    /// Record recommendations of any body, and put them right.
    KeepRecommendations = "recommendation.keep";
    /// Keep the log of commitments made in public.
    KeepCommitments = "commitment.keep";
    /// Record what a parliament asks and does.
    KeepParliament = "parliament.keep";
    /// Tell what a mechanism is, year by year.
    KeepMechanismProfile = "mechanism-profile.keep";
    /// Open a consultation, read what was said, tell what followed.
    RunConsultation = "consultation.run";
    /// Say something in a consultation, without a name.
    TakePart = "consultation.take-part";
    /// Record special reviews of States' laws.
    KeepLegalReview = "legal-review.keep";
    /// Write, hand over and publish a national rapporteur's report.
    WriteRapporteur = "rapporteur.write";
    /// Tell a practice others can learn from.
    SharePractice = "practice.tell";
    /// Review such a practice.
    ReviewPractice = "practice.review";
    /// Agree for one's State that it is shared, or take that back.
    ConsentPractice = "practice.consent";
    // --- plans ---
    /// Write, adopt and amend one's organisation's plans of action.
    EditPlan = "plan.edit";
    /// Report values of indicators for one's State, or for the region.
    ReportIndicator = "plan.report-indicator";
    /// Report the rows of a plan that one's organisation leads or helps with.
    ReportRow = "plan.report-row";
    /// See the tenant's administration pages.
    ReadTenant = "tenant.read";
    /// Change the tenant's particulars.
    EditTenant = "tenant.edit";
    /// Open a new tenant in this installation.
    CreateTenant = "tenant.create";
    /// Open, change and close desks, with their members.
    ManageDesks = "desk.manage";
    /// Invite people and see them.
    InvitePeople = "people.invite";
    /// Give and end roles.
    ChangeRoles = "people.change-roles";
    /// Suspend, resume or end an account, and end its sessions.
    EndAccess = "people.end-access";
    /// Decide, as one of two, on an account's recovery.
    ApproveRecovery = "people.approve-recovery";
    /// Make, see and revoke tokens for programs.
    ManageTokens = "token.manage";
    /// Preview, without data, what a role can do.
    ViewAs = "policy.view-as";
    /// Read the audit log.
    ReadAudit = "audit.read";
    /// Take part, as one of two officers, in recovering keys.
    RecoverKeys = "key.recover";
    /// Rotate the tenant's keys.
    RotateKeys = "key.rotate";
    /// Open one person's care and identity while on call (E21, check A7).
    BreakGlass = "break-glass.open";
    /// See who broke the glass, and look at it afterwards.
    ReviewBreakGlass = "break-glass.review";
    /// Search by name among one's own cases.
    SearchNames = "name.search";
    /// Describe the organisation's own sign-in.
    ManageSignIn = "sign-in.manage";
    /// Export everything the tenant owns.
    ExportTenant = "tenant.export";
    /// See deliveries: letters that left or wait.
    ReadDeliveries = "outbox.read";
    /// Have a letter that was given up tried again.
    RetryDelivery = "outbox.retry";
}

impl Action {
    /// The action with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.code() == code)
    }

    /// Actions anyone may try without a session.
    #[must_use]
    pub const fn open_to_public(self) -> bool {
        matches!(
            self,
            Self::PublicRead
                | Self::SignIn
                | Self::OwnView
                | Self::FetchSealedFile
                | Self::ConfirmReport
                | Self::TakePart
                | Self::ConfirmContact
                | Self::AskExtract
        )
    }

    /// Actions every signed-in member of staff has, whatever the role.
    #[must_use]
    pub const fn open_to_members(self) -> bool {
        self.open_to_public()
            || matches!(
                self,
                Self::SecondFactor
                    | Self::OwnAccount
                    | Self::Unlock
                    | Self::ReadWork
                    | Self::FinishTask
            )
    }
}
