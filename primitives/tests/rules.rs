//! The rules for code that runs on chain: what clippy cannot see of them, and where dependencies come
//! from. `docs/building.md` has the rules.

use std::{
	collections::BTreeSet,
	fs,
	path::{Path, PathBuf},
};

/// Where the attribute with the lints begins.
const RULES: &str = "#![cfg_attr(\n\tnot(any(test, feature = \"runtime-benchmarks\")),\n\twarn(\n";

/// A pallet for tests only, which runs on no chain.
const MOCK: &str = "mock";

/// Types of numbers, and our names for them.
const NUMBERS: [&str; 22] = [
	"u8",
	"u16",
	"u32",
	"u64",
	"u128",
	"usize",
	"i8",
	"i16",
	"i32",
	"i64",
	"i128",
	"isize",
	"f32",
	"f64",
	"Balance",
	"MetaverseId",
	"ParcelId",
	"CollectionId",
	"AssetId",
	"CampaignId",
	"PositionId",
	"PortalId",
];

fn root() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
	fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The `lib.rs` of every pallet that runs on a chain.
fn pallets() -> Vec<PathBuf> {
	let mut found: Vec<_> = fs::read_dir(root().join("pallets"))
		.expect("the folder of the pallets")
		.map(|entry| entry.expect("an entry of it").path())
		.filter(|path| path.is_dir() && !path.ends_with(MOCK))
		.map(|path| path.join("src/lib.rs"))
		.collect();
	found.sort();
	assert!(found.len() >= 6, "pallets are missing: {found:?}");
	found
}

/// The lints that a crate asks for; nothing when it asks for none.
fn rules_of(source: &str) -> Option<BTreeSet<&str>> {
	let (_, after) = source.split_once(RULES)?;
	let (lints, _) = after.split_once("\n\t)\n)]\n")?;
	Some(
		lints
			.lines()
			.map(|line| line.trim().trim_end_matches(','))
			.collect(),
	)
}

/// The code of a source, without its comments.
fn code_of(source: &str) -> impl Iterator<Item = (usize, &str)> {
	source.lines().enumerate().map(|(number, line)| {
		let code = line.split_once("//").map_or(line, |(code, _)| code);
		(number + 1, code)
	})
}

/// What is written by hand in a line although only the macros of FRAME may.
fn breach(code: &str) -> Option<&'static str> {
	let casts = code.split(" as ").skip(1).any(|after| {
		let name: String = after
			.chars()
			.take_while(|c| c.is_alphanumeric() || *c == '_')
			.collect();
		NUMBERS.contains(&name.as_str())
	});
	if casts {
		Some("a cast")
	} else if code.contains(".expect(") {
		Some("`expect`")
	} else if code.contains("unreachable!(") {
		Some("`unreachable`")
	} else {
		None
	}
}

#[test]
fn every_crate_that_runs_on_chain_has_the_same_rules() {
	let of_primitives = read(&root().join("primitives/src/lib.rs"));
	let rules = rules_of(&of_primitives).expect("the primitives ask for lints");
	for lint in [
		"clippy::arithmetic_side_effects",
		"clippy::cast_possible_truncation",
		"clippy::indexing_slicing",
		"clippy::unwrap_used",
	] {
		assert!(rules.contains(lint), "{lint} is missing");
	}
	let mut crates = pallets();
	crates.push(root().join("runtime/common/src/lib.rs"));
	for path in crates {
		let source = read(&path);
		assert_eq!(
			rules_of(&source).as_ref(),
			Some(&rules),
			"{} must begin with the lints of primitives/src/lib.rs",
			path.display()
		);
	}
}

#[test]
fn what_the_macros_of_frame_may_write_is_not_written_by_hand() {
	for path in pallets() {
		let source = read(&path);
		for (number, code) in code_of(&source) {
			if let Some(what) = breach(code) {
				panic!(
					"{}:{number}: {what}. Handle it, or write it in another file with its reason",
					path.display()
				);
			}
		}
	}
}

#[test]
fn a_breach_is_seen() {
	for code in [
		"let bytes = text.len() as u32;",
		"x as Balance)",
		"map.get(1).expect(\"there\")",
		"_ => unreachable!(),",
	] {
		assert!(breach(code).is_some(), "{code}");
	}
	for code in [
		"<T as Config>::WeightInfo",
		"<<T as frame_system::Config>::Lookup as StaticLookup>",
		"#[expect(clippy::panic)]",
		"",
	] {
		assert_eq!(breach(code), None, "{code}");
	}
	assert_eq!(
		code_of("a // b as u32").next(),
		Some((1, "a ")),
		"comments are no code"
	);
}

/// The check of `./task deny` that needs no tool: it says where each package comes from, and its hash.
#[test]
fn every_dependency_comes_from_crates_io() {
	const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
	let lock: toml::Table = read(&root().join("Cargo.lock"))
		.parse()
		.expect("Cargo.lock is TOML");
	let manifest: toml::Table = read(&root().join("Cargo.toml"))
		.parse()
		.expect("Cargo.toml is TOML");
	let members = manifest["workspace"]["members"]
		.as_array()
		.expect("members of the workspace");
	let packages = lock["package"].as_array().expect("packages in Cargo.lock");
	let mut ours = 0;
	for package in packages {
		let name = &package["name"];
		match package.get("source") {
			None => ours += 1,
			Some(source) => {
				assert_eq!(source.as_str(), Some(CRATES_IO), "source of {name}");
				assert!(package.get("checksum").is_some(), "{name} has no checksum");
			}
		}
	}
	assert_eq!(
		ours,
		members.len(),
		"packages without a source are the members of the workspace"
	);
	assert!(packages.len() > ours, "there are dependencies");
}
