//! Runtime APIs of Madang: what a node, a light client or an indexer can ask.
//!
//! The JSON-RPC methods `metaverse_*`, `land_*`, `escrow_*` and `portal_*` are built on these, and any node that knows
//! nothing of Madang answers the same through `state_call`. Every query is bounded: lists come in
//! pages, viewports have a largest side.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use codec::Codec;
use madang_primitives::{
	escrow::{
		AssetKind, AssetRules, CampaignId, CampaignView, Claimable, EscrowQueryError, PositionId,
		PositionView, Rules, TicketQuote,
	},
	geometry::Area,
	land::{AreaView, ItemCursor, LandQueryError, OwnedParcel, ParcelView, Quote, SupplyView},
	metaverse::{MetaverseQueryError, MetaverseView},
	portal::{PassView, PortalId, PortalQueryError, PortalView, Route},
	Balance, MetaverseId, Page, ParcelId,
};

sp_api::decl_runtime_apis! {
	/// Queries about metaverses.
	pub trait MetaverseApi<AccountId, Balance, BlockNumber>
	where
		AccountId: Codec,
		Balance: Codec,
		BlockNumber: Codec,
	{
		/// One metaverse.
		fn get(id: MetaverseId) -> Option<MetaverseView<AccountId, Balance, BlockNumber>>;

		/// The metaverse with this slug.
		fn by_slug(slug: Vec<u8>) -> Option<MetaverseView<AccountId, Balance, BlockNumber>>;

		/// All metaverses in ascending order of their ids. The cursor is the first id to look at.
		fn list(
			cursor: Option<MetaverseId>,
			limit: u32,
		) -> Result<
			Page<MetaverseView<AccountId, Balance, BlockNumber>, MetaverseId>,
			MetaverseQueryError,
		>;

		/// The metaverses of one owner. The cursor is the last id that was seen.
		fn owned_by(
			owner: AccountId,
			cursor: Option<MetaverseId>,
			limit: u32,
		) -> Result<
			Page<MetaverseView<AccountId, Balance, BlockNumber>, MetaverseId>,
			MetaverseQueryError,
		>;

		/// The account of a metaverse, known even before the metaverse exists.
		fn account(id: MetaverseId) -> AccountId;
	}

	/// Queries about land.
	pub trait LandApi<AccountId, Balance, BlockNumber>
	where
		AccountId: Codec,
		Balance: Codec,
		BlockNumber: Codec,
	{
		/// One parcel.
		fn parcel(
			metaverse: MetaverseId,
			parcel: ParcelId,
		) -> Result<ParcelView<AccountId, Balance, BlockNumber>, LandQueryError>;

		/// The parcel that covers a cell, `None` when the cell is free.
		fn parcel_at(
			metaverse: MetaverseId,
			x: u16,
			y: u16,
		) -> Result<Option<ParcelView<AccountId, Balance, BlockNumber>>, LandQueryError>;

		/// The parcels that touch a viewport.
		fn area(metaverse: MetaverseId, area: Area) -> Result<AreaView<AccountId>, LandQueryError>;

		/// The parcels of one owner in all metaverses. The cursor is the last item that was seen.
		fn parcels_of(
			owner: AccountId,
			cursor: Option<ItemCursor>,
			limit: u32,
		) -> Result<Page<OwnedParcel, ItemCursor>, LandQueryError>;

		/// What a territory of this many cells costs, now and in the next price period.
		fn quote(cells: u32) -> Result<Quote<Balance, BlockNumber>, LandQueryError>;

		/// How scarce land is.
		fn supply() -> SupplyView<Balance, BlockNumber>;
	}

	/// Queries about funding campaigns.
	pub trait EscrowApi<AccountId, BlockNumber>
	where
		AccountId: Codec,
		BlockNumber: Codec,
	{
		/// One campaign, and what may happen next in it, by whom and when.
		fn campaign(id: CampaignId) -> Option<CampaignView<AccountId, BlockNumber>>;

		/// All campaigns in ascending order of their ids. The cursor is the first id to look at.
		fn campaigns(
			cursor: Option<CampaignId>,
			limit: u32,
		) -> Result<Page<CampaignView<AccountId, BlockNumber>, CampaignId>, EscrowQueryError>;

		/// The campaigns of one metaverse. The cursor is the last id that was seen.
		fn campaigns_of(
			metaverse: MetaverseId,
			cursor: Option<CampaignId>,
			limit: u32,
		) -> Result<Page<CampaignView<AccountId, BlockNumber>, CampaignId>, EscrowQueryError>;

		/// One position, and what it could take out now.
		fn position(id: PositionId) -> Option<PositionView<AccountId, BlockNumber>>;

		/// The positions of one owner. The cursor is the campaign of the last one that was seen.
		fn positions_of(
			owner: AccountId,
			cursor: Option<CampaignId>,
			limit: u32,
		) -> Result<Page<PositionView<AccountId, BlockNumber>, CampaignId>, EscrowQueryError>;

		/// What a ticket would be accepted for now.
		fn quote(campaign: CampaignId, amount: Balance) -> Result<TicketQuote, EscrowQueryError>;

		/// What a position could take out now, and by which call.
		fn claimable(position: PositionId) -> Option<Claimable>;

		/// The limits within which founders choose their terms.
		fn rules() -> Rules<BlockNumber>;

		/// What a campaign in this asset must be worth; `None` when it may not be collected.
		fn asset_rules(asset: AssetKind) -> Option<AssetRules>;
	}

	/// Queries about portals.
	pub trait PortalApi<AccountId, BlockNumber>
	where
		AccountId: Codec,
		BlockNumber: Codec,
	{
		/// One portal, proposed or in force.
		fn get(id: PortalId) -> Option<PortalView<AccountId, BlockNumber>>;

		/// The portals in force that begin in a metaverse, oldest first; at most 64.
		fn portals_from(
			metaverse: MetaverseId,
		) -> Result<Vec<PortalView<AccountId, BlockNumber>>, PortalQueryError>;

		/// The portals in force that end in a metaverse, oldest first; at most 64.
		fn portals_to(
			metaverse: MetaverseId,
		) -> Result<Vec<PortalView<AccountId, BlockNumber>>, PortalQueryError>;

		/// The portals that were proposed by or to a metaverse and are not in force. The cursor is the last
		/// id that was seen.
		fn proposals(
			metaverse: MetaverseId,
			cursor: Option<PortalId>,
			limit: u32,
		) -> Result<Page<PortalView<AccountId, BlockNumber>, PortalId>, PortalQueryError>;

		/// All portals, proposed or in force, in ascending order of their ids. The cursor is the first id
		/// to look at.
		fn portals(
			cursor: Option<PortalId>,
			limit: u32,
		) -> Result<Page<PortalView<AccountId, BlockNumber>, PortalId>, PortalQueryError>;

		/// The pass of an account for a portal.
		fn pass(id: PortalId, account: AccountId) -> Option<PassView<BlockNumber>>;

		/// The leaf of an account in the allowlists of this chain, SCALE-encoded. The tree is made over
		/// the Blake2-256 hashes of these.
		fn allowlist_leaf(account: AccountId) -> Vec<u8>;

		/// The cheapest way on foot from one metaverse to another.
		fn route(
			from: MetaverseId,
			to: MetaverseId,
			max_hops: u32,
		) -> Result<Route, PortalQueryError>;
	}
}
