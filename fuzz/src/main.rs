//! Runs the fuzzer from the command line; see `docs/fuzzing.md`.

use std::{
	path::{Path, PathBuf},
	process::ExitCode,
	time::Instant,
};

use madang_fuzz::{
	run::{self, Found},
	stats::Stats,
	step,
};

/// Calls of a run that is not told otherwise.
const CALLS: u64 = 50_000;
/// Calls from which on a run must have seen every call of ours succeed.
const ENOUGH: u64 = 50_000;
/// Where the committed inputs are.
const CORPUS: &str = "fuzz/corpus";
/// Most lives among which a corpus is looked for.
const LIVES: u64 = 400;

const USAGE: &str = "\
Usage: madang-fuzz [--calls N] [--seed S] [--print] [--write-corpus] [FILES]

  FILES            run these inputs, and nothing else
  --calls N        make up lives until N calls were dispatched (50,000)
  --seed S         the seed of the first life; the others follow it (1)
  --print          print every step of the inputs
  --write-corpus   choose a new corpus for fuzz/corpus";

struct Arguments {
	calls: u64,
	seed: u64,
	print: bool,
	write_corpus: bool,
	files: Vec<PathBuf>,
}

fn arguments() -> Result<Arguments, String> {
	let mut arguments = Arguments {
		calls: CALLS,
		seed: 1,
		print: false,
		write_corpus: false,
		files: vec![],
	};
	let mut words = std::env::args().skip(1);
	while let Some(word) = words.next() {
		let mut number = || -> Result<u64, String> {
			let text = words
				.next()
				.ok_or_else(|| format!("{word} needs a number"))?;
			text.replace('_', "")
				.parse()
				.map_err(|_| format!("{word} needs a number, not {text}"))
		};
		match word.as_str() {
			"--calls" => arguments.calls = number()?,
			"--seed" => arguments.seed = number()?,
			"--print" => arguments.print = true,
			"--write-corpus" => arguments.write_corpus = true,
			"-h" | "--help" => return Err(USAGE.into()),
			_ if word.starts_with('-') => return Err(format!("unknown: {word}\n{USAGE}")),
			_ => arguments.files.push(word.into()),
		}
	}
	Ok(arguments)
}

fn main() -> ExitCode {
	match arguments().and_then(run) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("madang-fuzz: {error}");
			ExitCode::FAILURE
		}
	}
}

fn run(arguments: Arguments) -> Result<(), String> {
	if arguments.write_corpus {
		return write_corpus(arguments.seed);
	}
	let mut stats = Stats::default();
	let begun = Instant::now();
	let found = |found: Found| format!("found something:\n{found}");
	if !arguments.files.is_empty() {
		for file in &arguments.files {
			let steps = step::read(file)?;
			if arguments.print {
				for (index, step) in steps.iter().enumerate() {
					println!("{index}: {step:?}");
				}
			}
			let name = file.file_stem().unwrap_or_default().to_string_lossy();
			run::recorded(&name, &steps, &mut stats).map_err(found)?;
		}
		println!("{}", stats.table());
		return Ok(());
	}
	for (name, steps) in run::corpus(Path::new(CORPUS))? {
		run::recorded(&name, &steps, &mut stats).map_err(found)?;
	}
	let mut told = begun;
	run::generated(
		arguments.calls,
		arguments.seed,
		&mut stats,
		|stats, seed| {
			if told.elapsed().as_secs() >= 30 {
				told = Instant::now();
				eprintln!(
					"{} calls, seed {seed}, {:.0} a minute",
					stats.dispatched(),
					per_minute(stats, begun)
				);
			}
		},
	)
	.map_err(found)?;
	println!("{}", stats.table());
	println!(
		"{:.0} seconds, {:.0} calls a minute",
		begun.elapsed().as_secs_f64(),
		per_minute(&stats, begun)
	);
	if stats.dispatched() >= ENOUGH {
		stats.check()?;
	}
	Ok(())
}

fn per_minute(stats: &Stats, begun: Instant) -> f64 {
	stats.dispatched() as f64 * 60.0 / begun.elapsed().as_secs_f64()
}

fn write_corpus(seed: u64) -> Result<(), String> {
	for (seed, steps) in run::choose_corpus(seed, LIVES)? {
		let file = Path::new(CORPUS).join(format!("seed-{seed}.scale"));
		step::write(&file, &steps)?;
		println!("{}: {} steps", file.display(), steps.len());
	}
	Ok(())
}
