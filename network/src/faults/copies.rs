//! Copies of databases: taken while a node writes, damaged, and carried over as files of blocks.

use std::{
	fs::{self, OpenOptions},
	path::{Path, PathBuf},
	time::Duration,
};

use serde_json::Value;

use super::{with_network, Amount};
use crate::{
	dice::Dice,
	load::Load,
	must,
	network::{copy_folder, Network},
	node::Ended,
	Error, Outcome, Tried,
};

/// Blocks that the node has before anything is copied.
const BLOCKS: u64 = 12;

/// Most that these may take.
const MAKING: Duration = Duration::from_secs(90);

/// One validator with a chain of its own, and some blocks with transactions in them.
fn one_with_blocks() -> Outcome<(Network, Load)> {
	let mut network = Network::start("dev", &["alice"], &["--state-pruning", "archive"])?;
	let load = Load::start(&network.nodes, Duration::from_millis(100))?;
	network.wait_for_finality(&[0], BLOCKS, MAKING)?;
	Ok((network, load))
}

/// A command on a folder with the data of a node.
fn on(network: &Network, command: &str, data: &Path, more: &[&str]) -> Outcome<Ended> {
	let data = data.display().to_string();
	let chain = network.chain();
	let args = [&[command, "--chain", chain, "--base-path", &data][..], more].concat();
	network.nodes[0].command(&args)
}

/// What `chain-info` tells, or the sentence with which the database was refused.
fn info(network: &Network, data: &Path) -> Outcome<Result<Value, String>> {
	let ended = on(network, "chain-info", data, &[])?;
	if ended.status.success() {
		let info = serde_json::from_str(&ended.stdout);
		return info
			.map(Ok)
			.map_err(|error| Error::Broken(format!("chain-info says no JSON: {error}")));
	}
	let said: Vec<_> = ended
		.stderr
		.lines()
		.filter(|line| !line.trim().is_empty())
		.collect();
	Ok(Err(said.join(" / ")))
}

fn hash_and_number(info: &Value, which: &str) -> Option<(String, u64)> {
	let hash = info[format!("{which}_hash")].as_str()?.to_string();
	Some((hash, info[format!("{which}_number")].as_u64()?))
}

/// Every block from 1 to the end of a file of blocks that a node makes of its database.
fn exported(
	network: &Network,
	data: &Path,
	to: u64,
	file: &Path,
) -> Outcome<Result<Vec<u8>, String>> {
	let (file_name, to) = (file.display().to_string(), to.to_string());
	let ended = on(
		network,
		"export-blocks",
		data,
		&["--to", &to, "--binary", &file_name],
	)?;
	if !ended.status.success() {
		return Ok(Err(ended.stderr));
	}
	fs::read(file)
		.tried(|| format!("cannot read {file:?}"))
		.map(Ok)
}

/// Blocks that one database exports are imported into an empty one, and give the same roots.
pub fn blocks(_: Amount) -> Outcome<Vec<String>> {
	let (network, load) = one_with_blocks()?;
	with_network(network, |network| {
		let sent = load.stop();
		must(!sent.is_empty(), || "no transaction was taken".into())?;
		network.nodes[0].stop()?;
		let original = network.nodes[0].base_path();
		let copy = network.folder().join("imported");
		let file = network.folder().join("blocks");
		let before = told(info(network, &original)?)?;
		let (hash, number) = hash_and_number(&before, "best")
			.ok_or_else(|| Error::Broken(format!("no best block in {before}")))?;
		let first = told(exported(network, &original, number, &file)?)?;
		let file_name = file.display().to_string();
		let ended = on(network, "import-blocks", &copy, &["--binary", &file_name])?;
		must(ended.status.success(), || {
			format!("import-blocks: {}", ended.stderr)
		})?;
		let after = told(info(network, &copy)?)?;
		// The hash of a block covers its state root and all before it.
		must(
			hash_and_number(&after, "best") == Some((hash, number)),
			|| format!("the import ends at {after}, the original at {before}"),
		)?;
		let again = network.folder().join("blocks-again");
		let second = told(exported(network, &copy, number, &again)?)?;
		must(first == second, || "the import exports other blocks".into())?;
		// The hash only names the root; executing the block makes it.
		let block = number.to_string();
		let ended = on(network, "check-block", &copy, &[&block])?;
		must(ended.status.success(), || {
			format!("check-block: {}", ended.stderr)
		})?;
		Ok(vec![format!(
			"{number} blocks with {} transactions exported ({} bytes) and imported into an empty \
			 database: the same best block, byte for byte the same export",
			sent.len(),
			first.len()
		)])
	})
}

fn told<T>(outcome: Result<T, String>) -> Outcome<T> {
	outcome.map_err(Error::Broken)
}

/// Damages a copy: cuts one of its files short, or overwrites a part of it.
fn damage(data: &Path, dice: &mut Dice) -> Outcome<String> {
	let mut files = Vec::new();
	list(data, &mut files)?;
	files.retain(|(path, length)| {
		*length > 0 && path.components().any(|part| part.as_os_str() == "paritydb")
	});
	files.sort();
	if files.is_empty() {
		return Err(Error::Broken("the copy has no database".into()));
	}
	let (path, length) = dice.one_of(&files).clone();
	let at = dice.below(length);
	let file = OpenOptions::new()
		.write(true)
		.open(&path)
		.tried(|| format!("cannot open {path:?}"))?;
	let name = path
		.file_name()
		.map(|name| name.to_string_lossy().into_owned());
	let name = name.unwrap_or_default();
	if dice.below(2) == 0 {
		file.set_len(at).tried(|| format!("cannot cut {path:?}"))?;
		return Ok(format!("{name} cut at {at} of {length}"));
	}
	let garbage: Vec<u8> = (0..512.min(length - at))
		.map(|_| dice.below(256) as u8)
		.collect();
	std::os::unix::fs::FileExt::write_all_at(&file, &garbage, at)
		.tried(|| format!("cannot write {path:?}"))?;
	Ok(format!("{name} overwritten at {at} of {length}"))
}

fn list(folder: &Path, files: &mut Vec<(PathBuf, u64)>) -> Outcome<()> {
	for entry in fs::read_dir(folder).tried(|| format!("cannot read {folder:?}"))? {
		let entry = entry.tried(|| format!("cannot read {folder:?}"))?;
		let meta = entry
			.metadata()
			.tried(|| "cannot read a file's length".into())?;
		if meta.is_dir() {
			list(&entry.path(), files)?;
		} else {
			files.push((entry.path(), meta.len()));
		}
	}
	Ok(())
}

/// What became of a torn copy.
enum Fate {
	/// It opens, and what it has is right.
	Right,
	/// It does not open, or not all of it can be read, and this was said.
	Refused(String),
}

/// The whole state of a block, as a raw specification of a chain that begins with it.
fn state(network: &Network, data: &Path, block: &str) -> Outcome<Result<String, String>> {
	let ended = on(network, "export-state", data, &[block])?;
	if ended.status.success() {
		return Ok(Ok(ended.stdout));
	}
	Ok(Err(ended.stderr))
}

/// Opens a copy. Every block that it gives must be the one that the original has, and so must every
/// entry of the state of its best block.
fn open(network: &Network, data: &Path, original: &Path, scratch: &Path) -> Outcome<Fate> {
	let info = match info(network, data)? {
		Ok(info) => info,
		Err(said) => return refused(said),
	};
	let Some((hash, number)) = hash_and_number(&info, "best") else {
		return refused(format!("chain-info has no best block: {info}"));
	};
	let of_copy = match state(network, data, &hash)? {
		Ok(state) => state,
		Err(said) => return refused(said),
	};
	let of_original = told(state(network, original, &hash)?)?;
	must(of_copy == of_original, || {
		format!("a torn copy has another state of block {number} than the original")
	})?;
	if number == 0 {
		// Nothing but genesis: the node begins anew and syncs, as after a purge.
		return Ok(Fate::Right);
	}
	let of_copy = match exported(network, data, number, &scratch.join("of-copy"))? {
		Ok(blocks) => blocks,
		Err(said) => return refused(said),
	};
	let of_original = told(exported(
		network,
		original,
		number,
		&scratch.join("of-original"),
	)?)?;
	must(of_copy == of_original, || {
		format!("a torn copy gives other blocks up to {number} than the original")
	})?;
	Ok(Fate::Right)
}

fn refused(said: String) -> Outcome<Fate> {
	must(!said.trim().is_empty(), || {
		"a torn copy was refused without a word".into()
	})?;
	Ok(Fate::Refused(said))
}

/// Copies of a database that a node is writing to, and copies of which a part was destroyed.
pub fn torn(amount: Amount) -> Outcome<Vec<String>> {
	let (network, load) = one_with_blocks()?;
	with_network(network, |network| {
		let mut dice = Dice::new(amount.seed);
		let live = network.nodes[0].base_path();
		let folder = network.folder().to_path_buf();
		let name = |number: u32| folder.join(format!("copy-{number}"));
		// While the node writes.
		for number in 0..amount.copies {
			copy_folder(&live, &name(number))?;
		}
		load.stop();
		network.nodes[0].stop()?;
		let (mut right, mut refused) = ([0u32; 2], [0u32; 2]);
		let mut said = Vec::new();
		for number in 0..amount.copies {
			let data = name(number);
			match open(network, &data, &live, &folder)? {
				Fate::Right => right[0] += 1,
				Fate::Refused(why) => {
					refused[0] += 1;
					said.push(("copied while it was written".to_string(), why));
				}
			}
			// The same database at rest, of which a part is destroyed.
			fs::remove_dir_all(&data).tried(|| format!("cannot remove {data:?}"))?;
			copy_folder(&live, &data)?;
			let damage = damage(&data, &mut dice)?;
			match open(network, &data, &live, &folder)? {
				Fate::Right => right[1] += 1,
				Fate::Refused(why) => {
					refused[1] += 1;
					said.push((damage, why));
				}
			}
			fs::remove_dir_all(&data).tried(|| format!("cannot remove {data:?}"))?;
		}
		for (damage, why) in &said {
			let short: String = why.chars().take(300).collect();
			println!("  {damage}: {short}");
		}
		Ok(vec![
			format!(
				"{} copies taken while the node wrote: {} opened with the right blocks, {} were refused \
				 with a sentence, none was wrong",
				amount.copies, right[0], refused[0]
			),
			format!(
				"{} copies of which a part was cut off or overwritten: {} opened with the right blocks, {} \
				 were refused with a sentence, none was wrong",
				amount.copies, right[1], refused[1]
			),
		])
	})
}
