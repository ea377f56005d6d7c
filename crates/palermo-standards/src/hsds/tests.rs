#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::{services::TAXONOMY, *};
use palermo_domain::{
    id::{Id, ServiceId},
    service::{
        Location, Need, Place, Service,
        eligibility::{Eligibility, Group},
    },
};
use serde_json::json;
use std::path::PathBuf;

/// The standard's own samples and schemas, where they lie beside the
/// repository; they are not part of it.
fn beside(path: &str) -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = here.join("../../../shared/data/hsds").join(path);
    if !found.exists() {
        eprintln!("`{}` is not there: this part is not checked", found.display());
    }
    found.exists().then_some(found)
}

fn file(name: &str, text: &str) -> InputFile {
    InputFile { name: name.into(), bytes: text.as_bytes().to_vec() }
}

const ORGANIZATION: &str = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610";
const SERVICE: &str = "ac148810-d857-441c-9679-408f346de14b";
const PLACE: &str = "3a19ff88-4620-4d17-9830-ac1d859eb5d5";

fn small() -> Vec<InputFile> {
    vec![
        file(
            "organizations.csv",
            &format!(
                "id,name,description,founder\n{ORGANIZATION},Harbour Trust,Helps,\"A. Person\"\n"
            ),
        ),
        file(
            "services.csv",
            &format!(
                "id,organization_id,name,status,minimum_age,assured_date,colour\n\
                 {SERVICE},{ORGANIZATION},Legal clinic,active,12,2026-01-05,blue \n"
            ),
        ),
        file(
            "locations.csv",
            &format!("id,location_type,name,latitude,longitude\n{PLACE},physical,Centre,10.5,20\n"),
        ),
        file(
            "service_at_location.csv",
            &format!(
                "id,service_id,location_id\ne94c9f38-1e8f-4564-91d4-d53501ab1765,{SERVICE},{PLACE}\n"
            ),
        ),
        file(
            "addresses.csv",
            &format!(
                "id,location_id,address_1,city,state_province,postal_code,country,address_type\n\
                 74706e55-df26-4b84-80fe-ecc30b5befb4,{PLACE},1 Quay Street,Portside,North,A1,BJ,physical\n"
            ),
        ),
        file(
            "phones.csv",
            &format!(
                "id,service_id,number\n1554f2e2-a373-45db-a3fa-9fc48a61c15e,{SERVICE},+44 1234 5\n"
            ),
        ),
        file("visits.csv", "id,service_id,note\n1554f2e2-a373-45db-a3fa-9fc48a61c15f,x,kept\n"),
    ]
}

fn read_all(files: &[InputFile]) -> Package {
    let (package, rejected, _) = read(files);
    assert!(rejected.is_empty(), "{rejected:#?}");
    package
}

#[test]
fn req_076_the_standards_examples_are_read_without_a_rejected_row() {
    let Some(folder) = beside("examples") else { return };
    let mut files = Vec::new();
    for folder in [folder.clone(), folder.join("csv")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.push(InputFile { name, bytes: std::fs::read(&path).unwrap() });
            }
        }
    }
    let package = read_all(&files);
    assert_eq!(package.rows("service").count(), 1);
    assert_eq!(package.rows("organization").count(), 1);
    let one = &services(&package).services[0].service;
    assert_eq!(one.name, "Community Counselling");
    assert_eq!(one.need, Need::Psychosocial);
    assert_eq!(one.hours.as_deref(), Some("Th,Fr 10:00-18:00"));
    assert_eq!(one.state.unwrap().as_str(), "USA");
    assert_eq!(one.eligibility.minimum_age_years, Some(12));
    // Each file alone is whole, too.
    for one in files.iter().filter(|file| file.name.ends_with("_full.json")) {
        read_all(std::slice::from_ref(one));
    }
}

#[test]
fn req_076_a_round_trip_keeps_every_field_and_the_unknown_ones() {
    let package = read_all(&small());
    assert_eq!(package.row("service", SERVICE.parse().unwrap()).unwrap()["colour"], "blue ");
    let list: Vec<_> =
        services(&package).services.into_iter().map(|one| (one.id, one.service)).collect();
    let out = export(&package, &list, |_| PublicDesk::default());
    assert_eq!(out, package);
    let zip = zipped(&out).unwrap();
    assert_eq!(read_all(&unzip(&zip).unwrap()), package);
    let json = tabular_json(&out).unwrap();
    assert_eq!(read_all(&[InputFile { name: "all.json".into(), bytes: json }]), package);
}

#[test]
fn a_file_is_told_by_its_bytes_and_one_without_a_row_is_refused() {
    let package = read_all(&small());
    let json = tabular_json(&package).unwrap();
    assert_eq!(read_all(&[InputFile { name: "F".into(), bytes: json.clone() }]), package);
    assert_eq!(read_all(&[InputFile { name: "F.txt".into(), bytes: json.clone() }]), package);
    let marked = [b"\xEF\xBB\xBF".as_slice(), &json].concat();
    assert_eq!(read_all(&[InputFile { name: "F.json".into(), bytes: marked }]), package);
    let mut unnamed = small();
    // A table the standard does not know keeps the name of its file.
    unnamed.pop();
    for (at, one) in unnamed.iter_mut().enumerate() {
        one.name = format!("part{at}");
    }
    let by_headings = read_all(&unnamed);
    assert_eq!(by_headings.rows("service").count(), 1);
    assert_eq!(by_headings.rows("organization").count(), 1);
    let nothing = ["", "Dear colleague,\nthe list follows.\n", "{}", "[]", "{\"resources\": []}"];
    for text in nothing {
        let (package, rejected, _) = read(&[file("letter", text)]);
        assert!(package.is_empty() && rejected.len() == 1, "{text}");
        let told = rejected[0].to_string();
        assert!(told.starts_with("letter: ") && told.contains("one JSON file of HSDS 3"), "{told}");
    }
}

#[test]
fn the_standards_examples_come_back_whole() {
    let Some(sample) = beside("examples/tabular.json") else { return };
    let package =
        read_all(&[InputFile { name: "t.json".into(), bytes: std::fs::read(sample).unwrap() }]);
    let list: Vec<_> =
        services(&package).services.into_iter().map(|one| (one.id, one.service)).collect();
    let out = export(&package, &list, |_| PublicDesk::default());
    assert_eq!(out, package);
    assert_eq!(read_all(&unzip(&zipped(&out).unwrap()).unwrap()), package);
}

#[test]
fn what_was_changed_since_goes_out_changed_and_the_rest_as_it_came() {
    let package = read_all(&small());
    let mut one = services(&package).services.remove(0);
    one.service.name = "Free legal clinic".into();
    one.service.eligibility.groups = Eligibility::of(&[Group::Women], &[]).groups;
    let out = export(&package, &[(one.id, one.service.clone())], |_| PublicDesk::default());
    let row = out.row("service", SERVICE.parse().unwrap()).unwrap();
    assert_eq!(
        (row["name"].as_str(), row["colour"].as_str()),
        (Some("Free legal clinic"), Some("blue "))
    );
    let back = services(&out).services.remove(0).service;
    assert_eq!(back.eligibility, one.service.eligibility);
    assert_eq!(back, one.service);
}

#[test]
fn a_bad_row_is_named_with_file_line_field_and_remedy_and_the_others_go_on() {
    let mut files = small();
    files[1].bytes.extend_from_slice(
        format!("not-an-id,{ORGANIZATION},A,active,,,\nb0000000-d857-441c-9679-408f346de14b,{ORGANIZATION},B,open,,2026-02-31,\n")
            .as_bytes(),
    );
    let (package, rejected, _) = read(&files);
    assert_eq!(package.rows("service").count(), 1);
    let told: Vec<_> = rejected.iter().map(|one| (one.row, one.field.as_str())).collect();
    assert_eq!(told, [(3, "id"), (4, "assured_date"), (4, "status")]);
    assert!(rejected.iter().all(|one| one.file == "services.csv" && !one.remedy.is_empty()));
}

#[test]
fn a_nested_service_becomes_rows_tied_together() {
    let text = json!({
        "id": SERVICE, "name": "Night shelter", "status": "active",
        "organization": { "id": ORGANIZATION, "name": "Harbour Trust", "description": "Helps" },
        "phones": [{ "id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "+1" }],
        "languages": [{ "id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "code": "ur" }],
        "service_at_locations": [{ "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": { "id": PLACE, "location_type": "physical" } }],
    });
    let package = read_all(&[file("one.json", &text.to_string())]);
    let one = &services(&package).services[0].service;
    assert_eq!((one.need, one.languages.as_slice()), (Need::Shelter, ["ur".to_owned()].as_slice()));
    assert_eq!(one.place.locations().len(), 1);
    assert_eq!(one.phones[0].number, "+1");
}

fn protected(id: ServiceId) -> (ServiceId, Service) {
    let package = read_all(&small());
    let mut service = services(&package).services.remove(0).service;
    service.place = Place::Protected { through: None };
    (id, service)
}

#[test]
fn rule_9_a_protected_service_goes_out_without_anything_that_leads_to_it() {
    let package = read_all(&small());
    let id: ServiceId = SERVICE.parse().unwrap();
    let desk = |_: &Service| PublicDesk {
        state: "Avelmar".into(),
        id: None,
        desk: Some("Focal point".into()),
        telephone: Some("+999 1".into()),
    };
    let out = export(&package, &[protected(id)], desk);
    let two = ServiceId::from_uuid(Uuid::from_u128(5));
    let both = export(&package, &[protected(id), protected(two)], desk);
    assert_eq!(both, out, "how many there are does not show");
    assert_eq!(out.rows("service").count(), 1);
    assert!(out.row("service", id.uuid()).is_none(), "nor which");
    let text = String::from_utf8(tabular_json(&out).unwrap()).unwrap();
    for hidden in [
        "Quay Street",
        "Portside",
        "10.5",
        "+44 1234",
        "Harbour Trust",
        "Legal clinic",
        "A. Person",
    ] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert!(text.contains("Reached through Focal point") && text.contains("Avelmar"));
    assert_eq!(out.rows("location").count() + out.rows("address").count(), 0);
}

#[test]
fn rule_9_what_comes_in_as_protected_loses_its_address_at_once() {
    let term = "3f7b145d-84af-42d7-8fae-eaca714b02b2";
    let mut files = small();
    files.push(file(
        "taxonomy_terms.csv",
        &format!(
            "id,code,name,description,taxonomy\n{term},protected,Protected,Hidden,{TAXONOMY}\n"
        ),
    ));
    files.push(file(
        "attributes.csv",
        &format!("id,link_id,taxonomy_term_id,link_entity\nae58cc39-8b70-4ab1-8aea-786882e5ac8e,{SERVICE},{term},service\n"),
    ));
    let package = read_all(&files);
    let read = services(&package);
    let text = serde_json::to_string(&read.services[0].service).unwrap();
    assert!(read.services[0].service.place.is_protected());
    assert!(!text.contains("Quay") && !text.contains("+44"), "{text}");
    let id: ServiceId = SERVICE.parse().unwrap();
    let own = belonging_to(&package, id);
    for table in ["service", "location", "address", "phone", "service_at_location", "organization"]
    {
        assert!(own.iter().any(|(name, _)| name == table), "{table} stays behind");
    }
}

#[test]
fn rule_9_words_of_a_protected_service_that_lead_to_it_are_left_out_and_named() {
    let mut files = small();
    files.retain(|one| one.name != "services.csv");
    files.push(file(
        "services.csv",
        &format!(
            "id,organization_id,name,status,description,alert,protected\n\
             {SERVICE},{ORGANIZATION},Night house,active,Ring +999 11 600 1234,Come late,yes\n"
        ),
    ));
    let read = services(&read_all(&files));
    let one = &read.services[0].service;
    assert!(one.place.is_protected() && one.description.is_empty(), "{one:?}");
    assert_eq!(one.alert.as_deref(), Some("Come late"));
    let told = |notice: &String| notice.contains("left out: description");
    assert!(read.notices.iter().any(told), "{:?}", read.notices);
}

fn made() -> Vec<(ServiceId, Service)> {
    let package = read_all(&small());
    let mut open = services(&package).services.remove(0).service;
    open.hours = Some("Mo-Fr 08:00-17:00; Sa 10:00-12:00".into());
    open.time_zone = Some("Africa/Porto-Novo".into());
    open.step_free = Some(true);
    open.areas = vec!["Portside".into()];
    open.eligibility.groups = Eligibility::of(&[Group::Women], &[Group::Men]).groups;
    open.capacity = Some(palermo_domain::service::Capacity {
        unit: "bed".into(),
        maximum: Some(12),
        available: Some(3),
        confirmed: Some("2026-02-01".parse().unwrap()),
    });
    open.funding = vec![palermo_domain::service::Funding {
        source: "Northway Fund".into(),
        until: Some("2026-05-01".parse().unwrap()),
    }];
    if let Place::Open { locations } = &mut open.place {
        locations.push(Location {
            id: Uuid::from_u128(77),
            name: "Annexe".into(),
            coordinates: None,
            ..locations[0].clone()
        });
    }
    let one = ServiceId::from_uuid(Uuid::from_u128(0x0198_c0de_7f00_7abc_8def_0123_4567_89ab));
    let two = ServiceId::from_uuid(Uuid::from_u128(0x0198_c0de_7f00_7abc_8def_0123_4567_89ac));
    vec![(one, open), protected(two)]
}

/// The compiled schema still points to files it was compiled from, for records
/// nested in others; a data package has none.
fn without_references(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            map.remove("$ref");
            map.values_mut().for_each(without_references);
        }
        Json::Array(list) => list.iter_mut().for_each(without_references),
        _ => {}
    }
}

#[test]
fn req_076_what_is_made_here_fits_the_standards_schema_and_reads_back() {
    let list = made();
    let out = export(&Package::default(), &list, |_| PublicDesk {
        state: "Benin".into(),
        ..PublicDesk::default()
    });
    let back =
        read_all(&[InputFile { name: "all.json".into(), bytes: tabular_json(&out).unwrap() }]);
    assert_eq!(back, out);
    let read: Vec<_> = services(&back).services.into_iter().map(|one| one.service).collect();
    let open = read.iter().find(|one| !one.place.is_protected()).unwrap();
    let (_, mut given) = list[0].clone();
    // An address the standard asks for and nobody gave is a hyphen; phones keep their kind.
    if let Place::Open { locations } = &mut given.place {
        locations.sort_by_key(|place| place.id);
    }
    let mut shown = open.clone();
    if let Place::Open { locations } = &mut shown.place {
        locations.sort_by_key(|place| place.id);
    }
    assert_eq!(shown, given);
    let Some(schema) = beside("schema/compiled/tabular.json") else { return };
    let mut schema: Json = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
    without_references(&mut schema);
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let instance: Json = serde_json::from_slice(&tabular_json(&out).unwrap()).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&instance).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn req_076_what_was_changed_reaches_the_rows_as_they_came_and_says_nothing_twice() {
    let mut files = small();
    files.push(file(
        "languages.csv",
        &format!(
            "id,service_id,code\n2989d3ed-c547-48f8-8f9d-432d81c7892e,{SERVICE},fr\n\
             2989d3ed-c547-48f8-8f9d-432d81c7892f,{SERVICE},en\n"
        ),
    ));
    files.push(file(
        "schedules.csv",
        &format!(
            "id,service_id,freq,byday,opens_at,closes_at\n\
             0f2e5a1c-0d0f-4a0b-9f3e-6c7d2b1a0001,{SERVICE},WEEKLY,TH,10:00:00,18:00:00\n\
             0f2e5a1c-0d0f-4a0b-9f3e-6c7d2b1a0002,{SERVICE},WEEKLY,FR,10:00:00,18:00:00\n"
        ),
    ));
    let package = read_all(&files);
    let mut one = services(&package).services.remove(0);
    assert_eq!(one.service.hours.as_deref(), Some("Th 10:00-18:00; Fr 10:00-18:00"));
    one.service.hours = Some("Mo,Tu,We,Th,Fr 09:00-12:00".into());
    one.service.languages = vec!["en".into()];
    if let Place::Open { locations } = &mut one.service.place {
        locations[0].city = "Northferry".into();
    }
    let out = export(&package, &[(one.id, one.service.clone())], |_| PublicDesk::default());
    assert_eq!(out.rows("address").count(), 1);
    let (id, address) = out.rows("address").next().unwrap();
    assert_eq!(id.to_string(), "74706e55-df26-4b84-80fe-ecc30b5befb4");
    assert_eq!(
        (address["city"].as_str(), address["address_1"].as_str()),
        (Some("Northferry"), Some("1 Quay Street"))
    );
    assert_eq!((out.rows("language").count(), out.rows("schedule").count()), (1, 1));
    assert_eq!(services(&out).services.remove(0).service, one.service);
}

#[test]
fn req_076_a_service_at_two_places_keeps_hours_and_number_of_each_and_one_may_end() {
    let package = read_all(&small());
    let mut one = services(&package).services.remove(0);
    let before = one.service.clone();
    if let Place::Open { locations } = &mut one.service.place {
        locations.push(Location {
            id: Uuid::from_u128(77),
            name: "Annexe".into(),
            city: "Northferry".into(),
            hours: Some("Sa 10:00-12:00".into()),
            phones: vec![palermo_domain::service::Phone {
                id: Uuid::from_u128(78),
                number: "+999 7".into(),
                extension: None,
                toll_free: true,
                uniform: None,
                note: String::new(),
            }],
            ..locations[0].clone()
        });
    }
    let desk = |_: &Service| PublicDesk::default();
    let out = export(&package, &[(one.id, one.service.clone())], desk);
    let back = services(&out).services.remove(0).service;
    let place = back.place.locations().iter().find(|at| at.name == "Annexe").unwrap();
    assert_eq!(place.hours.as_deref(), Some("Sa 10:00-12:00"));
    assert_eq!((place.phones.len(), place.phones[0].toll_free), (1, true));
    assert_eq!((back.phones.len(), back.numbers().len()), (1, 1), "its own number stays its own");
    assert_eq!(out.rows("service_at_location").count(), 2);

    // What came in with two places, and is no longer given at one of them.
    let out = export(&out, &[(one.id, before)], desk);
    assert_eq!(out.rows("service_at_location").count(), 1);
    assert_eq!((out.rows("location").count(), out.rows("address").count()), (1, 1));
    assert_eq!((out.rows("phone").count(), out.rows("schedule").count()), (1, 0));
}

#[test]
fn a_place_where_another_service_is_given_stays_when_one_ends_there() {
    let other = "ac148810-d857-441c-9679-408f346de14c";
    let mut files = small();
    files[1]
        .bytes
        .extend_from_slice(format!("{other},{ORGANIZATION},Day centre,active,,,\n").as_bytes());
    files[3].bytes.extend_from_slice(
        format!("e94c9f38-1e8f-4564-91d4-d53501ab1766,{other},{PLACE}\n").as_bytes(),
    );
    let package = read_all(&files);
    let mut list: Vec<_> =
        services(&package).services.into_iter().map(|one| (one.id, one.service)).collect();
    for (id, one) in &mut list {
        if id.to_string() == other {
            one.place = Place::Open { locations: Vec::new() };
        }
    }
    let out = export(&package, &list, |_| PublicDesk::default());
    assert_eq!(out.rows("service_at_location").count(), 1);
    assert_eq!((out.rows("location").count(), out.rows("address").count()), (1, 1));
}
