//! `madang-faults`: lets nodes fail, and sees whether the network stays up.

use std::{process::ExitCode, time::Instant};

use clap::Parser;
use madang_network::{
	faults::{Amount, Fault, ALL},
	Error,
};

/// Starts networks of real nodes on this machine, lets faults happen to them, and checks what must
/// hold. Needs the program `madang` beside this one.
#[derive(Parser)]
struct Cli {
	/// The faults, by name; all of them without one.
	names: Vec<String>,

	/// Tell what there is, and do nothing.
	#[arg(long)]
	list: bool,

	/// How often `kill` kills a node.
	#[arg(long, default_value_t = Amount::default().kills)]
	kills: u32,

	/// How many copies `torn` tears.
	#[arg(long, default_value_t = Amount::default().copies)]
	copies: u32,

	/// How many bad requests `rpc` sends.
	#[arg(long, default_value_t = Amount::default().requests)]
	requests: u32,

	/// What chance begins with, to repeat a run.
	#[arg(long, default_value_t = Amount::default().seed)]
	seed: u64,
}

fn main() -> ExitCode {
	let cli = Cli::parse();
	if cli.list {
		for fault in &ALL {
			println!("{:<10} {}", fault.name, fault.about);
		}
		return ExitCode::SUCCESS;
	}
	let amount = Amount {
		kills: cli.kills,
		copies: cli.copies,
		requests: cli.requests,
		seed: cli.seed,
	};
	if let Some(unknown) = cli
		.names
		.iter()
		.find(|name| !ALL.iter().any(|fault| fault.name == **name))
	{
		eprintln!("madang-faults: there is no fault {unknown}; --list tells which there are");
		return ExitCode::FAILURE;
	}
	let chosen = ALL
		.iter()
		.filter(|fault| cli.names.is_empty() || cli.names.iter().any(|name| name == fault.name));
	let mut failed = Vec::new();
	for fault in chosen {
		if !show(fault, amount) {
			failed.push(fault.name);
		}
	}
	if failed.is_empty() {
		return ExitCode::SUCCESS;
	}
	eprintln!("madang-faults: not shown or broken: {}", failed.join(", "));
	ExitCode::FAILURE
}

/// Lets one fault happen and tells what came of it.
fn show(fault: &Fault, amount: Amount) -> bool {
	println!("{}: {}", fault.name, fault.about);
	let begin = Instant::now();
	let outcome = (fault.run)(amount);
	let took = begin.elapsed().as_secs_f64();
	match outcome {
		Ok(lines) => {
			for line in lines {
				println!("  {line}");
			}
			println!("  holds ({took:.0} s)");
			true
		}
		Err(Error::Impossible(why)) => {
			eprintln!("  NOT SHOWN: {why}");
			false
		}
		Err(error) => {
			eprintln!("  BROKEN after {took:.0} s: {error}");
			false
		}
	}
}
