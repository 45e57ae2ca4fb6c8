//! The chain specifications that come with the source: they are current, a node starts from them, and
//! the live one runs only when it is filled in.

mod common;

use std::{fs, path::Path, time::Duration};

use common::{fail, succeed, Node};
use serde_json::{json, Value};

/// Most that a command may take. Some compile the runtime first.
const COMMAND: Duration = Duration::from_secs(60);

/// Most that the first block may take.
const MAKING: Duration = Duration::from_secs(60);

const NAMES: [&str; 3] = ["development.json", "live.json", "local.json"];

fn committed(name: &str) -> String {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../chain-specs");
	folder.join(name).display().to_string()
}

fn read(path: &str) -> String {
	fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_committed_specifications_are_current() {
	let dir = tempfile::tempdir().expect("temporary folders can be made");
	let folder = dir.path().join("specs").display().to_string();
	succeed(&["chain-specs", &folder], COMMAND);
	let mut made: Vec<_> = fs::read_dir(&folder)
		.expect("the folder was made")
		.map(|file| file.expect("it can be listed").file_name())
		.collect();
	made.sort();
	assert_eq!(made, NAMES);
	for name in NAMES {
		assert_eq!(
			read(&committed(name)),
			read(&format!("{folder}/{name}")),
			"{name} is not what the presets say: run ./task specs and commit what it writes"
		);
	}
	// Twice is once.
	succeed(&["chain-specs", &folder], COMMAND);
	assert_eq!(
		read(&committed("local.json")),
		read(&format!("{folder}/local.json"))
	);
}

#[test]
fn a_file_and_a_name_are_the_same_chain() {
	for (name, file) in [("dev", "development.json"), ("local", "local.json")] {
		let of = |chain: &str| {
			let raw = succeed(&["export-chain-spec", "--raw", "--chain", chain], COMMAND);
			let raw: Value = serde_json::from_str(&raw).expect("a specification is JSON");
			raw["genesis"].clone()
		};
		assert!(of(name) == of(&committed(file)), "{name} and {file} differ");
	}
}

#[test]
fn a_node_starts_from_a_committed_file() {
	let mut node = Node::start(&[
		"--chain",
		&committed("development.json"),
		"--alice",
		"--force-authoring",
		"--tmp",
	]);
	node.wait(MAKING, "block", |node| (node.best() > 0).then_some(()));
}

#[test]
fn a_live_chain_is_neither_exported_nor_run_before_it_is_fit() {
	let template = committed("live.json");
	for args in [
		vec!["export-chain-spec", "--raw", "--chain", &template],
		vec!["--chain", &template, "--tmp"],
	] {
		assert!(fail(&args, COMMAND).contains("FILL IN"), "{args:?}");
	}

	// Filled with the keys of Alice, it is not fit either.
	let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	let mut spec: Value = serde_json::from_str(&read(&template)).expect("it is JSON");
	let patch = &mut spec["genesis"]["runtimeGenesis"]["patch"];
	patch["validatorSelection"]["invulnerables"] = json!([alice]);
	patch["session"]["keys"] = json!([[alice, alice, { "aura": alice, "grandpa": alice }]]);
	patch["council"]["members"] = json!([alice]);
	patch["balances"]["balances"] = json!([[alice, 1_000_000_000_000u64]]);
	let file = tempfile::NamedTempFile::new().expect("temporary files can be made");
	fs::write(file.path(), spec.to_string()).expect("temporary files can be written");
	let filled = file.path().display().to_string();
	for args in [
		vec!["export-chain-spec", "--raw", "--chain", &filled],
		vec!["--chain", &filled, "--tmp"],
	] {
		assert!(fail(&args, COMMAND).contains("key of Alice"), "{args:?}");
	}
}
