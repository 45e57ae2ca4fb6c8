//! The methods `escrow_*`.

use std::sync::Arc;

use jsonrpsee::proc_macros::rpc;
use madang_primitives::{
	escrow::{CampaignId, PositionId, Rules},
	MetaverseId,
};
use madang_runtime::{BlockNumber, Hash};
use madang_runtime_api::EscrowApi;
use sp_api::ProvideRuntimeApi;

use super::{
	block,
	error::Error,
	json::{
		self,
		escrow::{Asset, AssetRules, Campaign, Claimable, Position, TicketQuote},
	},
	page::{self, Cursor, Page},
};
use crate::service::FullClient;

/// Queries about funding campaigns. Each one takes the block to look at last, which may be left
/// away.
#[rpc(server, namespace = "escrow")]
pub trait EscrowRpc {
	/// One campaign, with what may happen next.
	#[method(name = "campaign", blocking)]
	fn campaign(&self, id: CampaignId, at: Option<Hash>) -> Result<Campaign, Error>;

	/// All campaigns in ascending order of their ids.
	#[method(name = "campaigns", blocking)]
	fn campaigns(
		&self,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Campaign>, Error>;

	/// The campaigns of a metaverse.
	#[method(name = "campaignsOf", blocking)]
	fn campaigns_of(
		&self,
		metaverse: MetaverseId,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Campaign>, Error>;

	/// One investor's stake in one campaign.
	#[method(name = "position", blocking)]
	fn position(&self, id: PositionId, at: Option<Hash>) -> Result<Position, Error>;

	/// The stakes of an account in all campaigns.
	#[method(name = "positionsOf", blocking)]
	fn positions_of(
		&self,
		account: String,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Position>, Error>;

	/// What a ticket would be accepted for now.
	#[method(name = "quote", blocking)]
	fn quote(
		&self,
		campaign: CampaignId,
		amount: String,
		at: Option<Hash>,
	) -> Result<TicketQuote, Error>;

	/// What a position could take out now.
	#[method(name = "claimable", blocking)]
	fn claimable(&self, position: PositionId, at: Option<Hash>) -> Result<Claimable, Error>;

	/// The limits within which founders choose their terms.
	#[method(name = "rules", blocking)]
	fn rules(&self, at: Option<Hash>) -> Result<Rules<BlockNumber>, Error>;

	/// What a campaign in this asset must be worth at least, `null` when none may collect it.
	#[method(name = "asset", blocking)]
	fn asset(&self, asset: Asset, at: Option<Hash>) -> Result<Option<AssetRules>, Error>;
}

/// Answers the methods from the runtime.
pub struct Escrow {
	client: Arc<FullClient>,
}

impl Escrow {
	/// Answers from this client.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client }
	}
}

impl EscrowRpcServer for Escrow {
	fn campaign(&self, id: CampaignId, at: Option<Hash>) -> Result<Campaign, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().campaign(block, id)?;
		found.map(Into::into).ok_or(Error::UnknownCampaign)
	}

	fn campaigns(
		&self,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Campaign>, Error> {
		let first = page::resume(cursor, |cursor| match cursor {
			Cursor::Campaigns(first) => Some(first),
			_ => None,
		})?;
		let limit = page::limit(limit)?;
		let block = block(&self.client, at)?;
		let page = self.client.runtime_api().campaigns(block, first, limit)??;
		Ok(Page::new(page, Cursor::Campaigns))
	}

	fn campaigns_of(
		&self,
		metaverse: MetaverseId,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Campaign>, Error> {
		let last = page::resume(cursor, |cursor| match cursor {
			Cursor::CampaignsOf(of, last) if of == metaverse => Some(last),
			_ => None,
		})?;
		let limit = page::limit(limit)?;
		let block = block(&self.client, at)?;
		let page = self
			.client
			.runtime_api()
			.campaigns_of(block, metaverse, last, limit)??;
		Ok(Page::new(page, |last| Cursor::CampaignsOf(metaverse, last)))
	}

	fn position(&self, id: PositionId, at: Option<Hash>) -> Result<Position, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().position(block, id)?;
		found.map(Into::into).ok_or(Error::UnknownPosition)
	}

	fn positions_of(
		&self,
		account: String,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Position>, Error> {
		let owner = json::account(&account)?;
		let last = page::resume(cursor, |cursor| match cursor {
			Cursor::PositionsOf(of, last) if of == owner => Some(last),
			_ => None,
		})?;
		let limit = page::limit(limit)?;
		let block = block(&self.client, at)?;
		let page = self
			.client
			.runtime_api()
			.positions_of(block, owner.clone(), last, limit)??;
		Ok(Page::new(page, |last| Cursor::PositionsOf(owner, last)))
	}

	fn quote(
		&self,
		campaign: CampaignId,
		amount: String,
		at: Option<Hash>,
	) -> Result<TicketQuote, Error> {
		let amount = json::balance(&amount)?;
		let block = block(&self.client, at)?;
		Ok(self
			.client
			.runtime_api()
			.quote(block, campaign, amount)??
			.into())
	}

	fn claimable(&self, position: PositionId, at: Option<Hash>) -> Result<Claimable, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().claimable(block, position)?;
		found.map(Into::into).ok_or(Error::UnknownPosition)
	}

	fn rules(&self, at: Option<Hash>) -> Result<Rules<BlockNumber>, Error> {
		let block = block(&self.client, at)?;
		Ok(self.client.runtime_api().rules(block)?)
	}

	fn asset(&self, asset: Asset, at: Option<Hash>) -> Result<Option<AssetRules>, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().asset_rules(block, asset.into())?;
		Ok(found.map(Into::into))
	}
}
