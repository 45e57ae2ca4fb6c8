//! What happens around the portals next.

use crate::{
	steps::{Dice, PERSONS},
	words::*,
};

/// Something that is no call of portals.
pub fn next(dice: &mut Dice, model: &Model) -> Around {
	let found = match dice.below(118) {
		100..110 => drain(dice, model),
		0..32 => None,
		32..42 => sell(dice, model),
		42..45 => plot(dice, model, 60).map(|(world, plot)| Around::Burn {
			world,
			plot,
			reap: dice.chance(70),
		}),
		45..51 => release(dice, model),
		51..54 => plot(dice, model, 50).map(|(world, plot)| Around::Split { world, plot }),
		54..60 => claim(dice, model),
		60..65 => owned(dice, model).map(|world| Around::HandOver {
			world,
			to: dice.below(5) as u8,
		}),
		65..70 => manager(dice, model),
		70..72 => any(dice, model).map(|world| Around::Suspend {
			world,
			blocks: dice.between(1, 12),
		}),
		72..75 => {
			let suspended = worlds_that(model, |world| model.now < world.suspended_until);
			dice.pick(&suspended).map(Around::Lift)
		}
		75..78 => {
			let waiting = worlds_that(model, |world| !world.launched);
			dice.pick(&waiting).map(Around::Launch)
		}
		78..82 => close(dice, model),
		82..86 if model.frozen => Some(Around::FreezeAsset(false)),
		82..84 => Some(Around::FreezeAsset(true)),
		84..90 => mark(dice, model),
		90..95 => drain(dice, model),
		_ => Some(give(dice, model)),
	};
	found.unwrap_or_else(|| wait(dice))
}

fn wait(dice: &mut Dice) -> Around {
	Around::Wait(match dice.below(60) {
		0 => 1_000_000,
		1..30 => 1,
		30..53 => dice.between(2, 9),
		_ => dice.between(10, 40),
	})
}

fn worlds_that(model: &Model, is: impl Fn(&World) -> bool) -> Vec<u32> {
	let worlds = model.worlds.iter();
	worlds
		.filter(|(_, world)| is(world))
		.map(|(id, _)| *id)
		.collect()
}

fn any(dice: &mut Dice, model: &Model) -> Option<u32> {
	dice.pick(&worlds_that(model, |_| true))
}

fn owned(dice: &mut Dice, model: &Model) -> Option<u32> {
	dice.pick(&worlds_that(model, |world| world.owner.is_some()))
}

/// A plot, in so many of a hundred cases one with a gate.
fn plot(dice: &mut Dice, model: &Model, percent: u32) -> Option<(u32, u32)> {
	let gates: Vec<_> = model
		.portals
		.values()
		.filter(|portal| portal.agreement.is_some())
		.flat_map(|portal| End::BOTH.map(|end| portal.place(end)))
		.flatten()
		.filter(|place| model.landlord(*place).is_some())
		.filter_map(|place| Some((place.world, place.plot?)))
		.collect();
	if dice.chance(percent) && !gates.is_empty() {
		return dice.pick(&gates);
	}
	let all: Vec<_> = model
		.worlds
		.iter()
		.flat_map(|(id, world)| world.plots.keys().map(|plot| (*id, *plot)))
		.collect();
	dice.pick(&all)
}

/// Gives land back: mostly where no portal is, so that a metaverse can be closed after it.
fn release(dice: &mut Dice, model: &Model) -> Option<Around> {
	let quiet: Vec<_> = worlds_that(model, |world| world.owner.is_some())
		.into_iter()
		.filter(|world| is_quiet(model, *world))
		.flat_map(|world| {
			model.worlds[&world]
				.plots
				.keys()
				.map(move |plot| (world, *plot))
		})
		.collect();
	let (world, plot) = if dice.chance(60) && !quiet.is_empty() {
		dice.pick(&quiet)
	} else {
		plot(dice, model, 60)
	}?;
	Some(Around::Release { world, plot })
}

/// Whether no portal in force begins or ends in a metaverse.
fn is_quiet(model: &Model, world: u32) -> bool {
	let mut ends = End::BOTH.into_iter();
	ends.all(|end| model.portals_at(world, end).is_empty())
}

fn sell(dice: &mut Dice, model: &Model) -> Option<Around> {
	let (world, plot) = plot(dice, model, 60)?;
	let to = match dice.below(5) {
		0 => Account::World(world),
		_ => Account::Person(dice.below(6) as u8),
	};
	Some(Around::Sell {
		world,
		plot,
		to,
		by_nfts: dice.chance(50),
	})
}

fn claim(dice: &mut Dice, model: &Model) -> Option<Around> {
	let world = any(dice, model)?;
	let record = &model.worlds[&world];
	// In a town anybody may; elsewhere its owner.
	let who = record.owner.unwrap_or(dice.below(5) as u8);
	(record.plots.len() < 8).then_some(Around::Claim { who, world })
}

fn manager(dice: &mut Dice, model: &Model) -> Option<Around> {
	let world = any(dice, model)?;
	Some(Around::Manager {
		world,
		who: dice.person(),
		portals: dice.pick(&[Some(true), Some(true), Some(false), None])?,
	})
}

/// Closes a metaverse, mostly one without land, or founds another where there are few.
fn close(dice: &mut Dice, model: &Model) -> Option<Around> {
	let worlds = worlds_that(model, |world| world.owner.is_some());
	if worlds.len() < 5 {
		return Some(Around::Found(dice.below(4) as u8));
	}
	let bare = worlds_that(model, |world| {
		world.owner.is_some() && world.plots.is_empty()
	});
	let ready: Vec<_> = bare
		.iter()
		.copied()
		.filter(|world| is_quiet(model, *world))
		.collect();
	let chosen = [ready, bare, worlds];
	let chosen = chosen.into_iter().find(|worlds| !worlds.is_empty())?;
	dice.pick(&chosen).map(Around::CloseWorld)
}

fn mark(dice: &mut Dice, model: &Model) -> Option<Around> {
	let marked: Vec<_> = model.marks.keys().copied().collect();
	if dice.chance(60) && !marked.is_empty() {
		return Some(Around::Mark(dice.pick(&marked)?, None));
	}
	let guests: Vec<_> = model
		.passes
		.iter()
		.filter(|(_, pass)| {
			let toll = pass.toll.as_ref();
			toll.is_some_and(|toll| toll.coin == Coin::Stable)
		})
		.map(|((_, guest), _)| Account::Person(*guest))
		.collect();
	let who = match dice.below(4) {
		0 => Account::World(any(dice, model)?),
		1 => Account::Person(dice.person()),
		_ => dice.pick(&guests)?,
	};
	Some(Around::Mark(
		who,
		dice.pick(&[Some(Mark::Frozen), Some(Mark::Blocked)])?,
	))
}

fn drain(dice: &mut Dice, model: &Model) -> Option<Around> {
	let coin = dice.pick(&[Coin::Native, Coin::Stable, Coin::Stable])?;
	let least = match coin {
		Coin::Native => rules::EXISTENTIAL,
		_ => 0,
	};
	let mut worlds = worlds_that(model, |world| world.owner.is_some());
	worlds.retain(|world| {
		let purse = model.purses.get(&(Account::World(*world), coin));
		purse.is_some_and(|purse| purse.free > least)
	});
	// Where a small toll waits to be paid, mostly.
	let mut awaiting = worlds.clone();
	awaiting.retain(|world| {
		model.passes.values().any(|pass| {
			let toll = pass.toll.as_ref();
			let toll = toll.is_some_and(|toll| toll.coin == coin && toll.amount < 20);
			let places = [Some(pass.source), pass.destination];
			toll && places
				.into_iter()
				.flatten()
				.any(|place| place.world == *world)
		})
	});
	if dice.chance(80) && !awaiting.is_empty() {
		worlds = awaiting;
	}
	dice.pick(&worlds).map(|world| Around::Drain(world, coin))
}

/// Makes the poor rich, the rich poor, and fills the accounts from which the stablecoin was drained.
fn give(dice: &mut Dice, model: &Model) -> Around {
	let coin = if dice.chance(50) {
		Coin::Native
	} else {
		Coin::Stable
	};
	let poor = dice.between(5, u32::from(PERSONS) - 1) as u8;
	// Who has nothing of the stablecoin cannot receive little of it.
	let mut without: Vec<_> = model.worlds.keys().copied().map(Account::World).collect();
	without.retain(|who| {
		model
			.purses
			.get(&(*who, Coin::Stable))
			.is_none_or(|purse| purse.free == 0)
	});
	match dice.below(5) {
		0 => Around::Give {
			from: poor,
			to: Account::Person(0),
			coin,
			amount: model
				.spendable(Account::Person(poor), coin)
				.saturating_sub(dice.between(0, 400).into())
				.max(1),
		},
		1 => Around::Give {
			from: 0,
			to: Account::Person(poor),
			coin,
			amount: dice.between(10, 1_500).into(),
		},
		_ => Around::Give {
			from: 0,
			to: dice.pick(&without).unwrap_or(Account::Treasury),
			coin: Coin::Stable,
			amount: dice.between(10, 20).into(),
		},
	}
}
