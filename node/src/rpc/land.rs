//! The methods `land_*`.

use std::sync::Arc;

use jsonrpsee::proc_macros::rpc;
use madang_primitives::{geometry::Area, MetaverseId, ParcelId};
use madang_runtime::Hash;
use madang_runtime_api::LandApi;
use sp_api::ProvideRuntimeApi;

use super::{
	block,
	error::Error,
	json::{
		self,
		land::{OwnedParcel, Parcel, Quote, Supply, Viewport},
	},
	page::{self, Cursor, Page},
};
use crate::service::FullClient;

/// Queries about land. Each one takes the block to look at last, which may be left away.
#[rpc(server, namespace = "land")]
pub trait LandRpc {
	/// One parcel.
	#[method(name = "parcel", blocking)]
	fn parcel(
		&self,
		metaverse: MetaverseId,
		parcel: ParcelId,
		at: Option<Hash>,
	) -> Result<Parcel, Error>;

	/// The parcel that covers a cell, `null` when the cell is free.
	#[method(name = "parcelAt", blocking)]
	fn parcel_at(
		&self,
		metaverse: MetaverseId,
		x: u16,
		y: u16,
		at: Option<Hash>,
	) -> Result<Option<Parcel>, Error>;

	/// The parcels in a viewport.
	#[method(name = "area", blocking)]
	fn area(&self, metaverse: MetaverseId, area: Area, at: Option<Hash>)
		-> Result<Viewport, Error>;

	/// The parcels of an account in all metaverses.
	#[method(name = "parcelsOf", blocking)]
	fn parcels_of(
		&self,
		account: String,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<OwnedParcel>, Error>;

	/// What a territory of so many cells costs.
	#[method(name = "quote", blocking)]
	fn quote(&self, cells: u32, at: Option<Hash>) -> Result<Quote, Error>;

	/// How scarce land is.
	#[method(name = "supply", blocking)]
	fn supply(&self, at: Option<Hash>) -> Result<Supply, Error>;
}

/// Answers the methods from the runtime.
pub struct Land {
	client: Arc<FullClient>,
}

impl Land {
	/// Answers from this client.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client }
	}
}

impl LandRpcServer for Land {
	fn parcel(
		&self,
		metaverse: MetaverseId,
		parcel: ParcelId,
		at: Option<Hash>,
	) -> Result<Parcel, Error> {
		let block = block(&self.client, at)?;
		Ok(self
			.client
			.runtime_api()
			.parcel(block, metaverse, parcel)??
			.into())
	}

	fn parcel_at(
		&self,
		metaverse: MetaverseId,
		x: u16,
		y: u16,
		at: Option<Hash>,
	) -> Result<Option<Parcel>, Error> {
		let block = block(&self.client, at)?;
		Ok(self
			.client
			.runtime_api()
			.parcel_at(block, metaverse, x, y)??
			.map(Into::into))
	}

	fn area(
		&self,
		metaverse: MetaverseId,
		area: Area,
		at: Option<Hash>,
	) -> Result<Viewport, Error> {
		let block = block(&self.client, at)?;
		Ok(self
			.client
			.runtime_api()
			.area(block, metaverse, area)??
			.into())
	}

	fn parcels_of(
		&self,
		account: String,
		cursor: Option<String>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<OwnedParcel>, Error> {
		let owner = json::account(&account)?;
		let last = page::resume(cursor, |cursor| match cursor {
			Cursor::ParcelsOf(of, last) if of == owner => Some(last),
			_ => None,
		})?;
		let limit = page::limit(limit)?;
		let block = block(&self.client, at)?;
		let page = self
			.client
			.runtime_api()
			.parcels_of(block, owner.clone(), last, limit)??;
		Ok(Page::new(page, |last| Cursor::ParcelsOf(owner, last)))
	}

	fn quote(&self, cells: u32, at: Option<Hash>) -> Result<Quote, Error> {
		let block = block(&self.client, at)?;
		Ok(self.client.runtime_api().quote(block, cells)??.into())
	}

	fn supply(&self, at: Option<Hash>) -> Result<Supply, Error> {
		let block = block(&self.client, at)?;
		Ok(self.client.runtime_api().supply(block)?.into())
	}
}
