//! Answers a second, of a node that has nothing else to do and of one whose blocks are full.

use std::{
	net::SocketAddr,
	thread,
	time::{Duration, Instant},
};

use frame_system::Account;
use madang_client::{calls, street};
use madang_network::{must, network::Network, rpc, Error, Outcome};
use madang_primitives::{
	geometry::{Area, Size},
	land::MAX_VIEWPORT_SIDE,
	portal::{Access, Direction, GateInput, Terms},
	MetaverseId,
};
use madang_report::{
	figures::{grouped, median, percentile_99, short, Dice},
	Part, Table,
};
use madang_runtime::{AccountId, Runtime, RuntimeCall};
use madang_runtime_common::params::MinNotice;
use serde_json::{json, Value};
use sp_core::bytes;

use crate::{
	books::{self, Window},
	generator::{self, Order},
	ground::Ground,
	keeping,
	kind::Kind,
	line::Line,
	senders::{accounts, Traffic},
	stage::{Builder, BUILDER_MONEY},
	throughput::{full, needed, MONEY},
};

/// Connections that ask at a time.
const CONNECTIONS: u64 = 8;

/// Parcels in the viewport.
const PARCELS: u16 = 1_000;

/// Width and height of each of them.
const PARCEL_SIDE: u16 = 4;

/// Accounts that own them.
const OWNERS: u32 = 100;

/// Metaverses with portals.
const WORLDS: u32 = 100;

/// Portals between them.
const PORTALS: usize = 500;

/// Most steps of a way.
const HOPS: u32 = 8;

/// Accounts that send money, and are asked for.
const PAYERS: u32 = 4_000;

/// Calls in one transaction while the stage is set.
const BATCH: usize = 50;

/// How long the node has nothing to do before the first request: two blocks.
const REST: Duration = Duration::from_secs(4);

/// How long the load has to fill the blocks before the first request: two blocks, and a bit more.
const RAMP_UP: Duration = Duration::from_secs(6);

/// How long the load goes on after the last request should have been answered.
const MARGIN: Duration = Duration::from_secs(2);

/// Where chance begins.
const SEED: u64 = 20_261_126;

/// How long each kind of request is sent.
fn length(dry: bool) -> Duration {
	Duration::from_secs(if dry { 1 } else { 10 })
}

/// Measures everything.
pub fn measure(dry: bool) -> Outcome<Part> {
	let mut ground = Ground::of("dev")?;
	let (viewport, worlds) = found(&mut ground)?;
	let network = ground
		.endow([Builder::account()], BUILDER_MONEY)?
		.endow(accounts(Kind::Money, PAYERS), MONEY)?
		.start(&["alice"])?;
	keeping(network, |network| {
		set_the_stage(network, viewport, &worlds)?;
		let queries = queries(viewport, worlds);
		let node = network.nodes[0].rpc_address();
		check_viewport(node, viewport)?;
		thread::sleep(REST);
		let idle = time_all(node, &queries, length(dry))?;
		let (busy, window) = under_load(network, &queries, length(dry))?;
		Ok(told(&queries, &idle, &busy, &window, length(dry)))
	})
}

/// A kind of request.
struct Query {
	method: &'static str,
	about: String,
	params: Box<dyn Fn(&mut Dice) -> Value + Sync>,
}

/// What the answers to one kind came to.
struct Answers {
	/// Answers a second.
	rate: f64,
	/// Milliseconds that each took.
	times: Vec<f64>,
}

fn queries(viewport: MetaverseId, worlds: Vec<MetaverseId>) -> [Query; 3] {
	let keys: Vec<_> = accounts(Kind::Money, PAYERS)
		.iter()
		.map(|account| bytes::to_hex(&Account::<Runtime>::hashed_key_for(account), false))
		.collect();
	let side = MAX_VIEWPORT_SIDE;
	[
		Query {
			method: "state_getStorage",
			about: "an account".into(),
			params: Box::new(move |dice: &mut Dice| json!([one_of(&keys, dice)])),
		},
		Query {
			method: "land_area",
			about: format!(
				"{side} x {side} cells with {} parcels",
				grouped(PARCELS.into())
			),
			params: Box::new(move |_: &mut Dice| json!([viewport, Area::new(0, 0, side, side)])),
		},
		Query {
			method: "portal_route",
			about: format!("between two of {WORLDS} metaverses with {PORTALS} portals"),
			params: Box::new(move |dice: &mut Dice| {
				let (from, to) = two_of(&worlds, dice);
				json!([from, to, HOPS])
			}),
		},
	]
}

fn one_of<'a, T>(things: &'a [T], dice: &mut Dice) -> &'a T {
	&things[dice.below(things.len() as u64) as usize]
}

/// Two different metaverses.
fn two_of(worlds: &[MetaverseId], dice: &mut Dice) -> (MetaverseId, MetaverseId) {
	let from = *one_of(worlds, dice);
	loop {
		let to = *one_of(worlds, dice);
		if to != from {
			return (from, to);
		}
	}
}

// The stage.

/// The metaverse of the viewport, and those with portals.
fn found(ground: &mut Ground) -> Outcome<(MetaverseId, Vec<MetaverseId>)> {
	let builder = Builder::account();
	let side = Size::new(MAX_VIEWPORT_SIDE, MAX_VIEWPORT_SIDE);
	let viewport = ground.found(&builder, "load-viewport", side)?;
	let worlds = (0..WORLDS)
		.map(|number| ground.found(&builder, &format!("load-{number}"), Size::new(1, 1)))
		.collect::<Outcome<Vec<_>>>()?;
	Ok((viewport, worlds))
}

fn set_the_stage(network: &Network, viewport: MetaverseId, worlds: &[MetaverseId]) -> Outcome<()> {
	eprintln!("setting the stage");
	let node = &network.nodes[0];
	let mut builder = Builder::new(node.genesis()?);
	let owners = accounts(Kind::Money, OWNERS);
	let grants = (0..PARCELS).map(|number| grant_of(viewport, number, &owners));
	builder.make(node.rpc_address(), grants, BATCH)?;
	let mut dice = Dice(SEED);
	let portals = (0..PORTALS).map(|_| {
		let (from, to) = two_of(worlds, &mut dice);
		open_portal(from, to)
	});
	builder.make(node.rpc_address(), portals, BATCH)
}

/// Gives a parcel of the viewport to one of its owners.
fn grant_of(viewport: MetaverseId, number: u16, owners: &[AccountId]) -> RuntimeCall {
	const IN_A_ROW: u16 = MAX_VIEWPORT_SIDE / PARCEL_SIDE;
	let (column, row) = (number % IN_A_ROW, number / IN_A_ROW);
	let (x, y) = (column * PARCEL_SIDE, row * PARCEL_SIDE);
	let area = Area::new(x, y, PARCEL_SIDE, PARCEL_SIDE);
	calls::claim_for(viewport, area, &owners[usize::from(number) % owners.len()])
}

/// Opens a portal for everyone, one way and for nothing. Both metaverses belong to the builder, so there is
/// nobody else to agree.
fn open_portal(from: MetaverseId, to: MetaverseId) -> RuntimeCall {
	let gate = |metaverse| GateInput {
		metaverse,
		parcel: None,
		spawn: Vec::new(),
	};
	let terms = Terms {
		direction: Direction::OneWay,
		toll: None,
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	};
	street::calls::propose(gate(from), gate(to), terms)
}

fn check_viewport(node: SocketAddr, viewport: MetaverseId) -> Outcome<()> {
	let side = MAX_VIEWPORT_SIDE;
	let area = Area::new(0, 0, side, side);
	let answer = Line::open(node)?.ask("land_area", json!([viewport, area]))?;
	let count = answer["parcels"].as_array().map_or(0, Vec::len);
	must(count == usize::from(PARCELS), || {
		format!("the viewport has {count} parcels instead of {PARCELS}")
	})
}

// The clock.

fn time_all(node: SocketAddr, queries: &[Query], length: Duration) -> Outcome<Vec<Answers>> {
	queries
		.iter()
		.map(|query| time(node, query, length))
		.collect()
}

/// Asks over several connections at a time, over each for the next answer as soon as the one before came.
fn time(node: SocketAddr, query: &Query, length: Duration) -> Outcome<Answers> {
	let begin = Instant::now();
	let times = thread::scope(|scope| {
		let workers: Vec<_> = (0..CONNECTIONS)
			.map(|number| scope.spawn(move || ask(node, query, Dice(SEED + number), length)))
			.collect();
		let mut times = Vec::new();
		for worker in workers {
			let outcome = worker
				.join()
				.map_err(|_| Error::Broken("a connection panicked".into()))?;
			times.extend(outcome?);
		}
		Ok::<_, Error>(times)
	})?;
	must(!times.is_empty(), || {
		format!("{} was not answered once", query.method)
	})?;
	let rate = times.len() as f64 / begin.elapsed().as_secs_f64();
	eprintln!("{}: {rate:.0} answers a second", query.method);
	Ok(Answers { rate, times })
}

/// Milliseconds that each answer took over one connection.
fn ask(node: SocketAddr, query: &Query, mut dice: Dice, length: Duration) -> Outcome<Vec<f64>> {
	let mut line = Line::open(node)?;
	let begin = Instant::now();
	let mut times = Vec::new();
	while begin.elapsed() < length {
		let request = rpc::request(query.method, (query.params)(&mut dice));
		let sent = Instant::now();
		let answer = line.post(query.method, &request)?;
		times.push(sent.elapsed().as_secs_f64() * 1e3);
		must(is_answer(&answer), || {
			format!(
				"{} was answered with {}",
				query.method,
				String::from_utf8_lossy(&answer)
			)
		})?;
	}
	Ok(times)
}

/// Whether this answers a question: with a result, or that there is no way. Long answers are results, and
/// are not read, because that would take time of the same machine.
fn is_answer(body: &[u8]) -> bool {
	const LONG: usize = 4_096;
	if body.len() > LONG {
		return true;
	}
	let answer: Value = serde_json::from_slice(body).unwrap_or_default();
	let is_result = answer.get("result").is_some_and(|result| !result.is_null());
	is_result || answer["error"]["data"]["name"] == "noRoute"
}

/// The same while the blocks are full of transfers.
fn under_load(
	network: &Network,
	queries: &[Query],
	length: Duration,
) -> Outcome<(Vec<Answers>, Window)> {
	let node = network.nodes[0].rpc_address();
	let mut traffic = Traffic::new(Kind::Money, network.nodes[0].genesis()?, PAYERS);
	let order = Order {
		nodes: vec![node],
		length: RAMP_UP + length * queries.len() as u32 + MARGIN,
		pace: full(Kind::Money),
		remembers: false,
	};
	traffic.prepare(needed(Kind::Money, order.length));
	let (answers, run) = thread::scope(|scope| {
		let sending = scope.spawn(|| generator::run(&order, traffic.senders()));
		thread::sleep(RAMP_UP);
		let answers = time_all(node, queries, length);
		let run = sending
			.join()
			.map_err(|_| Error::Broken("the load panicked".into()))?;
		Ok::<_, Error>((answers?, run?))
	})?;
	let mut line = Line::open(node)?;
	books::check(&mut line, &run, &traffic)?;
	let window = books::window(&mut line, &run, Kind::Money, RAMP_UP.as_secs_f64())?;
	Ok((answers, window))
}

fn told(
	queries: &[Query],
	idle: &[Answers],
	busy: &[Answers],
	window: &Window,
	length: Duration,
) -> Part {
	let mut table = Table::new(
		format!("Answers over {CONNECTIONS} connections"),
		[
			"method",
			"asked for",
			"blocks",
			"a second",
			"median, ms",
			"99th percentile, ms",
		],
	);
	for (query, (idle, busy)) in queries.iter().zip(idle.iter().zip(busy)) {
		let filled = format!("{:.0}% full", window.fullness * 100.0);
		for (blocks, answers) in [("empty", idle), (filled.as_str(), busy)] {
			table.row([
				format!("`{}`", query.method),
				query.about.clone(),
				blocks.into(),
				grouped(answers.rate.round() as u64),
				short(median(answers.times.clone())),
				short(percentile_99(answers.times.clone())),
			]);
		}
	}
	let mut part = Part::new("queries");
	part.table(table);
	part.note(format!(
		"Each kind is asked for {} s over {CONNECTIONS} connections of HTTP, over each of them for the next \
		 answer as soon as the one before came, from the same machine. The blocks that are not empty are \
		 those of balance transfers, of which as many were sent as fit: {:.0} a second came through beside the \
		 answers, in {:.0}% of what ordinary transactions may take of a block.",
		length.as_secs(),
		window.rate(),
		window.fullness * 100.0
	));
	part
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn answers_are_told_from_errors() {
		assert!(is_answer(br#"{"jsonrpc":"2.0","id":1,"result":"0x00"}"#));
		assert!(is_answer(
			br#"{"id":1,"error":{"code":1,"data":{"name":"noRoute"}}}"#
		));
		assert!(!is_answer(br#"{"id":1,"result":null}"#));
		assert!(!is_answer(br#"{"id":1,"error":{"code":-32601}}"#));
		assert!(!is_answer(b"busy"));
		assert!(is_answer(&[b' '; 5_000]));
	}

	#[test]
	fn stages_fit_into_their_territories() {
		let owners = accounts(Kind::Money, 2);
		let calls: Vec<_> = (0..PARCELS)
			.map(|number| grant_of(0, number, &owners).encode())
			.collect();
		let mut different = calls.clone();
		different.sort();
		different.dedup();
		assert_eq!(different.len(), calls.len());
		let side = MAX_VIEWPORT_SIDE / PARCEL_SIDE;
		assert!(side * side >= PARCELS);
	}
}
