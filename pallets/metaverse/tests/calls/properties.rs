//! Whatever anybody does in whatever order, every equation holds after every step.

use crate::support::*;
use proptest::prelude::*;

/// What somebody tries: which call, who, on which metaverse, and two numbers that mean something
/// else for each call.
type Step = (u8, usize, MetaverseId, u8, u8);

fn attempt((what, who, id, a, b): Step) {
	let person = |number: u8| people()[usize::from(number) % 4].clone();
	let by = || signed(people()[who].clone());
	let now = System::block_number();
	// Most of it fails, and should; what counts is what remains.
	match what {
		0 => {
			let name = vec![b'n'; usize::from(a) % 70];
			let profile = ProfileInput {
				name,
				uri: vec![b'u'; b.into()],
				hash: None,
			};
			let _ = tx(|| Metaverse::set_profile(by(), id, profile));
		}
		1 => {
			let uri = "u".repeat(b.into());
			let _ = tx(|| Metaverse::set_endpoint(by(), id, a % 9, endpoint(&uri)));
		}
		2 => {
			let _ = tx(|| Metaverse::remove_endpoint(by(), id, a % 9));
		}
		3 => {
			let _ = tx(|| Metaverse::launch(by(), id));
		}
		4 => {
			let roles = Roles {
				profile: b & 1 != 0,
				land: b & 2 != 0,
				portal: b & 4 != 0,
				treasury: b & 8 != 0,
			};
			let _ = tx(|| Metaverse::set_manager(by(), id, person(a), roles));
		}
		5 => {
			let _ = tx(|| Metaverse::nominate_owner(by(), id, person(a)));
		}
		6 => {
			let _ = tx(|| Metaverse::accept_ownership(by(), id));
		}
		7 => {
			let _ = tx(|| Metaverse::spend(by(), id, person(a), b.into()));
		}
		8 => {
			let _ = tx(|| Metaverse::suspend(root(), id, now + u32::from(a), REASON));
		}
		9 => {
			let _ = tx(|| Metaverse::resume(root(), id));
		}
		10 => {
			let _ = tx(|| Metaverse::close(by(), id));
		}
		11 => {
			let _ = register(people()[who].clone(), &format!("world-{}", a % 4));
		}
		12 => {
			let policy = SalePolicy::Open {
				price_per_cell: b.into(),
			};
			let _ = tx(|| Land::set_sale(by(), id, policy));
		}
		13 => {
			let area = Area::new(u16::from(a % 12), u16::from(b % 12), 2, 2);
			let _ = tx(|| Land::claim(by(), id, area, Balance::MAX));
		}
		14 => {
			let _ = tx(|| Land::release(by(), id, u32::from(a % 4)));
		}
		_ => run_to_block(now + if b == 0 { 1_000_000 } else { u32::from(a) }),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn every_equation_holds_after_every_step(
		steps in prop::collection::vec(
			(0u8..16, 0usize..4, 0u32..7, any::<u8>(), any::<u8>()),
			1..40,
		)
	) {
		build_and_execute(|| {
			for owner in [alice(), bob(), carol()] {
				register_demo(owner, 12, 12);
			}
			for step in steps {
				attempt(step);
				check_state();
			}
		});
	}
}
