//! Finalized transactions a second, from outside.
//!
//! One validator of ours and one of a stock chain take turns, and whoever has no turn stands still. Then
//! three validators of ours work together.

use std::{net::SocketAddr, time::Duration};

use madang_client::calls;
use madang_network::{
	network::{Network, VALIDATORS},
	node::Node,
	Outcome,
};
use madang_primitives::{
	geometry::{Area, Size},
	Balance, MetaverseId, ParcelId,
};
use madang_report::{
	figures::{grouped, median, spread},
	Axis, Bound, Part, Plot, Series, Table,
};
use madang_runtime_common::units::MDG;

use crate::{
	books::{self, Window},
	generator::{self, Order, Pace, CONNECTIONS},
	ground::Ground,
	keeping,
	kind::Kind,
	latency::{self, Latency},
	line::Line,
	senders::{accounts, Traffic},
	stage::{Builder, BUILDER_MONEY},
	stock,
};

/// What each sender has.
pub const MONEY: Balance = 1_000 * MDG;

/// Seconds after which the chain is taken to be full: two blocks of ours, one of the stock chain.
const RAMP_UP: f64 = 3.5;

/// Width and height of the territory whose parcels are moved: the largest that can be founded.
const WORLD_SIDE: u16 = 512;

/// Parcels that one transaction claims while the stage is set.
const BATCH: usize = 100;

/// Least that this node must take of what a stock node takes.
const AGAINST_STOCK: f64 = 1.25;

/// Least that land transfers must come to of what balance transfers come to.
const LAND_AGAINST_MONEY: f64 = 0.8;

/// Validators that work together on one machine.
const TOGETHER: usize = 3;

/// How much is measured.
struct Amount {
	rounds: usize,
	rounds_together: usize,
	/// How long transactions are sent in a round: four blocks of the stock chain, and a bit.
	sending: Duration,
	/// Accounts that send money.
	payers: u32,
	/// Accounts that send parcels.
	owners: u32,
}

impl Amount {
	const FULL: Self = Self {
		rounds: 5,
		rounds_together: 5,
		sending: Duration::from_secs(26),
		payers: 4_000,
		owners: 1_000,
	};
	const DRY: Self = Self {
		rounds: 1,
		rounds_together: 1,
		sending: Duration::from_secs(14),
		payers: 1_000,
		owners: 200,
	};
}

/// Measures everything.
pub fn measure(dry: bool) -> Outcome<Part> {
	let amount = if dry { Amount::DRY } else { Amount::FULL };
	let stock = match stock::ground() {
		Ok(ground) => Some(ground),
		Err(why) if dry => {
			eprintln!("madang-load: {why}");
			None
		}
		Err(why) => return Err(why),
	};
	let (mut all, latency) = one_validator(&amount, stock)?;
	all.push(several_validators(&amount)?);

	let mut part = Part::new("throughput");
	part.table(rates(&all));
	part.table(latency.table());
	tell(&mut part, &amount, &all, &latency);
	if !dry {
		set_targets(&mut part, &all);
	}
	part.plot(rounds(&all));
	part.plot(latency.plot());
	Ok(part)
}

/// What one kind of transactions on one chain came to.
struct Measured {
	chain: String,
	kind: Kind,
	windows: Vec<Window>,
}

impl Measured {
	fn rates(&self) -> Vec<f64> {
		self.windows.iter().map(Window::rate).collect()
	}

	fn transactions(&self) -> &'static str {
		match self.kind {
			Kind::Land(_) => "land transfers",
			_ => "balance transfers",
		}
	}

	/// Transactions a second that fit into blocks by their weight after they ran.
	fn most(&self) -> f64 {
		self.kind.capacity() as f64 / self.kind.slot().as_secs_f64()
	}
}

/// Money and parcels on a chain of ours and money on a stock chain in turn, and then the latency of ours
/// when it is half full.
fn one_validator(amount: &Amount, stock: Option<Ground>) -> Outcome<(Vec<Measured>, Latency)> {
	let mut ground = Ground::of("dev")?;
	let side = Size::new(WORLD_SIDE, WORLD_SIDE);
	let world = ground.found(&Builder::account(), "load-land", side)?;
	let ours = ground
		.endow([Builder::account()], BUILDER_MONEY)?
		.endow(accounts(Kind::Money, amount.payers), MONEY)?
		.endow(accounts(Kind::Land(world), amount.owners), MONEY)?
		.start(&["alice"])?;
	keeping(ours, |ours| {
		let Some(stock) = stock else {
			return take_turns(amount, ours, None, world);
		};
		let stock = stock
			.endow(accounts(Kind::StockMoney, amount.payers), MONEY)?
			.start(&["alice"])?;
		keeping(stock, |stock| {
			take_turns(amount, ours, Some(&*stock), world)
		})
	})
}

fn take_turns(
	amount: &Amount,
	ours: &Network,
	stock: Option<&Network>,
	world: MetaverseId,
) -> Outcome<(Vec<Measured>, Latency)> {
	let mut contenders = Vec::new();
	let mut others = Vec::new();
	if let Some(stock) = stock {
		others.push(Contender::new(
			"stock",
			Kind::StockMoney,
			stock,
			amount.payers,
		)?);
		pause(stock)?;
	}
	contenders.push(Contender::new("this", Kind::Money, ours, amount.payers)?);
	let mut land = Contender::new("this", Kind::Land(world), ours, amount.owners)?;
	land.claim_parcels(world, amount)?;
	contenders.push(land);
	contenders.extend(others);
	pause(ours)?;

	for round in 1..=amount.rounds {
		for contender in &mut contenders {
			contender.sign_ahead(amount);
			resume(contender.network)?;
			contender.run(amount, round)?;
			pause(contender.network)?;
		}
	}
	resume(ours)?;
	let money = &mut contenders[0];
	let half = median(money.windows.iter().map(Window::rate).collect()) / 2.0;
	eprintln!("latency at {half:.0} transactions a second");
	let node = ours.nodes[0].rpc_address();
	let latency = latency::measure(node, &mut money.traffic, half, amount.sending)?;
	let measured = contenders.into_iter().map(Contender::finish).collect();
	Ok((measured, latency))
}

/// Money on a chain of several validators, each of which is sent a share.
fn several_validators(amount: &Amount) -> Outcome<Measured> {
	let network = Ground::of("local")?
		.keep_validators(TOGETHER)?
		.endow(accounts(Kind::Money, amount.payers), MONEY)?
		.start(&VALIDATORS[..TOGETHER])?;
	keeping(network, |network| {
		let mut money = Contender::new("this", Kind::Money, network, amount.payers)?;
		for round in 1..=amount.rounds_together {
			money.sign_ahead(amount);
			money.run(amount, round)?;
		}
		Ok(money.finish())
	})
}

/// Senders of one kind, and the network to which they send.
struct Contender<'a> {
	node: &'static str,
	network: &'a Network,
	traffic: Traffic,
	windows: Vec<Window>,
}

impl<'a> Contender<'a> {
	fn new(node: &'static str, kind: Kind, network: &'a Network, senders: u32) -> Outcome<Self> {
		let genesis = network.nodes[0].genesis()?;
		Ok(Self {
			node,
			network,
			traffic: Traffic::new(kind, genesis, senders),
			windows: Vec::new(),
		})
	}

	/// Has as many parcels claimed as a round can move, by their owners in turn.
	fn claim_parcels(&mut self, world: MetaverseId, amount: &Amount) -> Outcome<()> {
		let count =
			needed(self.traffic.kind(), amount.sending).next_multiple_of(amount.owners.into());
		eprintln!("claiming {} parcels", grouped(count));
		let owners = accounts(self.traffic.kind(), amount.owners);
		let places = (0..count as usize).map(|number| number % owners.len());
		let grants = places.clone().enumerate().map(|(number, place)| {
			let (column, row) = (
				number % usize::from(WORLD_SIDE),
				number / usize::from(WORLD_SIDE),
			);
			let area = Area::new(column as u16, row as u16, 1, 1);
			calls::claim_for(world, area, &owners[place])
		});
		let node = &self.network.nodes[0];
		Builder::new(self.traffic.genesis()).make(node.rpc_address(), grants, BATCH)?;
		// Ids follow one another from zero, in the order of the claims.
		let parcels = places.enumerate();
		self.traffic
			.own(parcels.map(|(number, place)| (place, number as ParcelId)));
		Ok(())
	}

	/// Signs all that a round can send.
	fn sign_ahead(&mut self, amount: &Amount) {
		let kind = self.traffic.kind();
		let count = match kind {
			// Every parcel moves once in a round, if there is time.
			Kind::Land(_) => u64::MAX,
			_ => needed(kind, amount.sending),
		};
		self.traffic.prepare(count);
	}

	/// Sends for a round, checks that everything arrived, and remembers how fast.
	fn run(&mut self, amount: &Amount, round: usize) -> Outcome<()> {
		let kind = self.traffic.kind();
		let nodes: Vec<SocketAddr> = self.network.nodes.iter().map(Node::rpc_address).collect();
		let mut line = Line::open(nodes[0])?;
		let order = Order {
			nodes,
			length: amount.sending,
			pace: full(kind),
			remembers: false,
		};
		let run = generator::run(&order, self.traffic.senders())?;
		books::check(&mut line, &run, &self.traffic)?;
		self.traffic.settle();
		let window = books::window(&mut line, &run, kind, RAMP_UP)?;
		eprintln!(
			"round {round}, {} node, {kind:?}: {:.0} transactions a second in {} blocks",
			self.node,
			window.rate(),
			window.blocks
		);
		self.windows.push(window);
		Ok(())
	}

	fn finish(self) -> Measured {
		let validators = match self.network.nodes.len() {
			1 => "one validator".into(),
			count => format!("{count} validators"),
		};
		Measured {
			chain: format!("{} node, {validators}", self.node),
			kind: self.traffic.kind(),
			windows: self.windows,
		}
	}
}

/// As many transactions under way as fit into two blocks.
pub fn full(kind: Kind) -> Pace {
	Pace::Full {
		under_way: 2 * kind.capacity(),
	}
}

/// Transactions that a full chain can take while they are sent, a quarter more should they weigh less than
/// they declare, and those that are under way then.
pub fn needed(kind: Kind, sending: Duration) -> u64 {
	let blocks = sending.as_millis().div_ceil(kind.slot().as_millis()) as u64 + 1;
	kind.capacity() * blocks * 5 / 4 + 2 * kind.capacity()
}

/// Stops the clocks of all nodes, so that they take nothing from those who have their turn.
fn pause(network: &Network) -> Outcome<()> {
	network.nodes.iter().try_for_each(Node::pause)
}

fn resume(network: &Network) -> Outcome<()> {
	network.nodes.iter().try_for_each(Node::resume)
}

/// The middle of the rates of this kind on the chains of one validator.
fn rate_of(all: &[Measured], is_it: fn(Kind) -> bool) -> f64 {
	all.iter()
		.find(|measured| is_it(measured.kind))
		.map_or(f64::NAN, |measured| median(measured.rates()))
}

fn set_targets(part: &mut Part, all: &[Measured]) {
	let money = rate_of(all, |kind| kind == Kind::Money);
	let land = rate_of(all, |kind| matches!(kind, Kind::Land(_)));
	let stock = rate_of(all, |kind| kind == Kind::StockMoney);
	part.target(
		"finalized transfers a second, one validator, this node against a stock node",
		money / stock,
		Bound::AtLeast(AGAINST_STOCK),
	);
	part.target(
		"land transfers a second against balance transfers, same run",
		land / money,
		Bound::AtLeast(LAND_AGAINST_MONEY),
	);
}

fn rates(all: &[Measured]) -> Table {
	let mut table = Table::new(
		"Finalized transactions a second",
		[
			"chain",
			"transactions",
			"s between blocks",
			"rounds",
			"median",
			"lowest",
			"highest",
			"fit by weight",
			"blocks full",
		],
	);
	for measured in all {
		let rates = measured.rates();
		let (lowest, highest) = spread(&rates);
		let fullness = median(
			measured
				.windows
				.iter()
				.map(|window| window.fullness)
				.collect(),
		);
		table.row([
			measured.chain.clone(),
			measured.transactions().into(),
			format!("{:.0}", measured.kind.slot().as_secs_f64()),
			rates.len().to_string(),
			format!("{:.0}", median(rates)),
			format!("{lowest:.0}"),
			format!("{highest:.0}"),
			format!("{:.0}", measured.most()),
			format!("{:.0}%", fullness * 100.0),
		]);
	}
	table
}

fn tell(part: &mut Part, amount: &Amount, all: &[Measured], latency: &Latency) {
	let seconds = |kind: fn(Kind) -> bool| {
		all.iter()
			.filter(|measured| kind(measured.kind))
			.flat_map(|measured| measured.windows.iter().map(|window| window.seconds))
			.fold(f64::INFINITY, f64::min)
	};
	part.note(format!(
		"Everything is signed before a round by {} accounts for money and {} for land, and sent for {} s over \
		 {CONNECTIONS} connections of HTTP. As many transactions are under way as fit into two blocks. A round \
		 counts what is in final blocks from {RAMP_UP} s after the beginning to the end of sending, and divides \
		 by the time between the first and the last of these blocks as the chain tells it: at least {:.0} s on \
		 this chain.",
		grouped(amount.payers.into()),
		grouped(amount.owners.into()),
		amount.sending.as_secs(),
		seconds(|kind| kind != Kind::StockMoney),
	));
	part.note(
		"After every round it is checked that blocks have each transaction that a node took, that the nonces of \
		 all accounts at the last final block count exactly those, and by the events that every transfer was \
		 made. The chains of one validator take turns, and who has no turn is stopped. \"Fit by weight\" is what \
		 fits into blocks when calls have given back what they did not need, and \"blocks full\" which part of it blocks have used.",
	);
	let stock = all.iter().any(|measured| measured.kind == Kind::StockMoney);
	part.note(if stock {
		"The stock chain is the same node under a runtime of plain SDK pallets, composed as in the SDK's \
		 solochain template: six seconds between blocks, of which two are for execution, and the weights that \
		 come with the pallets. Node and stock node both have ParityDB."
	} else {
		"Built without the stock runtime, so nothing is compared with a stock chain."
	});
	part.note(format!(
		"Latency was taken of {} transactions at {:.0} a second, half of what one validator takes.",
		grouped(latency.count()),
		latency.rate()
	));
}

/// The rounds as lines.
fn rounds(all: &[Measured]) -> Plot {
	let axis = |label: &str| Axis {
		label: label.into(),
		logarithmic: false,
	};
	let series = all.iter().map(|measured| Series {
		name: format!("{}, {}", measured.chain, measured.transactions()),
		points: measured
			.rates()
			.into_iter()
			.enumerate()
			.map(|(round, rate)| (round as f64 + 1.0, rate))
			.collect(),
	});
	Plot {
		file: "throughput".into(),
		title: "Finalized transactions a second".into(),
		x: axis("round"),
		y: axis("transactions a second"),
		series: series.collect(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn enough_is_signed_for_every_block() {
		let sending = Duration::from_secs(26);
		for (kind, blocks) in [
			(Kind::Money, 14),
			(Kind::Land(0), 14),
			(Kind::StockMoney, 6),
		] {
			let least = kind.capacity() * (blocks + 2);
			let needed = needed(kind, sending);
			assert!((least..2 * least).contains(&needed), "{kind:?}: {needed}");
		}
	}

	#[test]
	fn the_territory_has_room_for_a_round() {
		let parcels = needed(Kind::Land(0), Amount::FULL.sending) + u64::from(Amount::FULL.owners);
		assert!(parcels <= u64::from(WORLD_SIDE) * u64::from(WORLD_SIDE));
	}
}
