//! Opens a street of portals on a running node, sends visitors through and draws what came of it.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::Parser;
use madang_client::{
	chain::Chain,
	street::{plan::Plan, player, Report},
};

/// Twelve startups claim plots in Launch Town, open portals from them to their worlds and link their
/// worlds; visitors walk, pay tolls, are refused and turned away. Everything is read back and
/// drawn. Can be run again on the same chain: what is there already is not done again.
#[derive(Parser)]
#[command(name = "madang-street", version)]
struct Options {
	/// Where the node listens.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	url: String,

	/// The plan to play.
	#[arg(
		long,
		value_name = "FILE",
		default_value = "client/stories/street.toml"
	)]
	plan: PathBuf,

	/// The folder into which the picture is written, as SVG and as text.
	#[arg(long, value_name = "FOLDER", default_value = "target/street")]
	out: PathBuf,

	/// Wait until each block is final, and not only until it is there.
	#[arg(long)]
	finalized: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
	match run(&Options::parse()).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		}
	}
}

async fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
	let start = Instant::now();
	let plan = Plan::load(&options.plan)?;
	println!(
		"{}: {} startups, {} portals, {} visitors, on {}",
		plan.story.title,
		plan.story.startups.len(),
		plan.portals.len(),
		plan.story.visitors.len(),
		options.url
	);
	let chain = Chain::connect(&options.url)
		.await?
		.wait_for_finality(options.finalized);
	let report = player::play(&chain, &plan, &|line| println!("{line}")).await?;
	println!("\n{}", report.text());
	report.write(&options.out).map_err(|error| {
		format!(
			"cannot write the picture to {}: {error}",
			options.out.display()
		)
	})?;
	println!("{}", summary(&report, options, start));
	Ok(())
}

fn summary(report: &Report, options: &Options, start: Instant) -> String {
	let done = match report.transactions {
		0 => "everything was already there; no transaction was sent".to_string(),
		count => format!("{count} transactions"),
	};
	format!(
		"{done}; {} portals are on the chain as the plan says, read back over JSON-RPC; every sum of \
		 money is zero; picture in {}; {:.0} s",
		report.portals,
		options.out.display(),
		start.elapsed().as_secs_f64()
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn options_make_sense() {
		Options::command().debug_assert();
	}
}
