//! Plays a story against a running node and draws what came of it.

use std::{
	io::IsTerminal,
	path::{Path, PathBuf},
	process::ExitCode,
	time::Instant,
};

use clap::Parser;
use madang_client::{
	chain::Chain,
	player::{self, Report},
	story::Story,
};

/// Startups found their metaverses on a running node, claim land, sell and build; then the maps are
/// drawn. Can be run again on the same chain: what is there already is not done again.
#[derive(Parser)]
#[command(name = "madang-story", version)]
struct Options {
	/// Where the node listens.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	url: String,

	/// The story to play.
	#[arg(
		long,
		value_name = "FILE",
		default_value = "client/stories/launch.toml"
	)]
	story: PathBuf,

	/// The folder into which the maps are written, as SVG and as text.
	#[arg(long, value_name = "FOLDER", default_value = "target/story")]
	out: PathBuf,

	/// Wait until each block is final, and not only until it is there.
	#[arg(long)]
	finalized: bool,

	/// Print the maps without colours. They are left away too when the output is no terminal.
	#[arg(long)]
	no_color: bool,
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
	let story = Story::load(&options.story)?;
	println!(
		"{}: {} startups, {} visitors, {} parcels, on {}",
		story.title,
		story.startups.len(),
		story.visitors.len(),
		story.claims(),
		options.url
	);
	let chain = Chain::connect(&options.url)
		.await?
		.wait_for_finality(options.finalized);
	let report = player::play(&chain, &story, &|line| println!("{line}")).await?;
	let colour = !options.no_color && std::io::stdout().is_terminal();
	for world in &report.worlds {
		println!("\n{}", world.map.text(colour));
	}
	report.write_maps(&options.out).map_err(|error| {
		format!(
			"cannot write the maps to {}: {error}",
			options.out.display()
		)
	})?;
	println!("{}", summary(&report, &options.out, start));
	Ok(())
}

fn summary(report: &Report, folder: &Path, start: Instant) -> String {
	let done = match report.transactions {
		0 => "everything was already there; no transaction was sent".to_string(),
		count => format!("{count} transactions"),
	};
	format!(
		"{done}; {} worlds with {} parcels are on the chain as the story says, read back over \
		 JSON-RPC; maps in {}; {:.0} s",
		report.worlds.len(),
		report.parcels,
		folder.display(),
		start.elapsed().as_secs_f64()
	)
}
