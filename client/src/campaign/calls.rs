//! The calls that campaigns take, as the runtime names them.

use codec::Compact;
use madang_primitives::{
	attestation::{InvestorClass, SubjectId},
	escrow::{AssetKind, CampaignId, Milestone, PolicyInput, PositionId, Terms},
	Balance, MetaverseId,
};
use madang_runtime::{AccountId, Address, BlockNumber, Hash, ProxyType, Runtime, RuntimeCall};

use crate::calls;

/// Pays an amount of an asset to an account; the payer stays alive.
pub fn pay(asset: &AssetKind, to: &AccountId, amount: Balance) -> RuntimeCall {
	match asset {
		AssetKind::Native => calls::pay(to, amount),
		AssetKind::WithId(id) => {
			RuntimeCall::Assets(pallet_assets::Call::<Runtime>::transfer_keep_alive {
				id: Compact(*id),
				target: Address::Id(to.clone()),
				amount,
			})
		}
	}
}

/// Drafts a campaign.
pub fn create(
	metaverse: MetaverseId,
	terms: Terms<BlockNumber>,
	milestones: Vec<Milestone<BlockNumber>>,
	policy: PolicyInput<AccountId>,
) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::create {
		metaverse,
		terms,
		milestones,
		policy,
	})
}

/// Opens a draft.
pub fn open(campaign: CampaignId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::open { campaign })
}

/// Throws a draft away.
pub fn discard(campaign: CampaignId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::discard { campaign })
}

/// Commits `amount`, all of it or nothing, to the terms with this hash.
pub fn commit(campaign: CampaignId, amount: Balance, version: u8, terms_hash: Hash) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::commit {
		campaign,
		amount,
		min_accept: amount,
		version,
		terms_hash,
	})
}

/// Ends a campaign before it has succeeded; everybody can claim everything back.
pub fn cancel(campaign: CampaignId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::cancel { campaign })
}

/// Does what is due.
pub fn advance(campaign: CampaignId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::advance { campaign })
}

/// Shows what was done for the next milestone.
pub fn submit_milestone(campaign: CampaignId, evidence: Hash) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::submit_milestone { campaign, evidence })
}

/// Votes.
pub fn vote(position: PositionId, aye: bool) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::vote { position, aye })
}

/// Leaves after being overruled.
pub fn exit(position: PositionId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::exit { position })
}

/// Claims a refund, or a share of what is left.
pub fn claim(position: PositionId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::claim { position })
}

/// Claims for the owner of a position.
pub fn claim_for(position: PositionId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::claim_for { position })
}

/// Removes a campaign in which nobody has anything any more.
pub fn close(campaign: CampaignId) -> RuntimeCall {
	RuntimeCall::Escrow(pallet_escrow::Call::<Runtime>::close { campaign })
}

/// Vouches for somebody without an end.
pub fn attest(
	who: &AccountId,
	subject: SubjectId,
	class: InvestorClass,
	cap: Balance,
) -> RuntimeCall {
	RuntimeCall::Attestation(pallet_attestation::Call::<Runtime>::attest {
		who: Address::Id(who.clone()),
		subject,
		class,
		cap,
		until: None,
	})
}

/// Lets somebody act for the signer, within what the type allows.
pub fn add_proxy(delegate: &AccountId, proxy_type: ProxyType) -> RuntimeCall {
	RuntimeCall::Proxy(pallet_proxy::Call::<Runtime>::add_proxy {
		delegate: Address::Id(delegate.clone()),
		proxy_type,
		delay: 0,
	})
}

/// Makes a call for somebody who named the signer as proxy.
pub fn for_somebody(real: &AccountId, call: RuntimeCall) -> RuntimeCall {
	RuntimeCall::Proxy(pallet_proxy::Call::<Runtime>::proxy {
		real: Address::Id(real.clone()),
		force_proxy_type: None,
		call: Box::new(call),
	})
}
