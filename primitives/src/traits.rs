//! How one pallet asks another. Neither side names the other's crate.

use frame_support::weights::Weight;
use sp_runtime::{DispatchError, DispatchResult};

use crate::{geometry::Size, land::TerritoryView, metaverse::Role, MetaverseId, ParcelId};

/// What land, portals and escrow ask the registry of metaverses.
pub trait Metaverses<Origin, AccountId> {
	/// The metaverse's own account, derived from its id.
	fn account(id: MetaverseId) -> AccountId;

	/// Whether `who` owns the metaverse or is a manager of it with this role.
	fn has_role(id: MetaverseId, who: &AccountId, role: Role) -> bool;

	/// Who acts for the metaverse in this role: the signer, or for a town the town's own account
	/// when the origin is the network's. Fails when the metaverse is unknown or the origin may not.
	fn ensure_role(origin: Origin, id: MetaverseId, role: Role)
		-> Result<AccountId, DispatchError>;

	/// Fails while the guardian has suspended the metaverse, and when it is unknown.
	fn ensure_not_suspended(id: MetaverseId) -> DispatchResult;
}

/// Who pays for a new territory.
pub enum Founder<'a, AccountId> {
	/// The network itself, which pays nothing. Only genesis founds towns.
	Network,
	/// This account.
	Account(&'a AccountId),
}

/// What the registry of metaverses asks of land.
pub trait Territories<AccountId, Balance> {
	/// Buys a territory at the price of the day, creates its collection with `account` as the only
	/// member of the team, and tells what was paid.
	fn found(
		id: MetaverseId,
		founder: Founder<AccountId>,
		account: &AccountId,
		size: Size,
		max_price: Balance,
	) -> Result<Balance, DispatchError>;

	/// Gives the territory back to the supply. Fails while a parcel is left in it.
	fn dissolve(id: MetaverseId) -> DispatchResult;

	/// Closes the sale of free cells: a price that a former owner set does not bind the next one.
	fn close_sale(id: MetaverseId);

	/// The land of a metaverse.
	fn territory(id: MetaverseId) -> Option<TerritoryView<Balance>>;

	/// Most that `found` may cost in execution.
	fn found_weight() -> Weight;

	/// Most that `dissolve` may cost in execution.
	fn dissolve_weight() -> Weight;
}

/// Things that must be over before a metaverse can close: open portals, a live campaign.
pub trait ClosingGuard {
	/// Fails with the reason why the metaverse cannot close yet.
	fn ensure_can_close(id: MetaverseId) -> DispatchResult;
}

/// Things that keep a parcel in its shape: a lease, an open portal, a pledge.
pub trait ParcelGuard {
	/// Fails with the reason why the parcel cannot be split, merged or released now.
	fn ensure_can_reshape(metaverse: MetaverseId, parcel: ParcelId) -> DispatchResult;
}

#[impl_trait_for_tuples::impl_for_tuples(4)]
impl ClosingGuard for Tuple {
	fn ensure_can_close(id: MetaverseId) -> DispatchResult {
		for_tuples!( #( Tuple::ensure_can_close(id)?; )* );
		Ok(())
	}
}

#[impl_trait_for_tuples::impl_for_tuples(4)]
impl ParcelGuard for Tuple {
	fn ensure_can_reshape(metaverse: MetaverseId, parcel: ParcelId) -> DispatchResult {
		for_tuples!( #( Tuple::ensure_can_reshape(metaverse, parcel)?; )* );
		Ok(())
	}
}
