//! How one pallet asks another. Neither side names the other's crate.

use sp_runtime::{DispatchError, DispatchResult};

use crate::{
	attestation::{Attestation, Month, SubjectId},
	geometry::Size,
	land::TerritoryView,
	metaverse::{Role, Stage},
	Balance, MetaverseId, ParcelId,
};

/// What land, portals and escrow ask the registry of metaverses.
pub trait Metaverses<Origin, AccountId> {
	/// The metaverse's own account, derived from its id.
	fn account(id: MetaverseId) -> AccountId;

	/// Who owns the metaverse; `None` for a town, which the network owns, and when it is unknown.
	fn owner(id: MetaverseId) -> Option<AccountId>;

	/// How far the metaverse has come; `None` when it is unknown.
	fn stage(id: MetaverseId) -> Option<Stage>;

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
}

/// What portals ask of land.
pub trait ParcelOwners<AccountId> {
	/// Who owns a parcel; `None` when there is no such parcel, or its item was burned.
	fn owner(metaverse: MetaverseId, parcel: ParcelId) -> Option<AccountId>;
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

/// What escrow asks the registry of attestations.
pub trait Attestations<AccountId, Asset> {
	/// What this attester says of an account now; `None` when nothing, or not any more.
	fn attestation(attester: &AccountId, who: &AccountId) -> Option<Attestation>;

	/// What a person has committed in an asset within the last twelve months, this one included.
	fn used(attester: &AccountId, subject: &SubjectId, asset: &Asset) -> Balance;

	/// Counts a commitment in this month, and tells which month that is. Fails only when the sum
	/// would not fit its type.
	fn note(
		attester: &AccountId,
		subject: &SubjectId,
		asset: &Asset,
		amount: Balance,
	) -> Result<Month, DispatchError>;

	/// Takes back what was counted in a month, because the money went back before it was put to
	/// work. A refund must not depend on it, so it cannot fail; what is not there any more is
	/// ignored.
	fn forget(
		attester: &AccountId,
		subject: &SubjectId,
		asset: &Asset,
		month: Month,
		amount: Balance,
	);

	/// The month of the clock.
	fn month() -> Month;

	/// What is counted for a person in one month, for those who check the books.
	fn counted(attester: &AccountId, subject: &SubjectId, asset: &Asset, month: Month) -> Balance;
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
