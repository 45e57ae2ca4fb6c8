//! A campaign in the genesis that is being made, and who is in.

use madang_primitives::{
	escrow::{CampaignId, Milestone, Policy, PositionId, Terms},
	Balance, MetaverseId,
};
use madang_runtime::{AccountId, BlockNumber, Escrow, Hash, Runtime};
use pallet_escrow::{Campaigns, NextCampaign, PositionOfOwner};

use super::genesis::signed;

/// A campaign that takes money.
pub struct Campaign {
	/// Its id.
	pub id: CampaignId,
	/// Version of its terms.
	pub version: u8,
	/// What investors sign.
	pub terms_hash: Hash,
}

impl Campaign {
	/// Opens a campaign for everyone, for a metaverse of the founder.
	pub fn open(
		founder: impl Into<AccountId>,
		metaverse: MetaverseId,
		terms: Terms<BlockNumber>,
		milestones: Vec<Milestone<BlockNumber>>,
	) -> Self {
		let founder = founder.into();
		let id = NextCampaign::<Runtime>::get();
		let origin = || signed(founder.clone());
		Escrow::create(origin(), metaverse, terms, milestones, Policy::Open)
			.expect("the terms are within the rules");
		Escrow::open(origin(), id).expect("the founder has the bond");
		let campaign = Campaigns::<Runtime>::get(id).expect("it was created");
		Self {
			id,
			version: campaign.version,
			terms_hash: campaign.terms_hash,
		}
	}

	/// Lets somebody put money in, and gives the position.
	pub fn take(&self, who: &AccountId, amount: Balance) -> PositionId {
		Escrow::commit(
			signed(who.clone()),
			self.id,
			amount,
			amount,
			self.version,
			self.terms_hash,
		)
		.expect("the campaign takes money");
		PositionOfOwner::<Runtime>::get(who, self.id).expect("whoever is in has one")
	}
}
