//! The reference side of the comparison with chopsticks: makes the raw specification from which both
//! start, executes the blocks that chopsticks has built in the executor of the node, and says whether both
//! came to the same state.

mod chain;
mod raw;
mod record;

use std::{path::Path, process::ExitCode};

use chain::Chain;
use record::{read, Recorded};

const USAGE: &str = "\
Usage: madang-reference raw SPEC
       madang-reference execute RAW BLOCKS

  raw      print the raw form of a chain specification that has its runtime inside
  execute  execute blocks that chopsticks has built

  SPEC     chain specification
  RAW      the raw form of one
  BLOCKS   what was built on its genesis, as chopsticks/record.js writes it";

fn main() -> ExitCode {
	let arguments: Vec<String> = std::env::args().skip(1).collect();
	let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
	let done = match arguments.as_slice() {
		["raw", spec] => raw::raw(Path::new(spec)).map(|raw| println!("{raw}")),
		["execute", spec, blocks] => execute(Path::new(spec), Path::new(blocks)),
		_ => {
			eprintln!("{USAGE}");
			return ExitCode::from(2);
		}
	};
	match done {
		Ok(()) => ExitCode::SUCCESS,
		Err(problem) => {
			eprintln!("{problem}");
			ExitCode::FAILURE
		}
	}
}

fn execute(spec: &Path, blocks: &Path) -> Result<(), String> {
	let mut chain = Chain::from_spec(&read(spec)?)?;
	let Recorded { genesis, blocks } = read(blocks)?;
	if chain.genesis_hash() != genesis {
		return Err(format!(
			"the genesis has the hash {:?} here and {genesis:?} there; are both from this specification?",
			chain.genesis_hash()
		));
	}
	println!("genesis    {genesis:?}");
	let mut transactions = 0;
	for (index, recorded) in blocks.iter().enumerate() {
		let block = recorded.block()?;
		if index == 0 {
			// A comparison that cannot fail says nothing.
			chain.refuse_another_root(&block)?;
		}
		chain.execute(&block).map_err(|problem| {
			let differences = chain.differences(recorded, &block);
			format!("block {}: {problem}\n{differences}", block.header.number)
		})?;
		println!(
			"block {:>4} {:?}, {} extrinsics",
			block.header.number,
			chain.root(),
			block.extrinsics.len()
		);
		transactions += block.extrinsics.len();
	}
	if blocks.is_empty() {
		return Err("there is no block to execute".into());
	}
	println!(
		"{} blocks with {transactions} extrinsics: the same state root after each",
		blocks.len()
	);
	Ok(())
}
