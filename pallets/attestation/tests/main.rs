//! Tests of the registry of attestations on real balances and a real clock.
//!
//! One module per call or concern. Every test recounts all equations of all pallets at its end, and
//! calls run as in a block: what fails leaves nothing behind.

mod calls {
	mod attest;
	mod deposits;
	mod model;
	mod renounce;
	mod revoke;
	mod window;
}

/// What the tests share. Alice and Carol attest, Bob and Dave are attested.
mod support {
	use frame_support::traits::fungible::InspectHold;
	use madang_primitives::traits::Attestations;

	pub use frame_support::{
		assert_noop, assert_ok, assert_storage_noop,
		traits::{
			fungible::{Inspect, Mutate},
			Get,
		},
	};
	pub use madang_mock::*;
	pub use madang_primitives::{
		attestation::{Attestation as Statement, InvestorClass, Month, SubjectId},
		escrow::AssetKind,
	};
	pub use pallet_attestation::{Error, Event, HoldReason, Moment, MONTHS, MONTH_MS};
	pub use sp_runtime::{DispatchError, DispatchResult};

	pub const RETAIL: InvestorClass = 0;
	pub const CAP: Balance = 5_000;
	/// The month in which the tests that speak of months begin.
	pub const FIRST: Month = 800;
	pub const NATIVE: AssetKind = AssetKind::Native;
	pub const STABLE: AssetKind = AssetKind::WithId(7);

	/// A person, a different one for each number.
	pub fn person(number: u8) -> SubjectId {
		SubjectId::repeat_byte(number)
	}

	/// A statement of a retail investor with the usual cap.
	pub fn statement(subject: SubjectId) -> Statement {
		Statement {
			subject,
			class: RETAIL,
			cap: CAP,
		}
	}

	pub fn attest_until(
		attester: AccountId,
		who: AccountId,
		subject: SubjectId,
		until: Option<Moment>,
	) -> DispatchResult {
		tx(|| Attestation::attest(signed(attester), who, subject, RETAIL, CAP, until))
	}

	pub fn attest(attester: AccountId, who: AccountId, subject: SubjectId) -> DispatchResult {
		attest_until(attester, who, subject, None)
	}

	pub fn revoke(attester: AccountId, who: AccountId) -> DispatchResult {
		tx(|| Attestation::revoke(signed(attester), who))
	}

	pub fn renounce(who: AccountId, attester: AccountId) -> DispatchResult {
		tx(|| Attestation::renounce(signed(who), attester))
	}

	/// What counts of an account now.
	pub fn said(attester: AccountId, who: AccountId) -> Option<Statement> {
		<Attestation as Attestations<AccountId, AssetKind>>::attestation(&attester, &who)
	}

	pub fn note(
		attester: AccountId,
		subject: SubjectId,
		asset: AssetKind,
		amount: Balance,
	) -> Result<Month, DispatchError> {
		tx(|| {
			<Attestation as Attestations<AccountId, AssetKind>>::note(
				&attester, &subject, &asset, amount,
			)
		})
	}

	pub fn forget(
		attester: AccountId,
		subject: SubjectId,
		asset: AssetKind,
		month: Month,
		amount: Balance,
	) {
		<Attestation as Attestations<AccountId, AssetKind>>::forget(
			&attester, &subject, &asset, month, amount,
		);
	}

	pub fn used(attester: AccountId, subject: SubjectId, asset: AssetKind) -> Balance {
		<Attestation as Attestations<AccountId, AssetKind>>::used(&attester, &subject, &asset)
	}

	pub fn counted(
		attester: AccountId,
		subject: SubjectId,
		asset: AssetKind,
		month: Month,
	) -> Balance {
		<Attestation as Attestations<AccountId, AssetKind>>::counted(
			&attester, &subject, &asset, month,
		)
	}

	/// The month of the clock.
	pub fn month() -> Month {
		<Attestation as Attestations<AccountId, AssetKind>>::month()
	}

	/// Moves the clock to the first moment of a month.
	pub fn enter(month: Month) {
		set_time(Moment::from(month) * MONTH_MS);
	}

	/// Whether anything is stored of what a person has committed.
	pub fn is_stored(attester: AccountId, subject: SubjectId, asset: AssetKind) -> bool {
		pallet_attestation::Usage::<Test>::contains_key((&attester, &subject, &asset))
	}

	/// What is on hold from an attester.
	pub fn deposit(who: &AccountId) -> Balance {
		Balances::balance_on_hold(&HoldReason::Attestation.into(), who)
	}

	/// What one attestation costs, as Alice finds out for herself.
	pub fn price() -> Balance {
		let before = deposit(&alice());
		assert_ok!(attest(alice(), stranger(0), person(255)));
		let price = deposit(&alice()) - before;
		assert_ok!(revoke(alice(), stranger(0)));
		price
	}

	/// Everything that an account has, on hold or not.
	pub fn wealth(who: &AccountId) -> Balance {
		Balances::total_balance(who)
	}

	pub fn expect_event(event: Event<Test>) {
		System::assert_last_event(event.into());
	}
}
