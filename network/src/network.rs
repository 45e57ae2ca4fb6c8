//! Several nodes, and waiting for what they should do.

use std::{
	env, fs,
	path::{Path, PathBuf},
	thread,
	time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
	must,
	node::{run, Height, Node, Setup},
	Error, Outcome, Tried, POLL,
};

/// Those who validate on the chain `local`.
pub const VALIDATORS: [&str; 4] = ["alice", "bob", "charlie", "dave"];

/// Most that nodes may take until they answer: each compiles its runtime, side by side.
const START: Duration = Duration::from_secs(120);

/// Most that a new network may take until it finalizes.
const FINALITY: Duration = Duration::from_secs(90);

/// A network. Its nodes are killed and its folder is removed when this goes out of scope.
pub struct Network {
	/// The nodes, in the order of [`VALIDATORS`].
	pub nodes: Vec<Node>,
	program: PathBuf,
	chain: String,
	folder: TempDir,
}

impl Network {
	/// The four validators of the chain `local`, started and finalizing.
	pub fn of_four() -> Outcome<Self> {
		let (program, folder) = (program()?, folder()?);
		let mut network = Self {
			nodes: Vec::new(),
			chain: specification(&program, folder.path())?,
			program,
			folder,
		};
		match network.begin() {
			Ok(()) => Ok(network),
			Err(error) => {
				eprintln!("the logs are in {}", network.keep().display());
				Err(error)
			}
		}
	}

	fn begin(&mut self) -> Outcome<()> {
		for name in VALIDATORS {
			self.add(name)?;
		}
		self.connect_all()?;
		for node in &mut self.nodes {
			node.start()?;
		}
		self.wait(START, "answer of every node", |network| {
			network.nodes.iter().all(|node| node.height().is_ok())
		})?;
		self.wait(FINALITY, "final block at every node", |network| {
			network
				.heights()
				.is_ok_and(|heights| heights.iter().all(|height| height.finalized > 0))
		})?;
		Ok(())
	}

	/// Prepares a validator and makes its key for the network.
	fn add(&mut self, name: &str) -> Outcome<()> {
		let node = Node::new(Setup {
			name: name.into(),
			program: self.program.clone(),
			folder: self.folder.path().join(name),
			args: vec!["--chain".into(), self.chain.clone(), format!("--{name}")],
		})?;
		let key = node.key_file().display().to_string();
		let made = node.command(&[
			"key",
			"generate-node-key",
			"--chain",
			"local",
			"--file",
			&key,
		])?;
		must(made.status.success(), || {
			format!("no network key: {}", made.stderr)
		})?;
		self.nodes.push(node);
		Ok(())
	}

	/// Lets all nodes know all others, and nobody else.
	fn connect_all(&mut self) -> Outcome<()> {
		let addresses = self
			.nodes
			.iter()
			.map(|node| {
				Ok(format!(
					"/ip4/127.0.0.1/tcp/{}/p2p/{}",
					node.p2p,
					peer_id(node)?
				))
			})
			.collect::<Outcome<Vec<_>>>()?;
		for (place, node) in self.nodes.iter_mut().enumerate() {
			node.add_args(["--reserved-only".to_string()]);
			for (other, address) in addresses.iter().enumerate() {
				if other != place {
					node.add_args(["--reserved-nodes".to_string(), address.clone()]);
				}
			}
		}
		Ok(())
	}

	/// The heights of all nodes.
	pub fn heights(&self) -> Outcome<Vec<Height>> {
		self.nodes.iter().map(Node::height).collect()
	}

	/// Looks until something holds, and says how long that took.
	pub fn wait(
		&mut self,
		limit: Duration,
		what: &str,
		holds: impl FnMut(&mut Self) -> bool,
	) -> Outcome<Duration> {
		let (begin, mut holds) = (Instant::now(), holds);
		loop {
			if holds(self) {
				return Ok(begin.elapsed());
			}
			if begin.elapsed() > limit {
				let heights: Vec<_> = self
					.nodes
					.iter()
					.map(|node| match node.height() {
						Ok(Height { best, finalized }) => {
							format!("{} #{best} (final #{finalized})", node.name())
						}
						Err(error) => error.to_string(),
					})
					.collect();
				return Err(Error::Broken(format!(
					"no {what} within {limit:?}: {}",
					heights.join(", ")
				)));
			}
			thread::sleep(POLL);
		}
	}

	/// Waits until these nodes have the same final block, and it is at least this one. Says how long
	/// that took.
	pub fn wait_for_finality(
		&mut self,
		nodes: &[usize],
		least: u64,
		limit: Duration,
	) -> Outcome<Duration> {
		let what = format!("final block {least} at every node");
		self.wait(limit, &what, |network| {
			nodes.iter().all(|place| {
				let height = network.nodes[*place].height();
				height.is_ok_and(|height| height.finalized >= least)
			})
		})
	}

	/// Waits until a node is where the others are, up to the block that is just under way.
	pub fn wait_for_head(&mut self, place: usize, limit: Duration) -> Outcome<Duration> {
		let what = format!("{} at the head", self.nodes[place].name());
		self.wait(limit, &what, |network| {
			let Ok(own) = network.nodes[place].height() else {
				return false;
			};
			network
				.nodes
				.iter()
				.enumerate()
				.filter(|(other, _)| *other != place)
				.filter_map(|(_, node)| node.height().ok())
				.all(|height| own.best + 1 >= height.best)
		})
	}

	/// Keeps the folder, and tells where it is, so that somebody can read the logs.
	pub fn keep(self) -> PathBuf {
		let Self { nodes, folder, .. } = self;
		drop(nodes);
		folder.keep()
	}
}

/// Writes the raw specification of the chain `local` into a file, from which all nodes start as those
/// of operators do. Otherwise each would make the genesis anew at each start.
fn specification(program: &Path, folder: &Path) -> Outcome<String> {
	let told = run(
		program,
		&["export-chain-spec", "--raw", "--chain", "local"],
		folder,
	)?;
	must(told.status.success(), || {
		format!("no specification: {}", told.stderr)
	})?;
	let file = folder.join("chain.json");
	fs::write(&file, told.stdout).tried(|| format!("cannot write {}", file.display()))?;
	Ok(file.display().to_string())
}

/// The address of a node in the network is made from its key.
fn peer_id(node: &Node) -> Outcome<String> {
	let key = node.key_file().display().to_string();
	let told = node.command(&["key", "inspect-node-key", "--file", &key])?;
	must(told.status.success(), || {
		format!("no peer id: {}", told.stderr)
	})?;
	Ok(told.stdout.trim().into())
}

/// The program `madang`: what `MADANG` names, or the one beside this program.
pub fn program() -> Outcome<PathBuf> {
	if let Some(named) = env::var_os("MADANG") {
		return Ok(named.into());
	}
	let own = env::current_exe().tried(|| "cannot tell where this program is".into())?;
	// Programs of tests are one folder further down.
	own.ancestors()
		.skip(1)
		.take(2)
		.map(|folder| folder.join("madang"))
		.find(|program| program.is_file())
		.ok_or_else(|| {
			Error::Impossible(
				"there is no program `madang` beside this one: build it with `cargo build --release \
				 --workspace`, or name one in the variable MADANG"
					.into(),
			)
		})
}

/// A folder for a network.
fn folder() -> Outcome<TempDir> {
	tempfile::Builder::new()
		.prefix("madang-network-")
		.tempdir()
		.tried(|| "cannot make a temporary folder".into())
}
