//! What the generator knows of the state when it chooses what happens next.

use madang_primitives::{
	escrow::{CampaignId, Instant, Phase, Position, PositionId},
	metaverse::Stage,
	portal::PortalId,
	MetaverseId, ParcelId,
};
use madang_runtime::{AccountId, BlockNumber, Metaverse, Runtime, System, Timestamp};
use pallet_attestation::Record;
use pallet_escrow::{Agreement, Campaign};
use pallet_land::{Parcel, Territory};
use pallet_metaverse::{Endpoint, ManagerList, MetaverseRecord};
use pallet_portal::{Offer, Pass, Portal};

/// A metaverse with its land.
pub struct World {
	/// Its id.
	pub id: MetaverseId,
	/// What the registry says.
	pub record: MetaverseRecord<AccountId, u128, BlockNumber>,
	/// Its own account.
	pub account: AccountId,
	/// Its managers.
	pub managers: ManagerList<AccountId>,
	/// Where visitors enter.
	pub endpoints: Vec<Endpoint>,
	/// Its land.
	pub territory: Territory,
}

impl World {
	/// Whoever owns it, if it is not the network.
	pub const fn owner(&self) -> Option<&AccountId> {
		self.record.owner.account()
	}

	/// Whether it was launched.
	pub fn is_launched(&self) -> bool {
		self.record.stage == Stage::Launched
	}
}

/// A parcel with who owns it.
pub struct Plot {
	/// The metaverse.
	pub metaverse: MetaverseId,
	/// Its id.
	pub id: ParcelId,
	/// What is stored of it.
	pub parcel: Parcel<AccountId>,
	/// Who owns the item, if it was not burned.
	pub owner: Option<AccountId>,
}

/// A campaign with all that belongs to it.
pub struct Round {
	/// Its id.
	pub id: CampaignId,
	/// Its books.
	pub campaign: Campaign<AccountId, BlockNumber>,
	/// What was agreed.
	pub agreement: Agreement<AccountId, BlockNumber>,
	/// How far it is.
	pub phase: Phase,
	/// Who may act as the founder.
	pub founder: Option<AccountId>,
}

/// All of it.
pub struct View {
	/// The running block.
	pub block: BlockNumber,
	/// Milliseconds since 1970.
	pub time: u64,
	/// The metaverses.
	pub worlds: Vec<World>,
	/// The parcels.
	pub plots: Vec<Plot>,
	/// The campaigns.
	pub campaigns: Vec<Round>,
	/// The positions of investors.
	pub positions: Vec<(PositionId, Position<AccountId, BlockNumber>)>,
	/// The portals.
	pub portals: Vec<(PortalId, Portal<AccountId, BlockNumber>)>,
	/// The offers.
	pub offers: Vec<(PortalId, Offer<AccountId, BlockNumber>)>,
	/// The passes of visitors.
	pub passes: Vec<(PortalId, AccountId, Pass<BlockNumber>)>,
	/// Who vouches for whom.
	pub attestations: Vec<(AccountId, AccountId, Record)>,
}

impl View {
	/// Looks at the state.
	pub fn of_the_state() -> Self {
		let block = System::block_number();
		let time = Timestamp::get();
		let worlds: Vec<World> = pallet_metaverse::Metaverses::<Runtime>::iter()
			.filter_map(|(id, record)| {
				Some(World {
					id,
					record,
					account: Metaverse::account_of(id),
					managers: pallet_metaverse::Managers::<Runtime>::get(id),
					endpoints: pallet_metaverse::Endpoints::<Runtime>::get(id).into_inner(),
					territory: pallet_land::Territories::<Runtime>::get(id)?,
				})
			})
			.collect();
		let plots = pallet_land::Parcels::<Runtime>::iter()
			.map(|(metaverse, id, parcel)| Plot {
				metaverse,
				id,
				parcel,
				owner: worlds
					.iter()
					.find(|world| world.id == metaverse)
					.and_then(|world| madang_runtime::Nfts::owner(world.territory.collection, id)),
			})
			.collect();
		let now = Instant { block, time };
		let campaigns = pallet_escrow::Campaigns::<Runtime>::iter()
			.filter_map(|(id, campaign)| {
				let world = worlds.iter().find(|world| world.id == campaign.metaverse);
				Some(Round {
					id,
					phase: madang_runtime::Escrow::phase(id, &campaign, &now),
					agreement: pallet_escrow::Agreements::<Runtime>::get(id)?,
					founder: world.and_then(|world| world.owner().cloned()),
					campaign,
				})
			})
			.collect();
		Self {
			block,
			time,
			worlds,
			plots,
			campaigns,
			positions: pallet_escrow::Positions::<Runtime>::iter().collect(),
			portals: pallet_portal::Portals::<Runtime>::iter().collect(),
			offers: pallet_portal::Offers::<Runtime>::iter().collect(),
			passes: pallet_portal::Passes::<Runtime>::iter().collect(),
			attestations: pallet_attestation::Attestations::<Runtime>::iter().collect(),
		}
	}

	/// A metaverse by its id.
	pub fn world(&self, id: MetaverseId) -> Option<&World> {
		self.worlds.iter().find(|world| world.id == id)
	}

	/// A campaign by its id.
	pub fn campaign(&self, id: CampaignId) -> Option<&Round> {
		self.campaigns.iter().find(|round| round.id == id)
	}
}
