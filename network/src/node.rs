//! One node: the program as an operator starts it, with a folder and ports of its own.

use std::{
	fs::{self, File, OpenOptions},
	net::{Ipv4Addr, SocketAddr, TcpListener},
	path::{Path, PathBuf},
	process::{self, Child, Command, ExitStatus, Stdio},
	sync::atomic::{AtomicU16, Ordering},
	thread,
	time::{Duration, Instant},
};

use madang_runtime::Hash;
use serde_json::{json, Value};

use crate::{
	must,
	rpc::{self, Connection},
	sites::Site,
	Error, Outcome, Tried, POLL,
};

/// Most that one answer may take, on a machine on which several nodes start at a time.
const PATIENCE: Duration = Duration::from_secs(20);

/// Most that a node may take to stop when it is asked to.
const STOP: Duration = Duration::from_secs(60);

/// A block, as far as one has to know it to tell it from others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Height {
	/// Number of the best block.
	pub best: u64,
	/// Number of the last final block.
	pub finalized: u64,
}

/// What a node is made of, once and for all its lives.
#[derive(Clone, Debug)]
pub struct Setup {
	/// What it is called in messages, like `alice`.
	pub name: String,
	/// The program.
	pub program: PathBuf,
	/// Its folder.
	pub folder: PathBuf,
	/// What to pass besides folder and ports.
	pub args: Vec<String>,
	/// Variables of its environment.
	pub env: Vec<(String, String)>,
	/// Where it stands, if not on this machine's own loopback.
	pub site: Option<Site>,
}

/// A node, alive or not. It is killed when this goes out of scope.
pub struct Node {
	setup: Setup,
	p2p: u16,
	rpc: u16,
	metrics: u16,
	child: Option<Child>,
}

impl Setup {
	/// The program, where it stands. `ip netns exec` becomes the program, so its process is the node's.
	fn start(&self) -> Command {
		let Some(site) = &self.site else {
			return Command::new(&self.program);
		};
		let mut command = Command::new("ip");
		command
			.args(["netns", "exec", &site.namespace])
			.arg(&self.program)
			// It is asked from outside of its site.
			.args(["--unsafe-rpc-external", "--prometheus-external"]);
		command
	}
}

impl Node {
	/// Prepares a node, without starting it.
	pub fn new(setup: Setup) -> Outcome<Self> {
		fs::create_dir_all(&setup.folder).tried(|| format!("cannot make {:?}", setup.folder))?;
		let [p2p, rpc, metrics] = free_ports()?;
		Ok(Self {
			setup,
			p2p,
			rpc,
			metrics,
			child: None,
		})
	}

	/// What the node is called in messages.
	pub fn name(&self) -> &str {
		&self.setup.name
	}

	/// Where its data are.
	pub fn base_path(&self) -> PathBuf {
		self.setup.folder.join("data")
	}

	/// Where it stands, if not on this machine's own loopback.
	pub fn site(&self) -> Option<&Site> {
		self.setup.site.as_ref()
	}

	/// The file with the key of its address in the network.
	pub fn key_file(&self) -> PathBuf {
		self.setup.folder.join("network-key")
	}

	/// Where its log is.
	pub fn log_file(&self) -> PathBuf {
		self.setup.folder.join("log")
	}

	/// Everything that it has printed in all its lives.
	pub fn log(&self) -> String {
		fs::read(self.log_file())
			.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
			.unwrap_or_default()
	}

	/// Whether the program panicked. A runtime that refuses what it was asked by `state_call` does so in its
	/// sandbox, and logs it too, which is no matter.
	pub fn has_panicked(&self) -> bool {
		self.log().contains("This is a bug. Please report it at")
	}

	/// By how many seconds the clock of the process is ahead of this machine's, as its log tells. It writes a
	/// line every five seconds at least.
	pub fn skew(&self) -> Outcome<i64> {
		let log = self.log();
		let last = log.lines().rev().find_map(|line| line.get(11..19));
		let seconds = |text: &str| -> Option<i64> {
			let mut parts = text.split(':').map(|part| part.parse::<i64>().ok());
			let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
			Some((hours * 60 + minutes) * 60 + seconds)
		};
		let now = Command::new("date")
			.arg("+%H:%M:%S")
			.output()
			.tried(|| "cannot run date".into())?;
		let now = String::from_utf8_lossy(&now.stdout).into_owned();
		let (last, now) = last
			.and_then(seconds)
			.zip(seconds(now.trim()))
			.ok_or_else(|| Error::Broken("the log does not tell the time".into()))?;
		// Around midnight.
		const DAY: i64 = 24 * 60 * 60;
		Ok((last - now + DAY / 2).rem_euclid(DAY) - DAY / 2)
	}

	/// Passes more to the program from the next start on.
	pub fn add_args(&mut self, args: impl IntoIterator<Item = String>) {
		self.setup.args.extend(args);
	}

	/// Sets a variable of the environment from the next start on.
	pub fn set_env(&mut self, name: &str, value: &str) {
		self.setup.env.retain(|(known, _)| known != name);
		self.setup.env.push((name.into(), value.into()));
	}

	/// Removes a variable from the next start on.
	pub fn unset_env(&mut self, name: &str) {
		self.setup.env.retain(|(known, _)| known != name);
	}

	/// Starts the program. It answers some seconds later.
	pub fn start(&mut self) -> Outcome<()> {
		let log = OpenOptions::new()
			.create(true)
			.append(true)
			.open(self.log_file())
			.tried(|| format!("cannot write the log of {}", self.name()))?;
		let errors = log.try_clone().tried(|| "cannot share a file".into())?;
		let mut command = self.setup.start();
		command
			.args(&self.setup.args)
			.arg("--base-path")
			.arg(self.base_path())
			.args(["--listen-addr", &self.listens()])
			.args(["--rpc-port", &self.rpc.to_string()])
			.args(["--prometheus-port", &self.metrics.to_string()])
			.args(["--no-telemetry", "--no-mdns", "--disable-log-color"])
			.envs(self.setup.env.iter().map(|(name, value)| (name, value)))
			.stdin(Stdio::null())
			.stdout(log)
			.stderr(errors);
		if self.key_file().exists() {
			command.arg("--node-key-file").arg(self.key_file());
		}
		let child = command
			.spawn()
			.tried(|| format!("cannot start {}", self.setup.program.display()))?;
		self.child = Some(child);
		Ok(())
	}

	/// Whether the program runs. It may be paused.
	pub fn is_alive(&mut self) -> bool {
		self.child
			.as_mut()
			.is_some_and(|child| matches!(child.try_wait(), Ok(None)))
	}

	/// The number of its process.
	pub fn pid(&self) -> Option<u32> {
		self.child.as_ref().map(Child::id)
	}

	/// Resident memory in bytes.
	pub fn memory(&self) -> Option<u64> {
		self.status("VmRSS:")
	}

	/// How much of the resident memory are pages of files, like those of the database, in bytes. The system
	/// takes them back when it needs room.
	pub fn memory_of_files(&self) -> Option<u64> {
		self.status("RssFile:")
	}

	/// The most resident memory that the process ever had, in bytes.
	pub fn peak_memory(&self) -> Option<u64> {
		self.status("VmHWM:")
	}

	/// What the system says of the memory of the process, in bytes.
	fn status(&self, field: &str) -> Option<u64> {
		let status = fs::read_to_string(format!("/proc/{}/status", self.pid()?)).ok()?;
		let line = status.lines().find(|line| line.starts_with(field))?;
		let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
		Some(kilobytes * 1_024)
	}

	fn signal(&self, signal: &str) -> Outcome<()> {
		let Some(pid) = self.pid() else {
			return Err(Error::Broken(format!("{} does not run", self.name())));
		};
		// The shell has its own `kill`, so nothing has to be installed.
		let sent = Command::new("sh")
			.args(["-c", &format!("kill -{signal} {pid}")])
			.status()
			.tried(|| "cannot ask the shell".into())?;
		must(sent.success(), || {
			format!("{} was gone already", self.name())
		})
	}

	/// Stops the clock of the process, as a machine does that is suspended or swaps.
	pub fn pause(&self) -> Outcome<()> {
		self.signal("STOP")
	}

	/// Lets it go on.
	pub fn resume(&self) -> Outcome<()> {
		self.signal("CONT")
	}

	/// Ends the process in the middle of whatever it does, as a power cut does (`kill -9`).
	pub fn kill(&mut self) -> Outcome<()> {
		if let Some(mut child) = self.child.take() {
			child
				.kill()
				.tried(|| format!("cannot kill {}", self.name()))?;
			child
				.wait()
				.tried(|| format!("cannot wait for {}", self.name()))?;
		}
		Ok(())
	}

	/// Asks the program to stop, as an operator does, and waits until it has.
	pub fn stop(&mut self) -> Outcome<()> {
		self.signal("TERM")?;
		let status = self.wait_for_end(STOP)?;
		must(status.success(), || {
			format!("{} stopped with {status}", self.setup.name)
		})
	}

	/// Waits until the program ends by itself.
	pub fn wait_for_end(&mut self, limit: Duration) -> Outcome<ExitStatus> {
		let end = Instant::now() + limit;
		while Instant::now() < end {
			let Some(child) = self.child.as_mut() else {
				return Err(Error::Broken(format!("{} does not run", self.name())));
			};
			if let Some(status) = child.try_wait().tried(|| "cannot wait".into())? {
				self.child = None;
				return Ok(status);
			}
			thread::sleep(POLL);
		}
		Err(Error::Broken(format!(
			"{} did not end within {limit:?}",
			self.name()
		)))
	}

	/// Where it listens to other nodes.
	fn listens(&self) -> String {
		let address = self.site().map_or(Ipv4Addr::LOCALHOST, |site| site.inside);
		format!("/ip4/{address}/tcp/{}", self.p2p)
	}

	/// Where other nodes find it, and by which key they know it.
	pub fn address(&self) -> Outcome<String> {
		let key = self.key_file().display().to_string();
		let told = self.command(&["key", "inspect-node-key", "--file", &key])?;
		must(told.status.success(), || {
			format!("no peer id: {}", told.stderr)
		})?;
		Ok(format!("{}/p2p/{}", self.listens(), told.stdout.trim()))
	}

	/// Where this machine reaches a port of it.
	fn at(&self, port: u16) -> SocketAddr {
		let address = self.site().map_or(Ipv4Addr::LOCALHOST, |site| site.outside);
		(address, port).into()
	}

	/// Where it answers JSON-RPC.
	pub fn rpc_address(&self) -> SocketAddr {
		self.at(self.rpc)
	}

	/// Calls a method.
	pub fn call(&self, method: &str, params: Value) -> Outcome<Value> {
		rpc::call(self.rpc_address(), method, params, PATIENCE).map_err(|why| Error::Silent {
			node: self.setup.name.clone(),
			method: method.into(),
			why,
		})
	}

	/// Best and final height, by JSON-RPC.
	pub fn height(&self) -> Outcome<Height> {
		let best = self.call("chain_getHeader", json!([]))?;
		let hash = self.call("chain_getFinalizedHead", json!([]))?;
		let finalized = self.call("chain_getHeader", json!([hash]))?;
		Ok(Height {
			best: self.number(&best)?,
			finalized: self.number(&finalized)?,
		})
	}

	/// The number in a header.
	pub fn number(&self, header: &Value) -> Outcome<u64> {
		rpc::number(header).ok_or_else(|| Error::Silent {
			node: self.setup.name.clone(),
			method: "chain_getHeader".into(),
			why: format!("no number in {header}"),
		})
	}

	/// Hash of the block with this number on the node's best chain, if there is one.
	pub fn block_hash(&self, number: u64) -> Outcome<Option<String>> {
		let hash = self.call("chain_getBlockHash", json!([number]))?;
		Ok(hash.as_str().map(Into::into))
	}

	/// Hash of the first block of its chain.
	pub fn genesis(&self) -> Outcome<Hash> {
		self.block_hash(0)?
			.and_then(|hash| hash.parse().ok())
			.ok_or_else(|| Error::Broken(format!("the first block of {} has no hash", self.name())))
	}

	/// The page of its metrics, as Prometheus reads it.
	pub fn metrics(&self) -> Outcome<String> {
		let answer = Connection::open(self.at(self.metrics), PATIENCE)
			.and_then(|mut connection| connection.get("/metrics"))
			.map_err(|error| Error::Silent {
				node: self.setup.name.clone(),
				method: "/metrics".into(),
				why: error.to_string(),
			})?;
		Ok(String::from_utf8_lossy(&answer.body).into_owned())
	}

	/// A metric, the first with this name and label.
	pub fn metric(&self, name: &str, label: &str) -> Outcome<f64> {
		rpc::metric(&self.metrics()?, name, label).ok_or_else(|| Error::Silent {
			node: self.setup.name.clone(),
			method: "/metrics".into(),
			why: format!("no {name} with {label}"),
		})
	}

	/// Number of nodes that it is connected to, from its metrics.
	pub fn peers(&self) -> Outcome<u64> {
		Ok(self.metric("substrate_sub_libp2p_peers_count", "")? as u64)
	}

	/// Runs a command of the program on the folder of this node, which must not run meanwhile.
	pub fn command(&self, args: &[&str]) -> Outcome<Ended> {
		run(&self.setup.program, args, &self.setup.folder)
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// A process that is paused dies of this all the same.
		let _ = self.kill();
	}
}

/// What a command of the program left behind.
pub struct Ended {
	/// How it ended.
	pub status: ExitStatus,
	/// What it printed.
	pub stdout: String,
	/// What it logged.
	pub stderr: String,
}

/// Runs a command of the program to its end.
pub fn run(program: &Path, args: &[&str], folder: &Path) -> Outcome<Ended> {
	let file = |name: &str| -> Outcome<File> {
		File::create(folder.join(name)).tried(|| format!("cannot write into {folder:?}"))
	};
	let text = |name: &str| {
		let bytes = fs::read(folder.join(name)).unwrap_or_default();
		String::from_utf8_lossy(&bytes).into_owned()
	};
	let status = Command::new(program)
		.args(args)
		.stdin(Stdio::null())
		.stdout(file("command.out")?)
		.stderr(file("command.err")?)
		.status()
		.tried(|| format!("cannot start {}", program.display()))?;
	Ok(Ended {
		status,
		stdout: text("command.out"),
		stderr: text("command.err"),
	})
}

/// Ports on which nobody listens just now, all different. They lie below those that systems give to
/// outgoing connections, so that nobody takes one while its node is down.
fn free_ports<const N: usize>() -> Outcome<[u16; N]> {
	/// The first port after the last one that was given, so that no two nodes get the same.
	static NEXT: AtomicU16 = AtomicU16::new(0);
	const PORTS: u32 = 12_000;

	// Programs that run at a time begin at different places.
	let begin = process::id().wrapping_mul(61) % PORTS;
	let mut ports = [0; N];
	for port in &mut ports {
		*port = (0..PORTS)
			.map(|_| u32::from(NEXT.fetch_add(1, Ordering::SeqCst)))
			.filter_map(|next| u16::try_from(20_000 + (begin + next) % PORTS).ok())
			.find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
			.ok_or_else(|| Error::Impossible("there are no free ports".into()))?;
	}
	Ok(ports)
}
