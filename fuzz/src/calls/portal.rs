//! Calls of portals.

use codec::Encode;
use madang_primitives::{
	escrow::AssetKind,
	portal::{
		Access, AllowlistLeaf, DestinationInput, Direction, GateInput, Proof, Rate, Split, Terms,
		Toll, Way,
	},
};
use madang_runtime::{
	genesis_config_presets::{TEST_DOLLAR, TUSD},
	AccountId, Address, Balance, BlockNumber, System,
};
use madang_runtime_common::{
	params::{MaxNotice, MinNotice},
	units::MDG,
};
use pallet_portal::{Call, Fate, Portal};
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	Permill,
};

use super::{Actor, Choice, Chooser};

type PortalOf = Portal<AccountId, BlockNumber>;

impl Chooser<'_> {
	pub(super) fn portal(&mut self) -> Option<Choice> {
		let view = self.view;
		if view.portals.len() < 8 && self.dice.chance(40) || self.dice.chance(6) {
			return self.propose();
		}
		if self.dice.chance(30) {
			return self.on_pass();
		}
		let (id, portal) = self.dice.pick(&view.portals)?;
		let id = *id;
		let offer = view
			.offers
			.iter()
			.find(|(of, _)| *of == id)
			.map(|(_, offer)| offer);
		let actor = self.party(portal);
		let call = match self.dice.below(40) {
			0..9 => {
				let version = offer.map_or(portal.version, |offer| offer.version);
				Call::accept {
					id,
					version: version.wrapping_add(u32::from(self.dice.chance(3))),
				}
			}
			9..12 => Call::amend {
				id,
				terms: self.portal_terms(),
			},
			12..14 => Call::pause { id },
			14..17 => Call::resume { id },
			17..21 => Call::affirm { id },
			21..23 => Call::close { id },
			23..25 => return Some((Actor::Anyone, Call::reap { id }.into())),
			_ => return self.travel(id, portal),
		};
		Some((actor, call.into()))
	}

	/// Somebody who has a say.
	fn party(&mut self, portal: &PortalOf) -> Actor {
		let view = self.view;
		let places: Vec<_> = portal.places().collect();
		let Some(place) = self.dice.pick(&places) else {
			return Actor::Anyone;
		};
		if let Some(parcel) = place.parcel.filter(|_| self.dice.chance(50)) {
			let plot = view
				.plots
				.iter()
				.find(|plot| plot.metaverse == place.metaverse && plot.id == parcel);
			if let Some(owner) = plot.and_then(|plot| plot.owner.clone()) {
				return Actor::Account(owner);
			}
		}
		match view.world(place.metaverse) {
			Some(world) => self.acting_for(world),
			None => Actor::Anyone,
		}
	}

	fn gate(&mut self) -> Option<GateInput> {
		let view = self.view;
		let owned: Vec<_> = view
			.plots
			.iter()
			.filter(|plot| {
				plot.owner
					.as_ref()
					.is_some_and(|owner| crate::people::index_of(owner).is_some())
			})
			.collect();
		let plot = self.dice.pick(&owned).filter(|_| self.dice.chance(50));
		let metaverse = match plot {
			Some(plot) => plot.metaverse,
			None => self.dice.pick(&view.worlds)?.id,
		};
		Some(GateInput {
			metaverse,
			parcel: plot.map(|plot| plot.id),
			spawn: self.text(64),
		})
	}

	fn propose(&mut self) -> Option<Choice> {
		let view = self.view;
		let source = self.gate()?;
		let destination = if self.dice.chance(12) {
			DestinationInput::External {
				uri: self.text(256),
				manifest: self.hash(),
			}
		} else {
			DestinationInput::Gate(self.gate()?)
		};
		// Whoever speaks for one of the ends.
		let end = match &destination {
			DestinationInput::Gate(gate) if self.dice.chance(50) => gate.clone(),
			_ => source.clone(),
		};
		let land = end.parcel.and_then(|parcel| {
			view.plots
				.iter()
				.find(|plot| plot.metaverse == end.metaverse && plot.id == parcel)?
				.owner
				.clone()
		});
		let actor = match land {
			Some(owner) if self.dice.chance(60) => Actor::Account(owner),
			_ => self.acting_for(view.world(end.metaverse)?),
		};
		let call = Call::propose {
			source,
			destination,
			terms: self.portal_terms(),
		};
		Some((actor, call.into()))
	}

	fn portal_terms(&mut self) -> Terms<BlockNumber> {
		let view = self.view;
		let toll = self.dice.chance(55).then(|| {
			let (asset, one) = self.dice.one(&[
				(AssetKind::Native, MDG),
				(AssetKind::Native, MDG),
				(AssetKind::WithId(TEST_DOLLAR), TUSD),
				(AssetKind::WithId(7), MDG),
			]);
			let source = self.dice.one(&[0, 1, 490_000, 333_333, 1_000_000]);
			let destination = self.dice.below(1_000_001 - u64::from(source)) as u32;
			let rest = 1_000_000 - source - destination;
			Toll {
				asset,
				amount: match self.dice.below(8) {
					0 => 0,
					1 => 1,
					2 => Balance::MAX,
					_ => 1 + self.dice.amount(3 * one),
				},
				split: Split {
					source: Permill::from_parts(source),
					destination: Permill::from_parts(destination),
					network: Permill::from_parts(rest + u32::from(self.dice.chance(3))),
				},
			}
		});
		let listed = list_of(&self.person());
		let access = match self.dice.below(8) {
			0 => Access::Allowlist {
				root: self.dice.one(&[H256::zero(), listed, listed]),
				leaves: self.dice.one(&[0, 1, 1, 1]),
			},
			1 => Access::Holder {
				collection: match self.dice.pick(&view.worlds) {
					Some(world) => world.territory.collection,
					None => 0,
				},
			},
			_ => Access::Open,
		};
		let rate = self.dice.chance(25).then(|| Rate {
			refill: self.dice.one(&[0, 1, 1, 2]),
			window: self.dice.one(&[1, 2, 10, u32::MAX]),
			burst: self.dice.one(&[1, 1, 3, u32::MAX]),
		});
		Terms {
			direction: if self.dice.chance(50) {
				Direction::OneWay
			} else {
				Direction::TwoWay
			},
			toll,
			access,
			rate,
			expires_at: self.dice.chance(20).then(|| {
				let soon = view.block.saturating_add(60);
				self.block_near(soon)
			}),
			notice: match self.dice.below(8) {
				0 => MaxNotice::get(),
				1 => MaxNotice::get() + 1,
				2 => 0,
				_ => MinNotice::get(),
			},
		}
	}

	fn travel(&mut self, id: u32, portal: &PortalOf) -> Option<Choice> {
		let agreement = portal.agreement.as_ref()?;
		let mut who = self.person();
		let proof = match agreement.terms.access {
			Access::Open => Proof::None,
			Access::Allowlist { root, .. } => {
				// Whoever is the only one on the list.
				let listed = crate::people::people()
					.iter()
					.find(|person| list_of(&person.account) == root);
				if let Some(person) = listed.filter(|_| self.dice.chance(80)) {
					who = person.account.clone();
				}
				Proof::Allowlist {
					leaf_index: self.dice.one(&[0, 0, 0, 1]),
					nodes: Default::default(),
				}
			}
			Access::Holder { collection } => {
				let view = self.view;
				let plots: Vec<_> = view
					.plots
					.iter()
					.filter(|plot| {
						view.world(plot.metaverse)
							.is_some_and(|world| world.territory.collection == collection)
					})
					.collect();
				match self.dice.pick(&plots) {
					Some(plot) => {
						if let Some(owner) = plot.owner.clone().filter(|_| self.dice.chance(85)) {
							who = owner;
						}
						Proof::Item(plot.id)
					}
					None => Proof::Item(0),
				}
			}
		};
		let proof = if self.dice.chance(3) {
			Proof::Item(1)
		} else {
			proof
		};
		let call = Call::travel {
			id,
			version: agreement
				.version
				.wrapping_add(u32::from(self.dice.chance(3))),
			way: if agreement.terms.direction == Direction::TwoWay && self.dice.chance(40) {
				Way::Back
			} else {
				Way::There
			},
			max_toll: if self.dice.chance(90) {
				Balance::MAX
			} else {
				1
			},
			proof,
		};
		Some((Actor::Account(who), call.into()))
	}

	fn on_pass(&mut self) -> Option<Choice> {
		let view = self.view;
		let (id, owner, pass) = self.dice.pick(&view.passes)?;
		let (id, who) = (*id, Address::Id(owner.clone()));
		let over = pass.valid_until <= view.block || pass.fate == Fate::Refused;
		if over && self.dice.chance(70) || self.dice.chance(5) {
			return Some((Actor::Anyone, Call::reap_pass { id, who }.into()));
		}
		let place = pass.gatekeeper();
		let plot = place.parcel.and_then(|parcel| {
			view.plots
				.iter()
				.find(|plot| plot.metaverse == place.metaverse && plot.id == parcel)
		});
		let actor = match plot.and_then(|plot| plot.owner.clone()) {
			Some(owner) if self.dice.chance(50) => Actor::Account(owner),
			_ => self.acting_for(view.world(place.metaverse)?),
		};
		let call = if self.dice.chance(65) {
			Call::admit { id, who }
		} else {
			Call::refuse { id, who }
		};
		Some((actor, call.into()))
	}
}

/// The root of the list on which an account stands alone.
fn list_of(who: &AccountId) -> H256 {
	let leaf = AllowlistLeaf::new(System::block_hash(0), who.clone());
	// A tree of one leaf is the hash of the leaf.
	BlakeTwo256::hash(&leaf.encode())
}
