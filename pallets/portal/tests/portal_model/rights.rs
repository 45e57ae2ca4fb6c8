//! The naive model: who may what, and whether what somebody said still counts.

use std::collections::BTreeSet;

use crate::{
	reference::{because, unless},
	words::*,
};

/// Who may what.
impl Model {
	pub fn portal(&self, id: u32) -> Result<Portal, Reasons> {
		let portal = self.portals.get(&id).cloned();
		portal.ok_or_else(|| because("UnknownPortal"))
	}

	pub fn landlord(&self, place: Place) -> Option<Account> {
		let world = self.worlds.get(&place.world)?;
		world.plots.get(&place.plot?).copied()
	}

	pub fn speaks_for_world(&self, who: Who, world: u32) -> bool {
		self.worlds.get(&world).is_some_and(|world| match who {
			Who::Network => world.owner.is_none(),
			Who::Person(person) => {
				world.owner == Some(person) || world.managers.get(&person) == Some(&true)
			}
		})
	}

	pub fn speaks_for_land(&self, who: Who, place: Place) -> bool {
		match self.landlord(place) {
			Some(Account::Person(owner)) => who == Who::Person(owner),
			Some(Account::World(world)) => {
				world == place.world && self.speaks_for_world(who, world)
			}
			Some(Account::Treasury) | None => false,
		}
	}

	/// For whom somebody speaks.
	pub fn speaks(&self, who: Who, portal: &Portal) -> BTreeSet<Voice> {
		let mut voices = BTreeSet::new();
		for end in End::BOTH {
			if let Some(place) = portal.place(end) {
				if self.speaks_for_world(who, place.world) {
					voices.insert((end, Kind::World));
				}
				if self.speaks_for_land(who, place) {
					voices.insert((end, Kind::Land));
				}
			}
		}
		voices
	}

	/// Who owns what a voice speaks for.
	pub fn owner_behind(&self, portal: &Portal, (end, kind): Voice) -> Option<Account> {
		let place = portal.place(end)?;
		match kind {
			Kind::Land => self.landlord(place),
			Kind::World => {
				let world = self.worlds.get(&place.world)?;
				Some(match world.owner {
					Some(person) => Account::Person(person),
					None => Account::World(place.world),
				})
			}
		}
	}

	pub fn consent(&self, by: Who, portal: &Portal, voice: Voice) -> Consent {
		let owner = self.owner_behind(portal, voice);
		let owner = owner.expect("somebody speaks for it, so it is there");
		Consent::Signed { by, owner }
	}

	/// Whether the rule of a town agrees: the gate in the town stands on a plot whose owner also owns
	/// the launched metaverse at the other end.
	pub fn town_agrees(&self, portal: &Portal, (end, kind): Voice) -> bool {
		let (Kind::World, Some(plot), Some(other)) =
			(kind, portal.place(end), portal.world(end.other()))
		else {
			return false;
		};
		let (Some(town), Some(other)) = (self.worlds.get(&plot.world), self.worlds.get(&other))
		else {
			return false;
		};
		let Some(owner) = other.owner else {
			return false;
		};
		town.owner.is_none()
			&& other.launched
			&& self.landlord(plot) == Some(Account::Person(owner))
	}

	/// Portals in force between the two metaverses of a portal, whichever way they lead.
	pub fn between(&self, portal: &Portal) -> usize {
		let ends = |portal: &Portal| {
			let mut ends = End::BOTH.map(|end| portal.world(end));
			ends.sort();
			ends
		};
		self.portals
			.values()
			.filter(|other| other.agreement.is_some() && ends(other) == ends(portal))
			.count()
	}

	pub fn counts(&self, portal: &Portal, voice: Voice, consent: Consent) -> bool {
		match consent {
			Consent::Rule => self.town_agrees(portal, voice),
			Consent::Signed { owner, .. } => self.owner_behind(portal, voice) == Some(owner),
		}
	}

	pub fn is_gone(&self, portal: &Portal) -> bool {
		let mut voices = portal.voices().into_iter();
		voices.any(|voice| self.owner_behind(portal, voice).is_none())
	}

	/// Whether what was in force is over, or never can be.
	pub fn is_over(&self, portal: &Portal) -> bool {
		let over = portal.agreement.as_ref().is_some_and(|agreement| {
			let ends = [agreement.closes_at, agreement.deal.expires_at];
			ends.into_iter().flatten().any(|end| end <= self.now)
		});
		over || self.is_gone(portal)
	}

	pub fn is_stale(&self, portal: &Portal) -> bool {
		portal.agreement.as_ref().is_some_and(|agreement| {
			let mut consents = agreement.consents.iter();
			consents.any(|(voice, consent)| !self.counts(portal, *voice, *consent))
		})
	}

	/// Whether somebody paid for an end of a proposal, or for one that another one owns now and has not
	/// affirmed.
	pub fn pays_for_another(&self, who: Who, portal: &Portal) -> bool {
		if portal.agreement.is_none() {
			return portal
				.payers
				.values()
				.any(|payer| who == Who::Person(*payer));
		}
		portal.agreement.as_ref().is_some_and(|agreement| {
			agreement.consents.iter().any(|(voice, consent)| {
				let payer = portal.payers.get(&voice.0);
				payer.is_some_and(|payer| who == Who::Person(*payer))
					&& !self.counts(portal, *voice, *consent)
			})
		})
	}

	pub fn is_suspended(&self, portal: &Portal) -> bool {
		End::BOTH.into_iter().any(|end| {
			let world = portal.world(end).and_then(|id| self.worlds.get(&id));
			world.is_some_and(|world| self.now < world.suspended_until)
		})
	}

	/// Why nobody should agree to anything here any more.
	pub fn is_past(&self, portal: &Portal) -> Reasons {
		let mut no = Reasons::new();
		for place in End::BOTH.into_iter().filter_map(|end| portal.place(end)) {
			if !self.worlds.contains_key(&place.world) {
				no.insert("UnknownMetaverse");
			} else if place.plot.is_some() && self.landlord(place).is_none() {
				no.insert("UnknownParcel");
			}
		}
		if let Some(agreement) = &portal.agreement {
			if self.is_over(portal) {
				no.insert("PortalOver");
			}
			if agreement.closes_at.is_some() {
				no.insert("AlreadyClosing");
			}
		}
		no
	}

	/// For whom somebody speaks in a portal that is in force and not over.
	pub fn in_force_for(&self, who: Who, id: u32) -> Result<BTreeSet<Voice>, Reasons> {
		let portal = self.portal(id)?;
		let voices = self.speaks(who, &portal);
		let mut no = Reasons::new();
		if portal.agreement.is_none() {
			no.insert("NotInForce");
		} else if self.is_over(&portal) {
			no.insert("PortalOver");
		}
		if voices.is_empty() {
			no.insert("NotAParty");
		}
		unless(no)?;
		Ok(voices)
	}

	pub fn pauses(&mut self, id: u32) -> &mut BTreeSet<Voice> {
		let portal = self.portals.get_mut(&id).expect("the caller has it");
		&mut portal.agreement.as_mut().expect("it is in force").paused
	}
}
