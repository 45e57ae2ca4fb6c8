//! The naive model: what other pallets do to the world in which portals stand.
//!
//! Whether they do it is for their own tests. Here only counts what portals must forbid, and what has
//! changed when it was done. Money that others move is read from the chain.

use crate::{reference::because, words::*};

impl Model {
	/// Something happened around the portals, unless a portal forbids it.
	pub fn around(&mut self, around: &Around) -> Result<(), Reasons> {
		match *around {
			Around::Wait(blocks) => self.now += blocks,
			Around::Sell {
				world, plot, to, ..
			} => {
				self.plots(world).insert(plot, to);
			}
			Around::Burn { world, plot, .. } => {
				self.plots(world).remove(&plot);
			}
			Around::Release { world, plot } => {
				self.ensure_no_gate(world, plot)?;
				self.plots(world).remove(&plot);
			}
			Around::Split { world, plot } => {
				self.ensure_no_gate(world, plot)?;
				if let Some(owner) = self.plots(world).remove(&plot) {
					self.add_plot(world, owner);
					self.add_plot(world, owner);
				}
			}
			Around::Claim { who, world } => self.add_plot(world, Account::Person(who)),
			Around::HandOver { world, to } => {
				if let Some(world) = self.worlds.get_mut(&world) {
					world.owner = Some(to);
					world.managers.clear();
				}
			}
			Around::Manager {
				world,
				who,
				portals,
			} => {
				if let Some(world) = self.worlds.get_mut(&world) {
					match portals {
						Some(portals) => world.managers.insert(who, portals),
						None => world.managers.remove(&who),
					};
				}
			}
			Around::Suspend { world, blocks } => {
				let until = self.now + blocks;
				if let Some(world) = self.worlds.get_mut(&world) {
					world.suspended_until = until;
				}
			}
			Around::Lift(world) => {
				let now = self.now;
				if let Some(world) = self.worlds.get_mut(&world) {
					world.suspended_until = now;
				}
			}
			Around::Launch(world) => {
				if let Some(world) = self.worlds.get_mut(&world) {
					world.launched = true;
				}
			}
			Around::Found(who) => {
				let world = World {
					owner: Some(who),
					..Default::default()
				};
				self.worlds.insert(self.next_world, world);
				self.next_world += 1;
			}
			Around::CloseWorld(world) => {
				let ends = End::BOTH.into_iter();
				if ends
					.map(|end| self.portals_at(world, end).len())
					.sum::<usize>() > 0
				{
					return Err(because("MetaverseHasPortals"));
				}
				self.worlds.remove(&world);
			}
			Around::FreezeAsset(frozen) => self.frozen = frozen,
			Around::Mark(account, Some(mark)) => {
				self.marks.insert(account, mark);
			}
			Around::Mark(account, None) => {
				self.marks.remove(&account);
			}
			Around::Drain(..) | Around::Give { .. } => {}
		}
		Ok(())
	}

	fn plots(&mut self, world: u32) -> &mut std::collections::BTreeMap<u32, Account> {
		&mut self.worlds.get_mut(&world).expect("it was picked").plots
	}

	fn add_plot(&mut self, world: u32, owner: Account) {
		if let Some(world) = self.worlds.get_mut(&world) {
			world.plots.insert(world.next_plot, owner);
			world.next_plot += 1;
		}
	}

	/// Fails while a portal in force has a gate on a plot.
	fn ensure_no_gate(&self, world: u32, plot: u32) -> Result<(), Reasons> {
		let here = Place {
			world,
			plot: Some(plot),
		};
		let mut portals = self.portals.values();
		let gate = portals.any(|portal| {
			let stands = End::BOTH
				.into_iter()
				.any(|end| portal.place(end) == Some(here));
			stands && portal.agreement.is_some()
		});
		if gate {
			Err(because("ParcelHasPortal"))
		} else {
			Ok(())
		}
	}
}
