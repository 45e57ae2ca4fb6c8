//! The naive model: what it says of everything, in the words of the chain.

use crate::{chain::Facts, words::*};

fn name(who: Who) -> String {
	match who {
		Who::Person(number) => format!("person {number}"),
		Who::Network => "the network".into(),
	}
}

fn name_of((end, kind): Voice) -> String {
	format!("{end:?}{kind:?}")
}

impl Model {
	/// What the model says of everything but the states of portals.
	pub fn facts(&self) -> Facts {
		let mut facts = Facts::new();
		for ((who, coin), purse) in &self.purses {
			facts.insert(format!("{who:?} {coin:?}"), format!("{purse:?}"));
		}
		for (id, world) in &self.worlds {
			let owner = world.owner.map(|owner| name(Who::Person(owner)));
			facts.insert(
				format!("world {id}"),
				format!("{owner:?} {}", world.launched),
			);
			let from = self.portals_at(*id, End::Source);
			let to = self.portals_at(*id, End::Destination);
			facts.insert(format!("portals of {id}"), format!("{from:?} {to:?}"));
			for (plot, owner) in &world.plots {
				facts.insert(format!("plot {plot} in {id}"), format!("{owner:?}"));
			}
		}
		facts.insert("next portal".into(), self.next_portal.to_string());
		for (id, portal) in &self.portals {
			self.portal_facts(*id, portal, &mut facts);
		}
		for ((id, guest), pass) in &self.passes {
			let source = Some(pass.source.world);
			let destination = pass.destination.map(|place| place.world);
			let (from, to) = if pass.back {
				(destination, source)
			} else {
				(source, destination)
			};
			let from = from.expect("nobody comes from outside");
			let state = if pass.refused {
				"Refused"
			} else if pass.until <= self.now {
				"Over"
			} else if pass.used {
				"Used"
			} else {
				"Valid"
			};
			let toll = pass.toll.as_ref().map(|toll| toll.amount);
			facts.insert(
				format!("pass {id} of {guest}"),
				format!(
					"{from} to {to:?} {state} until {} toll {toll:?}",
					pass.until
				),
			);
		}
		facts
	}

	fn portal_facts(&self, id: u32, portal: &Portal, facts: &mut Facts) {
		let consents = |given: &Consents| {
			let mut said: Vec<_> = portal
				.voices()
				.into_iter()
				.map(|voice| {
					let consent = given.get(&voice);
					let counts = consent.is_some_and(|said| self.counts(portal, voice, *said));
					let by = match consent {
						Some(Consent::Signed { by, .. }) => name(*by),
						Some(Consent::Rule) => "the rule".into(),
						None => "nobody".into(),
					};
					format!("{}: {by} {counts}", name_of(voice))
				})
				.collect();
			said.sort();
			said.join(", ")
		};
		let offer = portal.offer.as_ref();
		let mut paid: Vec<_> = portal
			.payers
			.values()
			.map(|who| (*who, self.side_deposit(portal)))
			.chain(offer.and_then(|offer| Some((offer.payer?, self.deposits.offer))))
			.map(|(who, amount)| format!("{} {amount}", name(Who::Person(who))))
			.collect();
		paid.sort();
		facts.insert(format!("deposits of {id}"), paid.join(", "));
		if let Some(agreement) = &portal.agreement {
			let mut paused: Vec<_> = agreement
				.paused
				.iter()
				.map(|voice| name_of(*voice))
				.collect();
			paused.sort();
			let left = agreement
				.bucket
				.zip(agreement.deal.rate)
				.map(|(mut bucket, rate)| {
					bucket.fill(rate, self.now);
					bucket.left
				});
			facts.insert(
				format!("agreement of {id}"),
				format!(
					"version {}, {}, paused by {paused:?}, closes {:?}, passes {left:?}, notice {}",
					agreement.version,
					consents(&agreement.consents),
					agreement.closes_at,
					agreement.deal.notice,
				),
			);
		}
		if let Some(offer) = offer {
			facts.insert(
				format!("offer of {id}"),
				format!(
					"version {}, {}, until {}, notice {}",
					offer.version,
					consents(&offer.consents),
					offer.until,
					offer.deal.notice,
				),
			);
		}
	}

	/// What may be said of the state of a portal. Where it is over, only why; where it carries nobody,
	/// only what keeps it from that.
	pub fn states(&self, portal: &Portal) -> Vec<&'static str> {
		let mut over = Vec::new();
		if self.is_gone(portal) {
			over.push("Gone");
		}
		let Some(agreement) = &portal.agreement else {
			let offer = portal.offer.as_ref();
			if offer.is_none_or(|offer| offer.until <= self.now) {
				over.push("Expired");
			}
			return if over.is_empty() {
				vec!["Proposed"]
			} else {
				over
			};
		};
		let past = |end: Option<u32>| end.is_some_and(|end| end <= self.now);
		if past(agreement.closes_at) {
			over.push("Closed");
		}
		if past(agreement.deal.expires_at) {
			over.push("Expired");
		}
		if !over.is_empty() {
			return over;
		}
		let mut kept = Vec::new();
		if self.is_stale(portal) {
			kept.push("Stale");
		}
		if self.is_suspended(portal) {
			kept.push("Suspended");
		}
		if !agreement.paused.is_empty() {
			kept.push("Paused");
		}
		match agreement.closes_at {
			_ if !kept.is_empty() => kept,
			Some(_) => vec!["Closing"],
			None => vec!["Open"],
		}
	}
}
