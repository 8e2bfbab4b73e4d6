//! Every crate that is part of the program may be given away with it.
//!
//! `cargo metadata` names the crates of the lock file with the licences they are under (SPDX
//! expressions); each must leave a choice among those that we can meet.

use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

/// The licences we can meet, and why each is here.
const ACCEPTED: [(&str, &str); 14] = [
    ("MIT", "our own"),
    ("Apache-2.0", "our own"),
    ("0BSD", "asks for nothing"),
    ("BSD-1-Clause", "asks for its notice in the source"),
    ("BSD-2-Clause", "asks for its notice"),
    (
        "BSD-3-Clause",
        "asks for its notice and not to use its authors' names",
    ),
    ("BSL-1.0", "asks for its notice in the source"),
    ("CC0-1.0", "asks for nothing"),
    ("ISC", "asks for its notice"),
    (
        "NCSA",
        "asks for its notice and not to use its authors' names",
    ),
    ("OFL-1.1", "fonts: may be embedded, not sold alone"),
    (
        "Ubuntu-font-1.0",
        "fonts: may be embedded, renamed when changed",
    ),
    ("Unicode-3.0", "tables of characters: asks for its notice"),
    ("Zlib", "asks not to claim its authorship"),
];

/// Licences that reach as far as the file they are in: accepted, as we change none of those files.
const ACCEPTED_UNCHANGED: [(&str, &str); 1] = [("MPL-2.0", "its files stay under it, ours don't")];

/// Whether an expression leaves a choice among what is accepted.
fn is_accepted(expression: &Expression) -> bool {
    expression.evaluate(|requirement: &LicenseReq| {
        let Some(id) = requirement.license.id() else {
            return false;
        };
        // An addition such as LLVM's exception only ever permits more.
        ACCEPTED
            .iter()
            .chain(&ACCEPTED_UNCHANGED)
            .any(|(name, _)| *name == id.name)
    })
}

/// What is wrong with a crate's licence, if anything.
fn objection(package: &Value) -> Option<String> {
    let name = package["name"].as_str().unwrap_or("?");
    let version = package["version"].as_str().unwrap_or("?");
    let Some(text) = package["license"].as_str() else {
        return Some(format!("{name} {version} names no licence"));
    };
    // Older crates write MIT/Apache-2.0.
    match Expression::parse_mode(text, ParseMode::LAX) {
        Ok(expression) if is_accepted(&expression) => None,
        Ok(_) => Some(format!("{name} {version} is under {text}")),
        Err(error) => Some(format!("{name} {version} is under “{text}”: {error}")),
    }
}

/// What cargo knows of the crates in the lock file, from disk where they are all there.
fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = |place: &[&str]| {
        Command::new(&cargo)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["metadata", "--format-version", "1", "--locked"])
            .args(place)
            .output()
            .expect("cargo runs this test and can be run by it")
    };
    let mut output = run(&["--offline"]);
    if !output.status.success() {
        output = run(&[]);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata failed: {said}");
    serde_json::from_slice(&output.stdout).expect("cargo writes JSON")
}

#[test]
fn every_crate_is_under_a_licence_that_we_can_meet() {
    let metadata = metadata();
    let packages = metadata["packages"]
        .as_array()
        .expect("cargo lists packages");
    assert!(
        packages.len() > 100,
        "a window and a sound card take more crates than that"
    );
    let objections: Vec<String> = packages.iter().filter_map(objection).collect();
    assert!(objections.is_empty(), "\n{}\n", objections.join("\n"));
}

#[test]
fn a_licence_that_we_cannot_meet_is_objected_to() {
    for (license, is_fine) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only OR MIT", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("MPL-2.0", true),
        ("GPL-3.0-only", false),
        ("MIT AND LGPL-2.1-or-later", false),
        ("LicenseRef-Ours", false),
        ("as you like", false),
    ] {
        let package = serde_json::json!({ "name": "a", "version": "1", "license": license });
        assert_eq!(objection(&package).is_none(), is_fine, "{license}");
    }
    let without = serde_json::json!({ "name": "a", "version": "1", "license": null });
    assert_eq!(objection(&without), Some("a 1 names no licence".to_owned()));
}
