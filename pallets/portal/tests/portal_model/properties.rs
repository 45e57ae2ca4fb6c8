//! Properties of single parts: buckets and lists.

use frame_support::{assert_ok, traits::fungible::Mutate};
use madang_mock::*;
use madang_primitives::portal::{
	Access, DestinationInput, Direction, GateInput, Proof, Rate, Terms, Way,
};
use pallet_portal::{Bucket, Error};
use proptest::prelude::*;
use sp_core::H256;
use sp_runtime::DispatchResult;

use crate::tree;

proptest! {
	#[test]
	fn a_bucket_fills_as_if_somebody_did_it_block_by_block(
		(refill, window, burst) in (1..6u32, 1..9u32, 1..9u32),
		begin in 0..50u32,
		visits in prop::collection::vec((0..20u32, any::<bool>()), 1..30),
	) {
		let rate = Rate { refill, window, burst };
		let mut bucket = Bucket { left: burst, since: begin };
		let (mut left, mut now) = (burst, begin);
		for (blocks, takes) in visits {
			for _ in 0..blocks {
				now += 1;
				if (now - begin).is_multiple_of(window) {
					left = burst.min(left + refill);
				}
			}
			let filled = bucket.refilled(&rate, now);
			prop_assert_eq!(filled.left, left, "in block {}", now);
			prop_assert!(filled.since <= now && now - filled.since < window);
			if takes && left > 0 {
				left -= 1;
				bucket = Bucket { left, ..filled };
			}
		}
	}

	#[test]
	fn a_bucket_never_overflows(
		(refill, window, burst) in (1..=u32::MAX, 1..=u32::MAX, 1..=u32::MAX),
		left in any::<u32>(),
		(since, now) in any::<(u32, u32)>(),
	) {
		let rate = Rate { refill, window, burst };
		let left = left.min(burst);
		let filled = Bucket { left, since }.refilled(&rate, now);
		let windows = u64::from(now.saturating_sub(since) / window);
		let all = u128::from(left) + u128::from(refill) * u128::from(windows);
		prop_assert_eq!(u128::from(filled.left), all.min(burst.into()));
		let later = u64::from(since) + windows * u64::from(window);
		prop_assert_eq!(u64::from(filled.since), later);
	}
}

fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

/// The proof that a list of so many accounts, of which the first is number 100, has one at a place.
struct Shown {
	place: usize,
	nodes: Vec<H256>,
}

impl Shown {
	fn by(&self, who: &AccountId) -> DispatchResult {
		let proof = Proof::Allowlist {
			leaf_index: self.place as u32,
			nodes: self.nodes.clone().try_into().expect("lists are short"),
		};
		let origin = signed(who.clone());
		tx(|| outcome(Portal::travel(origin, 0, 1, Way::There, 0, proof)))
	}
}

/// A portal of Alice for those on a list.
fn open_for(list: &[AccountId]) {
	let source = GateInput {
		metaverse: register_demo(alice(), 4, 4),
		parcel: None,
		spawn: vec![],
	};
	let destination = DestinationInput::External {
		uri: b"https://example.org".to_vec(),
		manifest: H256::zero(),
	};
	let terms = Terms {
		direction: Direction::OneWay,
		toll: None,
		access: Access::Allowlist {
			root: tree::root(list),
			leaves: list.len() as u32,
		},
		rate: None,
		expires_at: None,
		notice: MIN_NOTICE,
	};
	assert_ok!(tx(|| Portal::propose(
		signed(alice()),
		source,
		destination,
		terms
	)));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn exactly_who_is_on_a_list_proves_it(
		len in 1..40usize,
		strangers in prop::collection::vec(200..250u8, 1..4),
		bit in 0..256usize,
	) {
		build_and_execute(|| {
			let list: Vec<_> = (0..len).map(|place| account(100 + place as u8)).collect();
			let strangers: Vec<_> = strangers.into_iter().map(account).collect();
			for who in list.iter().chain(&strangers) {
				assert_ok!(Balances::mint_into(who, 100_000));
			}
			open_for(&list);
			let refused = Err(Error::<Test>::NotOnList.into());
			for (place, member) in list.iter().enumerate() {
				let nodes = tree::proof(&list, place);
				for stranger in &strangers {
					let shown = Shown { place, nodes: nodes.clone() };
					assert_eq!(shown.by(stranger), refused, "a stranger at {place} of {len}");
				}
				for node in 0..nodes.len() {
					let mut nodes = nodes.clone();
					nodes[node].0[bit / 8] ^= 1 << (bit % 8);
					assert_eq!(Shown { place, nodes }.by(member), refused, "a bit of {node}");
				}
				let mut short = nodes.clone();
				if short.pop().is_some() {
					assert_eq!(Shown { place, nodes: short }.by(member), refused);
				}
				let mut long = nodes.clone();
				long.push(H256::zero());
				assert_eq!(Shown { place, nodes: long }.by(member), refused);
				// The place is no secret and proves nothing: a leaf that goes up alone passes with some
				// others too. But there is none behind the end of the list.
				let behind = Shown { place: len, nodes: nodes.clone() };
				assert_eq!(behind.by(member), refused);
				// Last, for whoever has a pass needs no other.
				assert_eq!(Shown { place, nodes }.by(member), Ok(()), "{place} of {len}");
			}
		});
	}
}
