//! Portals among the other pallets of the runtime: proxies, closing, land.

mod common;

use common::{alice, bob, charlie, lookup, on_development_chain};
use frame_support::{assert_noop, assert_ok};
use madang_primitives::{
	escrow::AssetKind,
	geometry::{Area, Cut},
	metaverse::{EndpointInput, ProfileInput, Protocol},
	portal::{
		Access, DestinationInput, Direction, GateInput, PassState, PortalId, PortalState, Proof,
		Split, Terms, Toll, Way,
	},
	town::plots,
	MetaverseId, ParcelId,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE, LAUNCH_TOWN, TEST_DOLLAR, TUSD},
	AccountId, Assets, Balance, Balances, BlockNumber, Land, Metaverse, Portal, Proxy, ProxyType,
	Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
};
use madang_runtime_common::{params::MinNotice, units::MDG};
use sp_runtime::{DispatchError, DispatchResult, Permill};

const TOLL: Balance = 1_001;

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn gate(metaverse: MetaverseId, parcel: Option<ParcelId>) -> GateInput {
	GateInput {
		metaverse,
		parcel,
		spawn: b"north gate".to_vec(),
	}
}

fn terms(toll: Option<Toll>) -> Terms<BlockNumber> {
	Terms {
		direction: Direction::TwoWay,
		toll,
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	}
}

fn toll() -> Option<Toll> {
	Some(Toll {
		asset: AssetKind::WithId(TEST_DOLLAR),
		amount: TOLL,
		split: Split {
			source: Permill::from_percent(49),
			destination: Permill::from_percent(49),
			network: Permill::from_percent(2),
		},
	})
}

fn claim(who: AccountId, metaverse: MetaverseId, area: Area) -> ParcelId {
	System::reset_events();
	assert_ok!(Land::claim(signed(who), metaverse, area, 10 * MDG));
	System::events()
		.into_iter()
		.find_map(|record| match record.event {
			RuntimeEvent::Land(pallet_land::Event::Claimed { parcel, .. }) => Some(parcel),
			_ => None,
		})
		.expect("a claim that succeeds says so")
}

/// Opens the doors of the demo metaverse of Alice.
fn launch_demo() {
	let endpoint = EndpointInput {
		protocol: Protocol::Web,
		uri: b"https://demo.example".to_vec(),
		manifest: None,
	};
	assert_ok!(Metaverse::set_endpoint(
		signed(alice()),
		DEMO_METAVERSE,
		0,
		endpoint
	));
	claim(alice(), DEMO_METAVERSE, Area::new(0, 0, 1, 1));
	assert_ok!(Metaverse::launch(signed(alice()), DEMO_METAVERSE));
}

/// A world of Bob, whose accounts and the treasury's can receive test dollars.
fn world_of_bob() -> MetaverseId {
	let profile = ProfileInput {
		name: b"World of Bob".to_vec(),
		..Default::default()
	};
	assert_ok!(Metaverse::register(
		signed(bob()),
		b"world-of-bob".to_vec(),
		profile,
		8,
		8,
		MDG
	));
	let id = Metaverse::api_by_slug(b"world-of-bob".to_vec())
		.expect("it was just registered")
		.id;
	for account in [
		Metaverse::account_of(id),
		Metaverse::account_of(DEMO_METAVERSE),
		madang_runtime::Treasury::account_id(),
	] {
		assert_ok!(Balances::transfer_keep_alive(
			signed(bob()),
			lookup(account.clone()),
			MDG
		));
		assert_ok!(Assets::transfer_keep_alive(
			signed(bob()),
			TEST_DOLLAR.into(),
			lookup(account),
			TUSD
		));
	}
	id
}

/// A portal with a toll from the demo metaverse of Alice to a world of Bob.
fn toll_portal() -> (PortalId, MetaverseId) {
	let world = world_of_bob();
	assert_ok!(Portal::propose(
		signed(alice()),
		gate(DEMO_METAVERSE, None),
		DestinationInput::Gate(gate(world, None)),
		terms(toll()),
	));
	assert_ok!(Portal::accept(signed(bob()), 0, 1));
	(0, world)
}

fn state(id: PortalId) -> Option<PortalState> {
	Portal::api_get(id).map(|portal| portal.state)
}

fn travel(id: PortalId) -> RuntimeCall {
	RuntimeCall::Portal(pallet_portal::Call::<Runtime>::travel {
		id,
		version: 1,
		way: Way::There,
		max_toll: TOLL,
		proof: Proof::None,
	})
}

fn as_proxy(proxy: AccountId, real: AccountId, call: RuntimeCall) -> DispatchResult {
	System::reset_events();
	assert_ok!(Proxy::proxy(
		signed(proxy),
		lookup(real),
		None,
		Box::new(call)
	));
	System::events()
		.into_iter()
		.find_map(|record| match record.event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
			_ => None,
		})
		.expect("the proxy says what became of the call")
}

#[test]
fn a_startup_opens_a_door_in_town_with_one_call() {
	on_development_chain(|| {
		let plot = claim(
			alice(),
			LAUNCH_TOWN,
			plots().next().expect("the town has plots").area,
		);
		let propose = || {
			Portal::propose(
				signed(alice()),
				gate(LAUNCH_TOWN, Some(plot)),
				DestinationInput::Gate(gate(DEMO_METAVERSE, None)),
				terms(None),
			)
		};
		assert_ok!(propose());
		assert_eq!(
			state(0),
			Some(PortalState::Proposed),
			"the world at the other end is not launched"
		);
		launch_demo();
		assert_ok!(propose());
		assert_eq!(state(1), Some(PortalState::Open));

		assert_noop!(
			Land::split(signed(alice()), LAUNCH_TOWN, plot, Cut::Column(1)),
			pallet_portal::Error::<Runtime>::ParcelHasPortal
		);
		assert_noop!(
			Land::release(signed(alice()), LAUNCH_TOWN, plot),
			pallet_portal::Error::<Runtime>::ParcelHasPortal
		);
		// The network closes what is in its town, and afterwards the plot is free again.
		assert_ok!(Portal::close(RuntimeOrigin::root(), 1));
		System::set_block_number(1 + MinNotice::get());
		assert_eq!(state(1), Some(PortalState::Closed));
		assert_ok!(Portal::reap(signed(charlie()), 1));
		assert_ok!(Land::release(signed(alice()), LAUNCH_TOWN, plot));
	});
}

#[test]
fn quality_16_a_proxy_that_may_not_transfer_cannot_travel_with_a_toll() {
	on_development_chain(|| {
		let (id, _) = toll_portal();
		let limited = [
			ProxyType::NonTransfer,
			ProxyType::Governance,
			ProxyType::Land,
			ProxyType::Metaverse,
			ProxyType::CancelProxy,
		];
		for proxy_type in limited {
			let principal = signed(charlie());
			assert_ok!(Proxy::add_proxy(
				principal.clone(),
				lookup(bob()),
				proxy_type,
				0
			));
			let before = Assets::balance(TEST_DOLLAR, charlie());
			assert_eq!(
				as_proxy(bob(), charlie(), travel(id)),
				Err(frame_system::Error::<Runtime>::CallFiltered.into()),
				"{proxy_type:?}"
			);
			assert_eq!(Assets::balance(TEST_DOLLAR, charlie()), before);
			assert_eq!(Portal::api_pass(id, &charlie()), None);
			assert_ok!(Proxy::remove_proxies(principal));
		}
		assert_ok!(Proxy::add_proxy(
			signed(charlie()),
			lookup(bob()),
			ProxyType::Any,
			0
		));
		assert_ok!(as_proxy(bob(), charlie(), travel(id)));
		assert!(Portal::api_pass(id, &charlie()).is_some());
	});
}

#[test]
fn the_key_of_a_server_keeps_the_door_and_moves_no_money_of_its_owner() {
	on_development_chain(|| {
		let (id, world) = toll_portal();
		let server = common::alice();
		assert_ok!(Proxy::add_proxy(
			signed(bob()),
			lookup(server.clone()),
			ProxyType::Metaverse,
			0
		));
		let call = travel(id);
		assert_ok!(match call {
			RuntimeCall::Portal(call) =>
				frame_support::traits::UnfilteredDispatchable::dispatch_bypass_filter(
					call,
					signed(charlie())
				)
				.map(|_| ())
				.map_err(|failed| failed.error),
			_ => Err(DispatchError::Other("not a call of portals")),
		});
		let purse = || {
			let account = Metaverse::account_of(world);
			Assets::balance(TEST_DOLLAR, account)
		};
		let before = purse();
		let admit = RuntimeCall::Portal(pallet_portal::Call::<Runtime>::admit {
			id,
			who: lookup(charlie()),
		});
		assert_ok!(as_proxy(server.clone(), bob(), admit));
		assert_eq!(purse() - before, 490, "49 percent of 1,001, rounded down");
		assert_eq!(
			Portal::api_pass(id, &charlie()).map(|pass| pass.state),
			Some(PassState::Used)
		);
		let close = RuntimeCall::Portal(pallet_portal::Call::<Runtime>::close { id });
		assert_eq!(
			as_proxy(server, bob(), close),
			Err(frame_system::Error::<Runtime>::CallFiltered.into())
		);
	});
}

#[test]
fn quality_17_a_metaverse_with_portals_cannot_be_closed() {
	on_development_chain(|| {
		let (id, world) = toll_portal();
		assert_noop!(
			Metaverse::close(signed(bob()), world),
			pallet_portal::Error::<Runtime>::MetaverseHasPortals
		);
		assert_ok!(Portal::close(signed(bob()), id));
		System::set_block_number(1 + MinNotice::get());
		assert_ok!(Portal::reap(signed(charlie()), id));
		// The test dollars of its account go first.
		assert_ok!(Metaverse::spend_asset(
			signed(bob()),
			world,
			TEST_DOLLAR,
			lookup(bob()),
			TUSD
		));
		assert_ok!(Metaverse::close(signed(bob()), world));
	});
}
