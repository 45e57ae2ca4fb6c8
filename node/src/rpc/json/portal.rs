//! What `portal_*` answers.

use madang_primitives::{
	escrow::AssetKind,
	portal::{
		Access as AccessView, AgreementView, ConsentView, DestinationView, Direction, GateView,
		OfferView, Party, PassState, PassView, PortalId, PortalState, PortalView, Rate as RateView,
		Route as RouteView, RouteStep, Split as SplitView, Terms as TermsView, Toll as TollView,
		Version, Way,
	},
	Balance, CollectionId, MetaverseId, ParcelId,
};
use madang_runtime::{AccountId, BlockNumber, Hash};
use serde::Serialize;
use sp_core::Bytes;
use sp_runtime::traits::{BlakeTwo256, Hash as _};

use super::{address, amount, crossing::Step, escrow::Asset, text};

/// One portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Portal {
	/// Its id.
	pub id: PortalId,
	/// Where it begins.
	pub source: Gate,
	/// Where it ends.
	pub destination: Destination,
	/// How things stand with it: `proposed`, `open`, `paused`, `closing`, `closed`, `expired`,
	/// `stale`, `suspended` or `gone`.
	pub state: &'static str,
	/// What is in force; nothing while it is only proposed.
	pub agreement: Option<Agreement>,
	/// Terms that wait for consent.
	pub offer: Option<Offer>,
	/// What is on hold for it, and from whom.
	pub deposits: Vec<Deposit>,
	/// What may happen next, and by whom.
	pub next: Vec<Step>,
}

impl From<PortalView<AccountId, BlockNumber>> for Portal {
	fn from(portal: PortalView<AccountId, BlockNumber>) -> Self {
		Self {
			next: Step::of(&portal),
			id: portal.id,
			source: portal.source.into(),
			destination: portal.destination.into(),
			state: state(portal.state),
			agreement: portal.agreement.map(Into::into),
			offer: portal.offer.map(Into::into),
			deposits: portal.deposits.into_iter().map(Into::into).collect(),
		}
	}
}

/// One end of a portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gate {
	/// The metaverse.
	pub metaverse: MetaverseId,
	/// The parcel on which it stands, if it stands on land.
	pub parcel: Option<ParcelId>,
	/// Name of the place where visitors appear; empty for the usual one.
	pub spawn: String,
}

impl From<GateView> for Gate {
	fn from(gate: GateView) -> Self {
		Self {
			metaverse: gate.metaverse,
			parcel: gate.parcel,
			spawn: text(gate.spawn),
		}
	}
}

/// Where a portal ends.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Destination {
	/// In a metaverse.
	Gate(Gate),
	/// In a world that is not on this chain.
	External {
		/// Where it is.
		uri: String,
		/// Hash of its manifest.
		manifest: Hash,
	},
}

impl From<DestinationView> for Destination {
	fn from(destination: DestinationView) -> Self {
		match destination {
			DestinationView::Gate(gate) => Self::Gate(gate.into()),
			DestinationView::External { uri, manifest } => Self::External {
				uri: text(uri),
				manifest,
			},
		}
	}
}

/// What is in force between the sides of a portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Agreement {
	/// What `travel` must name.
	pub version: Version,
	/// The terms.
	pub terms: Terms,
	/// Who agreed.
	pub consents: Vec<Consent>,
	/// Who has paused it.
	pub paused_by: Vec<&'static str>,
	/// First block in which its notice is over, once somebody closes it.
	pub closes_at: Option<BlockNumber>,
	/// How many passes it gives out before the end of the window; nothing where any number may go.
	pub passes_left: Option<u32>,
}

impl From<AgreementView<AccountId, BlockNumber>> for Agreement {
	fn from(agreement: AgreementView<AccountId, BlockNumber>) -> Self {
		Self {
			version: agreement.version,
			terms: agreement.terms.into(),
			consents: agreement.consents.into_iter().map(Into::into).collect(),
			paused_by: agreement.paused_by.into_iter().map(party).collect(),
			closes_at: agreement.closes_at,
			passes_left: agreement.passes_left,
		}
	}
}

/// Terms that wait for consent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
	/// What `accept` must name.
	pub version: Version,
	/// The terms.
	pub terms: Terms,
	/// First block in which it cannot be accepted any more.
	pub expires_at: BlockNumber,
	/// Who has to agree, and who has.
	pub consents: Vec<Consent>,
}

impl From<OfferView<AccountId, BlockNumber>> for Offer {
	fn from(offer: OfferView<AccountId, BlockNumber>) -> Self {
		Self {
			version: offer.version,
			terms: offer.terms.into(),
			expires_at: offer.expires_at,
			consents: offer.consents.into_iter().map(Into::into).collect(),
		}
	}
}

/// What the sides agree to. Durations are in blocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
	/// Which ways it leads: `oneWay` or `twoWay`.
	pub direction: &'static str,
	/// What it costs; nothing when it is free.
	pub toll: Option<Toll>,
	/// Who may go through.
	pub access: Access,
	/// How many may; any number when there is nothing.
	pub rate: Option<Rate>,
	/// First block in which it is over; no end when there is nothing.
	pub expires_at: Option<BlockNumber>,
	/// From `close` to the end.
	pub notice: BlockNumber,
}

impl From<TermsView<BlockNumber>> for Terms {
	fn from(terms: TermsView<BlockNumber>) -> Self {
		Self {
			direction: direction(terms.direction),
			toll: terms.toll.map(Into::into),
			access: terms.access.into(),
			rate: terms.rate.map(Into::into),
			expires_at: terms.expires_at,
			notice: terms.notice,
		}
	}
}

/// What a portal costs and who gets it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Toll {
	/// What it is paid in.
	pub asset: Asset,
	/// How much.
	pub amount: String,
	/// Who gets which part.
	pub split: Split,
}

impl From<TollView> for Toll {
	fn from(toll: TollView) -> Self {
		Self {
			asset: toll.asset.into(),
			amount: amount(toll.amount),
			split: toll.split.into(),
		}
	}
}

/// The parts of a toll, in parts per million.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Split {
	/// Of the metaverse where the portal begins.
	pub source: u32,
	/// Of the metaverse where it ends.
	pub destination: u32,
	/// Of the network's treasury.
	pub network: u32,
}

impl From<SplitView> for Split {
	fn from(split: SplitView) -> Self {
		Self {
			source: split.source.deconstruct(),
			destination: split.destination.deconstruct(),
			network: split.network.deconstruct(),
		}
	}
}

/// Who may go through a portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Access {
	/// Everyone.
	Open,
	/// Who proves to be on a list.
	Allowlist {
		/// Root of the tree over the leaves.
		root: Hash,
		/// How many leaves it has.
		leaves: u32,
	},
	/// Who owns an item of a collection.
	Holder {
		/// The collection of `pallet-nfts`.
		collection: CollectionId,
	},
}

impl From<AccessView> for Access {
	fn from(access: AccessView) -> Self {
		match access {
			AccessView::Open => Self::Open,
			AccessView::Allowlist { root, leaves } => Self::Allowlist { root, leaves },
			AccessView::Holder { collection } => Self::Holder { collection },
		}
	}
}

/// How many go through a portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rate {
	/// Passes that each window adds.
	pub refill: u32,
	/// Length of a window.
	pub window: BlockNumber,
	/// Most passes that wait to be taken.
	pub burst: u32,
}

impl From<RateView<BlockNumber>> for Rate {
	fn from(rate: RateView<BlockNumber>) -> Self {
		Self {
			refill: rate.refill,
			window: rate.window,
			burst: rate.burst,
		}
	}
}

/// One consent to a portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
	/// Who has to agree: `sourceWorld`, `sourceLand`, `destinationWorld` or `destinationLand`.
	pub party: &'static str,
	/// Who signed.
	pub by: Option<String>,
	/// Whether the rule of a town agreed.
	pub by_rule: bool,
	/// Whether it was given, and for whoever owns the thing now.
	pub counts: bool,
}

impl From<ConsentView<AccountId>> for Consent {
	fn from(consent: ConsentView<AccountId>) -> Self {
		Self {
			party: party(consent.party),
			by: consent.by.as_ref().map(address),
			by_rule: consent.by_rule,
			counts: consent.counts,
		}
	}
}

/// A storage deposit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deposit {
	/// From whom it is held, and to whom it goes back.
	pub account: String,
	/// How much, in the native token.
	pub amount: String,
}

impl From<(AccountId, Balance)> for Deposit {
	fn from((account, held): (AccountId, Balance)) -> Self {
		Self {
			account: address(&account),
			amount: amount(held),
		}
	}
}

/// The pass of an account for a portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pass {
	/// The portal.
	pub portal: PortalId,
	/// Which way it leads through the portal: `there` or `back`.
	pub way: &'static str,
	/// Metaverse from which it leads.
	pub from: MetaverseId,
	/// Metaverse to which it leads; nothing when it leads out of this chain.
	pub to: Option<MetaverseId>,
	/// How things stand with it: `valid`, `used`, `over` or `refused`.
	pub state: &'static str,
	/// First block in which its time is over.
	pub valid_until: BlockNumber,
	/// What is on hold for it until it is used, refused or over.
	pub toll: Option<Price>,
}

impl From<PassView<BlockNumber>> for Pass {
	fn from(pass: PassView<BlockNumber>) -> Self {
		Self {
			portal: pass.portal,
			way: way(pass.way),
			from: pass.from,
			to: pass.to,
			state: pass_state(pass.state),
			valid_until: pass.valid_until,
			toll: pass.toll.map(Into::into),
		}
	}
}

/// An amount of an asset.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Price {
	/// The asset.
	pub asset: Asset,
	/// How much.
	pub amount: String,
}

impl From<(AssetKind, Balance)> for Price {
	fn from((asset, price): (AssetKind, Balance)) -> Self {
		Self {
			asset: asset.into(),
			amount: amount(price),
		}
	}
}

/// A way from one metaverse to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
	/// The steps, in order; none when one is there already.
	pub steps: Vec<Hop>,
	/// All tolls in the native token together.
	pub native_toll: String,
}

impl From<RouteView> for Route {
	fn from(route: RouteView) -> Self {
		Self {
			steps: route.steps.into_iter().map(Into::into).collect(),
			native_toll: amount(route.native_toll),
		}
	}
}

/// One step of a way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hop {
	/// The portal.
	pub portal: PortalId,
	/// Which way through it: `there` or `back`.
	pub way: &'static str,
	/// The metaverse in which the step ends.
	pub to: MetaverseId,
	/// What `travel` must name.
	pub version: Version,
	/// What it costs.
	pub toll: Option<Price>,
}

impl From<RouteStep> for Hop {
	fn from(step: RouteStep) -> Self {
		Self {
			portal: step.portal,
			way: way(step.way),
			to: step.to,
			version: step.version,
			toll: step.toll.map(Into::into),
		}
	}
}

/// What an account is in the trees of allowlists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AllowlistLeaf {
	/// The leaf.
	pub leaf: Bytes,
	/// Its Blake2-256 hash, the lowest level of the tree.
	pub hash: Hash,
}

impl AllowlistLeaf {
	/// Shows an encoded leaf.
	pub fn new(leaf: Vec<u8>) -> Self {
		Self {
			hash: BlakeTwo256::hash(&leaf),
			leaf: leaf.into(),
		}
	}
}

/// The name of a state.
const fn state(state: PortalState) -> &'static str {
	match state {
		PortalState::Proposed => "proposed",
		PortalState::Open => "open",
		PortalState::Paused => "paused",
		PortalState::Closing => "closing",
		PortalState::Closed => "closed",
		PortalState::Expired => "expired",
		PortalState::Stale => "stale",
		PortalState::Suspended => "suspended",
		PortalState::Gone => "gone",
	}
}

/// The name of a party.
pub(super) const fn party(party: Party) -> &'static str {
	match party {
		Party::SourceWorld => "sourceWorld",
		Party::SourceLand => "sourceLand",
		Party::DestinationWorld => "destinationWorld",
		Party::DestinationLand => "destinationLand",
	}
}

/// The name of a direction.
const fn direction(direction: Direction) -> &'static str {
	match direction {
		Direction::OneWay => "oneWay",
		Direction::TwoWay => "twoWay",
	}
}

/// The name of a way.
const fn way(way: Way) -> &'static str {
	match way {
		Way::There => "there",
		Way::Back => "back",
	}
}

/// The name of the state of a pass.
const fn pass_state(state: PassState) -> &'static str {
	match state {
		PassState::Valid => "valid",
		PassState::Used => "used",
		PassState::Over => "over",
		PassState::Refused => "refused",
	}
}

#[cfg(test)]
pub(super) mod tests {
	use super::*;
	use madang_primitives::portal::ALLOWLIST_PURPOSE;
	use serde_json::{json, to_value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};
	use sp_runtime::Permill;

	/// Terms with everything in them.
	pub fn terms() -> TermsView<BlockNumber> {
		TermsView {
			direction: Direction::TwoWay,
			toll: Some(TollView {
				asset: AssetKind::WithId(1),
				amount: 100,
				split: SplitView {
					source: Permill::from_percent(49),
					destination: Permill::from_percent(49),
					network: Permill::from_percent(2),
				},
			}),
			access: AccessView::Open,
			rate: Some(RateView {
				refill: 5,
				window: 30,
				burst: 20,
			}),
			expires_at: Some(9_000),
			notice: 300,
		}
	}

	/// A consent of Alice, or none.
	pub fn consent(party: Party, counts: bool) -> ConsentView<AccountId> {
		ConsentView {
			party,
			by: counts.then(|| Alice.to_account_id()),
			by_rule: false,
			counts,
		}
	}

	/// A portal from parcel 7 of metaverse 3 to metaverse 4, of which the destination has not agreed
	/// to new terms.
	pub fn portal(state: PortalState) -> PortalView<AccountId, BlockNumber> {
		let consents = |destination| {
			vec![
				consent(Party::SourceWorld, true),
				consent(Party::SourceLand, true),
				consent(Party::DestinationWorld, destination),
			]
		};
		PortalView {
			id: 5,
			source: GateView {
				metaverse: 3,
				parcel: Some(7),
				spawn: "마당".into(),
			},
			destination: DestinationView::Gate(GateView {
				metaverse: 4,
				parcel: None,
				spawn: Vec::new(),
			}),
			state,
			agreement: Some(AgreementView {
				version: 1,
				terms: terms(),
				consents: consents(true),
				paused_by: vec![Party::SourceLand],
				closes_at: None,
				passes_left: Some(3),
			}),
			offer: Some(OfferView {
				version: 2,
				terms: terms(),
				expires_at: 800,
				lapsed: false,
				consents: consents(false),
			}),
			deposits: vec![(Bob.to_account_id(), 12)],
		}
	}

	#[test]
	fn a_portal_has_every_key() {
		let (alice, bob) = (
			address(&Alice.to_account_id()),
			address(&Bob.to_account_id()),
		);
		let terms = json!({
			"direction": "twoWay",
			"toll": {
				"asset": 1,
				"amount": "100",
				"split": { "source": 490_000, "destination": 490_000, "network": 20_000 },
			},
			"access": { "kind": "open" },
			"rate": { "refill": 5, "window": 30, "burst": 20 },
			"expiresAt": 9_000,
			"notice": 300,
		});
		let agreed =
			|party| json!({ "party": party, "by": alice, "byRule": false, "counts": true });
		let missing =
			json!({ "party": "destinationWorld", "by": null, "byRule": false, "counts": false });
		let mut shown = to_value(Portal::from(portal(PortalState::Paused))).expect("this is JSON");
		let next = shown["next"].take();
		assert!(next.as_array().is_some_and(|next| !next.is_empty()));
		assert_eq!(
			shown,
			json!({
				"id": 5,
				"source": { "metaverse": 3, "parcel": 7, "spawn": "마당" },
				"destination": { "kind": "gate", "metaverse": 4, "parcel": null, "spawn": "" },
				"state": "paused",
				"agreement": {
					"version": 1,
					"terms": terms,
					"consents": [
						agreed("sourceWorld"), agreed("sourceLand"), agreed("destinationWorld")
					],
					"pausedBy": ["sourceLand"],
					"closesAt": null,
					"passesLeft": 3,
				},
				"offer": {
					"version": 2,
					"terms": terms,
					"expiresAt": 800,
					"consents": [agreed("sourceWorld"), agreed("sourceLand"), missing],
				},
				"deposits": [{ "account": bob, "amount": "12" }],
				"next": null,
			})
		);
	}

	#[test]
	fn every_access_and_destination_is_told_by_its_kind() {
		let zero = format!("0x{}", "00".repeat(32));
		for (access, expected) in [
			(AccessView::Open, json!({ "kind": "open" })),
			(
				AccessView::Allowlist {
					root: Hash::zero(),
					leaves: 2,
				},
				json!({ "kind": "allowlist", "root": zero, "leaves": 2 }),
			),
			(
				AccessView::Holder { collection: 8 },
				json!({ "kind": "holder", "collection": 8 }),
			),
		] {
			assert_eq!(
				to_value(Access::from(access)).expect("this is JSON"),
				expected
			);
		}
		let external = DestinationView::External {
			uri: "https://world.example".into(),
			manifest: Hash::zero(),
		};
		assert_eq!(
			to_value(Destination::from(external)).expect("this is JSON"),
			json!({ "kind": "external", "uri": "https://world.example", "manifest": zero })
		);
	}

	#[test]
	fn a_pass_and_a_route_have_every_key() {
		let pass = PassView {
			portal: 5,
			way: Way::Back,
			from: 4,
			to: None,
			state: PassState::Used,
			valid_until: 310,
			toll: Some((AssetKind::Native, Balance::MAX)),
		};
		let toll = json!({
			"asset": "native",
			"amount": "340282366920938463463374607431768211455",
		});
		assert_eq!(
			to_value(Pass::from(pass)).expect("this is JSON"),
			json!({
				"portal": 5,
				"way": "back",
				"from": 4,
				"to": null,
				"state": "used",
				"validUntil": 310,
				"toll": toll,
			})
		);
		let route = RouteView {
			steps: vec![RouteStep {
				portal: 5,
				way: Way::There,
				to: 4,
				version: 1,
				toll: None,
			}],
			native_toll: 0,
		};
		assert_eq!(
			to_value(Route::from(route)).expect("this is JSON"),
			json!({
				"steps": [{ "portal": 5, "way": "there", "to": 4, "version": 1, "toll": null }],
				"nativeToll": "0",
			})
		);
	}

	#[test]
	fn a_leaf_is_shown_with_its_hash() {
		let shown = to_value(AllowlistLeaf::new(ALLOWLIST_PURPOSE.to_vec())).expect("this is JSON");
		let hash = BlakeTwo256::hash(&ALLOWLIST_PURPOSE);
		assert_eq!(
			shown,
			json!({
				"leaf": "0x6d6164616e672f706f7274616c2f616c6c6f776c697374",
				"hash": hash,
			})
		);
	}
}
