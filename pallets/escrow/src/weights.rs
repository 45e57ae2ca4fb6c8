//! What the calls cost.
//!
//! PROVISIONAL: estimated by hand on the high side, not measured. Generated weights replace
//! [`Provisional`] once the benchmarks have run.
//!
//! No figure depends on the number of investors, because no call touches more than one position.

use core::marker::PhantomData;

use frame_support::weights::Weight;
use madang_primitives::weight::estimate;

/// What each call costs at most.
pub trait WeightInfo {
	/// Cost of `create`.
	fn create() -> Weight;
	/// Cost of `open`.
	fn open() -> Weight;
	/// Cost of `discard`.
	fn discard() -> Weight;
	/// Cost of `commit`.
	fn commit() -> Weight;
	/// Cost of `withdraw`.
	fn withdraw() -> Weight;
	/// Cost of `amend`.
	fn amend() -> Weight;
	/// Cost of `reconfirm`.
	fn reconfirm() -> Weight;
	/// Cost of `announce_early_close`.
	fn announce_early_close() -> Weight;
	/// Cost of `cancel`.
	fn cancel() -> Weight;
	/// Cost of `advance`, whatever is due.
	fn advance() -> Weight;
	/// Cost of `submit_milestone`.
	fn submit_milestone() -> Weight;
	/// Cost of `vote`.
	fn vote() -> Weight;
	/// Cost of `exit`.
	fn exit() -> Weight;
	/// Cost of `claim`, `claim_to` and `claim_for`.
	fn claim() -> Weight;
	/// Cost of `abandon`.
	fn abandon() -> Weight;
	/// Cost of `raise_dispute`.
	fn raise_dispute() -> Weight;
	/// Cost of `resolve_dispute`, whatever the ruling.
	fn resolve_dispute() -> Weight;
	/// Cost of `call_no_confidence`.
	fn call_no_confidence() -> Weight;
	/// Cost of `request_extension`.
	fn request_extension() -> Weight;
	/// Cost of `mint_receipt`.
	fn mint_receipt() -> Weight;
	/// Cost of `transfer_position`.
	fn transfer_position() -> Weight;
	/// Cost of `deposit_revenue`.
	fn deposit_revenue() -> Weight;
	/// Cost of `claim_revenue`.
	fn claim_revenue() -> Weight;
	/// Cost of `close`.
	fn close() -> Weight;
	/// Cost of `allow_claim_for`.
	fn allow_claim_for() -> Weight;
	/// Cost of `set_asset`.
	fn set_asset() -> Weight;
}

/// Estimates, on the high side.
pub struct Provisional<T>(PhantomData<T>);

/// What the parts of a call come to, in the worst case of an asset of `pallet-assets`:
///
/// - a campaign with its agreement, round, dispute and the clock: 6 read;
/// - the metaverse: 1 read;
/// - a payment: the asset, two accounts in it and the two accounts that refer to them, 5 read and
///   written; with a hold on one side 2 more;
/// - a storage deposit: the account, its holds and its freezes, 3 read and 2 written;
/// - a receipt that goes: its item, its configuration, its attributes, the index of its owner, its
///   approvals, the collection with its settings and its deposit, 10 read and 8 written.
impl<T: frame_system::Config> WeightInfo for Provisional<T> {
	fn create() -> Weight {
		// Twelve milestones, eight classes and eight affiliates are checked and hashed.
		estimate::<T::DbWeight>(160, 15, 9)
	}
	fn open() -> Weight {
		// Bond, least balance of the asset and least native balance are paid one after the other.
		estimate::<T::DbWeight>(300, 17, 11)
	}
	fn discard() -> Weight {
		estimate::<T::DbWeight>(100, 10, 8)
	}
	fn commit() -> Weight {
		// The attestation and what it counts come on top: 4 read, 2 written.
		estimate::<T::DbWeight>(280, 25, 16)
	}
	fn withdraw() -> Weight {
		estimate::<T::DbWeight>(260, 24, 15)
	}
	fn amend() -> Weight {
		estimate::<T::DbWeight>(80, 8, 2)
	}
	fn reconfirm() -> Weight {
		estimate::<T::DbWeight>(90, 12, 3)
	}
	fn announce_early_close() -> Weight {
		estimate::<T::DbWeight>(50, 6, 1)
	}
	fn cancel() -> Weight {
		estimate::<T::DbWeight>(200, 18, 12)
	}
	fn advance() -> Weight {
		// A release pays the startup and the treasury; with the last one the bond goes back too.
		estimate::<T::DbWeight>(450, 30, 22)
	}
	fn submit_milestone() -> Weight {
		estimate::<T::DbWeight>(80, 8, 3)
	}
	fn vote() -> Weight {
		estimate::<T::DbWeight>(70, 8, 3)
	}
	fn exit() -> Weight {
		// Principal and revenue are paid, the receipt is burned, the deposit comes back.
		estimate::<T::DbWeight>(500, 36, 25)
	}
	fn claim() -> Weight {
		estimate::<T::DbWeight>(500, 37, 26)
	}
	fn abandon() -> Weight {
		estimate::<T::DbWeight>(220, 19, 13)
	}
	fn raise_dispute() -> Weight {
		estimate::<T::DbWeight>(200, 18, 10)
	}
	fn resolve_dispute() -> Weight {
		// Two bonds may move.
		estimate::<T::DbWeight>(300, 22, 15)
	}
	fn call_no_confidence() -> Weight {
		estimate::<T::DbWeight>(90, 9, 4)
	}
	fn request_extension() -> Weight {
		estimate::<T::DbWeight>(80, 8, 3)
	}
	fn mint_receipt() -> Weight {
		// The first receipt creates the collection.
		estimate::<T::DbWeight>(300, 24, 18)
	}
	fn transfer_position() -> Weight {
		estimate::<T::DbWeight>(320, 29, 19)
	}
	fn deposit_revenue() -> Weight {
		estimate::<T::DbWeight>(200, 15, 9)
	}
	fn claim_revenue() -> Weight {
		estimate::<T::DbWeight>(220, 17, 10)
	}
	fn close() -> Weight {
		estimate::<T::DbWeight>(280, 24, 19)
	}
	fn allow_claim_for() -> Weight {
		estimate::<T::DbWeight>(30, 2, 1)
	}
	fn set_asset() -> Weight {
		estimate::<T::DbWeight>(40, 4, 1)
	}
}
