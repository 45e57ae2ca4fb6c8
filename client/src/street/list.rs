//! Lists of those whom a portal lets through.
//!
//! The chain stores only the root of a tree and the number of its leaves. A leaf is the SCALE encoding
//! of a purpose, the hash of the first block of the chain, and an account; leaves and inner nodes are
//! hashed with Blake2-256, and the last node of an odd row goes up as it is.

use binary_merkle_tree::{merkle_proof, merkle_root};
use codec::Encode;
use frame_support::BoundedVec;
use madang_primitives::portal::{Access, AllowlistLeaf, Proof};
use madang_runtime::{AccountId, Hash};
use sp_runtime::traits::BlakeTwo256;

/// A list for one chain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Allowlist {
	genesis: Hash,
	members: Vec<AccountId>,
}

impl Allowlist {
	/// The list of these accounts on the chain with this first block. Their order and repetitions do
	/// not matter, so that everybody builds the same tree.
	pub fn new(genesis: Hash, members: impl IntoIterator<Item = AccountId>) -> Self {
		let mut members: Vec<_> = members.into_iter().collect();
		members.sort();
		members.dedup();
		Self { genesis, members }
	}

	/// The leaf of an account.
	pub fn leaf(&self, account: &AccountId) -> Vec<u8> {
		AllowlistLeaf::new(self.genesis, account.clone()).encode()
	}

	/// What the terms of the portal say.
	pub fn access(&self) -> Access {
		Access::Allowlist {
			root: merkle_root::<BlakeTwo256, _>(self.leaves()),
			// Plans are small; a list that is too long is one that nobody is on.
			leaves: u32::try_from(self.members.len()).unwrap_or(0),
		}
	}

	/// The proof that an account is on the list. For somebody who is not, that of the first one who is:
	/// what a stranger could copy from a transaction of a member.
	pub fn proof(&self, account: &AccountId) -> Proof {
		let position = self.members.iter().position(|member| member == account);
		let Ok(leaf_index) = u32::try_from(position.unwrap_or(0)) else {
			return Proof::None;
		};
		if self.members.is_empty() {
			return Proof::None;
		}
		let proof = merkle_proof::<BlakeTwo256, _, _>(self.leaves(), leaf_index);
		match BoundedVec::try_from(proof.proof) {
			Ok(nodes) => Proof::Allowlist { leaf_index, nodes },
			Err(_) => Proof::None,
		}
	}

	fn leaves(&self) -> Vec<Vec<u8>> {
		self.members
			.iter()
			.map(|member| self.leaf(member))
			.collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use binary_merkle_tree::verify_proof;

	fn account(number: u8) -> AccountId {
		AccountId::from([number; 32])
	}

	fn genesis() -> Hash {
		Hash::repeat_byte(9)
	}

	fn list(count: u8) -> Allowlist {
		Allowlist::new(genesis(), (1..=count).map(account))
	}

	/// As the chain judges it, for the leaf that the chain builds itself.
	fn passes(list: &Allowlist, proof: Proof, genesis: Hash, account: &AccountId) -> bool {
		let (Access::Allowlist { root, leaves }, Proof::Allowlist { leaf_index, nodes }) =
			(list.access(), proof)
		else {
			return false;
		};
		let leaf = AllowlistLeaf::new(genesis, account.clone()).encode();
		verify_proof::<BlakeTwo256, _, _>(&root, nodes, leaves, leaf_index, &leaf)
	}

	#[test]
	fn members_of_lists_of_any_length_can_prove_it() {
		for count in 1..=33 {
			let list = list(count);
			for member in (1..=count).map(account) {
				assert!(passes(&list, list.proof(&member), genesis(), &member));
			}
		}
	}

	#[test]
	fn a_copied_proof_helps_nobody() {
		let list = list(5);
		for stranger in [account(0), account(6), account(200)] {
			assert!(!passes(&list, list.proof(&stranger), genesis(), &stranger));
		}
		// Nor does that of another member.
		assert!(!passes(
			&list,
			list.proof(&account(1)),
			genesis(),
			&account(2)
		));
	}

	#[test]
	fn a_proof_is_good_for_one_chain() {
		let list = list(5);
		let member = account(3);
		let elsewhere = Hash::repeat_byte(8);
		assert!(!passes(&list, list.proof(&member), elsewhere, &member));
	}

	#[test]
	fn everybody_builds_the_same_tree() {
		let list = list(6);
		let shuffled = [4, 2, 6, 1, 1, 3, 5].map(account);
		assert_eq!(Allowlist::new(genesis(), shuffled).access(), list.access());
		let fewer = (1..=5).map(account);
		assert_ne!(Allowlist::new(genesis(), fewer).access(), list.access());
	}

	#[test]
	fn an_empty_list_proves_nothing() {
		let empty = Allowlist::new(genesis(), []);
		assert_eq!(empty.proof(&account(1)), Proof::None);
		assert!(matches!(
			empty.access(),
			Access::Allowlist { leaves: 0, .. }
		));
	}

	#[test]
	fn leaves_are_what_the_documentation_says() {
		let leaf = list(1).leaf(&account(7));
		let mut expected = b"madang/portal/allowlist".to_vec();
		expected.extend(genesis().as_bytes());
		expected.extend([7; 32]);
		assert_eq!(leaf, expected);
	}
}
