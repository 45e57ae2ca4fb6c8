//! Who may come, by what the chain says. Nothing here asks the chain or remembers anything.

use madang_primitives::{
	portal::{
		Access, DestinationView, Direction, PassState, PassView, PortalId, PortalState, PortalView,
		Way,
	},
	MetaverseId,
};
use madang_runtime::{AccountId, BlockNumber, Hash};

/// What every location of this chain begins with, unless it is the id of a portal alone.
const SCHEME: &str = "madang:";

/// Bytes of the first block's hash in a location.
const GENESIS_BYTES: usize = 16;

/// A portal as the chain shows it.
pub type Portal = PortalView<AccountId, BlockNumber>;

/// A pass as the chain shows it.
pub type Pass = PassView<BlockNumber>;

/// What the chain says about somebody who would come through a portal.
#[derive(Debug, Eq, PartialEq)]
pub enum Verdict {
	/// Everyone may come, and nothing is to be paid.
	Free,
	/// They have a pass that is good.
	Good(Pass),
	/// They have a pass that was used.
	Used(Pass),
	/// They may come with a pass, and have none that is good.
	NeedsPass(&'static str),
	/// Nobody may come.
	Shut(String),
}

/// Who may come to `world` through a portal, when the chain shows this portal and this pass.
///
/// A pass outlives its portal, so it is looked at before anything that may be wrong with the portal.
pub fn judge(world: MetaverseId, portal: Option<&Portal>, pass: Option<Pass>) -> Verdict {
	let open = is_open(world, portal);
	if matches!(open, Ok(portal) if is_free(portal)) {
		return Verdict::Free;
	}
	let pass = pass.filter(|pass| pass.to == Some(world));
	let lapsed = pass
		.as_ref()
		.is_some_and(|pass| pass.state == PassState::Over);
	match pass {
		Some(pass) if pass.state == PassState::Valid => return Verdict::Good(pass),
		Some(pass) if pass.state == PassState::Used => return Verdict::Used(pass),
		_ => {}
	}
	match open {
		Err(sentence) => Verdict::Shut(sentence),
		Ok(_) if lapsed => Verdict::NeedsPass(
			"the time of the visitor's pass is over; take another one with portal.travel",
		),
		Ok(_) => Verdict::NeedsPass(
			"the visitor has no pass for this portal; take one with portal.travel",
		),
	}
}

/// The portal, if it carries visitors to `world`; otherwise what is wrong with it.
fn is_open(world: MetaverseId, portal: Option<&Portal>) -> Result<&Portal, String> {
	let portal = portal.ok_or("no portal has this id")?;
	way_to(world, portal).ok_or("this portal does not lead to this world")?;
	if portal.state.carries() {
		return Ok(portal);
	}
	Err(match portal.state {
		PortalState::Proposed => "not everybody has agreed to this portal yet",
		PortalState::Paused => "this portal is paused",
		PortalState::Closed => "this portal is closed",
		PortalState::Expired => "this portal has expired",
		PortalState::Stale => {
			"a gate of this portal changed hands, and the new owner has not affirmed it"
		}
		PortalState::Suspended => "a metaverse of this portal is suspended",
		PortalState::Gone => "a metaverse or a parcel of this portal does not exist any more",
		PortalState::Open | PortalState::Closing => "this portal carries nobody",
	}
	.into())
}

/// Which way through a portal leads to `world`.
fn way_to(world: MetaverseId, portal: &Portal) -> Option<Way> {
	if matches!(&portal.destination, DestinationView::Gate(gate) if gate.metaverse == world) {
		return Some(Way::There);
	}
	let two_way = portal
		.agreement
		.as_ref()
		.is_some_and(|agreement| agreement.terms.direction == Direction::TwoWay);
	(two_way && portal.source.metaverse == world).then_some(Way::Back)
}

/// Whether a portal asks for nothing that only a pass proves: no toll, no list, no count.
fn is_free(portal: &Portal) -> bool {
	portal.agreement.as_ref().is_some_and(|agreement| {
		let terms = &agreement.terms;
		terms.toll.is_none() && terms.access == Access::Open && terms.rate.is_none()
	})
}

/// The portal that a location names: its id, alone or after the chain, as in
/// `madang:<32 hexadecimal digits>/7`.
pub fn portal_at(location: &str, genesis: Hash) -> Result<PortalId, String> {
	let number = match location.strip_prefix(SCHEME) {
		None => location,
		Some(rest) => {
			let (chain, number) = rest.split_once('/').ok_or_else(no_location)?;
			if !chain.eq_ignore_ascii_case(&chain_name(genesis)) {
				return Err("the location is on another chain than this world".into());
			}
			number
		}
	};
	// `parse` alone would take `+7`.
	if !number.bytes().all(|byte| byte.is_ascii_digit()) {
		return Err(no_location());
	}
	number.parse().map_err(|_| no_location())
}

fn no_location() -> String {
	"the location names no portal: it is the id of one, or madang:<the first 32 digits of the \
	 genesis hash>/<the id>"
		.into()
}

/// The location of a portal, with its chain.
pub fn location_of(portal: PortalId, genesis: Hash) -> String {
	format!("{SCHEME}{}/{portal}", chain_name(genesis))
}

fn chain_name(genesis: Hash) -> String {
	genesis
		.as_bytes()
		.iter()
		.take(GENESIS_BYTES)
		.map(|byte| format!("{byte:02x}"))
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use madang_primitives::{
		escrow::AssetKind,
		portal::{AgreementView, GateView, Rate, Split, Terms, Toll},
	};
	use sp_runtime::Permill;

	const WORLD: MetaverseId = 5;
	const OTHER: MetaverseId = 4;

	fn gate(metaverse: MetaverseId) -> GateView {
		GateView {
			metaverse,
			parcel: None,
			spawn: Vec::new(),
		}
	}

	/// A free portal from the other world to this one.
	fn portal() -> Portal {
		PortalView {
			id: 7,
			source: gate(OTHER),
			destination: DestinationView::Gate(gate(WORLD)),
			state: PortalState::Open,
			agreement: Some(AgreementView {
				version: 1,
				terms: Terms {
					direction: Direction::OneWay,
					toll: None,
					access: Access::Open,
					rate: None,
					expires_at: None,
					notice: 300,
				},
				consents: Vec::new(),
				paused_by: Vec::new(),
				closes_at: None,
				passes_left: None,
			}),
			offer: None,
			deposits: Vec::new(),
		}
	}

	fn with_terms(change: impl FnOnce(&mut Terms<BlockNumber>)) -> Portal {
		let mut portal = portal();
		if let Some(agreement) = &mut portal.agreement {
			change(&mut agreement.terms);
		}
		portal
	}

	fn toll() -> Option<Toll> {
		Some(Toll {
			asset: AssetKind::Native,
			amount: 100,
			split: Split {
				source: Permill::zero(),
				destination: Permill::one(),
				network: Permill::zero(),
			},
		})
	}

	fn pass(state: PassState) -> Pass {
		PassView {
			portal: 7,
			way: Way::There,
			from: OTHER,
			to: Some(WORLD),
			state,
			valid_until: 300,
			toll: None,
		}
	}

	#[test]
	fn only_what_is_free_and_open_and_not_counted_needs_no_pass() {
		assert_eq!(judge(WORLD, Some(&portal()), None), Verdict::Free);
		for restricted in [
			with_terms(|terms| terms.toll = toll()),
			with_terms(|terms| terms.access = Access::Holder { collection: 1 }),
			with_terms(|terms| {
				terms.access = Access::Allowlist {
					root: Hash::zero(),
					leaves: 1,
				}
			}),
			with_terms(|terms| {
				terms.rate = Some(Rate {
					refill: 1,
					window: 1,
					burst: 1,
				})
			}),
		] {
			let verdict = judge(WORLD, Some(&restricted), None);
			assert!(matches!(verdict, Verdict::NeedsPass(_)), "{verdict:?}");
			let verdict = judge(WORLD, Some(&restricted), Some(pass(PassState::Valid)));
			assert_eq!(verdict, Verdict::Good(pass(PassState::Valid)));
			let verdict = judge(WORLD, Some(&restricted), Some(pass(PassState::Used)));
			assert_eq!(verdict, Verdict::Used(pass(PassState::Used)));
			let verdict = judge(WORLD, Some(&restricted), Some(pass(PassState::Over)));
			assert!(
				matches!(verdict, Verdict::NeedsPass(sentence) if sentence.contains("is over")),
				"{verdict:?}"
			);
		}
	}

	#[test]
	fn a_portal_lets_people_in_only_where_it_leads() {
		for elsewhere in [OTHER, 9] {
			let verdict = judge(elsewhere, Some(&portal()), None);
			assert!(matches!(verdict, Verdict::Shut(_)), "{verdict:?}");
		}
		let both = with_terms(|terms| terms.direction = Direction::TwoWay);
		assert_eq!(judge(OTHER, Some(&both), None), Verdict::Free);
		assert!(matches!(judge(9, Some(&both), None), Verdict::Shut(_)));
		let mut away = portal();
		away.destination = DestinationView::External {
			uri: b"https://far.example".to_vec(),
			manifest: Hash::zero(),
		};
		assert!(matches!(judge(WORLD, Some(&away), None), Verdict::Shut(_)));
	}

	#[test]
	fn a_pass_for_another_place_is_none_here() {
		let tolled = with_terms(|terms| terms.toll = toll());
		let mut elsewhere = pass(PassState::Valid);
		elsewhere.to = Some(OTHER);
		let verdict = judge(WORLD, Some(&tolled), Some(elsewhere));
		assert!(matches!(verdict, Verdict::NeedsPass(_)), "{verdict:?}");
	}

	#[test]
	fn every_state_that_carries_nobody_has_its_own_sentence() {
		let mut sentences = std::collections::BTreeSet::new();
		for state in [
			PortalState::Proposed,
			PortalState::Paused,
			PortalState::Closed,
			PortalState::Expired,
			PortalState::Stale,
			PortalState::Suspended,
			PortalState::Gone,
		] {
			let mut shut = portal();
			shut.state = state;
			let Verdict::Shut(sentence) = judge(WORLD, Some(&shut), None) else {
				panic!("{state:?} carries somebody");
			};
			assert!(
				sentences.insert(sentence),
				"{state:?} says what another says"
			);
			// Whoever has a pass already comes in all the same.
			let verdict = judge(WORLD, Some(&shut), Some(pass(PassState::Valid)));
			assert_eq!(verdict, Verdict::Good(pass(PassState::Valid)));
		}
		let mut closing = portal();
		closing.state = PortalState::Closing;
		assert_eq!(judge(WORLD, Some(&closing), None), Verdict::Free);
		assert!(matches!(judge(WORLD, None, None), Verdict::Shut(_)));
		let verdict = judge(WORLD, None, Some(pass(PassState::Valid)));
		assert_eq!(verdict, Verdict::Good(pass(PassState::Valid)));
	}

	#[test]
	fn locations_name_one_portal_of_one_chain() {
		let genesis = Hash::repeat_byte(0xab);
		let full = location_of(7, genesis);
		assert_eq!(full, format!("madang:{}/7", "ab".repeat(16)));
		assert_eq!(portal_at(&full, genesis), Ok(7));
		assert_eq!(portal_at(&full.replace("ab", "AB"), genesis), Ok(7));
		assert_eq!(portal_at("7", genesis), Ok(7));
		assert_eq!(portal_at("4294967295", genesis), Ok(PortalId::MAX));
		let other = portal_at(&full, Hash::repeat_byte(0xac));
		assert!(other.is_err_and(|sentence| sentence.contains("another chain")));
		for bad in [
			"",
			"+7",
			"-7",
			"4294967296",
			"seven",
			"7/",
			"madang:7",
			"madang:/7",
			"７",
		] {
			assert!(portal_at(bad, genesis).is_err(), "{bad}");
		}
		assert!(portal_at(&format!("{full}x"), genesis).is_err());
		assert!(
			portal_at(&full[..full.len() - 1], genesis).is_err(),
			"no id"
		);
	}
}
