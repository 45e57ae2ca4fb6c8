//! What happens next: mostly what makes sense now, now and then anything at all.

use proptest::{
	prelude::Rng,
	test_runner::{RngAlgorithm, TestRng},
};

use crate::{around_steps, words::*};

/// Persons 0 to 3 have money for everything, 4 to 6 ever less, 7 has none.
pub const PERSONS: u8 = 8;

/// A stream of numbers that only depends on its seed.
pub struct Dice(TestRng);

impl Dice {
	pub fn new(seed: u64) -> Self {
		let mut bytes = [0; 32];
		bytes[..8].copy_from_slice(&seed.to_le_bytes());
		Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
	}

	/// Less than `end`; 0 when that is 0.
	pub fn below(&mut self, end: u32) -> u32 {
		self.0.next_u32().checked_rem(end).unwrap_or(0)
	}

	pub fn between(&mut self, low: u32, high: u32) -> u32 {
		low + self.below(high - low + 1)
	}

	pub fn chance(&mut self, percent: u32) -> bool {
		self.below(100) < percent
	}

	pub fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
		from.get(self.below(from.len() as u32) as usize).cloned()
	}

	/// One of the first kind, if there is any and in so many of a hundred cases, else any.
	fn prefer<T: Clone>(&mut self, percent: u32, first: &[T], any: &[T]) -> Option<T> {
		if self.chance(percent) && !first.is_empty() {
			self.pick(first)
		} else {
			self.pick(any)
		}
	}

	pub fn person(&mut self) -> u8 {
		self.below(PERSONS.into()) as u8
	}

	fn anybody(&mut self) -> Who {
		if self.chance(15) {
			Who::Network
		} else {
			Who::Person(self.person())
		}
	}
}

/// What a person has at the beginning, natively and in the stablecoin.
pub fn funds(person: u8) -> (u128, u128) {
	match person {
		4 => (1_000_000, 100_000),
		5 => (20_000, 1_500),
		6 => (1_300, 60),
		_ => (0, 0),
	}
}

/// What there is before the first step.
pub fn beginning() -> Vec<Around> {
	let found = [0, 1, 2, 3, 0].map(Around::Found);
	let claims = [
		(0, 2),
		(0, 2),
		(1, 3),
		(1, 3),
		(2, 4),
		(3, 5),
		(0, 6),
		(0, 1),
		(1, 1),
		(2, 1),
		(4, 1),
		(0, 0),
		(3, 0),
	];
	let claims = claims.map(|(who, world)| Around::Claim { who, world });
	let launches = [2, 3, 6].map(Around::Launch);
	let managers = [(2, 4, true), (3, 5, false), (1, 4, true)];
	let managers = managers.map(|(world, who, portals)| Around::Manager {
		world,
		who,
		portals: Some(portals),
	});
	let sales = [(2, Account::Person(4)), (3, Account::World(3))];
	let sales = sales.map(|(world, to)| Around::Sell {
		world,
		plot: 1,
		to,
		by_nfts: false,
	});
	let mut all = found.to_vec();
	all.extend(claims);
	all.extend(launches);
	all.extend(managers);
	all.extend(sales);
	all
}

/// The simplest terms.
pub fn free_for_all() -> Deal {
	Deal {
		two_way: false,
		toll: None,
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: rules::MIN_NOTICE,
	}
}

/// The next step. What cannot be done now gives way to something around.
pub fn next(dice: &mut Dice, model: &Model, room: usize) -> Call {
	let crowded = room < model.portals.len();
	let call = match dice.below(100) {
		0..13 if !crowded || dice.chance(25) => Some(propose(dice, model)),
		0..27 => accept(dice, model),
		27..32 => amend(dice, model),
		32..35 => pause(dice, model),
		35..39 => resume(dice, model),
		39..43 => affirm(dice, model),
		43..46 => close(dice, model),
		46..49 => reap(dice, model),
		49..69 => travel(dice, model),
		69..74 => admit(dice, model).map(|(who, id, guest)| Call::Admit(who, id, guest)),
		74..77 => admit(dice, model).map(|(who, id, guest)| Call::Refuse(who, id, guest)),
		77..80 => reap_pass(dice, model),
		_ => None,
	};
	call.unwrap_or_else(|| Call::Around(around_steps::next(dice, model)))
}

/// The portals of which something is so.
pub fn portals_that(model: &Model, is: impl Fn(&Portal) -> bool) -> Vec<u32> {
	let portals = model.portals.iter();
	portals
		.filter(|(_, portal)| is(portal))
		.map(|(id, _)| *id)
		.collect()
}

fn in_force(model: &Model) -> Vec<u32> {
	portals_that(model, |portal| portal.agreement.is_some())
}

/// Somebody who speaks for one of these; now and then anybody.
fn speaker(dice: &mut Dice, model: &Model, id: u32, wanted: impl Fn(Voice) -> bool) -> Who {
	let portal = &model.portals[&id];
	let persons = (0..PERSONS).map(Who::Person);
	let speakers: Vec<_> = persons
		.chain([Who::Network])
		.filter(|who| model.speaks(*who, portal).into_iter().any(&wanted))
		.collect();
	let chosen = if dice.chance(94) {
		dice.pick(&speakers)
	} else {
		None
	};
	chosen.unwrap_or_else(|| dice.anybody())
}

/// A version near the right one, which it is most of the time.
fn version(dice: &mut Dice, right: u32) -> u32 {
	match dice.below(36) {
		0 => right + 1,
		1 => right.saturating_sub(1),
		_ => right,
	}
}

fn spawn(dice: &mut Dice) -> Vec<u8> {
	match dice.below(60) {
		0 => vec![b'x'; 65],
		1 => vec![0xff],
		2 => vec![b'x'; 64],
		3..30 => b"plaza".to_vec(),
		_ => vec![],
	}
}

fn gate(dice: &mut Dice, model: &Model, world: u32, on_land: bool) -> Gate {
	let plots: Vec<_> = match model.worlds.get(&world) {
		Some(world) if on_land => world.plots.keys().copied().collect(),
		_ => vec![],
	};
	let plot = match dice.below(40) {
		0 => Some(77),
		_ => dice.pick(&plots),
	};
	Gate {
		place: Place { world, plot },
		spawn: spawn(dice),
	}
}

/// A plot in a town and a launched metaverse of the same owner.
fn town_and_world(dice: &mut Dice, model: &Model) -> Option<(u8, Place, u32)> {
	let mut found = Vec::new();
	for (world, record) in &model.worlds {
		let Some(owner) = record.owner.filter(|_| record.launched) else {
			continue;
		};
		for town in 0..2 {
			for (plot, landlord) in &model.worlds[&town].plots {
				if *landlord == Account::Person(owner) {
					let place = Place {
						world: town,
						plot: Some(*plot),
					};
					found.push((owner, place, *world));
				}
			}
		}
	}
	dice.pick(&found)
}

fn propose(dice: &mut Dice, model: &Model) -> Call {
	let worlds: Vec<_> = model.worlds.keys().copied().collect();
	let any = |dice: &mut Dice| match dice.below(40) {
		0 => 99,
		_ => dice.pick(&worlds).expect("there are always two towns"),
	};
	let (source, mut destination) = (any(dice), any(dice));
	if source == destination && dice.chance(75) {
		destination = any(dice);
	}
	let on_land = (dice.chance(45), dice.chance(45));
	let mut source = gate(dice, model, source, on_land.0);
	let mut goal = Goal::Gate(gate(dice, model, destination, on_land.1));
	let mut who = None;
	match dice.below(10) {
		0..3 => {
			if let Some((owner, plot, world)) = town_and_world(dice, model) {
				let mut town = gate(dice, model, plot.world, false);
				town.place = plot;
				let world = gate(dice, model, world, on_land.0);
				(source, goal) = if dice.chance(50) {
					(town, Goal::Gate(world))
				} else {
					(world, Goal::Gate(town))
				};
				who = Some(Who::Person(owner)).filter(|_| dice.chance(90));
			}
		}
		3..5 => {
			let uri = match dice.below(30) {
				0 => vec![],
				1 => vec![b'u'; 257],
				2 => vec![0xc0],
				3 => vec![b'u'; 256],
				_ => b"https://example.org".to_vec(),
			};
			goal = Goal::External { uri };
		}
		5..7 => {
			// Who speaks for two metaverses needs nobody else.
			let speaker = Who::Person(dice.below(5) as u8);
			let own: Vec<_> = worlds
				.iter()
				.copied()
				.filter(|world| model.speaks_for_world(speaker, *world))
				.collect();
			if let (Some(one), Some(two)) = (dice.pick(&own), dice.pick(&own)) {
				source = gate(dice, model, one, false);
				goal = Goal::Gate(gate(dice, model, two, false));
				who = Some(speaker);
			}
		}
		_ => {}
	}
	let portal = Portal {
		source: source.clone(),
		goal: goal.clone(),
		version: 0,
		agreement: None,
		offer: None,
		payers: Default::default(),
	};
	let deal = deal(dice, model, matches!(goal, Goal::External { .. }));
	let persons = (0..PERSONS).map(Who::Person).chain([Who::Network]);
	let speakers: Vec<_> = persons
		.filter(|who| !model.speaks(*who, &portal).is_empty())
		.collect();
	let who = who
		.or_else(|| dice.prefer(96, &speakers, &[]))
		.unwrap_or_else(|| dice.anybody());
	Call::Propose {
		who,
		source,
		goal,
		deal,
	}
}

/// Terms near their edges, of which every seventh have exactly one mistake.
fn deal(dice: &mut Dice, model: &Model, external: bool) -> Deal {
	let coin = if dice.chance(50) {
		Coin::Native
	} else {
		Coin::Stable
	};
	// Of an asset that an account may lose altogether, small amounts tell more.
	let small = coin == Coin::Stable && dice.chance(60);
	let toll = dice.chance(60).then(|| Toll {
		coin,
		amount: match dice.below(20) {
			_ if small => dice.between(1, 19).into(),
			0 => 1,
			1 => 3,
			2 => 1_000_003,
			3 => u128::MAX,
			_ => dice.between(1, 300).into(),
		},
		split: if external {
			let source = dice.pick(&[0, 1, 500_000, 999_999, 1_000_000]).unwrap_or(0);
			[source, 0, 1_000_000 - source]
		} else {
			let splits = [
				[490_000, 490_000, 20_000],
				[333_333, 333_333, 333_334],
				[1_000_000, 0, 0],
				[0, 1_000_000, 0],
				[0, 0, 1_000_000],
				[1, 999_998, 1],
				[999_999, 1, 0],
			];
			dice.pick(&splits).unwrap_or_default()
		},
	});
	let worlds: Vec<_> = model.worlds.keys().copied().collect();
	let access = match dice.below(10) {
		0..3 => Access::List(list(dice)),
		3..5 => Access::Landlords(dice.pick(&worlds).unwrap_or_default()),
		_ => Access::Open,
	};
	let rate = dice
		.chance(35)
		.then(|| (dice.between(1, 3), dice.between(1, 8), dice.between(1, 3)));
	let mut deal = Deal {
		two_way: !external && dice.chance(50),
		toll,
		access,
		rate,
		expires_at: dice.chance(20).then(|| model.now + dice.between(1, 60)),
		notice: dice.pick(&[5, 5, 6, 12, 50]).unwrap_or(5),
	};
	if dice.chance(14) {
		spoil(dice, model, &mut deal);
	}
	deal
}

fn spoil(dice: &mut Dice, model: &Model, deal: &mut Deal) {
	let mut toll = Toll {
		coin: Coin::Native,
		amount: 100,
		split: [500_000, 0, 500_000],
	};
	match dice.below(12) {
		0 => deal.two_way = true,
		1 => {
			toll.amount = 0;
			deal.toll = Some(toll);
		}
		2 => {
			toll.coin = Coin::Other;
			deal.toll = Some(toll);
		}
		3 => {
			toll.split[2] -= 1;
			deal.toll = Some(toll);
		}
		4 => {
			toll.split = [0, 1, 999_999];
			deal.toll = Some(toll);
		}
		5 => deal.access = Access::List(vec![]),
		6 => deal.access = Access::Landlords(99),
		7 => deal.rate = Some((0, 1, 1)),
		8 => deal.rate = Some((1, 0, 1)),
		9 => deal.notice = 4,
		10 => deal.notice = 51,
		_ => deal.expires_at = Some(model.now),
	}
}

/// Some persons in some order.
fn list(dice: &mut Dice) -> Vec<u8> {
	let mut all: Vec<_> = (0..PERSONS).collect();
	let mut list = Vec::new();
	for _ in 0..dice.between(1, 7) {
		let place = dice.below(all.len() as u32) as usize;
		list.push(all.swap_remove(place));
	}
	list
}

fn accept(dice: &mut Dice, model: &Model) -> Option<Call> {
	let offered = portals_that(model, |portal| {
		let offer = portal.offer.as_ref();
		offer.is_some_and(|offer| model.now < offer.until)
	});
	let all: Vec<_> = model.portals.keys().copied().collect();
	if offered.is_empty() && dice.chance(80) {
		return None;
	}
	let id = dice.prefer(95, &offered, &all)?;
	let portal = &model.portals[&id];
	let offer = portal.offer.as_ref();
	let given = |voice| {
		offer.is_some_and(|offer| {
			let consent = offer.consents.get(&voice);
			consent.is_some_and(|consent| model.counts(portal, voice, *consent))
		})
	};
	Some(Call::Accept {
		who: speaker(dice, model, id, |voice| !given(voice)),
		portal: id,
		version: version(dice, offer.map_or(1, |offer| offer.version)),
	})
}

fn amend(dice: &mut Dice, model: &Model) -> Option<Call> {
	let all: Vec<_> = model.portals.keys().copied().collect();
	let lasting = portals_that(model, |portal| !model.is_over(portal));
	let id = dice.prefer(90, &lasting, &all)?;
	let external = matches!(model.portals[&id].goal, Goal::External { .. });
	Some(Call::Amend {
		who: speaker(dice, model, id, |_| true),
		portal: id,
		deal: deal(dice, model, external),
	})
}

fn pause(dice: &mut Dice, model: &Model) -> Option<Call> {
	let id = dice.prefer(95, &in_force(model), &[0, 1, 2])?;
	let who = match model.portals.contains_key(&id) {
		true => speaker(dice, model, id, |_| true),
		false => dice.anybody(),
	};
	Some(Call::Pause(who, id))
}

fn resume(dice: &mut Dice, model: &Model) -> Option<Call> {
	let paused = portals_that(model, |portal| {
		let agreement = portal.agreement.as_ref();
		agreement.is_some_and(|agreement| !agreement.paused.is_empty())
	});
	let id = dice.prefer(90, &paused, &in_force(model))?;
	let agreement = model.portals[&id].agreement.as_ref();
	let by = |voice| agreement.is_some_and(|agreement| agreement.paused.contains(&voice));
	let who = speaker(dice, model, id, by);
	Some(Call::Resume(who, id))
}

fn affirm(dice: &mut Dice, model: &Model) -> Option<Call> {
	let stale = portals_that(model, |portal| model.is_stale(portal));
	let id = dice.prefer(90, &stale, &in_force(model))?;
	let portal = &model.portals[&id];
	let stale = |voice| {
		let agreement = portal.agreement.as_ref();
		let consent = agreement.and_then(|agreement| agreement.consents.get(&voice));
		consent.is_some_and(|consent| !model.counts(portal, voice, *consent))
	};
	let who = speaker(dice, model, id, stale);
	Some(Call::Affirm(who, id))
}

fn close(dice: &mut Dice, model: &Model) -> Option<Call> {
	let all: Vec<_> = model.portals.keys().copied().collect();
	let id = dice.pick(&all)?;
	let payers: Vec<_> = model.portals[&id].payers.values().copied().collect();
	let who = match dice.prefer(25, &payers, &[]) {
		Some(payer) => Who::Person(payer),
		None => speaker(dice, model, id, |_| true),
	};
	Some(Call::Close(who, id))
}

fn reap(dice: &mut Dice, model: &Model) -> Option<Call> {
	let all: Vec<_> = model.portals.keys().copied().collect();
	let over = portals_that(model, |portal| {
		let offer = portal.offer.as_ref();
		model.is_over(portal) || offer.is_some_and(|offer| offer.until <= model.now)
	});
	let id = dice.prefer(85, &over, &all)?;
	Some(Call::Reap(dice.person(), id))
}

fn travel(dice: &mut Dice, model: &Model) -> Option<Call> {
	let carrying = portals_that(model, |portal| {
		let states = model.states(portal);
		states
			.iter()
			.all(|state| matches!(*state, "Open" | "Closing"))
	});
	let all: Vec<_> = model.portals.keys().copied().collect();
	let id = if dice.chance(90) {
		dice.pick(&carrying)
	} else {
		dice.prefer(80, &in_force(model), &all)
	}?;
	let Some(agreement) = &model.portals[&id].agreement else {
		return Some(Call::Travel {
			who: dice.person(),
			portal: id,
			version: 1,
			back: false,
			max_toll: 0,
			proof: Proof::Nothing,
		});
	};
	let deal = &agreement.deal;
	let mut who = dice.person();
	let mut proof = Proof::Nothing;
	match &deal.access {
		Access::Open => {}
		Access::List(list) => {
			who = dice.prefer(90, list, &[who])?;
			proof = Proof::List {
				list: list.clone(),
				of: who,
				bent: dice.chance(5),
			};
		}
		Access::Landlords(world) => {
			let plots = model.worlds.get(world).map(|world| &world.plots);
			let owned: Vec<_> = plots
				.into_iter()
				.flatten()
				.filter_map(|(plot, owner)| match owner {
					Account::Person(person) => Some((*person, *plot)),
					_ => None,
				})
				.collect();
			let (owner, plot) = dice.prefer(90, &owned, &[(who, 0)])?;
			(who, proof) = (owner, Proof::Plot(plot));
		}
	}
	match dice.below(40) {
		0 => proof = Proof::Nothing,
		1 => proof = Proof::Plot(0),
		2 => who = dice.person(),
		3 => {
			proof = Proof::List {
				list: list(dice),
				of: who,
				bent: false,
			}
		}
		_ => {}
	}
	let toll = deal.toll.as_ref().map_or(0, |toll| toll.amount);
	Some(Call::Travel {
		who,
		portal: id,
		version: version(dice, agreement.version),
		back: dice.chance(if deal.two_way { 50 } else { 4 }),
		max_toll: match dice.below(20) {
			0 => toll.saturating_sub(1),
			1..10 => toll.saturating_add(1),
			_ => toll,
		},
		proof,
	})
}

fn admit(dice: &mut Dice, model: &Model) -> Option<(Who, u32, u8)> {
	let all: Vec<_> = model.passes.keys().copied().collect();
	let valid: Vec<_> = all
		.iter()
		.copied()
		.filter(|pass| !model.passes[pass].used && model.now < model.passes[pass].until)
		.collect();
	let mut paying = valid.clone();
	paying.retain(|pass| model.passes[pass].toll.is_some());
	let first = if dice.chance(50) && !paying.is_empty() {
		paying
	} else {
		valid
	};
	let (id, guest) = dice.prefer(85, &first, &all)?;
	let place = model.passes[&(id, guest)].gatekeeper();
	let persons = (0..PERSONS).map(Who::Person).chain([Who::Network]);
	let keepers: Vec<_> = persons
		.filter(|who| {
			model.speaks_for_world(*who, place.world) || model.speaks_for_land(*who, place)
		})
		.collect();
	let who = dice
		.prefer(92, &keepers, &[])
		.unwrap_or_else(|| dice.anybody());
	Some(match dice.below(30) {
		0 => (who, id, dice.person()),
		_ => (who, id, guest),
	})
}

fn reap_pass(dice: &mut Dice, model: &Model) -> Option<Call> {
	let all: Vec<_> = model.passes.keys().copied().collect();
	let over: Vec<_> = all
		.iter()
		.copied()
		.filter(|pass| model.passes[pass].until <= model.now)
		.collect();
	let (id, guest) = dice.prefer(85, &over, &all)?;
	let guest = match dice.below(20) {
		0 => dice.person(),
		_ => guest,
	};
	Some(Call::ReapPass(dice.person(), id, guest))
}
