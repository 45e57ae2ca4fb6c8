//! The application is the same in both runtimes: same pallets, same numbers, same names, same arguments.
//!
//! A wallet, a script or a client that knows one of them knows the other. Whatever only one of them has
//! stands in the two lists below; a pallet of ours that only one has is in neither, and the test fails.

use std::collections::{BTreeMap, BTreeSet};

use frame_metadata::{
	v14::{PalletMetadata, RuntimeMetadataV14, StorageEntryType},
	RuntimeMetadata, RuntimeMetadataPrefixed,
};
use scale_info::{
	form::PortableForm, meta_type, Field, PortableRegistry, Registry, TypeDef, TypeInfo, Variant,
};

/// What only a chain of its own has: its validators, their bonds, and finality.
const SOLO_ONLY: [&str; 3] = ["Grandpa", "ValidatorSelection", "Validators"];

/// What only a parachain has: the relay chain, its collators, and messages of other chains.
const PARACHAIN_ONLY: [&str; 10] = [
	"AssetRate",
	"AuraExt",
	"CollatorSelection",
	"CumulusXcm",
	"MessageQueue",
	"ParachainInfo",
	"ParachainSystem",
	"PolkadotXcm",
	"WeightReclaim",
	"XcmpQueue",
];

/// Our own pallets by the folders in which they stand, besides those that the tests of pallets use.
const OURS: [&str; 7] = [
	"Attestation",
	"Escrow",
	"Land",
	"Metaverse",
	"Portal",
	"Upgrade",
	"Validators",
];

fn metadata_of(prefixed: RuntimeMetadataPrefixed) -> RuntimeMetadataV14 {
	match prefixed.1 {
		RuntimeMetadata::V14(metadata) => metadata,
		other => panic!("metadata of version {}", other.version()),
	}
}

fn solo() -> RuntimeMetadataV14 {
	metadata_of(madang_runtime::Runtime::metadata())
}

fn parachain() -> RuntimeMetadataV14 {
	// How much work fits into a block depends on the state, and is in the metadata.
	sp_io::TestExternalities::default()
		.execute_with(|| metadata_of(madang_parachain_runtime::Runtime::metadata()))
}

/// The name of a type. The runtimes' own types have one name for both.
fn name_of(types: &PortableRegistry, id: u32) -> String {
	let ty = types.resolve(id).expect("every type is in the registry");
	let of = |id: u32| name_of(types, id);
	let path = ty.path.segments.join("::");
	if !path.is_empty() {
		let path = path
			.replace("madang_parachain_runtime::", "runtime::")
			.replace("madang_runtime::", "runtime::");
		let parameters: Vec<_> = ty
			.type_params
			.iter()
			.map(|parameter| parameter.ty.map_or("_".into(), |ty| of(ty.id)))
			.collect();
		return format!("{path}<{}>", parameters.join(", "));
	}
	match &ty.type_def {
		TypeDef::Sequence(items) => format!("[{}]", of(items.type_param.id)),
		TypeDef::Array(array) => format!("[{}; {}]", of(array.type_param.id), array.len),
		TypeDef::Compact(number) => format!("compact {}", of(number.type_param.id)),
		TypeDef::Primitive(primitive) => format!("{primitive:?}"),
		TypeDef::Tuple(tuple) => {
			let fields: Vec<_> = tuple.fields.iter().map(|field| of(field.id)).collect();
			format!("({})", fields.join(", "))
		}
		other => panic!("a type without a name: {other:?}"),
	}
}

fn fields_of(types: &PortableRegistry, fields: &[Field<PortableForm>]) -> String {
	let fields: Vec<_> = fields
		.iter()
		.map(|field| {
			let name = field.name.clone().unwrap_or_default();
			format!("{name}: {}", name_of(types, field.ty.id))
		})
		.collect();
	fields.join(", ")
}

fn variants_of(types: &PortableRegistry, id: u32) -> Vec<Variant<PortableForm>> {
	match &types.resolve(id).expect("it is in the registry").type_def {
		TypeDef::Variant(of) => of.variants.clone(),
		other => panic!("not an enum: {other:?}"),
	}
}

/// A line for each call, event, error, entry of the state and constant of a pallet.
fn lines_of(
	metadata: &RuntimeMetadataV14,
	pallet: &PalletMetadata<PortableForm>,
) -> BTreeSet<String> {
	let types = &metadata.types;
	let mut lines = BTreeSet::from([format!("pallet {}", pallet.index)]);
	let enums = [
		("call", pallet.calls.as_ref().map(|calls| calls.ty.id)),
		("event", pallet.event.as_ref().map(|event| event.ty.id)),
		("error", pallet.error.as_ref().map(|error| error.ty.id)),
	];
	for (kind, id) in enums {
		for variant in id.map(|id| variants_of(types, id)).unwrap_or_default() {
			let fields = fields_of(types, &variant.fields);
			lines.insert(format!(
				"{kind} {} {}({fields})",
				variant.index, variant.name
			));
		}
	}
	for entry in pallet.storage.iter().flat_map(|storage| &storage.entries) {
		let shape = match &entry.ty {
			StorageEntryType::Plain(value) => name_of(types, value.id),
			StorageEntryType::Map {
				hashers,
				key,
				value,
			} => format!(
				"{hashers:?} {} -> {}",
				name_of(types, key.id),
				name_of(types, value.id)
			),
		};
		lines.insert(format!(
			"storage {} {:?} {shape}",
			entry.name, entry.modifier
		));
	}
	for constant in &pallet.constants {
		let shape = name_of(types, constant.ty.id);
		lines.insert(format!("constant {} {shape}", constant.name));
	}
	lines
}

fn pallets_of(metadata: &RuntimeMetadataV14) -> BTreeMap<String, BTreeSet<String>> {
	metadata
		.pallets
		.iter()
		.map(|pallet| (pallet.name.clone(), lines_of(metadata, pallet)))
		.collect()
}

#[test]
fn both_have_the_same_pallets_but_for_what_lies_below() {
	let (solo, parachain) = (pallets_of(&solo()), pallets_of(&parachain()));
	let missing = |of: &BTreeMap<String, _>, there: &BTreeMap<String, _>| -> Vec<String> {
		let only = of.keys().filter(|name| !there.contains_key(*name));
		only.cloned().collect()
	};
	assert_eq!(missing(&solo, &parachain), SOLO_ONLY);
	assert_eq!(missing(&parachain, &solo), PARACHAIN_ONLY);
}

#[test]
fn every_pallet_of_ours_is_in_both_but_for_the_bonds_of_validators() {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../pallets");
	let mut folders: Vec<_> = std::fs::read_dir(folder)
		.expect("the pallets are there")
		.map(|entry| entry.expect("it can be read").file_name().into_string())
		.map(|name| name.expect("it is Unicode"))
		.filter(|name| name != "mock")
		.collect();
	folders.sort();
	let names: Vec<_> = OURS.iter().map(|name| name.to_lowercase()).collect();
	assert_eq!(folders, names);

	let (solo, parachain) = (pallets_of(&solo()), pallets_of(&parachain()));
	for name in OURS {
		assert!(solo.contains_key(name), "{name}");
		assert_eq!(parachain.contains_key(name), name != "Validators", "{name}");
	}
}

#[test]
fn what_both_have_is_the_same() {
	let (solo, parachain) = (pallets_of(&solo()), pallets_of(&parachain()));
	let mut compared = 0;
	for (name, there) in &parachain {
		let Some(here) = solo.get(name) else { continue };
		let difference: Vec<_> = here.symmetric_difference(there).collect();
		assert!(difference.is_empty(), "{name}: {difference:#?}");
		compared += here.len();
	}
	assert!(compared > 900, "{compared} entries only");
}

/// The reasons for which money is held, by pallet.
fn reasons<T: TypeInfo + 'static>() -> BTreeSet<String> {
	let mut registry = Registry::new();
	let id = registry.register_type(&meta_type::<T>()).id;
	let types = PortableRegistry::from(registry);
	variants_of(&types, id)
		.into_iter()
		.flat_map(|pallet| {
			let inside = pallet
				.fields
				.first()
				.expect("a pallet has its reasons")
				.ty
				.id;
			variants_of(&types, inside).into_iter().map(move |reason| {
				format!(
					"{} {} {} {}",
					pallet.index, pallet.name, reason.index, reason.name
				)
			})
		})
		.collect()
}

#[test]
fn money_is_held_for_the_same_reasons() {
	let solo = reasons::<madang_runtime::RuntimeHoldReason>();
	let parachain = reasons::<madang_parachain_runtime::RuntimeHoldReason>();
	let of = |names: &[&str], reasons: &BTreeSet<String>| -> BTreeSet<String> {
		let own = |line: &String| {
			let name = line.split(' ').nth(1).expect("a line has a name");
			names.contains(&name)
		};
		reasons.iter().filter(|line| !own(line)).cloned().collect()
	};
	let shared = of(&SOLO_ONLY, &solo);
	assert_eq!(shared, of(&PARACHAIN_ONLY, &parachain));
	assert!(shared.len() > 10, "{shared:?}");
}
