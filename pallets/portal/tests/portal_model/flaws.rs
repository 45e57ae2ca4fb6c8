//! The naive model: what is wrong with what somebody hands in.

use crate::{reference::because, words::*};

impl Model {
	/// What is wrong with the ends of a new portal.
	pub fn flaws_of_ends(&self, portal: &Portal) -> Reasons {
		let mut no = Reasons::new();
		let mut gates = vec![&portal.source];
		match &portal.goal {
			Goal::Gate(gate) => gates.push(gate),
			Goal::External { uri } => {
				if uri.is_empty() {
					no.insert("UriEmpty");
				}
				if uri.len() > rules::URI_LEN {
					no.insert("UriTooLong");
				}
				if String::from_utf8(uri.clone()).is_err() {
					no.insert("NotUtf8");
				}
			}
		}
		for gate in gates {
			if !self.worlds.contains_key(&gate.place.world) {
				no.insert("UnknownMetaverse");
			} else if gate.place.plot.is_some() && self.landlord(gate.place).is_none() {
				no.insert("UnknownParcel");
			}
			if gate.spawn.len() > rules::SPAWN_LEN {
				no.insert("SpawnTooLong");
			}
			if String::from_utf8(gate.spawn.clone()).is_err() {
				no.insert("NotUtf8");
			}
		}
		no
	}

	/// What is wrong with terms.
	pub fn flaws_of_deal(&self, portal: &Portal, deal: &Deal) -> Reasons {
		let mut no = Reasons::new();
		let external = matches!(portal.goal, Goal::External { .. });
		if external && deal.two_way {
			no.insert("ExternalIsOneWay");
		}
		if let Some(toll) = &deal.toll {
			if toll.amount == 0 {
				no.insert("TollZero");
			}
			if toll.coin == Coin::Other {
				no.insert("AssetNotAccepted");
			}
			if toll.split.iter().sum::<u32>() != 1_000_000 {
				no.insert("SplitNotWhole");
			}
			if external && toll.split[1] > 0 {
				no.insert("SplitWithoutDestination");
			}
		}
		match &deal.access {
			Access::List(list) if list.is_empty() => {
				no.insert("EmptyAllowlist");
			}
			Access::Landlords(world) if !self.worlds.contains_key(world) => {
				no.insert("UnknownCollection");
			}
			_ => {}
		}
		if matches!(deal.rate, Some((0, _, _) | (_, 0, _) | (_, _, 0))) {
			no.insert("BadRate");
		}
		if !(rules::MIN_NOTICE..=rules::MAX_NOTICE).contains(&deal.notice) {
			no.insert("BadNotice");
		}
		if deal.expires_at.is_some_and(|end| end <= self.now) {
			no.insert("ExpiresInPast");
		}
		no
	}

	/// Which end has no room for one more portal.
	pub fn lacks_room(&self, portal: &Portal) -> Reasons {
		let errors = ["TooManyFromSource", "TooManyToDestination"];
		let ends = End::BOTH.into_iter().zip(errors);
		ends.filter(|(end, _)| {
			let world = portal.world(*end);
			world.is_some_and(|world| self.portals_at(world, *end).len() >= rules::PORTALS)
		})
		.map(|(_, error)| error)
		.collect()
	}

	/// The portals in force that begin or end in a metaverse, oldest first.
	pub fn portals_at(&self, world: u32, end: End) -> Vec<u32> {
		let mut found: Vec<_> = self
			.portals
			.iter()
			.filter(|(_, portal)| portal.world(end) == Some(world))
			.filter_map(|(id, portal)| Some((portal.agreement.as_ref()?.opened, *id)))
			.collect();
		found.sort();
		found.into_iter().map(|(_, id)| id).collect()
	}

	/// Why the terms do not let somebody through.
	pub fn flaws_of_visit(&self, who: u8, deal: &Deal, proof: &Proof) -> Reasons {
		match (&deal.access, proof) {
			(Access::Open, Proof::Nothing) => Reasons::new(),
			(Access::List(listed), Proof::List { list, of, bent }) => {
				// A proof tells who the others are, and not who shows it: with whoever signs in the
				// place of the proof, its list has to be the one that was agreed to.
				let place = list.iter().position(|who| who == of).unwrap_or(0);
				let mut told = list.clone();
				told[place] = who;
				if told == *listed && !bent {
					Reasons::new()
				} else {
					because("NotOnList")
				}
			}
			(Access::Landlords(world), Proof::Plot(plot)) => {
				let plot = Place {
					world: *world,
					plot: Some(*plot),
				};
				if self.landlord(plot) == Some(Account::Person(who)) {
					Reasons::new()
				} else {
					because("NotHolder")
				}
			}
			_ => because("WrongProofKind"),
		}
	}
}
