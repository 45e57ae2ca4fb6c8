//! What `escrow_*` answers, as far as campaigns that are played need it.
//!
//! Fields that these types do not name are passed over.

use jsonrpsee::{core::params::ArrayParams, rpc_params};
use madang_primitives::{
	escrow::{AssetKind, CampaignId, Phase, PositionId, Rules},
	Balance, MetaverseId,
};
use madang_runtime::{AccountId, BlockNumber, Hash};
use serde::{de::Error as _, Deserialize, Deserializer};

use crate::chain::{Chain, Error};

/// Every phase, to find one by its name.
const PHASES: [Phase; 16] = [
	Phase::Draft,
	Phase::Upcoming,
	Phase::Open,
	Phase::Locked,
	Phase::Reconfirm,
	Phase::Ended,
	Phase::Working,
	Phase::Voting,
	Phase::Decided,
	Phase::Grace,
	Phase::Payable,
	Phase::Disputed,
	Phase::Overdue,
	Phase::Failed,
	Phase::WindDown,
	Phase::Completed,
];

/// A campaign, as `escrow_campaign` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Campaign {
	/// Its id.
	pub id: CampaignId,
	/// The metaverse for which it collects.
	pub metaverse: MetaverseId,
	/// Where tranches are paid.
	pub beneficiary: AccountId,
	/// Where the money waits.
	pub pot: AccountId,
	/// How far it has come.
	#[serde(deserialize_with = "phase")]
	pub phase: Phase,
	/// What the clock says.
	pub now: Moment,
	/// Version of the terms.
	pub version: u8,
	/// Hash of the terms, which investors sign.
	pub terms_hash: Hash,
	/// Principal that belongs to the units.
	#[serde(deserialize_with = "amount")]
	pub pool: Balance,
	/// Money of investors who have not agreed to changed terms.
	#[serde(deserialize_with = "amount")]
	pub stale: Balance,
	/// The founder's bond on hold.
	#[serde(deserialize_with = "amount")]
	pub bond: Balance,
	/// Every flow since the beginning.
	pub money: Money,
	/// Positions that exist.
	pub positions: u32,
	/// The milestone that comes next, counted from 0.
	pub next_milestone: u8,
}

/// A point in time.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub struct Moment {
	/// Height of the chain.
	pub block: BlockNumber,
}

/// Every flow of a campaign's money, as the chain counts them.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Money {
	/// Put in by investors.
	#[serde(deserialize_with = "amount")]
	pub committed: Balance,
	/// Taken out by investors who changed their mind in time.
	#[serde(deserialize_with = "amount")]
	pub withdrawn: Balance,
	/// Given back because the campaign failed or its terms changed.
	#[serde(deserialize_with = "amount")]
	pub refunded: Balance,
	/// Paid to the startup.
	#[serde(deserialize_with = "amount")]
	pub released: Balance,
	/// Paid to the network on releases.
	#[serde(deserialize_with = "amount")]
	pub fees: Balance,
	/// Taken out by investors who were overruled.
	#[serde(deserialize_with = "amount")]
	pub exited: Balance,
	/// Taken out by investors after the campaign was wound down.
	#[serde(deserialize_with = "amount")]
	pub claimed: Balance,
	/// Put at stake by the founder.
	#[serde(deserialize_with = "amount")]
	pub bond_deposited: Balance,
	/// Given back of it.
	#[serde(deserialize_with = "amount")]
	pub bond_returned: Balance,
	/// Given to the investors of it.
	#[serde(deserialize_with = "amount")]
	pub bond_slashed: Balance,
	/// Given to the treasury of it.
	#[serde(deserialize_with = "amount")]
	pub bond_to_treasury: Balance,
	/// Bonds of frivolous disputes, given to the investors.
	#[serde(deserialize_with = "amount")]
	pub dispute_slashed: Balance,
}

/// What a ticket would be accepted for, as `escrow_quote` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
	/// What would be accepted.
	#[serde(deserialize_with = "amount")]
	pub accepted: Balance,
	/// Version of the terms to name.
	pub version: u8,
	/// Hash of the terms to sign.
	pub terms_hash: Hash,
}

/// What a position could take out, as `escrow_claimable` answers.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub struct Claimable {
	/// With `exit`.
	#[serde(deserialize_with = "amount")]
	pub exit: Balance,
	/// With `claim`.
	#[serde(deserialize_with = "amount")]
	pub claim: Balance,
}

impl Chain {
	/// A campaign in a block, the best one if none is named.
	pub async fn campaign(&self, id: CampaignId, at: Option<Hash>) -> Result<Campaign, Error> {
		self.request("escrow_campaign", rpc_params![id, at]).await
	}

	/// What a ticket of this size would be accepted for.
	pub async fn ticket(&self, campaign: CampaignId, amount: Balance) -> Result<Ticket, Error> {
		self.request("escrow_quote", rpc_params![campaign, amount.to_string()])
			.await
	}

	/// What a position could take out.
	pub async fn claimable(&self, position: PositionId) -> Result<Claimable, Error> {
		self.request("escrow_claimable", rpc_params![position])
			.await
	}

	/// The limits within which founders choose their terms.
	pub async fn rules(&self) -> Result<Rules<BlockNumber>, Error> {
		self.request("escrow_rules", ArrayParams::new()).await
	}
}

/// An asset as the command line and people name it: `native`, or its number.
pub fn asset(text: &str) -> Result<AssetKind, String> {
	match text {
		"native" => Ok(AssetKind::Native),
		number => number
			.parse()
			.map(AssetKind::WithId)
			.map_err(|_| format!("{text:?} is neither `native` nor the number of an asset")),
	}
}

/// An amount: a decimal string of the smallest unit.
fn amount<'de, D: Deserializer<'de>>(input: D) -> Result<Balance, D::Error> {
	String::deserialize(input)?
		.parse()
		.map_err(D::Error::custom)
}

/// A phase by its name, in whatever case.
fn phase<'de, D: Deserializer<'de>>(input: D) -> Result<Phase, D::Error> {
	let name = String::deserialize(input)?;
	PHASES
		.into_iter()
		.find(|phase| format!("{phase:?}").eq_ignore_ascii_case(&name))
		.ok_or_else(|| D::Error::custom(format!("{name:?} is no phase of a campaign")))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn phases_are_read_as_the_node_writes_them() {
		#[derive(Deserialize)]
		struct Shown {
			#[serde(deserialize_with = "phase")]
			phase: Phase,
		}
		let read = |name: &str| {
			serde_json::from_str::<Shown>(&format!(r#"{{"phase":"{name}"}}"#))
				.map(|shown| shown.phase)
				.ok()
		};
		assert_eq!(read("windDown"), Some(Phase::WindDown));
		assert_eq!(read("voting"), Some(Phase::Voting));
		assert_eq!(read("nothing"), None);
	}

	#[test]
	fn assets_are_named_by_a_word_or_a_number() {
		assert_eq!(asset("native"), Ok(AssetKind::Native));
		assert_eq!(asset("1"), Ok(AssetKind::WithId(1)));
		assert!(asset("TUSD").is_err());
	}
}
