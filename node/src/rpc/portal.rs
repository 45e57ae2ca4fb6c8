//! The methods `portal_*`.

use std::sync::Arc;

use jsonrpsee::proc_macros::rpc;
use madang_primitives::{portal::PortalId, MetaverseId};
use madang_runtime::Hash;
use madang_runtime_api::PortalApi;
use sp_api::ProvideRuntimeApi;

use super::{
	block,
	error::Error,
	json::{
		self,
		portal::{AllowlistLeaf, Pass, Portal as PortalJson, Route},
	},
	page::{self, Cursor, Page},
};
use crate::service::FullClient;

/// Queries about portals. Each one takes the block to look at last, which may be left away.
#[rpc(server, namespace = "portal")]
pub trait PortalRpc {
	/// One portal, proposed or in force, with what may happen next.
	#[method(name = "get", blocking)]
	fn get(&self, id: PortalId, at: Option<Hash>) -> Result<PortalJson, Error>;

	/// The portals in force that begin in a metaverse, oldest first.
	#[method(name = "from", blocking)]
	fn portals_from(
		&self,
		metaverse: MetaverseId,
		at: Option<Hash>,
	) -> Result<Vec<PortalJson>, Error>;

	/// The portals in force that end in a metaverse, oldest first.
	#[method(name = "to", blocking)]
	fn portals_to(
		&self,
		metaverse: MetaverseId,
		at: Option<Hash>,
	) -> Result<Vec<PortalJson>, Error>;

	/// The portals that were proposed by or to a metaverse and are not in force.
	#[method(name = "proposals", blocking)]
	fn proposals(
		&self,
		metaverse: MetaverseId,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<PortalJson>, Error>;

	/// The pass of an account for a portal, `null` when it has none.
	#[method(name = "pass", blocking)]
	fn pass(&self, id: PortalId, account: String, at: Option<Hash>) -> Result<Option<Pass>, Error>;

	/// The cheapest way on foot from one metaverse to another.
	#[method(name = "route", blocking)]
	fn route(
		&self,
		from: MetaverseId,
		to: MetaverseId,
		max_hops: u32,
		at: Option<Hash>,
	) -> Result<Route, Error>;

	/// The leaf of an account in the allowlists of this chain.
	#[method(name = "allowlistLeaf", blocking)]
	fn allowlist_leaf(&self, account: String, at: Option<Hash>) -> Result<AllowlistLeaf, Error>;
}

/// Answers the methods from the runtime.
pub struct Portal {
	client: Arc<FullClient>,
}

impl Portal {
	/// Answers from this client.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client }
	}
}

impl PortalRpcServer for Portal {
	fn get(&self, id: PortalId, at: Option<Hash>) -> Result<PortalJson, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().get(block, id)?;
		found.map(Into::into).ok_or(Error::UnknownPortal)
	}

	fn portals_from(
		&self,
		metaverse: MetaverseId,
		at: Option<Hash>,
	) -> Result<Vec<PortalJson>, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().portals_from(block, metaverse)??;
		Ok(found.into_iter().map(Into::into).collect())
	}

	fn portals_to(
		&self,
		metaverse: MetaverseId,
		at: Option<Hash>,
	) -> Result<Vec<PortalJson>, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().portals_to(block, metaverse)??;
		Ok(found.into_iter().map(Into::into).collect())
	}

	fn proposals(
		&self,
		metaverse: MetaverseId,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<PortalJson>, Error> {
		let last = page::resume(cursor, |cursor| match cursor {
			Cursor::ProposalsOf(of, last) if of == metaverse => Some(last),
			_ => None,
		})?;
		let limit = page::limit(limit)?;
		let block = block(&self.client, at)?;
		let page = self
			.client
			.runtime_api()
			.proposals(block, metaverse, last, limit)??;
		Ok(Page::new(page, |last| Cursor::ProposalsOf(metaverse, last)))
	}

	fn pass(&self, id: PortalId, account: String, at: Option<Hash>) -> Result<Option<Pass>, Error> {
		let account = json::account(&account)?;
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().pass(block, id, account)?;
		Ok(found.map(Into::into))
	}

	fn route(
		&self,
		from: MetaverseId,
		to: MetaverseId,
		max_hops: u32,
		at: Option<Hash>,
	) -> Result<Route, Error> {
		let block = block(&self.client, at)?;
		Ok(self
			.client
			.runtime_api()
			.route(block, from, to, max_hops)??
			.into())
	}

	fn allowlist_leaf(&self, account: String, at: Option<Hash>) -> Result<AllowlistLeaf, Error> {
		let account = json::account(&account)?;
		let block = block(&self.client, at)?;
		let leaf = self.client.runtime_api().allowlist_leaf(block, account)?;
		Ok(AllowlistLeaf::new(leaf))
	}
}
