//! What calls of ours declare, beside what the same calls of Bit.Country declare.
//!
//! Run it with `cargo bench -p madang-node --bench declared`. It measures nothing: it asks the runtime
//! what the calls weigh, and compares that with published figures: those that the targets of the project
//! name, read from the generated weights of the estate and metaverse modules in
//! <https://github.com/bit-country/Metaverse-Network>. Which version that was is not on record.
//!
//! Bit.Country's proofs are the bencher's: what was recorded, and the trie of one map. Our calls declare
//! the tries of all maps that they read, so both are compared: what is declared, and the bencher's figure
//! alone, which stands first in the generated files.

use std::{fs, path::Path, process::ExitCode};

use frame_support::dispatch::GetDispatchInfo;
use madang_client::calls;
use madang_primitives::{
	geometry::{Area, Size},
	Balance,
};
use madang_report::{benchmark, Bound, Part, Table};
use madang_runtime::RuntimeCall;
use sp_keyring::Sr25519Keyring;

/// Most of Bit.Country's time that a call of ours may declare.
const TIME: f64 = 0.75;

/// Most of Bit.Country's proof.
const PROOF: f64 = 0.25;

/// A call of ours, and what Bit.Country's declares.
struct Pair {
	name: &'static str,
	call: RuntimeCall,
	/// Where its weight is: the generated file, and the function in it.
	weight: (&'static str, &'static str),
	/// Their call.
	theirs: &'static str,
	/// Microseconds, with the weights of RocksDB.
	time: f64,
	/// Bytes.
	proof: f64,
}

fn pairs() -> [Pair; 3] {
	[
		Pair {
			name: "`land.transfer`",
			call: calls::transfer(0, 0, &Sr25519Keyring::Bob.to_account_id()),
			weight: ("pallet_land", "transfer"),
			theirs: "a transfer of land",
			time: 706.0,
			proof: 28_255.0,
		},
		Pair {
			name: "`land.claim` of one cell",
			call: calls::claim(0, Area::new(0, 0, 1, 1), Balance::MAX),
			weight: ("pallet_land", "claim"),
			theirs: "`mint_land`",
			time: 1_067.0,
			proof: 36_660.0,
		},
		Pair {
			name: "`metaverse.register` with five letters",
			call: calls::register(
				"plaza",
				calls::profile("Plaza", ""),
				Size::new(64, 64),
				Balance::MAX,
			),
			weight: ("pallet_metaverse", "register"),
			theirs: "`create_metaverse`",
			time: 1_628.0,
			proof: 27_361.0,
		},
	]
}

fn main() -> ExitCode {
	benchmark(measure_all)
}

fn measure_all() -> Part {
	let columns = [
		"declared",
		"time, µs",
		"ratio",
		"proof, bytes",
		"ratio",
		"the bencher's proof, bytes",
		"ratio",
		"Bit.Country's",
	];
	let mut table = Table::new("Declared weights", columns);
	let mut part = Part::new("declared");
	for pair in pairs() {
		let weight = pair.call.get_dispatch_info().call_weight;
		// Weight counts picoseconds.
		let time = weight.ref_time() as f64 / 1e6;
		let proof = weight.proof_size() as f64;
		let bencher = bencher_proof(pair.weight) as f64;
		let (in_time, in_proof) = (time / pair.time, proof / pair.proof);
		table.row([
			pair.name.into(),
			format!("{time:.1}"),
			format!("{in_time:.2}"),
			format!("{proof:.0}"),
			format!("{in_proof:.2}"),
			format!("{bencher:.0}"),
			format!("{:.2}", bencher / pair.proof),
			format!("{}: {} µs, {} bytes", pair.theirs, pair.time, pair.proof),
		]);
		part.target(
			format!("declared time of {} / Bit.Country's", pair.name),
			in_time,
			Bound::AtMost(TIME),
		);
		part.target(
			format!("declared proof of {} / Bit.Country's", pair.name),
			in_proof,
			Bound::AtMost(PROOF),
		);
		part.target(
			format!("the bencher's proof of {} / Bit.Country's", pair.name),
			bencher / pair.proof,
			Bound::AtMost(PROOF),
		);
	}
	part.table(table);
	part.note(
		"Theirs are with RocksDB's weights, and their proofs are the bencher's: what was recorded, and \
		 the trie of one map. Our calls declare the tries of all maps that they read.",
	);
	part
}

/// The proof in a function of a generated file, without components, as the bencher had it.
fn bencher_proof((file, function): (&str, &str)) -> u64 {
	let path = Path::new(env!("CARGO_MANIFEST_DIR"))
		.join("../runtime/src/weights")
		.join(file)
		.with_extension("rs");
	let text = fs::read_to_string(path).expect("the weights are generated");
	let (_, body) = text
		.split_once(&format!("\tfn {function}("))
		.expect("the function is generated");
	let (_, parts) = body
		.split_once("Weight::from_parts(")
		.expect("every function has a weight");
	let (_, proof) = parts.split_once(", ").expect("a weight has two parts");
	let digits = proof.split(|character: char| !character.is_ascii_digit());
	let first = digits.into_iter().next().expect("a split has a first part");
	first.parse().expect("these are digits")
}
