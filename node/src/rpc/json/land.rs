//! What `land_*` answers.

use madang_primitives::{
	geometry::{Area, Size},
	land::{
		AreaParcel, AreaView, BuilderView, ContentView, ListingView, OwnedParcel as OwnedView,
		ParcelView, Quote as QuoteView, SalePolicy, SupplyView, TerritoryView,
	},
	CollectionId, MetaverseId, ParcelId,
};
use madang_runtime::{AccountId, Balance, BlockNumber, Hash};
use serde::Serialize;

use super::{address, amount, text};

/// One parcel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parcel {
	/// Metaverse in which it lies.
	pub metaverse: MetaverseId,
	/// Its id, which is also the item id in the collection.
	pub id: ParcelId,
	/// Collection of `pallet-nfts`.
	pub collection: CollectionId,
	/// Its cells.
	pub area: Area,
	/// Its owner; nobody when the item was burned and the parcel waits for `reap`.
	pub owner: Option<String>,
	/// Who paid the storage deposit.
	pub depositor: String,
	/// The storage deposit.
	pub deposit: String,
	/// What is built there.
	pub content: Option<Content>,
	/// Who may build there for the owner.
	pub builder: Option<Builder>,
	/// For how much the owner sells it.
	pub listing: Option<Listing>,
}

impl From<ParcelView<AccountId, Balance, BlockNumber>> for Parcel {
	fn from(parcel: ParcelView<AccountId, Balance, BlockNumber>) -> Self {
		Self {
			metaverse: parcel.metaverse,
			id: parcel.id,
			collection: parcel.collection,
			area: parcel.area,
			owner: parcel.owner.as_ref().map(address),
			depositor: address(&parcel.depositor),
			deposit: amount(parcel.deposit),
			content: parcel.content.map(Into::into),
			builder: parcel.builder.map(Into::into),
			listing: parcel.listing.map(Into::into),
		}
	}
}

/// What is built on a parcel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Content {
	/// Where its manifest is.
	pub uri: String,
	/// Hash of the manifest.
	pub hash: Hash,
	/// Who set it and paid the deposit.
	pub depositor: String,
}

impl From<ContentView<AccountId>> for Content {
	fn from(content: ContentView<AccountId>) -> Self {
		Self {
			uri: text(content.uri),
			hash: content.hash,
			depositor: address(&content.depositor),
		}
	}
}

/// Who may build on a parcel, and until when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Builder {
	/// Who.
	pub account: String,
	/// First block in which the right is over.
	pub until: BlockNumber,
}

impl From<BuilderView<AccountId, BlockNumber>> for Builder {
	fn from(builder: BuilderView<AccountId, BlockNumber>) -> Self {
		Self {
			account: address(&builder.account),
			until: builder.until,
		}
	}
}

/// The offer to sell a parcel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listing {
	/// The price.
	pub price: String,
	/// The only one who may buy; anyone when nobody is named.
	pub buyer: Option<String>,
}

impl From<ListingView<AccountId, Balance>> for Listing {
	fn from(listing: ListingView<AccountId, Balance>) -> Self {
		Self {
			price: amount(listing.price),
			buyer: listing.buyer.as_ref().map(address),
		}
	}
}

/// The parcels in a viewport, packed: an owner is written once however many parcels there are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Viewport {
	/// The owners, each once.
	pub owners: Vec<String>,
	/// Id, x, y, width, height and index of the owner, in ascending order of the ids.
	pub parcels: Vec<PackedParcel>,
}

/// Id, x, y, width, height and index of the owner of one parcel.
pub type PackedParcel = (ParcelId, u16, u16, u16, u16, Option<u32>);

impl From<AreaView<AccountId>> for Viewport {
	fn from(view: AreaView<AccountId>) -> Self {
		let pack = |AreaParcel { id, area, owner }: AreaParcel| {
			(id, area.x, area.y, area.width, area.height, owner)
		};
		Self {
			owners: view.owners.iter().map(address).collect(),
			parcels: view.parcels.into_iter().map(pack).collect(),
		}
	}
}

/// A parcel in a list of somebody's parcels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnedParcel {
	/// Metaverse in which it lies.
	pub metaverse: MetaverseId,
	/// Its id.
	pub id: ParcelId,
	/// Its cells.
	pub area: Area,
}

impl From<OwnedView> for OwnedParcel {
	fn from(parcel: OwnedView) -> Self {
		Self {
			metaverse: parcel.metaverse,
			id: parcel.id,
			area: parcel.area,
		}
	}
}

/// What land costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
	/// Number of cells asked for.
	pub cells: u32,
	/// Price of one cell now.
	pub price_per_cell: String,
	/// Price of all cells now.
	pub price: String,
	/// Price of one cell in the next period, if nothing more is bought in this one.
	pub next_price_per_cell: String,
	/// Price of all cells then.
	pub next_price: String,
	/// First block of the next period.
	pub next_period_at: BlockNumber,
	/// Whether the supply has that many cells left.
	pub available: bool,
}

impl From<QuoteView<Balance, BlockNumber>> for Quote {
	fn from(quote: QuoteView<Balance, BlockNumber>) -> Self {
		Self {
			cells: quote.cells,
			price_per_cell: amount(quote.price_per_cell),
			price: amount(quote.price),
			next_price_per_cell: amount(quote.next_price_per_cell),
			next_price: amount(quote.next_price),
			next_period_at: quote.next_period_at,
			available: quote.available,
		}
	}
}

/// How scarce land is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Supply {
	/// Cells that can ever be allocated to territories at one time.
	pub cap: u64,
	/// Cells allocated to territories.
	pub allocated: u64,
	/// Cells that belong to parcels.
	pub claimed: u64,
	/// Price of one cell now.
	pub price_per_cell: String,
	/// Number of the running price period.
	pub period: u32,
	/// First block of the next one.
	pub next_period_at: BlockNumber,
	/// Cells allocated in the running period.
	pub allocated_in_period: u64,
}

impl From<SupplyView<Balance, BlockNumber>> for Supply {
	fn from(supply: SupplyView<Balance, BlockNumber>) -> Self {
		Self {
			cap: supply.cap,
			allocated: supply.allocated,
			claimed: supply.claimed,
			price_per_cell: amount(supply.price_per_cell),
			period: supply.period,
			next_period_at: supply.next_period_at,
			allocated_in_period: supply.allocated_in_period,
		}
	}
}

/// The land of one metaverse.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Territory {
	/// Width and height in cells.
	pub size: Size,
	/// Cells that belong to a parcel.
	pub claimed: u32,
	/// Number of parcels.
	pub parcels: u32,
	/// Collection of `pallet-nfts` whose items are the parcels.
	pub collection: CollectionId,
	/// On what terms free cells are sold.
	pub sale: Sale,
}

impl From<TerritoryView<Balance>> for Territory {
	fn from(territory: TerritoryView<Balance>) -> Self {
		Self {
			size: territory.size,
			claimed: territory.claimed,
			parcels: territory.parcels,
			collection: territory.collection,
			sale: territory.sale.into(),
		}
	}
}

/// On what terms free cells are sold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(
	tag = "kind",
	rename_all = "camelCase",
	rename_all_fields = "camelCase"
)]
pub enum Sale {
	/// Only land managers claim.
	Closed,
	/// Everyone may claim at this price.
	Open {
		/// Price of one cell.
		price_per_cell: String,
	},
}

impl From<SalePolicy<Balance>> for Sale {
	fn from(policy: SalePolicy<Balance>) -> Self {
		match policy {
			SalePolicy::Closed => Self::Closed,
			SalePolicy::Open { price_per_cell } => Self::Open {
				price_per_cell: amount(price_per_cell),
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	#[test]
	fn a_parcel_has_every_key() {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		let full = ParcelView {
			metaverse: 2,
			id: 0,
			collection: 5,
			area: Area::new(4, 4, 24, 24),
			owner: Some(alice.clone()),
			depositor: bob.clone(),
			deposit: 1u128 << 100,
			content: Some(ContentView {
				uri: "https://마당.example".into(),
				hash: Hash::repeat_byte(1),
				depositor: bob.clone(),
			}),
			builder: Some(BuilderView {
				account: bob.clone(),
				until: 9,
			}),
			listing: Some(ListingView {
				price: 7u128,
				buyer: None,
			}),
		};
		let (alice, bob) = (address(&alice), address(&bob));
		assert_eq!(
			to_value(Parcel::from(full)).expect("this is JSON"),
			json!({
				"metaverse": 2,
				"id": 0,
				"collection": 5,
				"area": { "x": 4, "y": 4, "width": 24, "height": 24 },
				"owner": alice,
				"depositor": bob,
				"deposit": "1267650600228229401496703205376",
				"content": {
					"uri": "https://마당.example",
					"hash": format!("0x{}", "01".repeat(32)),
					"depositor": bob,
				},
				"builder": { "account": bob, "until": 9 },
				"listing": { "price": "7", "buyer": null },
			})
		);
	}

	#[test]
	fn a_viewport_is_packed() {
		let view = AreaView {
			owners: vec![Alice.to_account_id()],
			parcels: vec![
				AreaParcel {
					id: 0,
					area: Area::new(1, 2, 3, 4),
					owner: Some(0),
				},
				AreaParcel {
					id: 7,
					area: Area::new(5, 6, 7, 8),
					owner: None,
				},
			],
		};
		assert_eq!(
			to_value(Viewport::from(view)).expect("this is JSON"),
			json!({
				"owners": [address(&Alice.to_account_id())],
				"parcels": [[0, 1, 2, 3, 4, 0], [7, 5, 6, 7, 8, null]],
			})
		);
	}

	#[test]
	fn a_sale_tells_its_kind() {
		let shown =
			|policy: SalePolicy<Balance>| to_value(Sale::from(policy)).expect("this is JSON");
		assert_eq!(shown(SalePolicy::Closed), json!({ "kind": "closed" }));
		assert_eq!(
			shown(SalePolicy::Open { price_per_cell: 12 }),
			json!({ "kind": "open", "pricePerCell": "12" })
		);
	}
}
