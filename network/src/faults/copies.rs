//! Copies of databases: taken while a node writes, damaged, and carried over as files of blocks.

use std::{
	collections::HashMap,
	fs::{self, OpenOptions},
	path::{Path, PathBuf},
	thread,
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
const BLOCKS: u64 = 8;

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
	refusal(&ended).map(Err)
}

/// The sentence with which the program refused something. It must end in order and say one.
fn refusal(ended: &Ended) -> Outcome<String> {
	let said = ended
		.stderr
		.lines()
		.rev()
		.find_map(|line| line.strip_prefix("madang: "));
	match (ended.status.code(), said) {
		(Some(1), Some(said)) => Ok(said.into()),
		_ => Err(Error::Broken(format!(
			"the program did not refuse, but ended with {}: {}",
			ended.status, ended.stderr
		))),
	}
}

fn hash_and_number(info: &Value, which: &str) -> Option<(String, u64)> {
	let hash = info[format!("{which}_hash")].as_str()?.to_string();
	Some((hash, info[format!("{which}_number")].as_u64()?))
}

/// The blocks from 1 to `to` as a node writes them from its database, or what it said instead. It stops
/// at the first one that is not there.
fn exported(
	network: &Network,
	data: &Path,
	to: u64,
	file: &Path,
) -> Outcome<Result<Vec<u8>, String>> {
	let (file_name, to) = (file.display().to_string(), to.to_string());
	let args = ["--to", &to, "--binary", &file_name];
	let ended = on(network, "export-blocks", data, &args)?;
	if !ended.status.success() {
		return refusal(&ended).map(Err);
	}
	fs::read(file)
		.tried(|| format!("cannot read {}", file.display()))
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
	let (path, length) = dice.one_of(&files);
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

/// What became of torn copies.
#[derive(Default)]
struct Fates {
	/// They open, and all that they have is right.
	right: usize,
	/// The same, but some block is not there any more.
	incomplete: usize,
	/// They do not open, or not all can be read, and this was said.
	refused: Vec<String>,
}

impl Fates {
	fn sentence(&self, what: &str) -> String {
		format!(
			"{} copies {what}: {} opened and were right, {} were right but lack blocks, {} were refused \
			 with a sentence, none was wrong",
			self.right + self.incomplete + self.refused.len(),
			self.right,
			self.incomplete,
			self.refused.len()
		)
	}
}

/// The database that is copied, at rest, and what is known of it.
struct Original<'a> {
	network: &'a Network,
	data: PathBuf,
	best: u64,
	blocks: Vec<u8>,
	/// Whole states by the hash of their block, as they are asked for.
	states: HashMap<String, String>,
}

impl<'a> Original<'a> {
	fn new(network: &'a Network) -> Outcome<Self> {
		let data = network.nodes[0].base_path();
		let told_of = told(info(network, &data)?)?;
		let (_, best) = hash_and_number(&told_of, "best")
			.ok_or_else(|| Error::Broken(format!("no best block in {told_of}")))?;
		let blocks = told(exported(
			network,
			&data,
			best,
			&network.folder().join("original"),
		)?)?;
		Ok(Self {
			network,
			data,
			best,
			blocks,
			states: HashMap::new(),
		})
	}

	fn state(&mut self, block: &str) -> Outcome<&str> {
		if !self.states.contains_key(block) {
			let state = told(state(self.network, &self.data, block)?)?;
			self.states.insert(block.into(), state);
		}
		Ok(&self.states[block])
	}

	/// Opens a copy. Every block that it gives must be the one that the original has, and so must every
	/// entry of the state of its best block.
	fn compare(&mut self, copy: &Path, label: &str, fates: &mut Fates) -> Outcome<()> {
		let network = self.network;
		let mut refused = |said: String| {
			fates.refused.push(format!("{label}: {said}"));
			Ok(())
		};
		let found = match info(network, copy)? {
			Ok(found) => found,
			Err(said) => return refused(said),
		};
		let Some((hash, best)) = hash_and_number(&found, "best") else {
			return refused(format!("chain-info has no best block: {found}"));
		};
		let found = match state(network, copy, &hash)? {
			Ok(found) => found,
			Err(said) => return refused(said),
		};
		must(found == self.state(&hash)?, || {
			format!("a copy has another state of block {best}: {label}")
		})?;
		let file = network.folder().join("of-copy");
		let found = match exported(network, copy, self.best, &file)? {
			Ok(found) => found,
			Err(said) => return refused(said),
		};
		// Both say first how many blocks were asked for, and that is the same number.
		must(self.blocks.starts_with(&found), || {
			format!("a copy gives other blocks than the original: {label}")
		})?;
		if found.len() == self.blocks.len() || best < self.best {
			fates.right += 1;
		} else {
			fates.incomplete += 1;
		}
		Ok(())
	}
}

/// The whole state of a block, as a raw specification of a chain that begins with it.
fn state(network: &Network, data: &Path, block: &str) -> Outcome<Result<String, String>> {
	let ended = on(network, "export-state", data, &[block])?;
	if ended.status.success() {
		return Ok(Ok(ended.stdout));
	}
	refusal(&ended).map(Err)
}

/// Copies of a database that a node is writing to, and copies of which a part was destroyed.
pub fn torn(amount: Amount) -> Outcome<Vec<String>> {
	let (network, load) = one_with_blocks()?;
	with_network(network, |network| {
		let mut dice = Dice::new(amount.seed);
		let live = network.nodes[0].base_path();
		let folder = network.folder().to_path_buf();
		let name = |number: u32| folder.join(format!("copy-{number}"));
		// While the node writes, at different times of its work.
		for number in 0..amount.copies {
			copy_folder(&live, &name(number))?;
			thread::sleep(Duration::from_millis(dice.below(700)));
		}
		load.stop();
		network.nodes[0].stop()?;
		let mut original = Original::new(network)?;
		let (mut live_copies, mut damaged) = (Fates::default(), Fates::default());
		for number in 0..amount.copies {
			let data = name(number);
			original.compare(&data, "copied while it was written", &mut live_copies)?;
			remove(&data)?;
			// The same database at rest, of which a part is destroyed.
			copy_folder(&live, &data)?;
			let label = damage(&data, &mut dice)?;
			original.compare(&data, &label, &mut damaged)?;
			remove(&data)?;
		}
		for refused in live_copies.refused.iter().chain(&damaged.refused) {
			println!("  {refused}");
		}
		Ok(vec![
			live_copies.sentence("taken while the node wrote"),
			damaged.sentence("of which a part was cut off or overwritten"),
		])
	})
}

fn remove(folder: &Path) -> Outcome<()> {
	fs::remove_dir_all(folder).tried(|| format!("cannot remove {}", folder.display()))
}
