//! `madang-load`: measures real nodes on this machine.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use madang_load::{memory, queries, throughput};
use madang_network::Outcome;
use madang_report::Part;

/// Starts real nodes on this machine and measures them from outside. Needs the program `madang` beside
/// this one, and a machine that does nothing else.
#[derive(Parser)]
struct Cli {
	#[command(subcommand)]
	verb: Verb,

	/// Only show that it works: the smallest sizes, and no targets.
	#[arg(long, global = true)]
	dry: bool,

	/// Fail when a target is missed.
	#[arg(long, global = true)]
	check: bool,
}

/// What is measured.
#[derive(Clone, Copy, Subcommand)]
enum Verb {
	/// Finalized transactions a second against a stock chain, and how long one takes. About a quarter of
	/// an hour.
	Throughput,
	/// Answers a second, idle and under full blocks.
	Queries,
	/// Memory of a validator with 100,000 parcels.
	Memory,
}

fn main() -> ExitCode {
	let cli = Cli::parse();
	if cli.dry && cli.check {
		eprintln!("madang-load: --dry sets no targets, so there is nothing to check");
	}
	match measure(cli.verb, cli.dry) {
		Ok(part) => part.finish(),
		Err(error) => {
			eprintln!("madang-load: {error}");
			ExitCode::FAILURE
		}
	}
}

fn measure(verb: Verb, dry: bool) -> Outcome<Part> {
	let mut part = match verb {
		Verb::Throughput => throughput::measure(dry),
		Verb::Queries => queries::measure(dry),
		Verb::Memory => memory::measure(dry),
	}?;
	if dry {
		part.note("Only shown to work, with the smallest sizes: these figures say nothing.");
	}
	Ok(part)
}
