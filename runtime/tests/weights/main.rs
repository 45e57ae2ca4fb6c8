//! Every call has a generated weight, and the runtime uses it.

use std::{
	any::type_name,
	collections::{HashMap, HashSet},
	env,
	path::Path,
};

use codec::Decode;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallMetadata, GetCallName, PalletInfoAccess},
	weights::Weight,
};
use madang_runtime::{
	Attestation, Escrow, Land, Metaverse, Portal, Runtime, RuntimeCall, Upgrade, Validators,
};
use sp_runtime::traits::TrailingZeroInput;

mod file;

use file::{read_all, Cost, Function};

/// Where the generated files are.
fn committed() -> HashMap<String, Function> {
	read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/weights"))
}

/// Whether a pallet's weights are those of the generated file of that name. One file is a module of its
/// own, because the parachain does not have its pallet.
fn is_generated<WeightInfo>(file: &str) -> bool {
	let own = format!("madang_runtime::configs::consensus::{file}_weights::WeightInfo<");
	let shared = format!("madang_runtime::weights::{file}::WeightInfo<");
	let name = type_name::<WeightInfo>();
	name.starts_with(&shared) || name.starts_with(&own)
}

/// Calls of ours whose benchmark has another name: they do the same.
const SHARED: [(&str, &str); 3] = [
	("pallet_escrow::claim_to", "pallet_escrow::claim"),
	("pallet_escrow::claim_for", "pallet_escrow::claim"),
	("pallet_escrow::exit_to", "pallet_escrow::exit"),
];

/// What a cost comes to in the database of the runtime.
fn weight(cost: Cost) -> Weight {
	let db = <Runtime as frame_system::Config>::DbWeight::get();
	Weight::from_parts(cost.time, cost.proof)
		.saturating_add(db.reads_writes(cost.reads, cost.writes))
}

/// Checks a pallet of ours, and tells its name.
fn check<Pallet: PalletInfoAccess, Call: GetCallName + GetCallIndex, WeightInfo>(
	file: &str,
	functions: &HashMap<String, Function>,
) -> &'static str {
	assert!(
		is_generated::<WeightInfo>(file),
		"{} does not use weights::{file}",
		Pallet::name()
	);
	let names = Call::get_call_names().iter();
	assert!(names.len() > 0);
	for (name, index) in names.zip(Call::get_call_indices()) {
		let own = format!("{file}::{name}");
		let shared = SHARED.iter().find(|(call, _)| *call == own);
		let function = functions
			.get(shared.map_or(own.as_str(), |(_, function)| function))
			.unwrap_or_else(|| panic!("{own} has no generated weight: run ./task weights"));

		// The call with nothing in it weighs at least what is measured whatever the components.
		let bytes = [Pallet::index() as u8, *index];
		let call = RuntimeCall::decode(&mut TrailingZeroInput::new(&bytes))
			.unwrap_or_else(|error| panic!("{own} of zeros: {error}"));
		let declared = call.get_dispatch_info().call_weight;
		let measured = weight(function.base);
		assert!(
			declared.all_gte(measured),
			"{own} declares {declared:?} and needs {measured:?}"
		);
	}
	Pallet::name()
}

#[test]
fn every_call_has_a_generated_weight() {
	let functions = committed();
	macro_rules! check {
		($($file:ident $pallet:ident),+) => {
			[$(check::<
				$pallet,
				$file::Call<Runtime>,
				<Runtime as $file::Config>::WeightInfo,
			>(stringify!($file), &functions)),+]
		};
	}
	let ours = check![
		pallet_attestation Attestation,
		pallet_escrow Escrow,
		pallet_land Land,
		pallet_metaverse Metaverse,
		pallet_portal Portal,
		pallet_upgrade Upgrade,
		pallet_validators Validators
	];

	macro_rules! generated {
		($($name:literal $file:ident $weights:ty),+) => {
			[$((
				$name,
				is_generated::<$weights>(stringify!($file)),
			)),+]
		};
	}
	let sdk = generated![
		"System" frame_system <Runtime as frame_system::Config>::SystemWeightInfo,
		"Timestamp" pallet_timestamp <Runtime as pallet_timestamp::Config>::WeightInfo,
		"Preimage" pallet_preimage <Runtime as pallet_preimage::Config>::WeightInfo,
		"Scheduler" pallet_scheduler <Runtime as pallet_scheduler::Config>::WeightInfo,
		"Sudo" pallet_sudo <Runtime as pallet_sudo::Config>::WeightInfo,
		"Balances" pallet_balances <Runtime as pallet_balances::Config>::WeightInfo,
		"Assets" pallet_assets <Runtime as pallet_assets::Config>::WeightInfo,
		"Treasury" pallet_treasury <Runtime as pallet_treasury::Config>::WeightInfo,
		"ValidatorSelection" pallet_collator_selection
			<Runtime as pallet_collator_selection::Config>::WeightInfo,
		"Session" pallet_session <Runtime as pallet_session::Config>::WeightInfo,
		"Council" pallet_collective
			<Runtime as pallet_collective::Config<pallet_collective::Instance1>>::WeightInfo,
		"Utility" pallet_utility <Runtime as pallet_utility::Config>::WeightInfo,
		"Multisig" pallet_multisig <Runtime as pallet_multisig::Config>::WeightInfo,
		"Proxy" pallet_proxy <Runtime as pallet_proxy::Config>::WeightInfo,
		"Nfts" pallet_nfts <Runtime as pallet_nfts::Config>::WeightInfo
	];
	for (name, generated) in sdk {
		assert!(generated, "{name} does not use its generated weights");
	}

	// The SDK has no benchmarks for the weights of its calls.
	let without = ["Grandpa"];
	let known: HashSet<_> = ours
		.into_iter()
		.chain(sdk.map(|(name, _)| name))
		.chain(without)
		.collect();
	let all: HashSet<_> = RuntimeCall::get_module_names().iter().copied().collect();
	assert_eq!(known, all);
}

#[test]
fn every_transaction_pays_for_its_extensions_what_was_measured() {
	assert!(is_generated::<
		<Runtime as frame_system::Config>::ExtensionsWeightInfo,
	>("frame_system_extensions"));
	assert!(is_generated::<
		<Runtime as pallet_transaction_payment::Config>::WeightInfo,
	>("pallet_transaction_payment"));
}

/// What a new run has more of than the old one: in reads, writes or proof by more than a tenth, or
/// functions that are in one of them only.
fn excesses(old: &HashMap<String, Function>, new: &HashMap<String, Function>) -> Vec<String> {
	let names: HashSet<_> = old.keys().chain(new.keys()).collect();
	let mut found: Vec<String> = names
		.into_iter()
		.flat_map(|name| match (old.get(name), new.get(name)) {
			(Some(old), Some(new)) => {
				let (old, new) = (old.at_most(), new.at_most());
				[
					("reads", old.reads, new.reads),
					("writes", old.writes, new.writes),
					("bytes of proof", old.proof, new.proof),
				]
				.into_iter()
				.filter(|(_, old, new)| new * 10 > old * 11)
				.map(|(what, old, new)| format!("{name}: {new} {what} instead of {old}"))
				.collect()
			}
			(None, _) => vec![format!("{name} is new")],
			(_, None) => vec![format!("{name} is gone")],
		})
		.collect();
	found.sort();
	found
}

#[test]
#[ignore = "needs a new run: ./task weights --check makes one and starts this"]
fn a_new_run_costs_no_more() {
	let folder =
		env::var("MEASURED_WEIGHTS").expect("MEASURED_WEIGHTS names the folder of the run");
	let (old, new) = (committed(), read_all(Path::new(&folder)));
	let excesses = excesses(&old, &new);
	assert!(
		excesses.is_empty(),
		"{} functions of the new run do not fit the committed ones:\n{}",
		excesses.len(),
		excesses.join("\n")
	);
	println!(
		"{} functions cost at most a tenth more than what is committed",
		new.len()
	);
}

#[test]
fn a_run_that_costs_more_is_found() {
	let run = |reads: u64, writes: u64, proof: u64, slope: u64| {
		let base = Cost {
			reads,
			writes,
			proof,
			..Cost::default()
		};
		let each = Cost {
			reads: slope,
			..Cost::default()
		};
		let slopes = HashMap::from([("c".to_owned(), (each, 10))]);
		HashMap::from([("land::claim".to_owned(), Function { base, slopes })])
	};
	let old = run(10, 10, 1_000, 1);
	let none = Vec::<String>::new();
	assert_eq!(excesses(&old, &old), none);
	assert_eq!(excesses(&old, &run(12, 11, 1_100, 1)), none);
	assert_eq!(excesses(&old, &run(5, 5, 500, 0)), none);
	assert_eq!(
		excesses(&old, &run(13, 10, 1_000, 1)),
		["land::claim: 23 reads instead of 20"]
	);
	assert_eq!(
		excesses(&old, &run(10, 10, 1_000, 2)),
		["land::claim: 30 reads instead of 20"]
	);
	assert_eq!(
		excesses(&old, &run(10, 12, 1_000, 1)),
		["land::claim: 12 writes instead of 10"]
	);
	assert_eq!(
		excesses(&old, &run(10, 10, 1_101, 1)),
		["land::claim: 1101 bytes of proof instead of 1000"]
	);
	assert_eq!(excesses(&old, &HashMap::new()), ["land::claim is gone"]);
	assert_eq!(excesses(&HashMap::new(), &old), ["land::claim is new"]);
}
