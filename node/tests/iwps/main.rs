//! Servers of worlds answer the two messages of the Inter-World Portaling System over HTTP, with what
//! is on a real chain. The samples in `docs/portal.md` are among them.

#[path = "../common/mod.rs"]
mod common;
mod docs;
mod http;
mod stage;

use std::{
	io::{Read, Write},
	net::{SocketAddr, TcpListener},
	sync::mpsc::{self, Receiver},
	thread,
	time::Duration,
};

use madang_client::chain::account_of;
use madang_primitives::portal::Way;
use madang_runtime::{
	genesis_config_presets::DEMO_METAVERSE as DEMO, AccountId, BlockNumber, Runtime, RuntimeCall,
};
use madang_runtime_common::units::MILLI;
use pallet_portal::Call;
use serde_json::{json, Value};
use sp_core::crypto::Ss58Codec;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};

use docs::{is_named_in_docs, sample};
use http::{address, agent, announcement, new_id, read, refused, World};
use stage::{pair, submit, Stage, AWAY, ENTRY, PARK, PAUSED, ROAD, SAMPLE_ID, SHORT, TOLL};

/// Most that it may take until the world of origin is told.
const TOLD: Duration = Duration::from_secs(10);

#[test]
fn worlds_answer_with_what_is_on_chain() {
	let stage = Stage::set();
	let beta = stage.serve(stage.beta, &["--gatekeeper", "//Bob"]);

	let late = new_id();
	beta.announce(SHORT, "ann", &late);
	portals_that_lead_nowhere(&stage, &beta);
	a_free_portal_asks_for_no_pass(&beta);
	the_samples_are_true(&stage, &beta);
	nobody_uses_the_pass_of_another(&stage, &beta);
	a_portal_ends_while_somebody_is_on_the_way(&stage, &beta, &late);
	the_way_back_leads_to_the_other_world(&stage);
	who_is_refused_has_everything_back(&stage);
	without_a_gatekeeper_a_pass_is_good_once(&stage);
	who_may_not_admit_lets_nobody_in(&stage);
	what_is_late_is_refused(&stage);
	only_named_worlds_are_called_back(&stage);
	bad_input_gets_a_sentence(&beta);
	a_server_without_a_world_does_not_start(&stage);
	a_world_without_a_node_says_so(stage, &beta);
}

/// What the docs show, step by step: no pass, a pass, the visit, the visit again.
fn the_samples_are_true(stage: &Stage, beta: &World) {
	let (query, teleport) = (sample("#### A Query"), sample("#### A Teleport"));
	assert_eq!(
		query["userId"],
		address(Charlie),
		"the samples are about Charlie"
	);
	assert_eq!(query["teleportId"], SAMPLE_ID);
	assert_eq!(beta.query(&query), sample("#### Its answer"));
	beta.bounce(teleport.clone(), "no pass");

	let (demo, other) = (account(stage, "madang-demo"), account(stage, "beta"));
	let before = (
		stage.purse(&demo),
		stage.purse(&other),
		stage.purse_of(Charlie),
	);
	let fees = stage.fees(Charlie);
	let valid_until = stage.travel(Charlie, Way::There);
	let held = stage.purse_of(Charlie).held - before.2.held;
	is_named_in_docs(held - TOLL);

	assert_eq!(
		beta.query(&query),
		sample("#### Its answer"),
		"as often as one likes"
	);
	let mut signed = teleport.clone();
	let signature = stage.sign(Charlie, Charlie, SAMPLE_ID, "there", valid_until);
	signed["userSignature"] = json!(signature);
	let with = |field: &str, value: Value| {
		let mut message = signed.clone();
		message[field] = value;
		message
	};
	beta.bounce(
		with("userSignature", Value::Null),
		"userSignature is missing",
	);
	let forged = stage.sign(Dave, Charlie, SAMPLE_ID, "there", valid_until);
	beta.bounce(with("userSignature", json!(forged)), "not the signature");
	let stale = stage.sign(Charlie, Charlie, SAMPLE_ID, "there", valid_until - 1);
	beta.bounce(with("userSignature", json!(stale)), "not the signature");
	beta.bounce(with("teleportPin", json!(48)), "teleportPin");
	beta.bounce(with("userId", json!(address(Dave))), "userId");
	beta.bounce(with("launchClient", json!(true)), "launchClient");
	assert_eq!(stage.pass_state(Charlie), "valid", "nothing was taken");

	let answer = beta.teleport(&with("teleportPin", json!("47")));
	assert_eq!(answer, sample("#### Its answer to a Teleport"));
	assert_eq!(stage.pass_state(Charlie), "used");
	let after = (
		stage.purse(&demo),
		stage.purse(&other),
		stage.purse_of(Charlie),
	);
	assert_eq!(after.0.free - before.0.free, 490 * MILLI);
	assert_eq!(after.1.free - before.1.free, 490 * MILLI);
	let paid = stage.fees(Charlie) - fees;
	assert_eq!(before.2.total() - after.2.total(), TOLL + paid);
	assert_eq!(
		after.2.held - before.2.held,
		held - TOLL,
		"only the deposit is left"
	);

	beta.bounce(signed, "used already");
	let (id, query) = (new_id(), address(Charlie));
	beta.announce(ROAD, &query, &id);
	let again = stage.sign(Charlie, Charlie, &id, "there", valid_until);
	beta.bounce(
		json!({ "teleportId": id, "userSignature": again }),
		"used already",
	);
}

fn account(stage: &Stage, slug: &str) -> AccountId {
	let found = stage.threads.block_on(stage.chain.metaverse_by_slug(slug));
	let found = found.expect("the node answers").expect("it was founded");
	found.account
}

/// Dave has a pass. Nobody else comes in with it, whatever they say, and he does.
fn nobody_uses_the_pass_of_another(stage: &Stage, beta: &World) {
	let valid_until = stage.travel(Dave, Way::There);
	let (mine, theirs) = (new_id(), new_id());
	let (dave, eve) = (address(Dave), address(Eve));

	// Eve in her own name, with a signature of Dave's.
	beta.announce(ROAD, &eve, &theirs);
	let signature = stage.sign(Dave, Dave, &mine, "there", valid_until);
	beta.bounce(
		json!({ "teleportId": theirs, "userSignature": signature }),
		"no pass",
	);
	// Eve in his name, with her signature, and with his for another visit.
	let id = new_id();
	beta.announce(ROAD, &dave, &id);
	let forged = stage.sign(Eve, Dave, &id, "there", valid_until);
	for signature in [forged, signature.clone()] {
		beta.bounce(
			json!({ "teleportId": id, "userSignature": signature }),
			"not the signature",
		);
	}
	// Her visit does not become his, nor the other way round.
	beta.announce(ROAD, &dave, &mine);
	let stolen = beta.query(&announcement(ROAD, &eve, &mine));
	refused(&stolen, "somebody else");
	// The pass leads there and not back.
	let demo = stage.serve(DEMO, &[]);
	let back = new_id();
	demo.announce(ROAD, &dave, &back);
	let signature_back = stage.sign(Dave, Dave, &back, "there", valid_until);
	demo.bounce(
		json!({ "teleportId": back, "userSignature": signature_back }),
		"no pass",
	);
	assert_eq!(stage.pass_state(Dave), "valid");
	beta.enter(&mine, &signature);
	assert_eq!(stage.pass_state(Dave), "used");
}

fn the_way_back_leads_to_the_other_world(stage: &Stage) {
	let demo = stage.serve(DEMO, &["--gatekeeper", "//Alice"]);
	let (id, valid_until) = (new_id(), stage.travel(Ferdie, Way::Back));
	demo.announce(ROAD, &address(Ferdie), &id);
	let wrong = stage.sign(Ferdie, Ferdie, &id, "there", valid_until);
	demo.bounce(
		json!({ "teleportId": id, "userSignature": wrong }),
		"not the signature",
	);
	demo.enter(&id, &stage.sign(Ferdie, Ferdie, &id, "back", valid_until));
	assert_eq!(stage.pass_state(Ferdie), "used");
}

fn who_is_refused_has_everything_back(stage: &Stage) {
	let full = stage.serve(stage.beta, &["--gatekeeper", "//Bob", "--capacity", "0"]);
	// Who has not paid yet is told before they do.
	full.decline(ROAD, &address(Eve), "full");
	full.decline(PARK, "anybody", "full");

	let (before, fees) = (stage.purse_of(Eve), stage.fees(Eve));
	let (id, valid_until) = (new_id(), stage.travel(Eve, Way::There));
	assert_eq!(stage.pass_state(Eve), "valid");
	full.announce(ROAD, &address(Eve), &id);
	// Nobody else has her refused.
	let forged = stage.sign(Dave, Eve, &id, "there", valid_until);
	full.bounce(
		json!({ "teleportId": id, "userSignature": forged }),
		"not the signature",
	);
	assert_eq!(stage.pass_state(Eve), "valid");
	let signature = stage.sign(Eve, Eve, &id, "there", valid_until);
	full.bounce(
		json!({ "teleportId": id, "userSignature": signature }),
		"given back",
	);
	assert_eq!(stage.pass_state(Eve), Value::Null, "the pass is gone");
	let after = stage.purse_of(Eve);
	assert_eq!(after.held, before.held);
	assert_eq!(
		before.free - after.free,
		stage.fees(Eve) - fees,
		"nothing but fees"
	);
}

fn without_a_gatekeeper_a_pass_is_good_once(stage: &Stage) {
	let open = stage.serve(stage.beta, &["--capacity", "2", "--stay", "60"]);
	let valid_until = stage.travel(Eve, Way::There);
	let (first, second) = (new_id(), new_id());
	for id in [&first, &second] {
		open.announce(ROAD, &address(Eve), id);
	}
	open.enter(&first, &stage.sign(Eve, Eve, &first, "there", valid_until));
	assert_eq!(
		stage.pass_state(Eve),
		"valid",
		"nobody admitted her on chain"
	);
	let again = stage.sign(Eve, Eve, &second, "there", valid_until);
	open.bounce(
		json!({ "teleportId": second, "userSignature": again }),
		"came in with this pass already",
	);
	// That took no seat: there is room for somebody else.
	open.announce(ROAD, &address(Ferdie), &new_id());
}

/// Eve's pass is still good on chain, but Ferdie is no portal manager.
fn who_may_not_admit_lets_nobody_in(stage: &Stage) {
	let wrong = stage.serve(stage.beta, &["--gatekeeper", "//Ferdie"]);
	let pass = stage.node.call("portal_pass", json!([ROAD, address(Eve)]));
	let valid_until = pass["validUntil"].as_u64().expect("she has a pass") as BlockNumber;
	let id = new_id();
	wrong.announce(ROAD, &address(Eve), &id);
	let signature = stage.sign(Eve, Eve, &id, "there", valid_until);
	for _ in 0..2 {
		wrong.bounce(
			json!({ "teleportId": id, "userSignature": signature }),
			"Only the portal managers",
		);
	}
	assert_eq!(stage.pass_state(Eve), "valid");
}

fn a_free_portal_asks_for_no_pass(beta: &World) {
	let (id, other) = (new_id(), new_id());
	beta.announce(PARK, "ann@alpha.example", &id);
	let message = json!({ "teleportId": id, "teleportPin": 47, "userId": "ann@alpha.example" });
	assert_eq!(beta.teleport(&message), json!({ "approval": true }));
	beta.bounce(message, "used already");
	refused(
		&beta.query(&announcement(PARK, "ann@alpha.example", &id)),
		"used already",
	);
	beta.bounce(json!({ "teleportId": other }), "unknown");
	// Three wrong pins, and it has to begin anew.
	beta.announce(PARK, "ann@alpha.example", &other);
	for _ in 0..3 {
		beta.bounce(
			json!({ "teleportId": other, "teleportPin": 74 }),
			"teleportPin",
		);
	}
	beta.bounce(json!({ "teleportId": other, "teleportPin": 47 }), "unknown");
	// Before there is a visitor: nothing is remembered, nothing expires.
	let created = beta.query(&json!({ "location": "1", "sourceOs": "windows" }));
	assert_eq!(
		created,
		json!({ "approval": true, "location": "1", "destinationUrl": ENTRY })
	);
	beta.decline(ROAD, "ann@alpha.example", "address of the account");
}

fn portals_that_lead_nowhere(stage: &Stage, beta: &World) {
	let ann = "ann@alpha.example";
	beta.decline(PAUSED, ann, "paused");
	beta.decline(99, ann, "no portal");
	let demo = stage.serve(DEMO, &[]);
	for elsewhere in [PARK, AWAY] {
		demo.decline(elsewhere, ann, "does not lead to this world");
	}
	let genesis = format!("{:?}", stage.chain.genesis());
	let here = format!("madang:{}/{PARK}", &genesis[2..34]);
	let mut message = announcement(PARK, ann, &new_id());
	message["location"] = json!(here);
	let answer = beta.query(&message);
	assert_eq!(
		(&answer["approval"], &answer["location"]),
		(&json!(true), &json!(here))
	);
	message["location"] = json!(format!("madang:{}/{PARK}", "0".repeat(32)));
	refused(&beta.query(&message), "another chain");
	message["location"] = json!("the plaza");
	refused(&beta.query(&message), "names no portal");
}

/// While it carries visitors somebody is announced; that is long ago when they come.
fn a_portal_ends_while_somebody_is_on_the_way(stage: &Stage, beta: &World, late: &str) {
	let end = stage.node.call("portal_get", json!([SHORT]))["agreement"]["terms"]["expiresAt"]
		.as_u64()
		.expect("it has an end");
	while stage.node.best() < end {
		thread::sleep(Duration::from_millis(200));
	}
	beta.decline(SHORT, "ann", "expired");
	beta.bounce(json!({ "teleportId": late }), "this portal has expired");
	// Once it is reaped there is none.
	let reap = RuntimeCall::Portal(Call::<Runtime>::reap { id: SHORT });
	stage.threads.block_on(submit(&stage.chain, Alice, reap));
	beta.decline(SHORT, "ann", "no portal");
}

fn what_is_late_is_refused(stage: &Stage) {
	let quick = stage.serve(stage.beta, &["--ttl", "1"]);
	let id = new_id();
	quick.announce(PARK, "ann", &id);
	thread::sleep(Duration::from_millis(1_100));
	quick.bounce(json!({ "teleportId": id }), "expired");
	quick.announce(PARK, "ann", &id);
	assert_eq!(
		quick.teleport(&json!({ "teleportId": id })),
		json!({ "approval": true })
	);
}

/// One world of origin is on the list and hears of its visitors; the other one is not and hears nothing.
fn only_named_worlds_are_called_back(stage: &Stage) {
	let ((known, heard), (stranger, silent)) = (listener(), listener());
	let beta = stage.serve(stage.beta, &["--ack", &format!("http://{known}")]);
	let visit = |origin: SocketAddr, id: &str| {
		let mut message = announcement(PARK, "ann", id);
		message["sourceAckUrl"] = json!(format!("http://{origin}/ack"));
		message["sourceNackUrl"] = json!(format!("http://{origin}/nack"));
		assert_eq!(beta.query(&message)["approval"], true);
	};
	let told = |path: &str, id: &str, approval: bool| {
		let request = heard
			.recv_timeout(TOLD)
			.unwrap_or_else(|_| panic!("{path} was not called"));
		assert!(request.starts_with(&format!("POST {path} ")), "{request}");
		let body = request.split("\r\n\r\n").nth(1).unwrap_or_default();
		let body: Value = serde_json::from_str(body).unwrap_or_default();
		assert_eq!(body, json!({ "teleportId": id, "approval": approval }));
	};
	// The stranger first, so that there is time to hear of them by the end.
	let id = new_id();
	visit(stranger, &id);
	assert_eq!(
		beta.teleport(&json!({ "teleportId": id }))["approval"],
		true
	);
	let id = new_id();
	visit(known, &id);
	beta.bounce(
		json!({ "teleportId": id, "launchClient": true }),
		"launchClient",
	);
	told("/nack", &id, false);
	assert_eq!(
		beta.teleport(&json!({ "teleportId": id }))["approval"],
		true
	);
	told("/ack", &id, true);
	assert!(silent.try_recv().is_err(), "a stranger was called");
}

/// Listens, and gives every request that comes in.
fn listener() -> (SocketAddr, Receiver<String>) {
	let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there are free ports");
	let address = listener.local_addr().expect("it listens");
	let (sender, receiver) = mpsc::channel();
	thread::spawn(move || {
		for stream in listener.incoming() {
			let Ok(mut stream) = stream else { return };
			let _ = stream.set_read_timeout(Some(TOLD));
			let mut request = Vec::new();
			let mut part = [0; 4096];
			while !request.ends_with(b"}") {
				match stream.read(&mut part) {
					Ok(0) | Err(_) => break,
					Ok(count) => request.extend_from_slice(&part[..count]),
				}
			}
			let _ = stream
				.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
			if sender
				.send(String::from_utf8_lossy(&request).into_owned())
				.is_err()
			{
				return;
			}
		}
	});
	(address, receiver)
}

fn bad_input_gets_a_sentence(beta: &World) {
	let json = "application/json";
	let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
	let hidden = format!("{{\"location\":\"1\",\"assets\":{deep}}}");
	let bundle = announcement(PARK, "ann", &new_id());
	let mut part = bundle.clone();
	part["userId"] = Value::Null;
	let mut long = bundle.clone();
	long["userId"] = json!("a".repeat(300));
	let mut odd = bundle.clone();
	odd["teleportId"] = json!("47");
	let (part, long, odd) = (part.to_string(), long.to_string(), odd.to_string());
	let large = format!("{{\"location\":\"{}\"}}", "1".repeat(17_000));
	for (path, kind, body, status) in [
		("/query", json, "", 400),
		("/query", json, "not json", 400),
		("/query", json, "[]", 400),
		("/query", json, "{\"location\":7}", 400),
		("/query", json, deep.as_str(), 400),
		("/query", json, hidden.as_str(), 400),
		("/query", json, part.as_str(), 400),
		("/query", json, long.as_str(), 400),
		("/query", json, odd.as_str(), 400),
		("/query", json, large.as_str(), 413),
		("/query", "text/plain", "{\"location\":\"1\"}", 415),
		("/teleport", json, "{}", 400),
		("/teleport", json, "{\"teleportId\":47}", 400),
		("/teleport", json, deep.as_str(), 400),
		("/teleport", json, large.as_str(), 413),
		("/nothing", json, "{}", 404),
	] {
		let (got, answer) = beta.send(path, kind, body.as_bytes());
		assert_eq!(got, status, "{path} {body:.60}: {answer}");
		refused(&answer, "");
		let sentence = answer["error"].as_str().unwrap_or_default();
		assert!(sentence.len() > 20, "{path} {body:.60}: {answer}");
	}
	let (status, answer) = beta.send("/query", json, b"{\"location\":\"\xff\"}");
	assert_eq!(status, 400, "{answer}");
	let read_only = read(
		agent()
			.get(&format!("http://{}/query", beta.address))
			.call(),
	);
	assert_eq!(read_only.0, 405, "{}", read_only.1);
	refused(&read_only.1, "POST");
	// It has survived all of that.
	beta.announce(PARK, "ann", &new_id());
}

fn a_server_without_a_world_does_not_start(stage: &Stage) {
	let error = stage
		.start(4_000_000, &[])
		.err()
		.map(|error| error.to_string());
	assert!(error.is_some_and(|error| error.contains("no metaverse 4000000")));
	let bob = account_of(&pair(Bob)).to_ss58check();
	let server = stage.start(stage.beta, &["--gatekeeper", "//Bob"]);
	let greeting = server.ok().map(|server| server.greeting());
	assert!(greeting.is_some_and(|greeting| greeting.contains(&bob)));
}

/// The node stops. Nobody is let in, nobody is told that they may not come, and the server lives on.
fn a_world_without_a_node_says_so(stage: Stage, beta: &World) {
	let id = new_id();
	beta.announce(PARK, "ann", &id);
	let Stage {
		node,
		threads: _threads,
		..
	} = stage;
	node.stop();
	for (path, body) in [
		("/query", announcement(PARK, "ann", &new_id())),
		("/teleport", json!({ "teleportId": id })),
		("/teleport", json!({ "teleportId": id })),
	] {
		let (status, answer) = beta.post(path, &body);
		assert_eq!(status, 503, "{path}: {answer}");
		refused(&answer, "the chain cannot be asked now");
	}
}
