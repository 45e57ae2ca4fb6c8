//! Who may go through: everyone, who is on a list, who holds an item.

use crate::support::*;
use binary_merkle_tree::{merkle_proof, merkle_root, MerkleProof};
use codec::Encode;
use frame_support::BoundedVec;
use madang_primitives::portal::{AllowlistLeaf, ALLOWLIST_PURPOSE, MAX_PROOF_LEN};
use sp_runtime::traits::BlakeTwo256;

/// The hash of this chain's first block.
fn genesis() -> H256 {
	System::block_hash(0)
}

/// The leaf of an account, as any client builds it.
pub fn leaf(genesis: H256, who: &AccountId) -> Vec<u8> {
	AllowlistLeaf::new(genesis, who.clone()).encode()
}

/// So many guests; Carol is the one at `carols`.
fn guests(count: u32, carols: u32) -> Vec<AccountId> {
	(0..count)
		.map(|index| {
			let mut bytes = [7; 32];
			bytes[..4].copy_from_slice(&index.to_le_bytes());
			if index == carols {
				carol()
			} else {
				AccountId::new(bytes)
			}
		})
		.collect()
}

fn leaves(guests: &[AccountId]) -> Vec<Vec<u8>> {
	guests.iter().map(|who| leaf(genesis(), who)).collect()
}

fn access(leaves: &[Vec<u8>]) -> Access {
	Access::Allowlist {
		root: merkle_root::<BlakeTwo256, _>(leaves),
		leaves: leaves.len() as u32,
	}
}

fn proof_of(leaves: &[Vec<u8>], index: u32) -> MerkleProof<H256, Vec<u8>> {
	merkle_proof::<BlakeTwo256, _, _>(leaves.to_vec(), index)
}

fn shown(leaf_index: u32, nodes: Vec<H256>) -> Proof {
	Proof::Allowlist {
		leaf_index,
		nodes: BoundedVec::try_from(nodes).unwrap(),
	}
}

/// A portal of Alice with this access, which she opens alone.
fn door(access: Access) -> Door {
	Draft::between(world(&alice()), world(&alice()))
		.with(|terms| terms.access = access)
		.opened()
}

fn travel(door: Door, who: &AccountId, proof: Proof) -> DispatchResult {
	door.travel_with(who, Way::There, Balance::MAX, proof)
}

#[test]
fn everybody_on_lists_of_any_size_gets_in() {
	build_and_execute(|| {
		for count in (1..=17u32).chain([31, 32, 33, 63, 64, 65, 100]) {
			for carols in [0, 1, count / 2, count.saturating_sub(2), count - 1] {
				if carols >= count {
					continue;
				}
				let list = leaves(&guests(count, carols));
				let proof = proof_of(&list, carols);
				undone(|| {
					let door = door(access(&list));
					assert_ok!(travel(door, &carol(), shown(carols, proof.proof.clone())));
					assert_noop!(
						travel(door, &dave(), shown(carols, proof.proof)),
						Error::<Test>::NotOnList
					);
				});
			}
		}
	});
}

#[test]
fn a_leaf_is_what_the_documentation_says() {
	build_and_execute(|| {
		let mut bytes = b"madang/portal/allowlist".to_vec();
		bytes.extend(genesis().as_bytes());
		bytes.extend([3; 32]);
		assert_eq!(leaf(genesis(), &carol()), bytes);
		assert_eq!(Portal::allowlist_leaf(carol()).encode(), bytes);
	});
}

#[test]
fn fails_when_the_proof_is_not_the_signers() {
	build_and_execute(|| {
		let guests = guests(10, 4);
		let list = leaves(&guests);
		let door = door(access(&list));
		let good = proof_of(&list, 4);
		let refused = |leaf_index, nodes: Vec<H256>| {
			assert_noop!(
				travel(door, &carol(), shown(leaf_index, nodes)),
				Error::<Test>::NotOnList
			);
		};
		// Another position, within the list, at its end and beyond.
		for index in [0, 3, 5, 6, 9, 10, u32::MAX] {
			refused(index, good.proof.clone());
		}
		// Somebody else's way to the root.
		refused(5, proof_of(&list, 5).proof);
		refused(4, proof_of(&list, 5).proof);
		// Too short, too long, upside down, one bit off.
		let mut nodes = good.proof.clone();
		nodes.pop();
		refused(4, nodes);
		refused(4, good.proof[1..].to_vec());
		refused(4, vec![]);
		let mut nodes = good.proof.clone();
		nodes.push(H256::zero());
		refused(4, nodes.clone());
		nodes.resize(MAX_PROOF_LEN as usize, good.root);
		refused(4, nodes);
		let mut nodes = good.proof.clone();
		nodes.reverse();
		refused(4, nodes);
		for place in 0..good.proof.len() {
			let mut nodes = good.proof.clone();
			nodes[place].0[31] ^= 1;
			refused(4, nodes);
		}
		// Dave shows Carol's.
		assert_noop!(
			travel(door, &dave(), shown(4, good.proof.clone())),
			Error::<Test>::NotOnList
		);
		assert_ok!(travel(door, &carol(), shown(4, good.proof)));
	});
}

#[test]
fn the_number_of_leaves_belongs_to_the_terms() {
	build_and_execute(|| {
		let list = leaves(&guests(5, 4));
		let Access::Allowlist { root, .. } = access(&list) else {
			panic!("it is a list")
		};
		let proof = proof_of(&list, 4).proof;
		for leaves in [1, 4] {
			let door = door(Access::Allowlist { root, leaves });
			assert_noop!(
				travel(door, &carol(), shown(4, proof.clone())),
				Error::<Test>::NotOnList
			);
		}
		let door = door(Access::Allowlist { root, leaves: 5 });
		assert_ok!(travel(door, &carol(), shown(4, proof)));
	});
}

#[test]
fn a_list_of_two_is_no_list_of_one() {
	build_and_execute(|| {
		let list = leaves(&guests(2, 0));
		let Access::Allowlist { root, .. } = access(&list) else {
			panic!("it is a list")
		};
		let door = door(Access::Allowlist { root, leaves: 1 });
		for nodes in [vec![], proof_of(&list, 0).proof] {
			assert_noop!(
				travel(door, &carol(), shown(0, nodes)),
				Error::<Test>::NotOnList
			);
		}
	});
}

#[test]
fn a_list_that_changed_lets_nobody_through_with_an_old_proof() {
	build_and_execute(|| {
		let old = leaves(&guests(8, 2));
		let door = door(access(&old));
		let proof = shown(2, proof_of(&old, 2).proof);
		let new = leaves(&guests(8, 3));
		assert_ok!(door.amend(&alice(), |terms| terms.access = access(&new)));
		assert_noop!(travel(door, &carol(), proof), Error::<Test>::NotOnList);
		assert_ok!(travel(door, &carol(), shown(3, proof_of(&new, 3).proof)));
	});
}

#[test]
fn an_empty_list_has_no_portal() {
	build_and_execute(|| {
		let none: Vec<Vec<u8>> = Vec::new();
		let empty = Draft::new().with(|terms| terms.access = access(&none));
		assert_noop!(empty.propose_by(&alice()), Error::<Test>::EmptyAllowlist);
	});
}

#[test]
fn whoever_holds_an_item_gets_in() {
	build_and_execute(|| {
		let collection = pallet_nfts::NextCollectionId::<Test>::get().unwrap_or_default();
		assert_ok!(Nfts::create(by(&alice()), alice(), Default::default()));
		for (item, who) in [(0, carol()), (1, dave())] {
			assert_ok!(Nfts::mint(by(&alice()), collection, item, who, None));
		}
		let door = door(Access::Holder { collection });
		for item in [1, 2, u32::MAX] {
			assert_noop!(
				travel(door, &carol(), Proof::Item(item)),
				Error::<Test>::NotHolder
			);
		}
		assert_ok!(travel(door, &carol(), Proof::Item(0)));
		// Who gave the item away is out, who got it is in; the pass of the former holder stays.
		assert_ok!(Nfts::transfer(by(&carol()), collection, 0, bob()));
		assert_ok!(travel(door, &bob(), Proof::Item(0)));
		assert_ok!(door.admit(&alice(), &carol()));
		assert_noop!(
			travel(door, &carol(), Proof::Item(0)),
			Error::<Test>::NotHolder
		);
		// An item of another collection does not count.
		let world = world(&dave());
		let land = parcel(world, &dave(), 0);
		assert_noop!(
			travel(door, &dave(), Proof::Item(land)),
			Error::<Test>::NotHolder
		);
		assert_ok!(Nfts::burn(by(&dave()), collection, 1));
		assert_noop!(
			travel(door, &dave(), Proof::Item(1)),
			Error::<Test>::NotHolder
		);
	});
}

#[test]
fn land_is_a_collection_as_well() {
	build_and_execute(|| {
		let world = world(&alice());
		let land = parcel(world, &carol(), 0);
		let collection = pallet_land::Territories::<Test>::get(world)
			.unwrap()
			.collection;
		let door = door(Access::Holder { collection });
		assert_ok!(travel(door, &carol(), Proof::Item(land)));
		assert_noop!(
			travel(door, &alice(), Proof::Item(land)),
			Error::<Test>::NotHolder
		);
	});
}

#[test]
fn each_kind_of_access_takes_its_own_kind_of_proof() {
	build_and_execute(|| {
		assert_ok!(Nfts::create(by(&alice()), alice(), Default::default()));
		let collection = pallet_nfts::NextCollectionId::<Test>::get().unwrap() - 1;
		assert_ok!(Nfts::mint(by(&alice()), collection, 0, carol(), None));
		let list = leaves(&[carol()]);
		let kinds = [
			(Access::Open, Proof::None),
			(access(&list), shown(0, vec![])),
			(Access::Holder { collection }, Proof::Item(0)),
		];
		for (place, (access, right)) in kinds.iter().enumerate() {
			let door = door(*access);
			for (other, (_, proof)) in kinds.iter().enumerate() {
				if other != place {
					assert_noop!(
						travel(door, &carol(), proof.clone()),
						Error::<Test>::WrongProofKind
					);
				}
			}
			assert_ok!(travel(door, &carol(), right.clone()));
		}
	});
}

#[test]
fn the_purpose_is_pinned() {
	assert_eq!(&ALLOWLIST_PURPOSE, b"madang/portal/allowlist");
}
