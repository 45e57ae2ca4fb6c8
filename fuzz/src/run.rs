//! Runs: many lives, or inputs from files.

use std::path::{Path, PathBuf};

use crate::{
	failure::catch_panics,
	generator::Generator,
	life::{live, Lived, Recorded},
	shrink::shrink,
	stats::{our_calls, Stats},
	step::{self, Step},
};

/// Where failing inputs go, below the target folder.
const FAILURES: &str = "target/fuzz-failures";

/// An input that failed.
#[derive(Debug)]
pub struct Found {
	/// What is wrong.
	pub what: String,
	/// The input, as short as it could be made.
	pub file: PathBuf,
	/// Its steps.
	pub steps: usize,
}

impl std::fmt::Display for Found {
	fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
		let file = self.file.display();
		write!(
			f,
			"{}\nThe {} steps that lead there are in {file}; to see them again:\n  ./task fuzz {file}",
			self.what, self.steps
		)
	}
}

/// Lives that are made up, one seed after the other, until so many calls were dispatched.
pub fn generated(
	calls: u64,
	first_seed: u64,
	stats: &mut Stats,
	mut tell: impl FnMut(&Stats, u64),
) -> Result<(), Found> {
	catch_panics();
	let mut seed = first_seed;
	while stats.dispatched() < calls {
		let lived = live(&mut Generator::new(seed));
		finish(lived, &format!("seed-{seed}"), stats)?;
		tell(stats, seed);
		seed = seed.wrapping_add(1);
	}
	Ok(())
}

/// One input.
pub fn recorded(name: &str, steps: &[Step], stats: &mut Stats) -> Result<(), Found> {
	catch_panics();
	finish(live(&mut Recorded(steps.iter())), name, stats)
}

fn finish(lived: Lived, name: &str, stats: &mut Stats) -> Result<(), Found> {
	stats.add(&lived.stats);
	let Some(failure) = lived.failure else {
		return Ok(());
	};
	eprintln!("{name}, step {}: {failure}", lived.steps.len());
	let steps = shrink(lived.steps, &failure);
	// The short input may say it with other numbers.
	let what = live(&mut Recorded(steps.iter()))
		.failure
		.unwrap_or(failure)
		.to_string();
	let file = Path::new(FAILURES).join(format!("{name}.scale"));
	let what = match step::write(&file, &steps) {
		Ok(()) => what,
		Err(error) => format!("{what}\n(and the input could not be written: {error})"),
	};
	Err(Found {
		what,
		file,
		steps: steps.len(),
	})
}

/// The inputs in a folder, by name.
pub fn corpus(folder: &Path) -> Result<Vec<(String, Vec<Step>)>, String> {
	let entries =
		std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
	let mut files: Vec<PathBuf> = entries
		.filter_map(|entry| entry.ok().map(|entry| entry.path()))
		.filter(|path| {
			path.extension()
				.is_some_and(|extension| extension == "scale")
		})
		.collect();
	files.sort();
	files
		.into_iter()
		.map(|file| {
			let name = file
				.file_stem()
				.unwrap_or_default()
				.to_string_lossy()
				.into_owned();
			Ok((name, step::read(&file)?))
		})
		.collect()
}

/// Chooses lives, beginning with a seed, in which together every call of ours succeeds, and cuts
/// each to where it last adds one. Tells the seeds with their steps.
pub fn choose_corpus(first_seed: u64, most: u64) -> Result<Vec<(u64, Vec<Step>)>, String> {
	catch_panics();
	let mut open: std::collections::BTreeSet<_> = our_calls().into_iter().collect();
	let mut chosen = vec![];
	for seed in first_seed..first_seed + most {
		if open.is_empty() {
			break;
		}
		let lived = live(&mut Generator::new(seed));
		if let Some(failure) = lived.failure {
			return Err(format!("seed {seed}: {failure}"));
		}
		let adds = |stats: &Stats| {
			open.iter()
				.filter(|name| {
					stats
						.calls
						.get(*name)
						.is_some_and(|count| count.succeeded > 0)
				})
				.count()
		};
		let all = adds(&lived.stats);
		// The first life adds most; a later one is worth it only for what is still open.
		if all == 0 {
			continue;
		}
		let (mut low, mut high) = (0, lived.steps.len());
		while low < high {
			let middle = (low + high) / 2;
			let part = live(&mut Recorded(lived.steps[..middle].iter()));
			if adds(&part.stats) == all {
				high = middle;
			} else {
				low = middle + 1;
			}
		}
		let steps = lived.steps[..high].to_vec();
		let stats = live(&mut Recorded(steps.iter())).stats;
		open.retain(|name| {
			stats
				.calls
				.get(name)
				.is_none_or(|count| count.succeeded == 0)
		});
		chosen.push((seed, steps));
	}
	if open.is_empty() {
		Ok(chosen)
	} else {
		Err(format!(
			"no life was found in which these succeed: {open:?}"
		))
	}
}
