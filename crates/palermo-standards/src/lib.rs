//! Exchange formats, one file each: bytes ↔ typed values. No database, no
//! clock, no access decisions.

pub mod calendar;
pub mod delimited;
pub mod document;
pub mod hsds;
pub mod meetings;
// files on cases
pub mod picture;
// knowledge: statistics that States and others send
pub mod checked;
pub mod ctdc;
pub mod ctdc_columns;
pub mod glotip;
pub mod glotip_check;
pub mod glotip_flows;
pub mod htcds;
pub mod htcds_fields;
pub mod iso_areas;
pub mod mapped;
pub mod metadata;
pub mod national_export;
pub mod sdg1622;
pub mod sdg1622_check;
pub mod table_file;
pub mod template;
// registers
pub mod returned;
pub mod sheet;
pub mod state_list;
pub mod treaty_status;
