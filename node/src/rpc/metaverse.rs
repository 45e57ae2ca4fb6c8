//! The methods `metaverse_*`.

use std::sync::Arc;

use jsonrpsee::proc_macros::rpc;
use madang_primitives::MetaverseId;
use madang_runtime::Hash;
use madang_runtime_api::MetaverseApi;
use pallet_metaverse::slug;
use sp_api::ProvideRuntimeApi;

use super::{
	block,
	error::Error,
	json::{self, metaverse::Metaverse as MetaverseJson},
	page::{self, Cursor, Page},
};
use crate::service::FullClient;

/// Queries about metaverses. Each one takes the block to look at last, which may be left away.
#[rpc(server, namespace = "metaverse")]
pub trait MetaverseRpc {
	/// One metaverse.
	#[method(name = "get", blocking)]
	fn get(&self, id: MetaverseId, at: Option<Hash>) -> Result<MetaverseJson, Error>;

	/// The metaverse with this slug.
	#[method(name = "bySlug", blocking)]
	fn by_slug(&self, slug: String, at: Option<Hash>) -> Result<MetaverseJson, Error>;

	/// All metaverses in ascending order of their ids.
	#[method(name = "list", blocking)]
	fn list(
		&self,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<MetaverseJson>, Error>;

	/// The metaverses of an account.
	#[method(name = "ownedBy", blocking)]
	fn owned_by(
		&self,
		account: String,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<MetaverseJson>, Error>;

	/// The account of a metaverse, known even before the metaverse exists.
	#[method(name = "account", blocking)]
	fn account(&self, id: MetaverseId, at: Option<Hash>) -> Result<String, Error>;
}

/// Answers the methods from the runtime.
pub struct Metaverse {
	client: Arc<FullClient>,
}

impl Metaverse {
	/// Answers from this client.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client }
	}
}

impl MetaverseRpcServer for Metaverse {
	fn get(&self, id: MetaverseId, at: Option<Hash>) -> Result<MetaverseJson, Error> {
		let block = block(&self.client, at)?;
		let found = self.client.runtime_api().get(block, id)?;
		found.map(Into::into).ok_or(Error::UnknownMetaverse)
	}

	fn by_slug(&self, slug: String, at: Option<Hash>) -> Result<MetaverseJson, Error> {
		slug::check(slug.as_bytes()).map_err(|_| Error::MalformedSlug)?;
		let block = block(&self.client, at)?;
		let found = self
			.client
			.runtime_api()
			.by_slug(block, slug.into_bytes())?;
		found.map(Into::into).ok_or(Error::UnknownSlug)
	}

	fn list(
		&self,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<MetaverseJson>, Error> {
		let first = page::resume(cursor, |cursor| match cursor {
			Cursor::Metaverses(first) => Some(first),
			_ => None,
		})?;
		let limit = page::limit(limit)?;
		let block = block(&self.client, at)?;
		let page = self.client.runtime_api().list(block, first, limit)??;
		Ok(Page::new(page, Cursor::Metaverses))
	}

	fn owned_by(
		&self,
		account: String,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<MetaverseJson>, Error> {
		let owner = json::account(&account)?;
		let last = page::resume(cursor, |cursor| match cursor {
			Cursor::MetaversesOf(of, last) if of == owner => Some(last),
			_ => None,
		})?;
		let limit = page::limit(limit)?;
		let block = block(&self.client, at)?;
		let page = self
			.client
			.runtime_api()
			.owned_by(block, owner.clone(), last, limit)??;
		Ok(Page::new(page, |last| Cursor::MetaversesOf(owner, last)))
	}

	fn account(&self, id: MetaverseId, at: Option<Hash>) -> Result<String, Error> {
		let block = block(&self.client, at)?;
		Ok(json::address(
			&self.client.runtime_api().account(block, id)?,
		))
	}
}
