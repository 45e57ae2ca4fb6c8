//! Who owns a key, and what a proven equivocation costs.
//!
//! The proof that a key belongs to a validator is only the number of a session: the chain knows by
//! itself who voted in it.

use alloc::vec::Vec;

use frame_support::traits::KeyOwnerProofSystem;
use pallet_grandpa::{EquivocationOffence, TimeSlot};
use sp_consensus_grandpa::{AuthorityId, KEY_TYPE};
use sp_core::crypto::KeyTypeId;
use sp_runtime::SaturatedConversion;
use sp_session::{MembershipProof, ValidatorCount};
use sp_staking::{
	offence::{Offence as OffenceTrait, OffenceError, ReportOffence},
	SessionIndex,
};

use crate::{Config, Event, Expel, Offence, Offences, Pallet, LOG_TARGET};

impl<T: Config> Pallet<T> {
	/// Who voted with a key in a session, and how many voted.
	fn owner_of(
		(kind, key): &(KeyTypeId, AuthorityId),
		session: SessionIndex,
	) -> Option<(T::AccountId, ValidatorCount)> {
		if *kind != KEY_TYPE {
			return None;
		}
		let voters = Self::voters_of(session)?;
		let count = voters.len().saturated_into();
		let (owner, _) = voters.into_iter().find(|(_, known)| known == key)?;
		Some((owner, count))
	}
}

impl<T: Config> KeyOwnerProofSystem<(KeyTypeId, AuthorityId)> for Pallet<T> {
	type IdentificationTuple = T::AccountId;
	type Proof = MembershipProof;

	fn prove(key: (KeyTypeId, AuthorityId)) -> Option<MembershipProof> {
		let session = pallet_session::CurrentIndex::<T>::get();
		let (_, validator_count) = Self::owner_of(&key, session)?;
		Some(MembershipProof {
			session,
			trie_nodes: Vec::new(),
			validator_count,
		})
	}

	fn check_proof(key: (KeyTypeId, AuthorityId), proof: MembershipProof) -> Option<T::AccountId> {
		// Nothing but the one proof is accepted, so that nobody pads a report.
		let (owner, count) = Self::owner_of(&key, proof.session)?;
		(proof.trie_nodes.is_empty() && proof.validator_count == count).then_some(owner)
	}
}

impl<T: Config> ReportOffence<T::AccountId, T::AccountId, EquivocationOffence<T::AccountId>>
	for Pallet<T>
{
	/// Takes what the offenders have at stake, and their seats. Reporters get nothing: every node
	/// reports by itself what it sees.
	fn report_offence(
		_: Vec<T::AccountId>,
		offence: EquivocationOffence<T::AccountId>,
	) -> Result<(), OffenceError> {
		let offenders = offence.offenders();
		if Self::is_known_offence(&offenders, &offence.slot()) {
			return Err(OffenceError::DuplicateReport);
		}
		let known = Offence {
			set: offence.slot().set_id,
			reported: pallet_session::CurrentIndex::<T>::get(),
		};
		for who in offenders {
			Offences::<T>::insert(&who, known);
			// First the money: what the seat gives back would only wait.
			let amount = Self::take(&who);
			let expelled = T::Expel::expel(&who);
			log::warn!(
				target: LOG_TARGET,
				"validator {who:?} equivocated in session {} and lost {amount}",
				offence.session_index()
			);
			Self::deposit_event(Event::Slashed {
				who,
				amount,
				session: offence.session_index(),
				expelled,
			});
		}
		Ok(())
	}

	fn is_known_offence(offenders: &[T::AccountId], slot: &TimeSlot) -> bool {
		offenders
			.iter()
			.all(|who| Offences::<T>::get(who).is_some_and(|last| slot.set_id <= last.set))
	}
}
