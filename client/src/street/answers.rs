//! What `portal_*` answers, as far as a street needs it.
//!
//! Terms are read into the types in which they are signed, so that both can be compared. Fields that
//! these types do not name are passed over.

use std::fmt::Debug;

use jsonrpsee::rpc_params;
use madang_primitives::{
	escrow::AssetKind,
	portal::{
		Access, Direction, Party, PassState, PortalId, PortalState, Rate, Split, Terms, Toll,
		Version, Way,
	},
	Balance, CollectionId, MetaverseId, ParcelId, MAX_PAGE,
};
use madang_runtime::{AccountId, BlockNumber, Hash};
use serde::{de::Error as _, Deserialize, Deserializer};
use sp_core::Bytes;
use sp_runtime::Permill;

use crate::{
	answers::{amount, Page},
	chain::{Chain, Error},
};

/// A portal, as `portal_get` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Portal {
	/// Its id.
	pub id: PortalId,
	/// Where it begins.
	pub source: Gate,
	/// Where it ends.
	pub destination: Destination,
	/// How things stand with it.
	#[serde(deserialize_with = "state")]
	pub state: PortalState,
	/// What is in force; `None` while it is only proposed.
	pub agreement: Option<Agreement>,
	/// What waits for consent.
	pub offer: Option<Offer>,
}

/// One end of a portal.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Gate {
	/// The metaverse.
	pub metaverse: MetaverseId,
	/// The parcel on which it stands.
	pub parcel: Option<ParcelId>,
	/// Name of the place where visitors appear.
	pub spawn: String,
}

/// Where a portal ends.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Destination {
	/// In a metaverse.
	Gate(Gate),
	/// In a world that is not on this chain.
	External {
		/// Where it is.
		uri: String,
	},
}

/// What is in force between the sides of a portal.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Agreement {
	/// What `travel` must name.
	pub version: Version,
	/// The terms.
	#[serde(deserialize_with = "terms")]
	pub terms: Terms<BlockNumber>,
	/// Who agreed.
	pub consents: Vec<Consent>,
}

/// Terms that wait for consent.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Offer {
	/// What `accept` must name.
	pub version: Version,
	/// The terms.
	#[serde(deserialize_with = "terms")]
	pub terms: Terms<BlockNumber>,
}

/// One consent to a portal.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
	/// Who has to agree.
	#[serde(deserialize_with = "party")]
	pub party: Party,
	/// Who signed.
	pub by: Option<AccountId>,
	/// Whether the rule of a town agreed.
	pub by_rule: bool,
	/// Whether it counts.
	pub counts: bool,
}

/// A pass, as `portal_pass` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Pass {
	/// Which way it leads.
	#[serde(deserialize_with = "way")]
	pub way: Way,
	/// Metaverse to which it leads.
	pub to: Option<MetaverseId>,
	/// How things stand with it.
	#[serde(deserialize_with = "pass_state")]
	pub state: PassState,
	/// What is on hold for it.
	pub toll: Option<Price>,
}

/// An amount of an asset.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Price {
	/// The asset.
	#[serde(deserialize_with = "asset")]
	pub asset: AssetKind,
	/// How much.
	#[serde(deserialize_with = "amount")]
	pub amount: Balance,
}

/// A way from one metaverse to another, as `portal_route` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Route {
	/// The steps, in order.
	pub steps: Vec<Hop>,
	/// All tolls in the native token together.
	#[serde(deserialize_with = "amount")]
	pub native_toll: Balance,
}

/// One step of a way.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Hop {
	/// The portal.
	pub portal: PortalId,
	/// Which way through it.
	#[serde(deserialize_with = "way")]
	pub way: Way,
	/// The metaverse in which the step ends.
	pub to: MetaverseId,
	/// What `travel` must name.
	pub version: Version,
	/// What it costs.
	pub toll: Option<Price>,
}

/// The leaf of an account, as `portal_allowlistLeaf` answers.
#[derive(Deserialize)]
struct Leaf {
	leaf: Bytes,
}

impl Chain {
	/// One portal.
	pub async fn portal(&self, id: PortalId) -> Result<Portal, Error> {
		self.request("portal_get", rpc_params![id]).await
	}

	/// The portals in force that begin in a metaverse.
	pub async fn portals_from(&self, metaverse: MetaverseId) -> Result<Vec<Portal>, Error> {
		self.request("portal_from", rpc_params![metaverse]).await
	}

	/// The portals in force that end in a metaverse.
	pub async fn portals_to(&self, metaverse: MetaverseId) -> Result<Vec<Portal>, Error> {
		self.request("portal_to", rpc_params![metaverse]).await
	}

	/// The portals that were only proposed by or to a metaverse, page by page.
	pub async fn proposals_of(&self, metaverse: MetaverseId) -> Result<Vec<Portal>, Error> {
		let mut found = Vec::new();
		let mut cursor: Option<String> = None;
		loop {
			let params = rpc_params![metaverse, cursor, MAX_PAGE];
			let page: Page<Portal> = self.request("portal_proposals", params).await?;
			found.extend(page.items);
			match page.next {
				None => return Ok(found),
				next => cursor = next,
			}
		}
	}

	/// The pass of an account for a portal.
	pub async fn pass(&self, id: PortalId, account: &AccountId) -> Result<Option<Pass>, Error> {
		self.request("portal_pass", rpc_params![id, account]).await
	}

	/// The cheapest way on foot.
	pub async fn route(
		&self,
		from: MetaverseId,
		to: MetaverseId,
		max_hops: u32,
	) -> Result<Route, Error> {
		self.request("portal_route", rpc_params![from, to, max_hops])
			.await
	}

	/// The leaf by which this chain knows an account in lists.
	pub async fn allowlist_leaf(&self, account: &AccountId) -> Result<Vec<u8>, Error> {
		let Leaf { leaf } = self
			.request("portal_allowlistLeaf", rpc_params![account])
			.await?;
		Ok(leaf.0)
	}
}

/// One of several things by its name in camel case.
fn named<'de, D: Deserializer<'de>, T: Copy + Debug>(input: D, all: &[T]) -> Result<T, D::Error> {
	let name = String::deserialize(input)?;
	all.iter()
		.find(|thing| format!("{thing:?}").eq_ignore_ascii_case(&name))
		.copied()
		.ok_or_else(|| D::Error::custom(format!("{name:?} is none of {all:?}")))
}

fn state<'de, D: Deserializer<'de>>(input: D) -> Result<PortalState, D::Error> {
	use PortalState::{Closed, Closing, Expired, Gone, Open, Paused, Proposed, Stale, Suspended};
	let all = [
		Proposed, Open, Paused, Closing, Closed, Expired, Stale, Suspended, Gone,
	];
	named(input, &all)
}

fn party<'de, D: Deserializer<'de>>(input: D) -> Result<Party, D::Error> {
	named(input, &Party::ALL)
}

fn way<'de, D: Deserializer<'de>>(input: D) -> Result<Way, D::Error> {
	named(input, &[Way::There, Way::Back])
}

fn direction<'de, D: Deserializer<'de>>(input: D) -> Result<Direction, D::Error> {
	named(input, &[Direction::OneWay, Direction::TwoWay])
}

fn pass_state<'de, D: Deserializer<'de>>(input: D) -> Result<PassState, D::Error> {
	let all = [
		PassState::Valid,
		PassState::Used,
		PassState::Over,
		PassState::Refused,
	];
	named(input, &all)
}

/// `native`, or the number of an asset.
fn asset<'de, D: Deserializer<'de>>(input: D) -> Result<AssetKind, D::Error> {
	#[derive(Deserialize)]
	#[serde(untagged)]
	enum Shown {
		Id(u32),
		Name(String),
	}
	match Shown::deserialize(input)? {
		Shown::Id(id) => Ok(AssetKind::WithId(id)),
		Shown::Name(name) if name == "native" => Ok(AssetKind::Native),
		Shown::Name(name) => Err(D::Error::custom(format!("{name:?} is no asset"))),
	}
}

/// Terms as they are signed.
fn terms<'de, D: Deserializer<'de>>(input: D) -> Result<Terms<BlockNumber>, D::Error> {
	#[derive(Deserialize)]
	#[serde(rename_all = "camelCase")]
	struct Shown {
		#[serde(deserialize_with = "direction")]
		direction: Direction,
		toll: Option<ShownToll>,
		access: ShownAccess,
		rate: Option<ShownRate>,
		expires_at: Option<BlockNumber>,
		notice: BlockNumber,
	}
	#[derive(Deserialize)]
	struct ShownToll {
		#[serde(flatten)]
		price: Price,
		split: ShownSplit,
	}
	#[derive(Deserialize)]
	struct ShownSplit {
		source: u32,
		destination: u32,
		network: u32,
	}
	#[derive(Deserialize)]
	#[serde(tag = "kind", rename_all = "camelCase")]
	enum ShownAccess {
		Open,
		Allowlist { root: Hash, leaves: u32 },
		Holder { collection: CollectionId },
	}
	#[derive(Deserialize)]
	struct ShownRate {
		refill: u32,
		window: BlockNumber,
		burst: u32,
	}

	let shown = Shown::deserialize(input)?;
	Ok(Terms {
		direction: shown.direction,
		toll: shown.toll.map(|toll| Toll {
			asset: toll.price.asset,
			amount: toll.price.amount,
			split: Split {
				source: Permill::from_parts(toll.split.source),
				destination: Permill::from_parts(toll.split.destination),
				network: Permill::from_parts(toll.split.network),
			},
		}),
		access: match shown.access {
			ShownAccess::Open => Access::Open,
			ShownAccess::Allowlist { root, leaves } => Access::Allowlist { root, leaves },
			ShownAccess::Holder { collection } => Access::Holder { collection },
		},
		rate: shown.rate.map(|rate| Rate {
			refill: rate.refill,
			window: rate.window,
			burst: rate.burst,
		}),
		expires_at: shown.expires_at,
		notice: shown.notice,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	const PORTAL: &str = r#"{
		"id": 3,
		"source": { "metaverse": 1, "parcel": 40, "spawn": "" },
		"destination": { "kind": "gate", "metaverse": 5, "parcel": null, "spawn": "door" },
		"state": "closing",
		"agreement": {
			"version": 2,
			"terms": {
				"direction": "oneWay",
				"toll": {
					"asset": 1,
					"amount": "2500001",
					"split": { "source": 600000, "destination": 380000, "network": 20000 }
				},
				"access": { "kind": "allowlist", "root": "0x1111111111111111111111111111111111111111111111111111111111111111", "leaves": 2 },
				"rate": null,
				"expiresAt": null,
				"notice": 300
			},
			"consents": [
				{ "party": "sourceWorld", "by": null, "byRule": true, "counts": true },
				{ "party": "sourceLand", "by": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "byRule": false, "counts": true }
			],
			"pausedBy": [],
			"closesAt": 900,
			"passesLeft": null
		},
		"offer": null,
		"deposits": [],
		"next": []
	}"#;

	fn read(text: &str) -> Result<Portal, String> {
		serde_json::from_str(text).map_err(|error| error.to_string())
	}

	#[test]
	fn portals_are_read_as_the_node_writes_them() {
		let portal = read(PORTAL).unwrap_or_else(|error| panic!("{error}"));
		assert_eq!(portal.state, PortalState::Closing);
		assert_eq!(portal.source.parcel, Some(40));
		assert!(matches!(&portal.destination, Destination::Gate(gate) if gate.spawn == "door"));
		let agreement = portal.agreement.expect("it is in force");
		assert_eq!(agreement.version, 2);
		assert_eq!(agreement.terms.direction, Direction::OneWay);
		let toll = agreement.terms.toll.expect("it costs something");
		assert_eq!((toll.asset, toll.amount), (AssetKind::WithId(1), 2_500_001));
		assert!(toll.split.is_whole());
		assert!(matches!(
			agreement.terms.access,
			Access::Allowlist { leaves: 2, .. }
		));
		assert_eq!(agreement.consents[0].party, Party::SourceWorld);
		assert!(agreement.consents[0].by_rule && agreement.consents[1].by.is_some());
	}

	#[test]
	fn what_nobody_knows_is_refused() {
		for (from, to) in [
			("\"closing\"", "\"ajar\""),
			("\"oneWay\"", "\"sideways\""),
			("\"asset\": 1", "\"asset\": \"gold\""),
			("\"amount\": \"2500001\"", "\"amount\": 2500001"),
			("\"sourceLand\"", "\"neighbour\""),
			("\"allowlist\"", "\"rumour\""),
		] {
			assert!(PORTAL.contains(from), "{from}");
			assert!(read(&PORTAL.replacen(from, to, 1)).is_err(), "{to}");
		}
	}

	#[test]
	fn steps_and_passes_are_read() {
		let route: Route = serde_json::from_str(
			r#"{"steps":[{"portal":3,"way":"back","to":1,"version":1,"toll":{"asset":"native","amount":"7"}},
			{"portal":4,"way":"there","to":2,"version":5,"toll":null}],"nativeToll":"7"}"#,
		)
		.expect("it is a route");
		assert_eq!((route.steps.len(), route.native_toll), (2, 7));
		assert_eq!(route.steps[0].way, Way::Back);
		assert_eq!(
			route.steps[0].toll,
			Some(Price {
				asset: AssetKind::Native,
				amount: 7
			})
		);
		let pass: Pass = serde_json::from_str(
			r#"{"portal":3,"way":"there","from":1,"to":2,"state":"used","validUntil":9,"toll":null}"#,
		)
		.expect("it is a pass");
		assert_eq!(pass.state, PassState::Used);
	}
}
