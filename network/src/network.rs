//! Several nodes, and waiting for what they should do.

use std::{
	env, fs, iter,
	path::{Path, PathBuf},
	thread,
	time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
	must,
	node::{run, Height, Node, Setup},
	sites::{Site, Sites},
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
	/// The nodes, in the order of [`VALIDATORS`] and then as they were added.
	pub nodes: Vec<Node>,
	program: PathBuf,
	chain: String,
	folder: TempDir,
	/// Where the nodes stand, if not all on this machine's own loopback. The nodes end before.
	sites: Option<Sites>,
}

impl Network {
	/// The four validators of the chain `local`, started and finalizing.
	pub fn of_four() -> Outcome<Self> {
		Self::start("local", &VALIDATORS, &[])
	}

	/// The same four, two on each of two sites whose cable can be pulled.
	pub fn on_two_sites() -> Outcome<Self> {
		let mut network = Self::prepare("local")?;
		let sites = network.sites.insert(Sites::new()?);
		let places: Vec<_> = [0, 0, 1, 1].map(|place| sites.site(place).clone()).into();
		network.begin(&VALIDATORS, &[], places.into_iter().map(Some))
	}

	/// Validators of a chain, which is known by name or has its specification in a file, each passed `args`,
	/// started and finalizing.
	pub fn start(chain: &str, validators: &[&str], args: &[&str]) -> Outcome<Self> {
		Self::prepare(chain)?.begin(validators, args, iter::repeat(None))
	}

	fn prepare(chain: &str) -> Outcome<Self> {
		let (program, folder) = (program()?, folder()?);
		Ok(Self {
			nodes: Vec::new(),
			chain: specification(&program, chain, folder.path())?,
			program,
			folder,
			sites: None,
		})
	}

	fn begin(
		mut self,
		validators: &[&str],
		args: &[&str],
		sites: impl Iterator<Item = Option<Site>>,
	) -> Outcome<Self> {
		match self.start_all(validators, args, sites) {
			Ok(()) => Ok(self),
			Err(error) => {
				eprintln!("the logs are in {}", self.keep().display());
				Err(error)
			}
		}
	}

	fn start_all(
		&mut self,
		validators: &[&str],
		args: &[&str],
		sites: impl Iterator<Item = Option<Site>>,
	) -> Outcome<()> {
		for (name, site) in validators.iter().zip(sites) {
			let validator = format!("--{name}");
			let args: Vec<_> = [&[validator.as_str()][..], args].concat();
			self.prepare_node(name, &args, site)?;
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

	/// Prepares a further node of the chain, which stands where another one does, and gives it a key for
	/// the network. Gives its place.
	pub fn add(&mut self, name: &str, args: &[&str], beside: usize) -> Outcome<usize> {
		let site = self.nodes[beside].site().cloned();
		self.prepare_node(name, args, site)
	}

	fn prepare_node(&mut self, name: &str, args: &[&str], site: Option<Site>) -> Outcome<usize> {
		let args = [&["--chain", self.chain.as_str()][..], args].concat();
		let node = Node::new(Setup {
			name: name.into(),
			program: self.program.clone(),
			folder: self.folder.path().join(name),
			args: args.into_iter().map(Into::into).collect(),
			env: Vec::new(),
			site,
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
		Ok(self.nodes.len() - 1)
	}

	/// Lets all nodes know all others.
	fn connect_all(&mut self) -> Outcome<()> {
		let places: Vec<_> = (0..self.nodes.len()).collect();
		for from in &places {
			let others: Vec<_> = places.iter().filter(|to| *to != from).copied().collect();
			self.connect(*from, &others)?;
		}
		Ok(())
	}

	/// Lets a node know these others from its next start on. They are boot nodes, as operators have them:
	/// with `--reserved-nodes` a node that once failed to answer is never asked for blocks again while its
	/// connection lasts, so that a network that was split stays apart.
	pub fn connect(&mut self, from: usize, to: &[usize]) -> Outcome<()> {
		for other in to {
			let address = self.nodes[*other].address()?;
			self.nodes[from].add_args(["--bootnodes".to_string(), address]);
		}
		Ok(())
	}

	/// The sites of a network that has some.
	pub fn sites(&self) -> Outcome<&Sites> {
		self.sites
			.as_ref()
			.ok_or_else(|| Error::Broken("this network stands on one site".into()))
	}

	/// The heights of all nodes.
	pub fn heights(&self) -> Outcome<Vec<Height>> {
		self.nodes.iter().map(Node::height).collect()
	}

	/// The file with the specification of the chain.
	pub fn chain(&self) -> &str {
		&self.chain
	}

	/// The folder of everything.
	pub fn folder(&self) -> &Path {
		self.folder.path()
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

	/// Waits until the final block of each of these nodes is at least this high. Says how long that took.
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
			let others = network.nodes.iter().enumerate();
			let head = others
				.filter(|(other, _)| *other != place)
				.filter_map(|(_, node)| node.height().ok())
				.map(|height| height.best)
				.max();
			let own = network.nodes[place].height();
			own.is_ok_and(|own| head.is_some_and(|head| head > 0 && own.best + 1 >= head))
		})
	}

	/// Keeps the folder, and tells where it is, so that somebody can read the logs.
	pub fn keep(self) -> PathBuf {
		let Self { nodes, folder, .. } = self;
		drop(nodes);
		folder.keep()
	}
}

/// Writes the raw specification of a chain into a file, from which all nodes start as those of operators
/// do. Otherwise each would make the genesis anew at each start.
fn specification(program: &Path, chain: &str, folder: &Path) -> Outcome<String> {
	let told = run(
		program,
		&["export-chain-spec", "--raw", "--chain", chain],
		folder,
	)?;
	must(told.status.success(), || {
		format!("no specification of {chain}: {}", told.stderr)
	})?;
	let file = folder.join("chain.json");
	fs::write(&file, told.stdout).tried(|| format!("cannot write {}", file.display()))?;
	Ok(file.display().to_string())
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
pub fn folder() -> Outcome<TempDir> {
	tempfile::Builder::new()
		.prefix("madang-network-")
		.tempdir()
		.tried(|| "cannot make a temporary folder".into())
}

/// Copies a folder while somebody may write into it, as a backup without a stop does: file by file,
/// each as far as it is there.
pub fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
	fs::create_dir_all(to).tried(|| format!("cannot make {to:?}"))?;
	for entry in fs::read_dir(from).tried(|| format!("cannot read {from:?}"))? {
		let entry = entry.tried(|| format!("cannot read {from:?}"))?;
		let (source, target) = (entry.path(), to.join(entry.file_name()));
		if source.is_dir() {
			copy_folder(&source, &target)?;
		} else if let Err(error) = fs::copy(&source, &target) {
			// A file of a log may have gone meanwhile, which is part of the matter.
			must(error.kind() == std::io::ErrorKind::NotFound, || {
				format!("cannot copy {source:?}: {error}")
			})?;
		}
	}
	Ok(())
}
