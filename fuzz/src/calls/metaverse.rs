//! Calls of the registry.

use madang_primitives::metaverse::{EndpointInput, ProfileInput, Protocol, Roles};
use madang_runtime::{genesis_config_presets::TEST_DOLLAR, Address, Balance};
use madang_runtime_common::{params::MaxSuspension, units::MDG};
use pallet_metaverse::Call;

use super::{Actor, Choice, Chooser};
use crate::world::World;

impl Chooser<'_> {
	fn profile(&mut self) -> ProfileInput {
		ProfileInput {
			name: self.text(64),
			uri: self.text(256),
			hash: self.dice.chance(50).then(|| self.hash()),
		}
	}

	fn slug(&mut self) -> Vec<u8> {
		match self.dice.below(20) {
			0 => b"treasury".to_vec(),
			1 => b"-no".to_vec(),
			2 => b"No Slug".to_vec(),
			3 => self.text(32),
			_ => format!("world-{}", self.dice.below(60)).into_bytes(),
		}
	}

	/// Who acts for a metaverse: its owner, a manager, or the network for a town.
	pub(super) fn acting_for(&mut self, world: &World) -> Actor {
		if let Some(manager) = self.dice.pick(&world.managers) {
			if self.dice.chance(30) {
				return Actor::Account(manager.account.clone());
			}
		}
		match world.owner() {
			Some(owner) => Actor::Account(owner.clone()),
			None => Actor::Network,
		}
	}

	pub(super) fn metaverse(&mut self) -> Option<Choice> {
		let view = self.view;
		if view.worlds.len() < 7 && self.dice.chance(40) || self.dice.chance(4) {
			return Some(self.register());
		}
		let world = self.dice.pick(&view.worlds)?;
		let id = world.id;
		let actor = self.acting_for(world);
		let call = match self.dice.below(25) {
			0..2 => Call::set_profile {
				id,
				profile: self.profile(),
			},
			2..6 => Call::set_endpoint {
				id,
				index: self.dice.below(10) as u8,
				endpoint: EndpointInput {
					protocol: self
						.dice
						.one(&[Protocol::Web, Protocol::Iwps, Protocol::Custom]),
					uri: self.text(256),
					manifest: self.dice.chance(50).then(|| self.hash()),
				},
			},
			6 => {
				let endpoint = self.dice.pick(&world.endpoints)?;
				Call::remove_endpoint {
					id,
					index: endpoint.index,
				}
			}
			7..10 => {
				let ready = |world: &&World| {
					!world.is_launched()
						&& world.territory.parcels > 0
						&& !world.endpoints.is_empty()
				};
				let worlds: Vec<_> = view.worlds.iter().filter(ready).collect();
				let world = self.dice.pick(&worlds)?;
				let actor = self.acting_for(world);
				return Some((actor, Call::launch { id: world.id }.into()));
			}
			10..12 => Call::set_manager {
				id,
				who: self.address(),
				roles: Roles {
					profile: self.dice.chance(50),
					land: self.dice.chance(50),
					portal: self.dice.chance(50),
					treasury: self.dice.chance(50),
				},
			},
			12 => Call::nominate_owner {
				id,
				who: self.address(),
			},
			13 => {
				let worlds: Vec<_> = view
					.worlds
					.iter()
					.filter(|world| world.record.nominee.is_some())
					.collect();
				let world = self.dice.pick(&worlds)?;
				let nominee = world.record.nominee.clone()?;
				return Some((
					Actor::Account(nominee),
					Call::accept_ownership { id: world.id }.into(),
				));
			}
			14..17 => {
				let has = madang_runtime::Balances::free_balance(&world.account);
				Call::spend {
					id,
					dest: self.address(),
					amount: if self.dice.chance(50) {
						self.dice.amount(has.max(1))
					} else {
						self.near(has)
					},
				}
			}
			17 => {
				let soon = view.block + 1 + self.dice.below(40) as u32;
				let until = self.block_near(soon);
				let until = if self.dice.chance(10) {
					view.block + MaxSuspension::get()
				} else {
					until
				};
				let reason_hash = self.hash();
				return Some((
					Actor::Network,
					Call::suspend {
						id,
						until,
						reason_hash,
					}
					.into(),
				));
			}
			18 => {
				let now = view.block;
				let suspended = |world: &&World| {
					world
						.record
						.suspension
						.is_some_and(|suspension| suspension.is_active(&now))
				};
				let worlds: Vec<_> = view.worlds.iter().filter(suspended).collect();
				let world = self.dice.pick(&worlds)?;
				return Some((Actor::Network, Call::resume { id: world.id }.into()));
			}
			19..22 => {
				// Those in which something is left only seldom.
				let empty =
					|world: &&World| world.territory.parcels == 0 && world.owner().is_some();
				let worlds: Vec<_> = view.worlds.iter().filter(empty).collect();
				let world = if self.dice.chance(80) {
					*self.dice.pick(&worlds)?
				} else {
					world
				};
				let actor = self.acting_for(world);
				return Some((actor, Call::close { id: world.id }.into()));
			}
			_ => {
				let has = madang_runtime::Assets::balance(TEST_DOLLAR, &world.account);
				Call::spend_asset {
					id,
					asset: if self.dice.chance(95) { TEST_DOLLAR } else { 7 },
					dest: Address::Id(self.person()),
					amount: self.near(has),
				}
			}
		};
		Some((actor, call.into()))
	}

	fn register(&mut self) -> Choice {
		let side = |chooser: &mut Self| match chooser.dice.below(12) {
			0 => 0,
			1 => 1,
			2 => chooser.dice.below(600) as u16,
			3 => u16::MAX,
			_ => chooser.dice.between(4, 24) as u16,
		};
		let call = Call::register {
			slug: self.slug(),
			profile: self.profile(),
			width: side(self),
			height: side(self),
			max_price: if self.dice.chance(90) {
				Balance::MAX
			} else {
				self.dice.amount(MDG)
			},
		};
		(Actor::Account(self.person()), call.into())
	}
}
