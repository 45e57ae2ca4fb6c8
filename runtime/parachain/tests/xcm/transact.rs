//! Calls by message: nobody is on the list.

use codec::Encode;
use frame_support::{assert_noop, assert_ok, traits::fungible::Mutate};
use madang_parachain_runtime::{
	AccountId, Balances, PolkadotXcm, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
};
use madang_runtime_common::units::MDG;
use sp_runtime::DispatchError;
use xcm::{latest::prelude::*, VersionedXcm};

use crate::{
	common::{bob, on_development_chain},
	support::*,
};

/// A call that whoever signs may make, and that can be seen.
fn call() -> RuntimeCall {
	frame_system::Call::<Runtime>::remark_with_event {
		remark: b"it was me".to_vec(),
	}
	.into()
}

fn was_made() -> bool {
	System::events().iter().any(|record| {
		matches!(
			record.event,
			RuntimeEvent::System(frame_system::Event::Remarked { .. })
		)
	})
}

/// Pays, and then makes a call.
fn paid(origin_kind: OriginKind) -> Xcm<RuntimeCall> {
	Xcm(vec![
		WithdrawAsset(native(MDG).into()),
		BuyExecution {
			fees: native(MDG),
			weight_limit: Unlimited,
		},
		Transact {
			origin_kind,
			fallback_max_weight: None,
			call: call().encode().into(),
		},
	])
}

#[test]
fn no_message_makes_a_call_whoever_sends_it() {
	on_development_chain(|| {
		// On the way it may say that it speaks for somebody.
		let user = AccountId32 {
			network: None,
			id: [9; 32],
		};
		let body = Plurality {
			id: BodyId::Executive,
			part: BodyPart::Voice,
		};
		let speakers = [
			(relay_chain(), None),
			(relay_chain(), Some(body)),
			(asset_hub(), None),
			(asset_hub(), Some(user)),
			(asset_hub(), Some(body)),
			(sibling(STRANGER), None),
			(sibling(STRANGER), Some(user)),
		];
		for (from, inside) in speakers {
			let speaker = match inside {
				Some(junction) => from.clone().appended_with(junction).expect("it is short"),
				None => from.clone(),
			};
			// So that it is not for want of money.
			assert_ok!(Balances::mint_into(&account_of(&speaker), 10 * MDG));
			for kind in [
				OriginKind::Native,
				OriginKind::SovereignAccount,
				OriginKind::Superuser,
				OriginKind::Xcm,
			] {
				let mut message = paid(kind);
				if let Some(junction) = inside {
					message.0.insert(0, DescendOrigin(junction.into()));
				}
				let outcome = receive(from.clone(), message);
				let Outcome::Incomplete { error, .. } = outcome else {
					panic!("{speaker:?} as {kind:?}: {outcome:?}");
				};
				// It was let in and has paid: what was refused is the call.
				assert_eq!(error.error, XcmError::NoPermission);
				assert_eq!(usize::from(error.index), 2 + usize::from(inside.is_some()));
				assert!(!was_made(), "{speaker:?} as {kind:?}");
			}
		}
	});
}

#[test]
fn the_call_itself_could_be_made() {
	on_development_chain(|| {
		use sp_runtime::traits::Dispatchable;
		assert_ok!(call().dispatch(RuntimeOrigin::signed(bob())));
		assert!(was_made());
	});
}

#[test]
fn accounts_execute_and_send_no_programs_of_their_own() {
	on_development_chain(|| {
		let program = VersionedXcm::from(paid(OriginKind::SovereignAccount));
		let outcome =
			PolkadotXcm::execute(RuntimeOrigin::signed(bob()), Box::new(program), Weight::MAX);
		assert_eq!(
			outcome.map_err(|failed| failed.error).map(|_| ()),
			Err(pallet_xcm::Error::<Runtime>::Filtered.into())
		);
		let nothing = VersionedXcm::from(Xcm::<()>(vec![ClearOrigin]));
		assert_noop!(
			PolkadotXcm::send(
				RuntimeOrigin::signed(bob()),
				Box::new(asset_hub().into()),
				Box::new(nothing),
			),
			DispatchError::BadOrigin
		);
		assert!(!was_made());
	});
}

/// The accounts that places have here exist so that they can be paid and can pay. They are nobody's.
#[test]
fn accounts_of_places_differ() {
	let inside = |location: Location| {
		let user = AccountId32 {
			network: None,
			id: bob().into(),
		};
		location.appended_with(user).expect("it is short")
	};
	let places = [
		relay_chain(),
		asset_hub(),
		sibling(STRANGER),
		inside(relay_chain()),
		inside(asset_hub()),
		inside(sibling(STRANGER)),
	];
	let mut accounts: Vec<AccountId> = places.iter().map(account_of).collect();
	accounts.push(bob());
	accounts.push(treasury());
	let count = accounts.len();
	accounts.sort();
	accounts.dedup();
	assert_eq!(accounts.len(), count);
}
