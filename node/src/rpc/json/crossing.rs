//! What may happen next with a portal: for programs, and as a sentence for people.

use madang_primitives::portal::{
	Access, AgreementView, ConsentView, DestinationView, OfferView, Party, PortalState, PortalView,
	Side,
};
use madang_runtime::{AccountId, BlockNumber};
use serde::Serialize;

use super::portal::party as name_of;

/// One thing that may happen next, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
	/// The call of `pallet-portal` that does it.
	pub call: &'static str,
	/// Who may: one of the parties, a `visitor` whom the portal lets through, or `anyone`.
	pub actor: &'static str,
	/// Not from this block on; no end when there is nothing.
	pub until: Option<BlockNumber>,
	/// All of it as a sentence.
	pub says: String,
}

type View = PortalView<AccountId, BlockNumber>;

impl Step {
	/// Everything that may happen next with a portal.
	pub fn of(portal: &View) -> Vec<Self> {
		let mut steps = Vec::new();
		if portal.state.is_over() {
			steps.push(Self::new(
				"reap",
				("anyone", "anyone".into()),
				None,
				"the portal is removed, and its deposits go back to whoever paid them",
			));
			return steps;
		}
		if let Some(agreement) = &portal.agreement {
			steps.extend(Self::in_force(portal, agreement));
		}
		if let Some(offer) = &portal.offer {
			steps.extend(Self::offered(portal, offer));
		}
		let closing = portal
			.agreement
			.as_ref()
			.is_some_and(|agreement| agreement.closes_at.is_some());
		let close = match portal.state {
			PortalState::Proposed => "the proposal is taken back or turned down",
			PortalState::Stale => "the portal is removed at once, since it carries nobody",
			// Once is enough.
			_ if closing => return steps,
			_ => "the portal is closed, and carries visitors until its notice is over",
		};
		steps.extend(
			parties(portal).map(|party| Self::new("close", actor(portal, party), None, close)),
		);
		steps
	}

	/// What may happen next with what is in force.
	fn in_force(portal: &View, agreement: &AgreementView<AccountId, BlockNumber>) -> Vec<Self> {
		let until = [agreement.closes_at, agreement.terms.expires_at]
			.into_iter()
			.flatten()
			.min();
		let by = |call, parties: Vec<Party>, effect| {
			let step = move |party| Self::new(call, actor(portal, party), until, effect);
			parties.into_iter().map(step).collect::<Vec<_>>()
		};
		let not_paused = || {
			parties(portal)
				.filter(|party| !agreement.paused_by.contains(party))
				.collect()
		};
		match portal.state {
			PortalState::Open | PortalState::Closing => {
				let travel = Self::new(
					"travel",
					("visitor", visitor(&agreement.terms.access)),
					until,
					"the toll goes on hold if there is one, and the visitor has a pass",
				);
				let pause = by("pause", not_paused(), "the portal carries nobody for now");
				[travel].into_iter().chain(pause).collect()
			}
			PortalState::Paused => by(
				"resume",
				agreement.paused_by.clone(),
				"the portal carries visitors again once nobody has it paused",
			),
			PortalState::Stale => by(
				"affirm",
				missing(&agreement.consents),
				"the new owner agrees too, and the portal carries visitors again once all have",
			),
			// Over is told before; a suspension ends by itself or by the guardian.
			_ => Vec::new(),
		}
	}

	/// Whose consent an offer waits for, as long as it can be given.
	fn offered(portal: &View, offer: &OfferView<AccountId, BlockNumber>) -> Vec<Self> {
		if offer.lapsed {
			return vec![Self::new(
				"reap",
				("anyone", "anyone".into()),
				None,
				"the offer, whose time is over, is removed, and its deposit goes back",
			)];
		}
		let effect = format!(
			"these are the terms of version {}, which are in force once all have agreed",
			offer.version
		);
		missing(&offer.consents)
			.into_iter()
			.map(|party| {
				Self::new(
					"accept",
					actor(portal, party),
					Some(offer.expires_at),
					&effect,
				)
			})
			.collect()
	}

	fn new(
		call: &'static str,
		(actor, who): (&'static str, String),
		until: Option<BlockNumber>,
		effect: &str,
	) -> Self {
		let when = until.map_or("From now on".into(), |block| format!("Until block {block}"));
		Self {
			call,
			actor,
			until,
			says: format!("{when}, {who} can call `{call}`: {effect}."),
		}
	}
}

/// Everybody who has a say.
fn parties(portal: &View) -> impl Iterator<Item = Party> + '_ {
	Party::ALL
		.into_iter()
		.filter(|party| place(portal, *party).is_some())
}

/// Whose consent does not count, or was not given.
fn missing(consents: &[ConsentView<AccountId>]) -> Vec<Party> {
	consents
		.iter()
		.filter(|consent| !consent.counts)
		.map(|consent| consent.party)
		.collect()
}

/// A party by its name and in words.
fn actor(portal: &View, party: Party) -> (&'static str, String) {
	(name_of(party), place(portal, party).unwrap_or_default())
}

/// A party in words; nobody when there is no such metaverse or parcel in this portal.
fn place(portal: &View, party: Party) -> Option<String> {
	let gate = match (party.side(), &portal.destination) {
		(Side::Source, _) => &portal.source,
		(Side::Destination, DestinationView::Gate(gate)) => gate,
		(Side::Destination, DestinationView::External { .. }) => return None,
	};
	let metaverse = gate.metaverse;
	match party {
		Party::SourceWorld | Party::DestinationWorld => Some(format!(
			"whoever manages the portals of metaverse {metaverse}"
		)),
		Party::SourceLand | Party::DestinationLand => gate
			.parcel
			.map(|parcel| format!("the owner of parcel {parcel} in metaverse {metaverse}")),
	}
}

/// In words whom a portal lets through.
fn visitor(access: &Access) -> String {
	match access {
		Access::Open => "everyone".into(),
		Access::Allowlist { .. } => "everyone on its list".into(),
		Access::Holder { collection } => {
			format!("every owner of an item of collection {collection}")
		}
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::portal::tests::{consent, portal},
		*,
	};
	use serde_json::{json, to_value};

	/// Call and actor of every step in a state, without an offer.
	fn steps(state: PortalState) -> Vec<(&'static str, &'static str)> {
		let mut portal = portal(state);
		portal.offer = None;
		steps_of(&portal)
	}

	/// The same while somebody closes the portal.
	fn steps_while_closing(state: PortalState) -> Vec<(&'static str, &'static str)> {
		let mut portal = portal(state);
		portal.offer = None;
		let agreement = portal.agreement.as_mut().expect("it is in force");
		agreement.closes_at = Some(700);
		let steps = Step::of(&portal);
		assert!(steps
			.iter()
			.all(|step| step.call == "close" || step.until == Some(700)));
		steps_of(&portal)
	}

	fn steps_of(portal: &View) -> Vec<(&'static str, &'static str)> {
		Step::of(portal)
			.into_iter()
			.map(|step| (step.call, step.actor))
			.collect()
	}

	const CLOSE: [(&str, &str); 3] = [
		("close", "sourceWorld"),
		("close", "sourceLand"),
		("close", "destinationWorld"),
	];

	#[test]
	fn a_step_has_every_key() {
		let step = Step::of(&portal(PortalState::Paused)).remove(0);
		assert_eq!(
			to_value(step).expect("this is JSON"),
			json!({
				"call": "resume",
				"actor": "sourceLand",
				"until": 9_000,
				"says": "Until block 9000, the owner of parcel 7 in metaverse 3 can call `resume`: \
						 the portal carries visitors again once nobody has it paused.",
			})
		);
	}

	#[test]
	fn every_state_says_what_comes_next() {
		let carries = [
			("travel", "visitor"),
			("pause", "sourceWorld"),
			("pause", "destinationWorld"),
		];
		assert_eq!(steps(PortalState::Open), [&carries[..], &CLOSE].concat());
		assert_eq!(steps_while_closing(PortalState::Closing), carries);
		let paused = [("resume", "sourceLand")];
		assert_eq!(steps(PortalState::Paused), [&paused[..], &CLOSE].concat());
		assert_eq!(steps_while_closing(PortalState::Paused), paused);
		assert_eq!(steps(PortalState::Suspended), CLOSE);
		for over in [PortalState::Closed, PortalState::Expired, PortalState::Gone] {
			assert_eq!(steps(over), [("reap", "anyone")]);
		}
	}

	#[test]
	fn a_proposal_names_whose_consent_is_missing() {
		let mut proposed = portal(PortalState::Proposed);
		proposed.agreement = None;
		let steps = Step::of(&proposed);
		let accepts: Vec<_> = steps.iter().filter(|step| step.call == "accept").collect();
		assert_eq!(accepts.len(), 1, "the source has agreed");
		assert_eq!(accepts[0].actor, "destinationWorld");
		assert_eq!(
			accepts[0].says,
			"Until block 800, whoever manages the portals of metaverse 4 can call `accept`: these are \
			 the terms of version 2, which are in force once all have agreed."
		);
		assert_eq!(steps.len(), 1 + CLOSE.len());
	}

	#[test]
	fn an_offer_whose_time_is_over_is_only_removed() {
		let mut late = portal(PortalState::Open);
		late.offer.as_mut().expect("there is one").lapsed = true;
		let steps = Step::of(&late);
		assert!(steps.iter().all(|step| step.call != "accept"));
		let reaps: Vec<_> = steps.iter().filter(|step| step.call == "reap").collect();
		assert_eq!(reaps.len(), 1);
		assert_eq!(
			reaps[0].says,
			"From now on, anyone can call `reap`: the offer, whose time is over, is removed, and its \
			 deposit goes back."
		);
	}

	#[test]
	fn a_stale_portal_names_who_must_affirm() {
		let mut stale = portal(PortalState::Stale);
		stale.offer = None;
		stale.agreement.as_mut().expect("it is in force").consents = vec![
			consent(Party::SourceWorld, true),
			consent(Party::SourceLand, false),
			consent(Party::DestinationWorld, true),
		];
		let steps = Step::of(&stale);
		assert_eq!((steps[0].call, steps[0].actor), ("affirm", "sourceLand"));
		assert_eq!(steps.len(), 1 + CLOSE.len());
	}

	#[test]
	fn nobody_has_a_say_outside_of_this_chain() {
		let mut external = portal(PortalState::Open);
		external.destination = DestinationView::External {
			uri: Vec::new(),
			manifest: Default::default(),
		};
		external.offer = None;
		let actors = Step::of(&external).into_iter().map(|step| step.actor);
		assert!(actors
			.into_iter()
			.all(|actor| !actor.contains("destination")));
	}

	#[test]
	fn visitors_are_told_what_they_need() {
		for (access, expected) in [
			(Access::Open, "everyone can"),
			(
				Access::Allowlist {
					root: Default::default(),
					leaves: 1,
				},
				"everyone on its list can",
			),
			(
				Access::Holder { collection: 8 },
				"every owner of an item of collection 8 can",
			),
		] {
			let mut open = portal(PortalState::Open);
			open.agreement
				.as_mut()
				.expect("it is in force")
				.terms
				.access = access;
			let says = &Step::of(&open)[0].says;
			assert!(says.contains(expected), "{says}");
		}
	}
}
