//! Starts the program as a user would, talks to it over HTTP, and stops it.
//!
//! A node listens on ports that the system picks and keeps its data in a folder of its own, so any
//! number of them runs at a time. Whatever a node or command does, waiting for it is bounded.

// Every test file is a crate of its own and uses a part of this.
#![allow(dead_code)]

use std::{
	fs::File,
	io::{Read, Write},
	net::{SocketAddr, TcpListener, TcpStream},
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
	thread,
	time::{Duration, Instant},
};

use serde_json::{json, Value};
use tempfile::TempDir;

/// Most that a node may take until it answers: it compiles its runtime, maybe next to others.
const START: Duration = Duration::from_secs(120);

/// Most that a node may take to stop.
const STOP: Duration = Duration::from_secs(60);

/// Most that one request may take.
const REQUEST: Duration = Duration::from_secs(30);

/// How often something is looked at while waiting for it.
const POLL: Duration = Duration::from_millis(200);

/// What the log says before the addresses of JSON-RPC.
const LISTENING: &str = "Running JSON-RPC server: addr=";

/// What the log says before the address of the metrics.
const EXPORTING: &str = "Prometheus exporter started at ";

/// A running node. It is killed when this goes out of scope.
pub struct Node {
	child: Child,
	rpc: SocketAddr,
	p2p_port: u16,
	log: PathBuf,
	_dir: TempDir,
}

impl Node {
	/// Starts a development chain with nothing but genesis.
	pub fn start_dev(args: &[&str]) -> Self {
		Self::start(&[&["--dev"][..], args].concat())
	}

	/// Starts a node and waits until it answers.
	pub fn start(args: &[&str]) -> Self {
		Self::launch(&[args, &["--no-prometheus"]].concat())
	}

	/// Starts a node that serves metrics, and waits until it answers.
	pub fn start_watched(args: &[&str]) -> Self {
		Self::launch(&[args, &["--prometheus-port", "0"]].concat())
	}

	fn launch(args: &[&str]) -> Self {
		let dir = tempfile::tempdir().expect("temporary folders can be made");
		let log = dir.path().join("log");
		let output = File::create(&log).expect("the folder is writable");
		let p2p_port = free_port();
		let child = Command::new(program())
			.args(args)
			.args(["--rpc-port", "0", "--no-telemetry", "--no-mdns"])
			.args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{p2p_port}")])
			.arg("--disable-log-color")
			.stdin(Stdio::null())
			.stdout(
				output
					.try_clone()
					.expect("a file has as many handles as one likes"),
			)
			.stderr(output)
			.spawn()
			.expect("the program was built before its tests");

		// From here on the guard kills the child, whatever happens.
		let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
		let mut node = Self {
			child,
			rpc: nowhere,
			p2p_port,
			log,
			_dir: dir,
		};
		node.rpc = node.wait(START, "JSON-RPC address", Self::listening);
		node.wait(START, "answer to system_health", |node| {
			node.rpc("system_health", json!([])).ok()
		});
		node
	}

	/// The URL of the WebSocket.
	pub fn ws_url(&self) -> String {
		format!("ws://{}", self.rpc)
	}

	/// Where JSON-RPC listens.
	pub fn rpc_address(&self) -> SocketAddr {
		self.rpc
	}

	/// What Prometheus would read.
	pub fn metrics(&self) -> String {
		let log = self.log();
		let (_, rest) = log
			.split_once(EXPORTING)
			.expect("the node was started with metrics");
		let address = rest.lines().next().unwrap_or_default().trim();
		let address = address
			.parse()
			.unwrap_or_else(|error| panic!("{address} is no address: {error}"));
		let (status, text) = http(address, "GET", "/metrics", "").expect("the exporter answers");
		assert_eq!(status, 200);
		text
	}

	/// Where other nodes find this one.
	pub fn bootnode(&self) -> String {
		let id = self.call("system_localPeerId", json!([]));
		let id = id.as_str().expect("a peer id is a string");
		format!("/ip4/127.0.0.1/tcp/{}/p2p/{id}", self.p2p_port)
	}

	/// Sends a request and gives the whole answer.
	pub fn post(&self, request: &str) -> Value {
		let answer = post(self.rpc, request).unwrap_or_else(|error| panic!("{request}: {error}"));
		serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{request}: {error}: {answer}"))
	}

	/// Calls a method, and gives its result or its error.
	pub fn rpc(&self, method: &str, params: Value) -> Result<Value, Value> {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let answer = post(self.rpc, &request.to_string()).map_err(|error| error.to_string())?;
		let mut answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
		match answer.get_mut("error") {
			Some(error) => Err(error.take()),
			None => Ok(answer["result"].take()),
		}
	}

	/// Calls a method that has to succeed.
	pub fn call(&self, method: &str, params: Value) -> Value {
		self.rpc(method, params.clone())
			.unwrap_or_else(|error| panic!("{method} {params} failed: {error}"))
	}

	/// Number of the best block.
	pub fn best(&self) -> u64 {
		number(&self.call("chain_getHeader", json!([])))
	}

	/// Number of the last finalized block.
	pub fn finalized(&self) -> u64 {
		let hash = self.call("chain_getFinalizedHead", json!([]));
		number(&self.call("chain_getHeader", json!([hash])))
	}

	/// Hash of the block with this number.
	pub fn block_hash(&self, number: u64) -> Value {
		self.call("chain_getBlockHash", json!([number]))
	}

	/// Looks until there is something, and panics when the time is over.
	pub fn wait<T>(&mut self, limit: Duration, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
		let end = Instant::now() + limit;
		loop {
			if let Some(found) = look(self) {
				return found;
			}
			if let Ok(Some(status)) = self.child.try_wait() {
				panic!("no {what}: the node ended with {status}");
			}
			assert!(Instant::now() < end, "no {what} within {limit:?}");
			thread::sleep(POLL);
		}
	}

	/// Asks the node to stop, as an operator would, and waits until it has.
	pub fn stop(mut self) {
		// The shell has its own `kill`, so nothing has to be installed.
		let asked = Command::new("sh")
			.args(["-c", &format!("kill -TERM {}", self.child.id())])
			.status()
			.expect("there is a shell");
		assert!(asked.success(), "the node was gone already");
		let status = wait_for(&mut self.child, STOP).expect("the node did not stop");
		assert!(status.success(), "the node stopped with {status}");
	}

	/// Everything that the node has printed.
	pub fn log(&self) -> String {
		std::fs::read_to_string(&self.log).unwrap_or_default()
	}

	/// The address of JSON-RPC, once the log tells it.
	fn listening(&self) -> Option<SocketAddr> {
		let log = self.log();
		let (_, rest) = log.split_once(LISTENING)?;
		let (address, _) = rest.split_once(',')?;
		address.trim().parse().ok()
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
		if thread::panicking() {
			eprintln!("--- log of the node ---\n{}", tail(&self.log()));
		}
	}
}

/// What a command of the program left behind.
pub struct Output {
	/// How it ended.
	pub status: ExitStatus,
	/// What it printed.
	pub stdout: String,
	/// What it logged.
	pub stderr: String,
}

/// Runs a command of the program to its end.
pub fn command(args: &[&str], limit: Duration) -> Output {
	let dir = tempfile::tempdir().expect("temporary folders can be made");
	let file = |name: &str| File::create(dir.path().join(name)).expect("the folder is writable");
	let text = |name: &str| {
		String::from_utf8_lossy(&std::fs::read(dir.path().join(name)).unwrap_or_default())
			.into_owned()
	};
	let mut child = Command::new(program())
		.args(args)
		.stdin(Stdio::null())
		.stdout(file("stdout"))
		.stderr(file("stderr"))
		.spawn()
		.expect("the program was built before its tests");
	let status = wait_for(&mut child, limit).unwrap_or_else(|| {
		panic!(
			"{args:?} took longer than {limit:?}: {}",
			tail(&text("stderr"))
		)
	});
	Output {
		status,
		stdout: text("stdout"),
		stderr: text("stderr"),
	}
}

/// Runs a command of the program that has to succeed, and gives what it printed.
pub fn succeed(args: &[&str], limit: Duration) -> String {
	let Output {
		status,
		stdout,
		stderr,
	} = command(args, limit);
	assert!(
		status.success(),
		"{args:?} ended with {status}: {}",
		tail(&stderr)
	);
	stdout
}

/// Runs a command of the program that has to fail, and gives what it says about it.
pub fn fail(args: &[&str], limit: Duration) -> String {
	let Output { status, stderr, .. } = command(args, limit);
	assert!(!status.success(), "{args:?} should have failed");
	stderr
}

/// The program under test.
fn program() -> &'static Path {
	Path::new(env!("CARGO_BIN_EXE_madang"))
}

/// A port that nobody listens on just now.
fn free_port() -> u16 {
	TcpListener::bind(("127.0.0.1", 0))
		.and_then(|listener| listener.local_addr())
		.expect("there are free ports")
		.port()
}

/// Waits for the end of a process, and kills it when it takes too long.
fn wait_for(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
	let end = Instant::now() + limit;
	while Instant::now() < end {
		if let Some(status) = child.try_wait().expect("the process is ours") {
			return Some(status);
		}
		thread::sleep(POLL);
	}
	let _ = child.kill();
	let _ = child.wait();
	None
}

/// The number in a header.
fn number(header: &Value) -> u64 {
	let text = header["number"].as_str().expect("a header has a number");
	u64::from_str_radix(text.trim_start_matches("0x"), 16).expect("it is hexadecimal")
}

/// The last part of a text, which is what one wants to see of a log.
fn tail(text: &str) -> String {
	const LINES: usize = 80;
	let lines: Vec<_> = text.lines().collect();
	lines[lines.len().saturating_sub(LINES)..].join("\n")
}

/// Posts a JSON document and reads the answer, which has to be a good one.
fn post(to: SocketAddr, body: &str) -> std::io::Result<String> {
	match http(to, "POST", "/", body)? {
		(200, answer) => Ok(answer),
		(status, answer) => Err(std::io::Error::other(format!("{status}: {answer}"))),
	}
}

/// Sends one HTTP request and gives the status and the body of the answer, with nothing but the
/// standard library.
pub fn http(
	to: SocketAddr,
	method: &str,
	path: &str,
	body: &str,
) -> std::io::Result<(u16, String)> {
	let mut stream = TcpStream::connect_timeout(&to, REQUEST)?;
	stream.set_read_timeout(Some(REQUEST))?;
	stream.set_write_timeout(Some(REQUEST))?;
	// A server may answer before it has read all of a body that is too large, and hang up.
	let sent = write!(
		stream,
		"{method} {path} HTTP/1.1\r\nHost: {to}\r\nContent-Type: application/json\r\n\
		 Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
		body.len()
	);
	let mut answer = Vec::new();
	let read = stream.read_to_end(&mut answer);
	if answer.is_empty() {
		sent?;
		read?;
	}

	let answer = String::from_utf8_lossy(&answer);
	let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer[..], ""));
	let status = head
		.split(' ')
		.nth(1)
		.and_then(|status| status.parse().ok())
		.ok_or_else(|| std::io::Error::other(format!("no HTTP: {head}")))?;
	let chunked = head
		.to_ascii_lowercase()
		.contains("transfer-encoding: chunked");
	Ok((status, if chunked { unchunk(body) } else { body.into() }))
}

/// Joins the chunks of a body: each is its length in hexadecimal, a line break, and the bytes.
fn unchunk(mut body: &str) -> String {
	let mut whole = String::new();
	while let Some((len, rest)) = body.split_once("\r\n") {
		let len = usize::from_str_radix(len.trim(), 16).unwrap_or(0);
		let Some(chunk) = rest.get(..len).filter(|chunk| !chunk.is_empty()) else {
			break;
		};
		whole.push_str(chunk);
		body = rest.get(len + 2..).unwrap_or_default();
	}
	whole
}
