//! The smoke test: the committed inputs, in which every call of ours succeeds, and some lives that
//! are made up.

use std::path::Path;

use madang_fuzz::{run, stats::Stats};

/// Calls of the lives that are made up.
const CALLS: u64 = 6_000;
/// Seed of the first of them.
const SEED: u64 = 1_000_000;

#[test]
fn nothing_breaks_in_the_corpus_and_in_new_lives() {
	let mut stats = Stats::default();
	let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
	let inputs = run::corpus(&corpus).expect("the corpus is readable");
	assert!(!inputs.is_empty(), "there is no corpus");
	for (name, steps) in inputs {
		if let Err(found) = run::recorded(&name, &steps, &mut stats) {
			panic!("{name}: {found}");
		}
	}
	stats
		.check()
		.expect("the corpus reaches every call of ours");
	let from_corpus = stats.dispatched();
	if let Err(found) = run::generated(from_corpus + CALLS, SEED, &mut stats, |_, _| {}) {
		panic!("{found}");
	}
	println!("{}", stats.table());
}
