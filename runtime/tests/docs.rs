//! Wallets show the docs of calls, events and errors to people, so each has some. The metadata takes
//! them from the type information that is read here.

use madang_runtime::Runtime;
use scale_info::{TypeDef, TypeInfo, Variant};

fn variants_of<T: TypeInfo>() -> Vec<Variant> {
	match T::type_info().type_def {
		TypeDef::Variant(of) => of.variants,
		other => panic!("not an enum: {other:?}"),
	}
}

fn is_silent(docs: &[&str]) -> bool {
	docs.iter().all(|line| line.trim().is_empty())
}

fn assert_all_documented<T: TypeInfo>(what: &str) {
	let variants = variants_of::<T>();
	assert!(!variants.is_empty(), "{what} has nothing to document");
	for variant in variants {
		assert!(
			!is_silent(&variant.docs),
			"{what}::{} has no docs",
			variant.name
		);
	}
}

#[test]
fn every_call_says_what_it_does() {
	assert_all_documented::<pallet_metaverse::Call<Runtime>>("metaverse.Call");
	assert_all_documented::<pallet_land::Call<Runtime>>("land.Call");
	assert_all_documented::<pallet_escrow::Call<Runtime>>("escrow.Call");
	assert_all_documented::<pallet_attestation::Call<Runtime>>("attestation.Call");
	assert_all_documented::<pallet_validators::Call<Runtime>>("validators.Call");
	assert_all_documented::<pallet_upgrade::Call<Runtime>>("upgrade.Call");
}

#[test]
fn every_event_says_what_happened() {
	assert_all_documented::<pallet_metaverse::Event<Runtime>>("metaverse.Event");
	assert_all_documented::<pallet_land::Event<Runtime>>("land.Event");
	assert_all_documented::<pallet_escrow::Event<Runtime>>("escrow.Event");
	assert_all_documented::<pallet_attestation::Event<Runtime>>("attestation.Event");
	assert_all_documented::<pallet_validators::Event<Runtime>>("validators.Event");
	assert_all_documented::<pallet_upgrade::Event<Runtime>>("upgrade.Event");
}

#[test]
fn every_error_says_what_to_do() {
	assert_all_documented::<pallet_metaverse::Error<Runtime>>("metaverse.Error");
	assert_all_documented::<pallet_land::Error<Runtime>>("land.Error");
	assert_all_documented::<pallet_escrow::Error<Runtime>>("escrow.Error");
	assert_all_documented::<pallet_attestation::Error<Runtime>>("attestation.Error");
	assert_all_documented::<pallet_validators::Error<Runtime>>("validators.Error");
	assert_all_documented::<pallet_upgrade::Error<Runtime>>("upgrade.Error");
}

#[test]
fn errors_have_distinct_texts() {
	for variants in [
		variants_of::<pallet_metaverse::Error<Runtime>>(),
		variants_of::<pallet_land::Error<Runtime>>(),
		variants_of::<pallet_escrow::Error<Runtime>>(),
		variants_of::<pallet_attestation::Error<Runtime>>(),
		variants_of::<pallet_validators::Error<Runtime>>(),
		variants_of::<pallet_upgrade::Error<Runtime>>(),
	] {
		let mut texts: Vec<String> = variants
			.iter()
			.map(|error| error.docs.join(" ").trim().into())
			.collect();
		texts.sort();
		let all = texts.len();
		texts.dedup();
		assert_eq!(texts.len(), all, "two errors have the same text");
	}
}

#[test]
fn the_metadata_is_there_in_every_version() {
	for version in Runtime::metadata_versions() {
		assert!(
			Runtime::metadata_at_version(version).is_some(),
			"version {version}"
		);
	}
}
