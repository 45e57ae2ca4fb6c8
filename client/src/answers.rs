//! What `metaverse_*` and `land_*` answer, as far as the story needs it.
//!
//! These types are read from JSON and know nothing of the node's own, just as a program in another
//! language would do it. Fields that they do not name are passed over.

use jsonrpsee::{core::ClientError, rpc_params};
use madang_primitives::{
	geometry::{Area, Size},
	land::MAX_VIEWPORT_SIDE,
	Balance, CollectionId, MetaverseId, ParcelId, MAX_PAGE,
};
use madang_runtime::{AccountId, BlockNumber};
use serde::{de::Error as _, Deserialize, Deserializer};

use crate::chain::{unreadable, Chain, Error};

/// The code of the error that says that no metaverse has a slug.
const UNKNOWN_SLUG: i32 = 7103;

/// A metaverse, as `metaverse_bySlug` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Metaverse {
	/// Its id.
	pub id: MetaverseId,
	/// Its unique name.
	pub slug: String,
	/// Who owns it; nobody but the network owns a town.
	pub owner: Option<AccountId>,
	/// How far it has come.
	pub stage: String,
	/// Its own account.
	pub account: AccountId,
	/// Display name and content.
	pub profile: Option<Profile>,
	/// Where clients enter.
	pub endpoints: Vec<Endpoint>,
	/// Its land.
	pub territory: Option<Territory>,
}

impl Metaverse {
	/// Whether it is open to visitors.
	pub fn is_launched(&self) -> bool {
		self.stage.eq_ignore_ascii_case("launched")
	}
}

/// Display name and content of a metaverse.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Profile {
	/// Display name.
	pub name: String,
	/// Where the content is.
	pub uri: String,
}

/// Where clients enter a metaverse.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Endpoint {
	/// Which of them.
	pub index: u8,
	/// Where it is.
	pub uri: String,
}

/// The land of a metaverse.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Territory {
	/// Width and height in cells.
	pub size: Size,
	/// Cells that belong to a parcel.
	pub claimed: u32,
	/// Number of parcels.
	pub parcels: u32,
	/// The collection whose items are the parcels.
	pub collection: CollectionId,
	/// Price of one cell for everyone; `None` while only managers claim.
	#[serde(deserialize_with = "sale")]
	pub sale: Option<Balance>,
}

/// A parcel, as `land_parcel` and `land_parcelAt` answer.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Parcel {
	/// Its id.
	pub id: ParcelId,
	/// The collection whose item it is.
	pub collection: CollectionId,
	/// Its cells.
	pub area: Area,
	/// Who owns it; nobody when it waits for `reap`.
	pub owner: Option<AccountId>,
	/// What is built there.
	pub content: Option<Content>,
	/// Who may build there.
	pub builder: Option<Builder>,
	/// For how much it is offered.
	pub listing: Option<Listing>,
}

/// What is built on a parcel.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Content {
	/// Where its manifest is.
	pub uri: String,
}

/// Who may build on a parcel.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Builder {
	/// Who.
	pub account: AccountId,
	/// First block in which the right is over.
	pub until: BlockNumber,
}

/// A parcel for sale.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Listing {
	/// The price.
	#[serde(deserialize_with = "amount")]
	pub price: Balance,
	/// The only one who may buy.
	pub buyer: Option<AccountId>,
}

/// A viewport, as `land_area` answers: each owner once, each parcel a short row.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Viewport {
	/// Owners, each once.
	pub owners: Vec<AccountId>,
	/// Id, x, y, width, height, and index into the owners.
	pub parcels: Vec<(ParcelId, u16, u16, u16, u16, Option<usize>)>,
}

/// A parcel of somebody, as `land_parcelsOf` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct OwnedParcel {
	/// Metaverse in which it lies.
	pub metaverse: MetaverseId,
	/// Its id.
	pub id: ParcelId,
	/// Its cells.
	pub area: Area,
}

/// What a territory costs, as `land_quote` answers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
	/// Price of all cells now.
	#[serde(deserialize_with = "amount")]
	pub price: Balance,
	/// Price of all cells in the next period.
	#[serde(deserialize_with = "amount")]
	pub next_price: Balance,
	/// Whether the supply has that many cells left.
	pub available: bool,
}

/// One page of a list.
#[derive(Deserialize)]
pub(crate) struct Page<Item> {
	/// What is on it.
	pub(crate) items: Vec<Item>,
	/// Where the list goes on, unless this is its end.
	pub(crate) next: Option<String>,
}

/// A parcel on the map: what `land_area` tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
	/// Its id.
	pub id: ParcelId,
	/// Its cells.
	pub area: Area,
	/// Who owns it; nobody when it waits for `reap`.
	pub owner: Option<AccountId>,
}

impl Chain {
	/// The metaverse with this slug.
	pub async fn metaverse_by_slug(&self, slug: &str) -> Result<Option<Metaverse>, Error> {
		match self.request("metaverse_bySlug", rpc_params![slug]).await {
			Ok(metaverse) => Ok(Some(metaverse)),
			Err(Error::Query {
				source: ClientError::Call(error),
				..
			}) if error.code() == UNKNOWN_SLUG => Ok(None),
			Err(error) => Err(error),
		}
	}

	/// One parcel.
	pub async fn parcel(&self, metaverse: MetaverseId, id: ParcelId) -> Result<Parcel, Error> {
		self.request("land_parcel", rpc_params![metaverse, id])
			.await
	}

	/// The parcel that covers a cell.
	pub async fn parcel_at(
		&self,
		metaverse: MetaverseId,
		x: u16,
		y: u16,
	) -> Result<Option<Parcel>, Error> {
		self.request("land_parcelAt", rpc_params![metaverse, x, y])
			.await
	}

	/// The parcels that touch one viewport, which no side of may be too long.
	pub async fn viewport(&self, metaverse: MetaverseId, area: Area) -> Result<Viewport, Error> {
		self.request("land_area", rpc_params![metaverse, area])
			.await
	}

	/// Every parcel of a territory in ascending order of their ids, viewport by viewport.
	pub async fn places(&self, metaverse: MetaverseId, size: Size) -> Result<Vec<Place>, Error> {
		let mut places = Vec::new();
		for area in viewports(size) {
			let Viewport { owners, parcels } = self.viewport(metaverse, area).await?;
			for (id, x, y, width, height, owner) in parcels {
				let owner = match owner.map(|index| owners.get(index)) {
					None => None,
					Some(Some(owner)) => Some(owner.clone()),
					Some(None) => return Err(unreadable("a viewport", "an owner is missing")),
				};
				places.push(Place {
					id,
					area: Area::new(x, y, width, height),
					owner,
				});
			}
		}
		// A parcel that touches two viewports is told twice.
		places.sort_by_key(|place| place.id);
		places.dedup_by_key(|place| place.id);
		Ok(places)
	}

	/// Every parcel of one account in all metaverses, page by page.
	pub async fn parcels_of(&self, owner: &AccountId) -> Result<Vec<OwnedParcel>, Error> {
		let mut found = Vec::new();
		let mut cursor: Option<String> = None;
		loop {
			let params = rpc_params![owner, cursor, MAX_PAGE];
			let page: Page<OwnedParcel> = self.request("land_parcelsOf", params).await?;
			found.extend(page.items);
			match page.next {
				None => return Ok(found),
				next => cursor = next,
			}
		}
	}

	/// What a territory of this many cells costs.
	pub async fn quote(&self, cells: u32) -> Result<Quote, Error> {
		self.request("land_quote", rpc_params![cells]).await
	}
}

/// Viewports that cover a territory without overlapping.
fn viewports(size: Size) -> impl Iterator<Item = Area> {
	let starts = |length: u16| (0..length).step_by(usize::from(MAX_VIEWPORT_SIDE));
	starts(size.height).flat_map(move |y| {
		starts(size.width).map(move |x| {
			let width = (size.width - x).min(MAX_VIEWPORT_SIDE);
			let height = (size.height - y).min(MAX_VIEWPORT_SIDE);
			Area::new(x, y, width, height)
		})
	})
}

/// An amount: a decimal string of the smallest unit.
pub(crate) fn amount<'de, D: Deserializer<'de>>(input: D) -> Result<Balance, D::Error> {
	String::deserialize(input)?
		.parse()
		.map_err(D::Error::custom)
}

/// The price in a sale policy, if it has one.
fn sale<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Balance>, D::Error> {
	#[derive(Deserialize)]
	#[serde(
		tag = "kind",
		rename_all = "camelCase",
		rename_all_fields = "camelCase"
	)]
	enum Sale {
		Closed,
		Open {
			#[serde(deserialize_with = "amount")]
			price_per_cell: Balance,
		},
	}
	Ok(match Sale::deserialize(input)? {
		Sale::Closed => None,
		Sale::Open { price_per_cell } => Some(price_per_cell),
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn viewports_cover_a_territory_once() {
		for size in [Size::new(1, 1), Size::new(128, 129), Size::new(300, 200)] {
			let areas: Vec<Area> = viewports(size).collect();
			assert!(areas.iter().all(|area| size.contains(area)));
			assert!(areas
				.iter()
				.all(|area| area.width.max(area.height) <= MAX_VIEWPORT_SIDE));
			assert_eq!(areas.iter().map(Area::cells).sum::<u32>(), size.cells());
		}
	}

	#[test]
	fn sales_are_read_open_and_closed() {
		let read = |sale: &str| {
			let text = format!(
				r#"{{"size":{{"width":8,"height":4}},"claimed":0,"parcels":0,"collection":2,"sale":{sale}}}"#
			);
			serde_json::from_str::<Territory>(&text).map(|territory| territory.sale)
		};
		assert_eq!(read(r#"{"kind":"closed"}"#).ok(), Some(None));
		assert_eq!(
			read(r#"{"kind":"open","pricePerCell":"12"}"#).ok(),
			Some(Some(12))
		);
		assert!(read(r#"{"kind":"open","pricePerCell":"much"}"#).is_err());
		assert!(read(r#"{"kind":"open"}"#).is_err());
	}
}
