//! What the queries answer. Reads only, and every read is bounded.

use frame_support::traits::Time;
use madang_primitives::{
	attestation::SubjectId, escrow::AssetKind, traits::Attestations as AttestationsTrait, Balance,
};

use crate::{AttestationView, Attestations, Config, Pallet};

impl<T: Config> Pallet<T> {
	/// What an attester says of an account, also when it does not count any more.
	pub fn api_attestation(attester: &T::AccountId, who: &T::AccountId) -> Option<AttestationView> {
		let record = Attestations::<T>::get(attester, who)?;
		Some(AttestationView {
			attestation: record.attestation,
			until: record.until,
			counts: record.counts_at(T::Time::now()),
			deposit: record.deposit,
		})
	}

	/// What a person has committed in an asset within the last twelve months.
	pub fn api_committed(
		attester: &T::AccountId,
		subject: &SubjectId,
		asset: &AssetKind,
	) -> Balance {
		<Self as AttestationsTrait<_, _>>::used(attester, subject, asset)
	}
}
