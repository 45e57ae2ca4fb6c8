//! Calls of land, and those of `pallet-nfts` that reach parcels.

use madang_primitives::{
	geometry::{Area, Cut},
	land::{ContentInput, SalePolicy},
};
use madang_runtime::{Address, Balance};
use madang_runtime_common::units::{MDG, MILLI};
use pallet_land::Call;

use super::{Actor, Choice, Chooser};
use crate::world::{Plot, View, World};

impl Chooser<'_> {
	fn area_in(&mut self, world: &World) -> Area {
		let size = world.territory.size;
		let (w, h) = (u64::from(size.width), u64::from(size.height));
		if self.dice.chance(3) {
			let mut edge = || self.dice.one(&[0, 1, 64, 65, u16::MAX]);
			return Area::new(edge(), edge(), edge(), edge());
		}
		// A whole small territory, so that it may grow.
		if world.territory.parcels == 0 && w <= 64 && h <= 64 && self.dice.chance(35) {
			return Area::new(0, 0, size.width, size.height);
		}
		let mut area = Area::new(0, 0, 1, 1);
		for _ in 0..8 {
			let largest = if self.dice.chance(10) { 70 } else { 12 };
			let width = self.dice.between(1, largest.min(w.max(1)));
			let height = self.dice.between(1, largest.min(h.max(1)));
			let x = self.dice.below(w.saturating_sub(width) + 1);
			let y = self.dice.below(h.saturating_sub(height) + 1);
			area = Area::new(x as u16, y as u16, width as u16, height as u16);
			let free = self
				.view
				.plots
				.iter()
				.filter(|plot| plot.metaverse == world.id)
				.all(|plot| !plot.parcel.area.overlaps(&area));
			if free || self.dice.chance(3) {
				break;
			}
		}
		area
	}

	/// A parcel that somebody who signs owns.
	fn plot<'b>(&mut self, view: &'b View) -> Option<&'b Plot> {
		let owned = |plot: &&Plot| {
			plot.owner
				.as_ref()
				.is_some_and(|owner| crate::people::index_of(owner).is_some())
		};
		let plots: Vec<_> = view.plots.iter().filter(owned).collect();
		if plots.is_empty() || self.dice.chance(5) {
			return self.dice.pick(&view.plots);
		}
		self.dice.pick(&plots).copied()
	}

	pub(super) fn land(&mut self) -> Option<Choice> {
		let view = self.view;
		Some(match self.dice.below(40) {
			0..2 => {
				let world = self.dice.pick(&view.worlds)?;
				let policy = match self.dice.below(8) {
					0 | 1 => SalePolicy::Closed,
					2 => SalePolicy::Open { price_per_cell: 0 },
					3 => SalePolicy::Open {
						price_per_cell: self.near(MDG),
					},
					_ => SalePolicy::Open {
						price_per_cell: self.dice.amount(20 * MILLI),
					},
				};
				let call = Call::set_sale {
					metaverse: world.id,
					policy,
				};
				(self.acting_for(world), call.into())
			}
			2..11 => {
				let world = self.dice.pick(&view.worlds)?;
				let call = Call::claim {
					metaverse: world.id,
					area: self.area_in(world),
					max_price: if self.dice.chance(85) {
						Balance::MAX
					} else {
						self.dice.amount(MDG)
					},
				};
				let open = matches!(world.territory.sale, SalePolicy::Open { .. });
				let actor = if open && self.dice.chance(80) {
					Actor::Account(self.person())
				} else {
					self.acting_for(world)
				};
				(actor, call.into())
			}
			11..13 => {
				let world = self.dice.pick(&view.worlds)?;
				let call = Call::claim_for {
					metaverse: world.id,
					area: self.area_in(world),
					beneficiary: Address::Id(self.somebody()),
				};
				(self.acting_for(world), call.into())
			}
			36..40 => return self.grow(),
			29..36 => return self.trade(),
			13..16 => return self.merge(),
			16 => {
				let gone: Vec<_> = view
					.plots
					.iter()
					.filter(|plot| plot.owner.is_none())
					.collect();
				let plot = self.dice.pick(&gone)?;
				let call = Call::reap {
					metaverse: plot.metaverse,
					parcel: plot.id,
				};
				(Actor::Anyone, call.into())
			}
			_ => return self.on_plot(),
		})
	}

	/// What the owner of a parcel does with it.
	fn on_plot(&mut self) -> Option<Choice> {
		let block = self.view.block;
		let plot = self.plot(self.view)?;
		let (metaverse, parcel) = (plot.metaverse, plot.id);
		let area = plot.parcel.area;
		let actor = match &plot.owner {
			Some(owner) => Actor::Account(owner.clone()),
			None => Actor::Anyone,
		};
		let call = match self.dice.below(12) {
			0 => Call::transfer {
				metaverse,
				parcel,
				dest: self.address(),
			},
			1 => Call::adopt_deposit { metaverse, parcel },
			2..5 => {
				let at =
					|side: u16, chooser: &mut Self| chooser.dice.below(u64::from(side) + 2) as u16;
				let cut = if self.dice.chance(50) {
					Cut::Column(at(area.width, self))
				} else {
					Cut::Row(at(area.height, self))
				};
				Call::split {
					metaverse,
					parcel,
					cut,
				}
			}
			5..8 => Call::release { metaverse, parcel },
			8..10 => Call::set_content {
				metaverse,
				parcel,
				content: self.dice.chance(70).then(|| ContentInput {
					uri: self.text(256),
					hash: self.hash(),
				}),
			},
			_ => Call::set_builder {
				metaverse,
				parcel,
				who: self.address(),
				until: self.block_near(block.saturating_add(50)),
			},
		};
		Some((actor, call.into()))
	}

	fn merge(&mut self) -> Option<Choice> {
		let view = self.view;
		let mut pairs = vec![];
		for (index, a) in view.plots.iter().enumerate() {
			for b in &view.plots[index + 1..] {
				let neighbours = a.metaverse == b.metaverse
					&& a.owner.is_some()
					&& (a.owner == b.owner || self.dice.chance(10))
					&& a.parcel.area.join(&b.parcel.area).is_some();
				if neighbours {
					pairs.push((a, b));
				}
			}
		}
		// Random parcels are seldom neighbours.
		let (a, b) = match self.dice.pick(&pairs) {
			Some(pair) if self.dice.chance(90) => *pair,
			_ => (self.dice.pick(&view.plots)?, self.dice.pick(&view.plots)?),
		};
		let call = Call::merge {
			metaverse: a.metaverse,
			a: a.id,
			b: b.id,
		};
		Some((
			a.owner.clone().map_or(Actor::Anyone, Actor::Account),
			call.into(),
		))
	}

	fn grow(&mut self) -> Option<Choice> {
		let view = self.view;
		let full = |world: &&World| {
			let cells = world.territory.size.cells();
			cells >= 16 && u64::from(world.territory.claimed) * 5 >= u64::from(cells) * 4
		};
		let worlds: Vec<_> = view.worlds.iter().filter(full).collect();
		let world = match self.dice.pick(&worlds) {
			Some(world) => *world,
			None if self.dice.chance(10) => self.dice.pick(&view.worlds)?,
			None => return None,
		};
		let size = world.territory.size;
		let more = self.dice.between(1, 3) as u16;
		let (width, height) = match self.dice.below(5) {
			0 => (size.width, size.height),
			1 => (size.width.saturating_add(more), size.height),
			2 => (
				size.width.saturating_add(more),
				size.height.saturating_add(more),
			),
			_ => (size.width, size.height.saturating_add(more)),
		};
		let call = Call::grow {
			metaverse: world.id,
			width,
			height,
			max_price: self.near(Balance::MAX),
		};
		Some((self.acting_for(world), call.into()))
	}

	/// Parcels are items, which any wallet can sell, swap and burn.
	fn trade(&mut self) -> Option<Choice> {
		use pallet_nfts::Call;
		let view = self.view;
		let plot = self.plot(self.view)?;
		let (metaverse, item) = (plot.metaverse, plot.id);
		let owner = plot.owner.clone()?;
		let collection = view.world(metaverse)?.territory.collection;
		let actor = Actor::Account(owner);
		let call = match self.dice.below(12) {
			0..2 => Call::burn { collection, item },
			2 => Call::transfer {
				collection,
				item,
				dest: self.address(),
			},
			3..5 => Call::set_price {
				collection,
				item,
				price: self.dice.chance(85).then(|| self.dice.amount(10 * MDG)),
				whitelisted_buyer: self.dice.chance(20).then(|| self.address()),
			},
			5..8 => {
				let for_sale: Vec<_> =
					pallet_nfts::ItemPriceOf::<madang_runtime::Runtime>::iter_keys().collect();
				let (collection, item) = *self.dice.pick(&for_sale)?;
				let call = Call::buy_item {
					collection,
					item,
					bid_price: self.near(10 * MDG),
				};
				return Some((Actor::Account(self.person()), call.into()));
			}
			8 => Call::approve_transfer {
				collection,
				item,
				delegate: self.address(),
				maybe_deadline: self.dice.chance(50).then_some(20),
			},
			9 => Call::create_swap {
				offered_collection: collection,
				offered_item: item,
				desired_collection: collection,
				maybe_desired_item: None,
				maybe_price: None,
				duration: self.dice.between(1, 100) as u32,
			},
			10 => Call::lock_item_transfer { collection, item },
			_ => {
				let call = Call::transfer {
					collection,
					item,
					dest: self.address(),
				};
				return Some((Actor::Account(self.person()), call.into()));
			}
		};
		Some((actor, call.into()))
	}
}
