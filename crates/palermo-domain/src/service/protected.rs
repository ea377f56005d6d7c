//! What may not stand in the record of a service at a protected address: no place, no
//! number, no mail, no page, and no word that holds a number that can be called or an
//! account (R9). Such a house is reached through a desk. Every way into the directory asks
//! here: what someone types is refused beside its field, what comes in a file is left out.

use super::Service;
use crate::{coded, free_text};

coded! {
    /// A part of a record that may lead to a house, by the name of its field.
    Part {
        /// Street and number.
        Address = "address",
        /// Town.
        City = "city",
        /// Region or province.
        Region = "region",
        /// Postal code.
        PostalCode = "postal_code",
        /// How to get there.
        Transport = "transport",
        /// Numbers to call.
        Phones = "phones",
        /// Address for mail.
        Email = "email",
        /// Web page.
        Url = "url",
        /// Another name.
        AlternateName = "alternate_name",
        /// What it does.
        Description = "description",
        /// Other help for people with disabilities.
        Accessibility = "accessibility",
        /// Whether an interpreter can be had.
        Interpretation = "interpretation",
        /// Conditions of admission, in words.
        Eligibility = "eligibility",
        /// What it costs.
        Fees = "fees",
        /// How one gets in.
        Application = "application",
        /// Something to know before calling.
        Alert = "alert",
    }
}

coded! {
    /// How what stands there leads to the house.
    Leads {
        /// It says where the house is.
        Place = "place",
        /// It rings there.
        Telephone = "telephone",
        /// Mail, a page, or words with a number or an account, get there.
        Words = "words",
    }
}

impl Part {
    /// How a text in this part would lead to a house at a protected address; nothing where
    /// it does not.
    #[must_use]
    pub fn leads(self, text: &str) -> Option<Leads> {
        let written = !text.trim().is_empty();
        match self {
            Self::Address | Self::City | Self::Region | Self::PostalCode | Self::Transport => {
                written.then_some(Leads::Place)
            }
            Self::Phones => written.then_some(Leads::Telephone),
            Self::Email | Self::Url => written.then_some(Leads::Words),
            Self::AlternateName
            | Self::Description
            | Self::Accessibility
            | Self::Interpretation
            | Self::Eligibility
            | Self::Fees
            | Self::Application
            | Self::Alert => {
                let holds = free_text::telephone(text) || free_text::account(text);
                holds.then_some(Leads::Words)
            }
        }
    }
}

/// Empties a text that would lead to the house, and notes its part.
fn empty(part: Part, text: &mut String, gone: &mut Vec<Part>) {
    if part.leads(text).is_some() {
        text.clear();
        gone.push(part);
    }
}

/// The same for a text that may be missing.
fn drop_text(part: Part, text: &mut Option<String>, gone: &mut Vec<Part>) {
    if text.as_deref().is_some_and(|text| part.leads(text).is_some()) {
        *text = None;
        gone.push(part);
    }
}

impl Service {
    /// Leaves out of the record of a protected service whatever leads to the house, and
    /// says which parts those were; an open one stays as it is.
    pub fn leave_out_ways(&mut self) -> Vec<Part> {
        let mut gone = Vec::new();
        if !self.place.is_protected() {
            return gone;
        }
        if !self.phones.is_empty() {
            self.phones.clear();
            gone.push(Part::Phones);
        }
        drop_text(Part::Email, &mut self.email, &mut gone);
        drop_text(Part::Url, &mut self.url, &mut gone);
        drop_text(Part::AlternateName, &mut self.alternate_name, &mut gone);
        empty(Part::Description, &mut self.description, &mut gone);
        empty(Part::Accessibility, &mut self.accessibility, &mut gone);
        drop_text(Part::Interpretation, &mut self.interpretation, &mut gone);
        empty(Part::Eligibility, &mut self.eligibility.words, &mut gone);
        empty(Part::Fees, &mut self.fees, &mut gone);
        empty(Part::Application, &mut self.application, &mut gone);
        drop_text(Part::Alert, &mut self.alert, &mut gone);
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{Need, Phone, Place};
    use uuid::Uuid;

    #[test]
    fn rule_9_no_place_number_mail_or_page_stands_in_the_record_of_a_protected_house() {
        let places = [Part::Address, Part::City, Part::Region, Part::PostalCode, Part::Transport];
        for part in places {
            assert_eq!(part.leads("5 Hidden Way"), Some(Leads::Place), "{part:?}");
        }
        assert_eq!(Part::Phones.leads("+999 1"), Some(Leads::Telephone));
        for part in [Part::Email, Part::Url] {
            assert_eq!(part.leads("night@house.example"), Some(Leads::Words), "{part:?}");
        }
        for part in Part::ALL {
            assert_eq!(part.leads("  "), None, "{part:?}: nothing was written");
        }
    }

    #[test]
    fn rule_9_words_lead_to_a_house_where_they_hold_a_number_or_an_account() {
        for part in [
            Part::AlternateName,
            Part::Description,
            Part::Accessibility,
            Part::Interpretation,
            Part::Eligibility,
            Part::Fees,
            Part::Application,
            Part::Alert,
        ] {
            for text in ["Ring +999 11 600 1234", "write to night@house.example", "٠٦١٢٣٤٥٦٧٨"]
            {
                assert_eq!(part.leads(text), Some(Leads::Words), "{part:?}: {text}");
            }
            assert_eq!(part.leads("Beds for 12, from 18 years, since 2021"), None, "{part:?}");
        }
    }

    #[test]
    fn rule_9_what_leads_to_a_house_is_left_out_of_its_record_and_of_no_other() {
        let mut open = Service::hidden(Need::Shelter, None);
        open.place = Place::Open { locations: Vec::new() };
        open.phones = vec![Phone {
            id: Uuid::nil(),
            number: "+999 11 600 1234".into(),
            extension: None,
            toll_free: false,
            uniform: None,
            note: String::new(),
        }];
        open.email = Some("night@house.example".into());
        open.alert = Some("Ring +999 11 600 1234 first".into());
        open.description = "Beds for women".into();
        let mut hidden = Service { place: Place::Protected { through: None }, ..open.clone() };
        let before = open.clone();
        assert!(open.leave_out_ways().is_empty());
        assert_eq!(open, before);
        assert_eq!(hidden.leave_out_ways(), [Part::Phones, Part::Email, Part::Alert]);
        assert_eq!((hidden.phones.len(), hidden.email, hidden.alert), (0, None, None));
        assert_eq!(hidden.description, "Beds for women");
    }
}
