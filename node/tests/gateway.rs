//! The gateway of `operations/gateway`, as it is: nginx in front of two readers on loopback.
//!
//! It needs Debian's package `nginx`, so it is asked for by name:
//!
//! ```sh
//! cargo test --release --workspace --test gateway -- --ignored
//! ```
//!
//! `NGINX` names the program where it is not in the `PATH`.

mod common;

use std::{
	env, fs,
	io::{Read, Write},
	net::{SocketAddr, TcpListener, TcpStream},
	path::Path,
	process::{Child, Command, Stdio},
	thread,
	time::{Duration, Instant},
};

use common::{http, Node};
use madang_client::{
	calls,
	chain::{self, Chain},
	money::MDG,
};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{Alice, Bob};

/// The gateway.
const CONFIG: &str = include_str!("../../operations/gateway/nginx.conf");

/// The nodes behind it.
const READERS: &str = include_str!("../../operations/gateway/readers.conf");

/// How a reader is run.
const ENVIRONMENT: &str = include_str!("../../operations/systemd/madang.env");

/// Most that it may take until the readers have the blocks of the validator.
const SYNC: Duration = Duration::from_secs(60);

/// Most that nginx may take until it listens.
const START: Duration = Duration::from_secs(10);

/// Time after which the limits have forgotten a flood: the burst of 40 at 20 requests a second, and
/// that of 10 WebSockets at one a second.
const FORGET: Duration = Duration::from_secs(12);

/// How often a transaction is signed and sent until a reader takes it.
const ATTEMPTS: u32 = 5;

/// nginx, stopped when this goes out of scope.
struct Gateway {
	child: Child,
	address: SocketAddr,
	_dir: tempfile::TempDir,
}

impl Gateway {
	fn start(readers: [&Node; 2]) -> Self {
		let dir = tempfile::tempdir().expect("temporary folders can be made");
		let address = TcpListener::bind(("127.0.0.1", 0))
			.and_then(|listener| listener.local_addr())
			.expect("there are free ports");
		let folder = dir.path().display();
		let config = replaced(CONFIG, "listen 8080", &format!("listen {address}"));
		// Where nginx keeps what it cannot keep in memory; Debian's package makes these for root.
		let config = replaced(
			&config,
			"http {",
			&format!(
				"pid {folder}/pid;\nhttp {{\n\tclient_body_temp_path {folder}/body;\n\
				 \tproxy_temp_path {folder}/proxy;\n\tfastcgi_temp_path {folder}/fastcgi;\n\
				 \tuwsgi_temp_path {folder}/uwsgi;\n\tscgi_temp_path {folder}/scgi;\n"
			),
		);
		let upstream = replaced(
			READERS,
			"127.0.0.1:9944",
			&readers[0].rpc_address().to_string(),
		);
		let upstream = replaced(
			&upstream,
			"127.0.0.1:9945",
			&readers[1].rpc_address().to_string(),
		);
		let write = |name: &str, text: &str| {
			fs::write(dir.path().join(name), text).expect("the folder is writable")
		};
		write("nginx.conf", &config);
		write("readers.conf", &upstream);

		let program = env::var("NGINX").unwrap_or_else(|_| "nginx".into());
		let child = Command::new(&program)
			.arg("-p")
			.arg(dir.path())
			.arg("-c")
			.arg(dir.path().join("nginx.conf"))
			.args(["-g", "daemon off;"])
			.stdin(Stdio::null())
			.spawn()
			.unwrap_or_else(|error| {
				panic!("{program} cannot be started ({error}): install Debian's package nginx")
			});
		let gateway = Self {
			child,
			address,
			_dir: dir,
		};
		let end = Instant::now() + START;
		while TcpStream::connect(address).is_err() {
			assert!(Instant::now() < end, "nginx does not listen");
			thread::sleep(Duration::from_millis(50));
		}
		gateway
	}

	fn post(&self, body: &str) -> (u16, String) {
		http(self.address, "POST", "/", body).expect("the gateway answers")
	}

	fn call(&self, method: &str, params: Value) -> Value {
		let (status, answer) = self.post(&request(method, params));
		assert_eq!(status, 200, "{method}: {answer}");
		json_of(&answer)
	}
}

impl Drop for Gateway {
	fn drop(&mut self) {
		// On this signal the first process takes its workers with it.
		let _ = Command::new("sh")
			.args(["-c", &format!("kill -TERM {}", self.child.id())])
			.status();
		let _ = self.child.wait();
	}
}

/// The text with one thing replaced, which has to be in it.
fn replaced(text: &str, from: &str, to: &str) -> String {
	assert!(text.contains(from), "{from} is not in the file any more");
	text.replace(from, to)
}

fn request(method: &str, params: Value) -> String {
	json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
}

fn json_of(text: &str) -> Value {
	serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// The limits with which `operations/systemd/madang.env` runs a reader.
fn limits_of_a_reader() -> Vec<&'static str> {
	let line = ENVIRONMENT
		.lines()
		.find(|line| line.contains("--name my-reader"))
		.expect("the file has a reader");
	let words: Vec<_> = line.trim_end_matches('"').split(' ').collect();
	let first = words
		.iter()
		.position(|word| *word == "--rpc-methods")
		.expect("a reader has limits");
	words[first..].to_vec()
}

#[test]
#[ignore = "needs Debian's package nginx"]
fn readers_behind_the_gateway() {
	let validator = Node::start_dev(&[]);
	let bootnode = validator.bootnode();
	let limits = limits_of_a_reader();
	let reader = || {
		let mut node = Node::start(
			&[
				&["--chain", "dev", "--tmp", "--bootnodes", &bootnode][..],
				&limits,
			]
			.concat(),
		);
		node.wait(SYNC, "block of the validator", |node| {
			(node.best() > 0).then_some(())
		});
		node
	};
	let (first, second) = (reader(), reader());
	let gateway = Gateway::start([&first, &second]);

	requests_are_answered(&gateway);
	only_safe_methods_are_there(&gateway, &validator);
	what_is_no_request_is_refused(&gateway);
	transactions_go_in_over_a_websocket(&gateway);
	a_flood_is_cut_off_and_forgotten(&gateway);
	websockets_are_counted(&gateway);
	one_reader_is_enough(&gateway, first);
	drop(second);
	nobody_is_said_so(&gateway);
}

fn requests_are_answered(gateway: &Gateway) {
	let header = gateway.call("chain_getHeader", json!([]));
	assert!(header["result"]["number"].is_string(), "{header}");
	let (status, health) = http(gateway.address, "GET", "/health", "").expect("it answers");
	assert_eq!(status, 200);
	assert!(json_of(&health)["peers"].as_u64() > Some(0), "{health}");
}

/// Both readers and the gateway are on loopback, where a node trusts whoever asks unless it is told
/// not to: the same method works at the validator, which was told nothing.
fn only_safe_methods_are_there(gateway: &Gateway, validator: &Node) {
	let unsafe_methods = [
		("author_rotateKeys", json!([])),
		("author_hasKey", json!(["0x00", "aura"])),
		("system_peers", json!([])),
		("offchain_localStorageGet", json!(["PERSISTENT", "0x00"])),
	];
	validator.call("system_peers", json!([]));
	for (method, params) in unsafe_methods {
		// Twice, so that each reader is asked.
		for _ in 0..2 {
			let answer = gateway.call(method, params.clone());
			let said = answer["error"]["message"].as_str().unwrap_or_default();
			assert!(said.contains("unsafe"), "{method}: {answer}");
		}
	}
}

fn what_is_no_request_is_refused(gateway: &Gateway) {
	let (status, answer) = gateway.post(&"x".repeat(2 << 20));
	assert_eq!(status, 413);
	assert!(json_of(&answer)["error"]["message"].is_string());
	for (method, path, expected) in [
		("DELETE", "/", 403),
		("PUT", "/", 403),
		("GET", "/metrics", 404),
		("POST", "/health/", 404),
	] {
		let (status, _) = http(gateway.address, method, path, "").expect("it answers");
		assert_eq!(status, expected, "{method} {path}");
	}
	// More calls in one request than a reader takes.
	let call: Value = json_of(&request("chain_getHeader", json!([])));
	let batch = |calls: usize| gateway.post(&Value::from(vec![call.clone(); calls]).to_string());
	assert!(json_of(&batch(20).1).is_array());
	assert!(json_of(&batch(21).1)["error"].is_object());
}

/// A transaction is signed, sent and followed into a block, so requests and subscriptions both work.
fn transactions_go_in_over_a_websocket(gateway: &Gateway) {
	let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
	runtime.block_on(async {
		let chain = Chain::connect(&format!("ws://{}", gateway.address))
			.await
			.expect("the gateway passes WebSockets on");
		let bob = Bob.to_account_id();
		let before = chain.free_balance(&bob).await.expect("it is told");
		// Signed in the moment in which a block came, a transaction begins its life at a block that
		// the pool of the reader does not know yet.
		for attempt in 1.. {
			match chain.submit(&Alice.pair(), calls::pay(&bob, MDG)).await {
				Ok(_) => break,
				Err(chain::Error::NotTaken { .. }) if attempt < ATTEMPTS => {
					tokio::time::sleep(Duration::from_secs(1)).await
				}
				Err(error) => panic!("Alice has the money: {error}"),
			}
		}
		assert_eq!(
			chain.free_balance(&bob).await.expect("it is told"),
			before + MDG
		);
	});
}

fn a_flood_is_cut_off_and_forgotten(gateway: &Gateway) {
	thread::sleep(FORGET);
	let body = request("chain_getHeader", json!([]));
	let begun = Instant::now();
	// Few enough at a time not to be too many connections.
	let answers: Vec<_> = thread::scope(|scope| {
		let callers: Vec<_> = (0..8)
			.map(|_| scope.spawn(|| (0..100).map(|_| gateway.post(&body)).collect::<Vec<_>>()))
			.collect();
		callers
			.into_iter()
			.flat_map(|caller| caller.join().expect("every request gets an answer"))
			.collect()
	});
	let took = begun.elapsed();
	let served = answers.iter().filter(|(status, _)| *status == 200).count();
	// The burst, and twenty a second from then on.
	let allowed = 42.0 + 20.0 * took.as_secs_f64();
	assert!(
		served >= 41 && served as f64 <= allowed,
		"{served} of {} in {took:?}",
		answers.len()
	);
	let (status, refusal) = answers
		.iter()
		.find(|(status, _)| *status != 200)
		.unwrap_or_else(|| panic!("{} requests in {took:?} are no flood", answers.len()));
	assert_eq!(*status, 429);
	assert!(json_of(refusal)["error"]["message"].is_string());
	thread::sleep(FORGET);
	gateway.call("chain_getHeader", json!([]));
}

/// So many may be opened at once, and so many be open.
fn websockets_are_counted(gateway: &Gateway) {
	let open = || -> (u16, TcpStream) {
		let mut stream = TcpStream::connect(gateway.address).expect("the gateway listens");
		stream
			.set_read_timeout(Some(START))
			.expect("time is bounded");
		write!(
			stream,
			"GET / HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
			 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
			gateway.address
		)
		.expect("the gateway reads");
		let mut start = [0; 12];
		stream
			.read_exact(&mut start)
			.expect("the gateway answers with a status");
		let status = String::from_utf8_lossy(&start[9..])
			.parse()
			.expect("three digits");
		(status, stream)
	};
	let begun = Instant::now();
	let at_once: Vec<_> = (0..15).map(|_| open()).collect();
	let took = begun.elapsed();
	let opened =
		|sockets: &[(u16, TcpStream)]| sockets.iter().filter(|(status, _)| *status == 101).count();
	let burst = opened(&at_once);
	assert!(
		burst >= 11 && burst as f64 <= 12.0 + took.as_secs_f64(),
		"{burst} of 15 in {took:?}"
	);

	// With time, more; but not more than twenty in all.
	let mut slowly: Vec<_> = Vec::new();
	for _ in 0..20 - burst + 2 {
		thread::sleep(Duration::from_millis(1_100));
		slowly.push(open());
	}
	assert_eq!(burst + opened(&slowly), 20);
	assert_eq!(slowly.last().map(|(status, _)| *status), Some(429));
}

fn one_reader_is_enough(gateway: &Gateway, reader: Node) {
	drop(reader);
	for _ in 0..20 {
		gateway.call("chain_getHeader", json!([]));
	}
}

fn nobody_is_said_so(gateway: &Gateway) {
	thread::sleep(FORGET);
	let (status, answer) = gateway.post(&request("chain_getHeader", json!([])));
	assert_eq!(status, 503, "{answer}");
	assert!(json_of(&answer)["error"]["message"].is_string());
}

/// The files that name the same limits name the same limits.
#[test]
fn the_limits_of_a_reader_are_the_same_everywhere() {
	let compose = fs::read_to_string(
		Path::new(env!("CARGO_MANIFEST_DIR")).join("../operations/container/compose.yaml"),
	)
	.expect("the file is there");
	let limits = limits_of_a_reader();
	assert!(limits.len() >= 10, "{limits:?}");
	for pair in limits.chunks(2) {
		let [name, value] = pair else {
			panic!("{pair:?} has no value")
		};
		assert!(
			compose.contains(&format!("- {name}={value}\n")),
			"{name} {value} is not in compose.yaml"
		);
	}
}
