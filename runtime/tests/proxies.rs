//! What each kind of proxy may do, call by call, and that it holds where calls are made.

mod common;

use codec::Compact;
use common::{alice, bob, charlie, lookup, on_development_chain};
use frame_support::{
	assert_ok,
	traits::{fungible::Inspect, GetCallMetadata, GetCallName, InstanceFilter},
};
use frame_system::RawOrigin;
use madang_primitives::{
	escrow::{Amendment, Apathy, AssetKind, Policy, Ruling, Terms},
	geometry::{Area, Cut},
	land::{ContentInput, SalePolicy},
	metaverse::{EndpointInput, ProfileInput, Protocol, Roles},
	portal::{self, Access, DestinationInput, Direction, GateInput, Proof, Way},
	town::ROADS,
	CollectionId, MetaverseId, ParcelId,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE, PREPARATION_TOWN},
	AccountId, Balance, Balances, BlockNumber, Land, Metaverse, Nfts, OriginCaller, Proxy,
	ProxyType, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, SessionKeys, System, Treasury,
};
use madang_runtime_common::{params::MinNotice, units::MDG};
use sp_core::H256;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{DispatchError, DispatchResult, Permill};

use ProxyType::{
	CancelProxy, Governance, Land as LandProxy, Metaverse as MetaverseProxy, NonTransfer,
};

const WORLD: MetaverseId = DEMO_METAVERSE;
const COLLECTION: CollectionId = 2;
const PARCEL: ParcelId = 0;

/// The land of Preparation Town, and the first parcel there that is no road.
const TOWN_COLLECTION: CollectionId = 0;
const STALL: ParcelId = ROADS as ParcelId;

fn one_cell(x: u16) -> Area {
	Area::new(x, 0, 1, 1)
}

fn profile() -> ProfileInput {
	ProfileInput {
		name: "달빛 시장".into(),
		..Default::default()
	}
}

fn endpoint() -> EndpointInput {
	EndpointInput {
		protocol: Protocol::Web,
		uri: "https://example.org".into(),
		manifest: None,
	}
}

fn content() -> Option<ContentInput> {
	Some(ContentInput {
		uri: "ipfs://tower".into(),
		hash: H256::repeat_byte(1),
	})
}

fn terms() -> Terms<BlockNumber> {
	Terms {
		asset: AssetKind::Native,
		goal: 100 * MDG,
		cap: 200 * MDG,
		min_ticket: MDG,
		bond: 2 * MDG,
		min_investors: 1,
		opens_after: 0,
		period: 10,
		lock: 2,
		cooling_off: 0,
		voting: 3,
		grace: 3,
		lock_up: 0,
		kickoff: Permill::zero(),
		on_apathy: Apathy::TacitApprove,
		documents: H256::repeat_byte(1),
	}
}

fn portal_terms() -> portal::Terms<BlockNumber> {
	portal::Terms {
		direction: Direction::OneWay,
		toll: None,
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	}
}

fn remark() -> RuntimeCall {
	frame_system::Call::<Runtime>::remark { remark: vec![] }.into()
}

/// A call, and which proxies besides `Any` may make it.
type Row = (RuntimeCall, &'static [ProxyType]);

fn row(call: impl Into<RuntimeCall>, permitted: &'static [ProxyType]) -> Row {
	(call.into(), permitted)
}

/// What carries other calls is open to these, because the filter goes along.
const CARRIERS: &[ProxyType] = &[NonTransfer, Governance, LandProxy, MetaverseProxy];

fn table() -> Vec<Row> {
	[
		machine(),
		money(),
		decisions(),
		carriers(),
		items(),
		metaverses(),
		land(),
		escrow(),
		portals(),
		attestations(),
	]
	.concat()
}

fn machine() -> Vec<Row> {
	let keys = SessionKeys {
		aura: Sr25519Keyring::Bob.public().into(),
		grandpa: Ed25519Keyring::Bob.public().into(),
	};
	vec![
		row(remark(), CARRIERS),
		row(
			frame_system::Call::<Runtime>::set_code { code: vec![] },
			&[],
		),
		row(
			pallet_preimage::Call::<Runtime>::note_preimage { bytes: vec![] },
			&[],
		),
		row(
			pallet_sudo::Call::<Runtime>::sudo {
				call: Box::new(remark()),
			},
			&[],
		),
		row(
			pallet_session::Call::<Runtime>::set_keys {
				keys,
				proof: vec![],
			},
			&[],
		),
		row(
			pallet_collator_selection::Call::<Runtime>::register_as_candidate {},
			&[],
		),
	]
}

fn money() -> Vec<Row> {
	type Call = pallet_balances::Call<Runtime>;
	type AssetsCall = pallet_assets::Call<Runtime>;
	let dest = lookup(bob());
	vec![
		row(
			Call::transfer_keep_alive {
				dest: dest.clone(),
				value: 1,
			},
			&[],
		),
		row(
			Call::transfer_allow_death {
				dest: dest.clone(),
				value: 1,
			},
			&[],
		),
		row(
			Call::transfer_all {
				dest: dest.clone(),
				keep_alive: false,
			},
			&[],
		),
		row(
			Call::burn {
				value: 1,
				keep_alive: true,
			},
			&[],
		),
		row(
			AssetsCall::transfer {
				id: Compact(1),
				target: dest.clone(),
				amount: 1,
			},
			&[],
		),
		row(
			AssetsCall::approve_transfer {
				id: Compact(1),
				delegate: dest,
				amount: 1,
			},
			&[],
		),
		row(pallet_treasury::Call::<Runtime>::payout { index: 0 }, &[]),
	]
}

/// A motion can spend the treasury.
fn decisions() -> Vec<Row> {
	type Call = pallet_collective::Call<Runtime, pallet_collective::Instance1>;
	let motion = || Box::new(remark());
	let proposal = H256::repeat_byte(1);
	vec![
		row(
			Call::vote {
				proposal,
				index: 0,
				approve: true,
			},
			&[Governance],
		),
		row(
			Call::propose {
				threshold: 2,
				proposal: motion(),
				length_bound: 100,
			},
			&[Governance],
		),
		row(
			Call::execute {
				proposal: motion(),
				length_bound: 100,
			},
			&[],
		),
	]
}

fn carriers() -> Vec<Row> {
	type Call = pallet_utility::Call<Runtime>;
	type ProxyCall = pallet_proxy::Call<Runtime>;
	let inner = || Box::new(remark());
	let call_hash = H256::repeat_byte(1);
	vec![
		row(
			Call::batch {
				calls: vec![remark()],
			},
			CARRIERS,
		),
		row(
			Call::batch_all {
				calls: vec![remark()],
			},
			CARRIERS,
		),
		row(
			Call::force_batch {
				calls: vec![remark()],
			},
			CARRIERS,
		),
		row(
			Call::if_else {
				main: inner(),
				fallback: inner(),
			},
			CARRIERS,
		),
		row(
			Call::dispatch_as {
				as_origin: Box::new(OriginCaller::system(RawOrigin::Root)),
				call: inner(),
			},
			&[],
		),
		row(
			Call::as_derivative {
				index: 0,
				call: inner(),
			},
			&[],
		),
		row(
			pallet_multisig::Call::<Runtime>::as_multi_threshold_1 {
				other_signatories: vec![bob()],
				call: inner(),
			},
			&[],
		),
		row(
			ProxyCall::proxy {
				real: lookup(bob()),
				force_proxy_type: None,
				call: inner(),
			},
			&[],
		),
		row(
			ProxyCall::add_proxy {
				delegate: lookup(bob()),
				proxy_type: NonTransfer,
				delay: 0,
			},
			&[],
		),
		row(
			ProxyCall::reject_announcement {
				delegate: lookup(bob()),
				call_hash,
			},
			&[NonTransfer, CancelProxy],
		),
	]
}

fn items() -> Vec<Row> {
	type Call = pallet_nfts::Call<Runtime>;
	let (collection, item) = (COLLECTION, PARCEL);
	vec![
		row(
			Call::transfer {
				collection,
				item,
				dest: lookup(bob()),
			},
			&[],
		),
		row(Call::burn { collection, item }, &[]),
		row(
			Call::approve_transfer {
				collection,
				item,
				delegate: lookup(bob()),
				maybe_deadline: None,
			},
			&[],
		),
		row(
			Call::set_price {
				collection,
				item,
				price: Some(0),
				whitelisted_buyer: Some(lookup(bob())),
			},
			&[],
		),
		row(
			Call::buy_item {
				collection: TOWN_COLLECTION,
				item: STALL,
				bid_price: MDG,
			},
			&[],
		),
		row(
			Call::create_swap {
				offered_collection: collection,
				offered_item: item,
				desired_collection: TOWN_COLLECTION,
				maybe_desired_item: None,
				maybe_price: None,
				duration: 1,
			},
			&[],
		),
		row(
			Call::claim_swap {
				send_collection: collection,
				send_item: item,
				receive_collection: TOWN_COLLECTION,
				receive_item: STALL,
				witness_price: None,
			},
			&[],
		),
	]
}

fn metaverses() -> Vec<Row> {
	type Call = pallet_metaverse::Call<Runtime>;
	const CARE: &[ProxyType] = &[NonTransfer, MetaverseProxy];
	let id = WORLD;
	let reason_hash = H256::repeat_byte(1);
	vec![
		row(
			Call::register {
				slug: "moonlit-market".into(),
				profile: profile(),
				width: 1,
				height: 1,
				max_price: MDG,
			},
			&[],
		),
		row(
			Call::set_profile {
				id,
				profile: profile(),
			},
			CARE,
		),
		row(
			Call::set_endpoint {
				id,
				index: 0,
				endpoint: endpoint(),
			},
			CARE,
		),
		row(Call::remove_endpoint { id, index: 0 }, CARE),
		row(Call::launch { id }, CARE),
		row(
			Call::set_manager {
				id,
				who: lookup(bob()),
				roles: Roles::ALL,
			},
			&[],
		),
		row(
			Call::nominate_owner {
				id,
				who: lookup(bob()),
			},
			&[],
		),
		row(Call::accept_ownership { id }, &[]),
		row(
			Call::spend {
				id,
				dest: lookup(bob()),
				amount: 1,
			},
			&[],
		),
		row(
			Call::spend_asset {
				id,
				asset: 1,
				dest: lookup(bob()),
				amount: 1,
			},
			&[],
		),
		row(
			Call::suspend {
				id,
				until: 10,
				reason_hash,
			},
			&[],
		),
		row(Call::resume { id }, &[]),
		row(Call::close { id }, &[]),
	]
}

fn land() -> Vec<Row> {
	type Call = pallet_land::Call<Runtime>;
	const CARE: &[ProxyType] = &[NonTransfer, LandProxy];
	const RULE: &[ProxyType] = &[LandProxy];
	let (metaverse, parcel) = (WORLD, PARCEL);
	let policy = SalePolicy::Open { price_per_cell: 0 };
	vec![
		row(Call::set_sale { metaverse, policy }, RULE),
		row(
			Call::claim {
				metaverse: PREPARATION_TOWN,
				area: one_cell(9),
				max_price: MDG,
			},
			&[],
		),
		row(
			Call::claim_for {
				metaverse,
				area: one_cell(9),
				beneficiary: lookup(bob()),
			},
			RULE,
		),
		row(
			Call::transfer {
				metaverse,
				parcel,
				dest: lookup(bob()),
			},
			&[],
		),
		row(Call::adopt_deposit { metaverse, parcel }, RULE),
		row(Call::reap { metaverse, parcel }, CARE),
		row(
			Call::split {
				metaverse,
				parcel,
				cut: Cut::Column(1),
			},
			RULE,
		),
		row(
			Call::merge {
				metaverse,
				a: 0,
				b: 1,
			},
			RULE,
		),
		row(Call::release { metaverse, parcel }, &[]),
		row(
			Call::set_content {
				metaverse,
				parcel,
				content: content(),
			},
			CARE,
		),
		row(
			Call::set_builder {
				metaverse,
				parcel,
				who: lookup(bob()),
				until: 10,
			},
			CARE,
		),
		row(
			Call::grow {
				metaverse,
				width: 80,
				height: 64,
				max_price: MDG,
			},
			&[],
		),
	]
}

/// Who may commit could spend everything, and who may vote or claim decides about the money of the
/// account. Calls that anyone may make need no proxy.
fn escrow() -> Vec<Row> {
	type Call = pallet_escrow::Call<Runtime>;
	let (campaign, position) = (0, 0);
	let hash = H256::repeat_byte(1);
	let amendment = Amendment {
		documents: hash,
		goal: 100 * MDG,
		cap: 200 * MDG,
		extend_by: 0,
	};
	let calls = [
		Call::create {
			metaverse: WORLD,
			terms: terms(),
			milestones: vec![],
			policy: Policy::Open,
		},
		Call::open { campaign },
		Call::discard { campaign },
		Call::commit {
			campaign,
			amount: MDG,
			min_accept: MDG,
			version: 1,
			terms_hash: hash,
		},
		Call::withdraw {
			position,
			amount: MDG,
		},
		Call::amend {
			campaign,
			amendment,
		},
		Call::reconfirm {
			position,
			version: 1,
			terms_hash: hash,
		},
		Call::announce_early_close { campaign, after: 3 },
		Call::cancel { campaign },
		Call::advance { campaign },
		Call::submit_milestone {
			campaign,
			evidence: hash,
		},
		Call::vote {
			position,
			aye: true,
		},
		Call::exit { position },
		Call::claim { position },
		Call::claim_to {
			position,
			dest: lookup(bob()),
		},
		Call::exit_to {
			position,
			dest: lookup(bob()),
		},
		Call::claim_for { position },
		Call::abandon { campaign },
		Call::raise_dispute { position },
		Call::resolve_dispute {
			campaign,
			ruling: Ruling::Dismiss,
		},
		Call::call_no_confidence { position },
		Call::request_extension {
			campaign,
			blocks: 1,
			reason: hash,
		},
		Call::mint_receipt { position },
		Call::transfer_position {
			position,
			to: lookup(bob()),
		},
		Call::deposit_revenue {
			campaign,
			amount: MDG,
		},
		Call::claim_revenue { position },
		Call::close { campaign },
		Call::allow_claim_for {
			position,
			allowed: false,
		},
		Call::set_asset {
			asset: AssetKind::Native,
			rules: None,
		},
	];
	calls.into_iter().map(|call| row(call, &[])).collect()
}

/// A toll is money, and what is agreed to costs deposits. A key for the server of a world keeps the
/// door: it lets visitors in or turns them away, and pauses.
fn portals() -> Vec<Row> {
	type Call = pallet_portal::Call<Runtime>;
	const DOOR: &[ProxyType] = &[NonTransfer, MetaverseProxy];
	let id = 0;
	let who = || lookup(bob());
	let gate = |metaverse| GateInput {
		metaverse,
		parcel: None,
		spawn: vec![],
	};
	vec![
		row(
			Call::propose {
				source: gate(WORLD),
				destination: DestinationInput::Gate(gate(PREPARATION_TOWN)),
				terms: portal_terms(),
			},
			&[],
		),
		row(Call::accept { id, version: 1 }, &[]),
		row(
			Call::amend {
				id,
				terms: portal_terms(),
			},
			&[],
		),
		row(Call::pause { id }, DOOR),
		row(Call::resume { id }, DOOR),
		row(Call::affirm { id }, &[]),
		row(Call::close { id }, &[]),
		row(
			Call::travel {
				id,
				version: 1,
				way: Way::There,
				max_toll: MDG,
				proof: Proof::None,
			},
			&[],
		),
		row(Call::admit { id, who: who() }, DOOR),
		row(Call::refuse { id, who: who() }, DOOR),
		row(Call::reap { id }, &[]),
		row(Call::reap_pass { id, who: who() }, &[]),
	]
}

/// The word of an attester opens campaigns, and its storage is paid by the account.
fn attestations() -> Vec<Row> {
	type Call = pallet_attestation::Call<Runtime>;
	vec![
		row(
			Call::attest {
				who: lookup(bob()),
				subject: H256::repeat_byte(1),
				class: 0,
				cap: MDG,
				until: None,
			},
			&[],
		),
		row(Call::revoke { who: lookup(bob()) }, &[]),
		row(
			Call::renounce {
				attester: lookup(bob()),
			},
			&[],
		),
	]
}

fn name_of(call: &RuntimeCall) -> String {
	let meta = call.get_call_metadata();
	format!("{}.{}", meta.pallet_name, meta.function_name)
}

#[test]
fn each_proxy_type_permits_what_the_table_says() {
	for (call, permitted) in table() {
		for proxy_type in ProxyType::ALL {
			let expected = proxy_type == ProxyType::Any || permitted.contains(&proxy_type);
			assert_eq!(
				proxy_type.filter(&call),
				expected,
				"{proxy_type:?} {}",
				name_of(&call)
			);
		}
	}
}

#[test]
fn every_call_of_ours_is_in_the_table() {
	let listed: Vec<String> = table().iter().map(|(call, _)| name_of(call)).collect();
	let ours = [
		(
			"Metaverse",
			<pallet_metaverse::Call<Runtime> as GetCallName>::get_call_names(),
		),
		(
			"Land",
			<pallet_land::Call<Runtime> as GetCallName>::get_call_names(),
		),
		(
			"Escrow",
			<pallet_escrow::Call<Runtime> as GetCallName>::get_call_names(),
		),
		(
			"Portal",
			<pallet_portal::Call<Runtime> as GetCallName>::get_call_names(),
		),
		(
			"Attestation",
			<pallet_attestation::Call<Runtime> as GetCallName>::get_call_names(),
		),
	];
	for (pallet, calls) in ours {
		for call in calls {
			let name = format!("{pallet}.{call}");
			assert!(
				listed.contains(&name),
				"decide which proxies may make {name}"
			);
		}
	}
}

#[test]
fn a_superset_permits_all_that_the_other_permits() {
	// `proxy.add_proxy` relies on it: nobody gives away more than he has.
	for (call, _) in table() {
		for one in ProxyType::ALL {
			for other in ProxyType::ALL {
				let covers = InstanceFilter::<RuntimeCall>::is_superset(&one, &other);
				if covers && other.filter(&call) {
					assert!(one.filter(&call), "{one:?} {other:?} {}", name_of(&call));
				}
			}
		}
	}
}

/// Lets Bob make a call for Alice, and tells how it went.
fn bob_for_alice(call: RuntimeCall) -> DispatchResult {
	System::reset_events();
	assert_ok!(Proxy::proxy(
		RuntimeOrigin::signed(bob()),
		lookup(alice()),
		None,
		Box::new(call)
	));
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
			_ => None,
		})
		.expect("the call was made")
}

/// Who has how much, free and on hold, and who owns which item.
fn possessions() -> (Vec<(Balance, Balance)>, Vec<Option<AccountId>>) {
	let money = [
		alice(),
		bob(),
		charlie(),
		Treasury::account_id(),
		Metaverse::account_of(WORLD),
		Metaverse::account_of(PREPARATION_TOWN),
	]
	.iter()
	.map(|who| (Balances::balance(who), Balances::total_balance(who)))
	.collect();
	let items = [(COLLECTION, 0), (COLLECTION, 1), (TOWN_COLLECTION, STALL)]
		.map(|(collection, item)| Nfts::owner(collection, item))
		.to_vec();
	(money, items)
}

/// Alice owns two parcels and some money in her world and names Bob her proxy; Charlie sells a
/// parcel in town.
fn set_the_stage(proxy_type: ProxyType) {
	let world = Metaverse::api_get(WORLD).and_then(|world| world.territory);
	assert_eq!(
		world.map(|territory| territory.collection),
		Some(COLLECTION)
	);

	assert_ok!(Land::claim(
		RuntimeOrigin::signed(alice()),
		WORLD,
		Area::new(0, 0, 2, 1),
		0
	));
	assert_ok!(Land::claim(
		RuntimeOrigin::signed(alice()),
		WORLD,
		Area::new(2, 0, 2, 1),
		0
	));
	assert_ok!(Balances::transfer_keep_alive(
		RuntimeOrigin::signed(charlie()),
		lookup(Metaverse::account_of(WORLD)),
		10 * MDG,
	));
	let seller = RuntimeOrigin::signed(charlie());
	assert_ok!(Land::claim(
		seller.clone(),
		PREPARATION_TOWN,
		one_cell(0),
		MDG
	));
	assert_ok!(Nfts::set_price(
		seller,
		TOWN_COLLECTION,
		STALL,
		Some(MDG),
		None
	));
	let principal = RuntimeOrigin::signed(alice());
	assert_ok!(Proxy::add_proxy(principal, lookup(bob()), proxy_type, 0));
}

fn filtered() -> DispatchResult {
	Err(DispatchError::from(
		frame_system::Error::<Runtime>::CallFiltered,
	))
}

#[test]
fn a_proxy_that_may_not_transfer_cannot_move_money_or_items() {
	on_development_chain(|| {
		set_the_stage(NonTransfer);
		let before = possessions();

		for (call, permitted) in table() {
			if permitted.contains(&NonTransfer) {
				continue;
			}
			let name = name_of(&call);
			assert_eq!(bob_for_alice(call.clone()), filtered(), "{name}");
			assert_eq!(possessions(), before, "{name}");

			// Nor inside of anything that carries calls.
			let whole = pallet_utility::Call::<Runtime>::batch_all {
				calls: vec![call.clone()],
			};
			assert_eq!(
				bob_for_alice(whole.into()),
				filtered(),
				"{name} in batch_all"
			);
			let parts = pallet_utility::Call::<Runtime>::batch {
				calls: vec![call.clone()],
			};
			assert_ok!(bob_for_alice(parts.into()));
			let forced = pallet_utility::Call::<Runtime>::force_batch {
				calls: vec![call.clone()],
			};
			assert_ok!(bob_for_alice(forced.into()));
			let either = pallet_utility::Call::<Runtime>::if_else {
				main: Box::new(call.clone()),
				fallback: Box::new(call),
			};
			assert_eq!(
				bob_for_alice(either.into()),
				filtered(),
				"{name} in if_else"
			);
			assert_eq!(possessions(), before, "{name} in a batch");
		}
	});
}

#[test]
fn the_same_calls_succeed_where_the_principal_makes_them() {
	// So that the test above refuses because of the proxy and not because the call is bad.
	on_development_chain(|| {
		set_the_stage(ProxyType::Any);
		let before = possessions();
		for call in [
			RuntimeCall::from(pallet_land::Call::<Runtime>::claim {
				metaverse: PREPARATION_TOWN,
				area: one_cell(9),
				max_price: MDG,
			}),
			pallet_land::Call::<Runtime>::transfer {
				metaverse: WORLD,
				parcel: PARCEL,
				dest: lookup(bob()),
			}
			.into(),
			pallet_metaverse::Call::<Runtime>::spend {
				id: WORLD,
				dest: lookup(bob()),
				amount: MDG,
			}
			.into(),
			pallet_nfts::Call::<Runtime>::buy_item {
				collection: TOWN_COLLECTION,
				item: STALL,
				bid_price: MDG,
			}
			.into(),
			pallet_nfts::Call::<Runtime>::set_price {
				collection: COLLECTION,
				item: 1,
				price: Some(MDG),
				whitelisted_buyer: None,
			}
			.into(),
			pallet_metaverse::Call::<Runtime>::register {
				slug: "moonlit-market".into(),
				profile: profile(),
				width: 8,
				height: 8,
				max_price: MDG,
			}
			.into(),
		] {
			let name = name_of(&call);
			assert_eq!(bob_for_alice(call), Ok(()), "{name}");
		}
		assert_ne!(possessions(), before);
	});
}

#[test]
fn a_proxy_that_may_not_transfer_still_keeps_the_world() {
	on_development_chain(|| {
		set_the_stage(NonTransfer);
		for call in [
			RuntimeCall::from(pallet_metaverse::Call::<Runtime>::set_profile {
				id: WORLD,
				profile: profile(),
			}),
			pallet_metaverse::Call::<Runtime>::set_endpoint {
				id: WORLD,
				index: 0,
				endpoint: endpoint(),
			}
			.into(),
			pallet_land::Call::<Runtime>::set_content {
				metaverse: WORLD,
				parcel: PARCEL,
				content: content(),
			}
			.into(),
			pallet_metaverse::Call::<Runtime>::launch { id: WORLD }.into(),
		] {
			let name = name_of(&call);
			assert_eq!(bob_for_alice(call), Ok(()), "{name}");
		}
	});
}

#[test]
fn a_land_proxy_runs_the_land_but_neither_pays_nor_gives_parcels_away() {
	on_development_chain(|| {
		set_the_stage(LandProxy);
		for (call, permitted) in table() {
			if !permitted.contains(&LandProxy) {
				let name = name_of(&call);
				assert_eq!(bob_for_alice(call), filtered(), "{name}");
			}
		}
		for call in [
			RuntimeCall::from(pallet_land::Call::<Runtime>::set_sale {
				metaverse: WORLD,
				policy: SalePolicy::Open {
					price_per_cell: MDG,
				},
			}),
			pallet_land::Call::<Runtime>::merge {
				metaverse: WORLD,
				a: 0,
				b: 1,
			}
			.into(),
			pallet_land::Call::<Runtime>::split {
				metaverse: WORLD,
				parcel: 2,
				cut: Cut::Column(1),
			}
			.into(),
		] {
			let name = name_of(&call);
			assert_eq!(bob_for_alice(call), Ok(()), "{name}");
		}
	});
}
