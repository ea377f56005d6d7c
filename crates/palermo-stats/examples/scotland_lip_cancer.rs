//! Lip cancer in Scotland, 1975–1980: the scan of a published table.
//!
//! Data: Kemp, Boyle, Smans & Muir, *Atlas of cancer in Scotland* (IARC 1985),
//! as printed by Clayton & Kaldor, *Empirical Bayes estimates of
//! age-standardized relative risks for use in disease mapping*, Biometrics 43
//! (1987) 671–681, Table 1 (observed and expected cases of 56 districts; here with the
//! coordinates of R's SpatialEpi, in km). The most likely cluster is the north and north-east: 175
//! cases where 55 were expected, LLR 99.0.
//!
//! Run with `cargo run --example scotland_lip_cancer`.

use palermo_stats::scan::{Area, ScanOptions, scan};

/// x, y, observed, expected.
const DISTRICTS: [(f64, f64, u64, f64); 56] = [
    (144.225, 839.069, 9, 1.4),
    (383.873, 851.587, 39, 8.7),
    (314.824, 949.564, 11, 3.0),
    (377.901, 654.984, 9, 2.5),
    (221.104, 870.183, 15, 4.3),
    (336.980, 1014.101, 8, 2.4),
    (325.389, 844.760, 26, 8.1),
    (450.052, 1191.874, 7, 2.3),
    (202.739, 776.532, 6, 2.0),
    (365.423, 824.461, 20, 6.6),
    (125.604, 925.487, 13, 4.4),
    (254.474, 928.282, 5, 1.8),
    (288.649, 845.597, 3, 1.1),
    (230.851, 562.211, 8, 3.3),
    (338.458, 712.712, 17, 7.8),
    (346.033, 791.209, 9, 4.6),
    (280.802, 803.828, 2, 1.1),
    (342.681, 633.143, 7, 4.2),
    (247.635, 825.720, 9, 5.5),
    (359.506, 612.563, 7, 4.4),
    (344.304, 761.715, 16, 10.5),
    (387.080, 808.713, 31, 22.7),
    (198.724, 694.889, 11, 8.8),
    (291.356, 632.261, 7, 5.6),
    (326.545, 697.505, 19, 15.5),
    (309.540, 689.482, 15, 12.5),
    (287.472, 590.125, 7, 6.0),
    (354.699, 671.944, 10, 9.0),
    (287.926, 742.913, 16, 14.4),
    (301.872, 666.090, 11, 10.2),
    (256.511, 615.102, 5, 4.8),
    (268.861, 571.217, 3, 2.9),
    (331.194, 660.214, 7, 7.0),
    (255.153, 708.726, 8, 8.5),
    (228.686, 596.189, 11, 12.3),
    (228.289, 670.430, 9, 10.1),
    (229.726, 651.167, 11, 12.7),
    (278.020, 668.172, 8, 9.4),
    (234.481, 692.623, 6, 7.2),
    (248.851, 673.955, 4, 5.3),
    (242.912, 662.247, 10, 18.8),
    (287.359, 679.502, 8, 15.8),
    (291.426, 695.963, 2, 4.3),
    (281.798, 659.524, 6, 14.6),
    (319.160, 670.671, 19, 50.7),
    (248.315, 641.433, 3, 8.2),
    (265.162, 644.629, 2, 5.6),
    (273.057, 652.118, 3, 9.3),
    (259.791, 664.271, 28, 88.7),
    (336.762, 734.681, 6, 19.6),
    (273.404, 677.721, 1, 3.4),
    (253.591, 675.057, 1, 3.6),
    (254.015, 652.373, 1, 5.7),
    (264.056, 674.853, 1, 7.0),
    (320.644, 589.450, 0, 4.2),
    (318.449, 637.577, 0, 1.8),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let areas: Vec<Area> = DISTRICTS
        .iter()
        .map(|&(x, y, cases, expected)| Area {
            expected: Some(vec![expected]),
            ..Area::new(x, y, cases, expected)
        })
        .collect();
    let report = scan(&areas, &ScanOptions::default())?;
    let cluster = report.most_likely.ok_or("no district has more cases than expected")?;
    let mut districts: Vec<usize> = cluster.areas.iter().map(|i| i + 1).collect();
    districts.sort_unstable();
    println!("districts {districts:?}");
    println!("cases {}, expected {:.1}", cluster.cases, cluster.expected);
    println!("relative risk {:.2}, log likelihood ratio {:.3}", cluster.relative_risk, cluster.llr);
    println!("p = {}", cluster.p.unwrap_or(f64::NAN));
    Ok(())
}
