//! Portals to worlds that are not on this chain.

use crate::support::*;
use madang_primitives::portal::DestinationView;

#[test]
fn one_side_is_enough_to_agree() {
	build_and_execute(|| {
		let a = world(&alice());
		let door = Draft::out_of(a).proposed_by(&alice());
		assert_eq!(door.state(), PortalState::Open);
		assert_eq!(
			door.view().destination,
			DestinationView::External {
				uri: b"https://elsewhere.example".to_vec(),
				manifest: H256::repeat_byte(5),
			}
		);
		expect_event(Event::Offered {
			portal: door.0,
			version: 1,
			source: a,
			destination: None,
			expires_at: now() + OFFER_LIFETIME,
		});
		assert_eq!(Portal::api_from(a).unwrap(), vec![door.view()]);
		assert_eq!(PortalsTo::<Test>::iter().count(), 0);
		assert_eq!(door.payers()[1], None);
	});
}

#[test]
fn from_land_of_somebody_else_it_takes_both() {
	build_and_execute(|| {
		let a = world(&alice());
		let mut draft = Draft::out_of(a);
		draft.source.parcel = Some(parcel(a, &carol(), 0));
		let door = draft.proposed_by(&carol());
		assert_eq!(door.state(), PortalState::Proposed);
		assert_ok!(door.accept(&alice()));
		assert_eq!(door.state(), PortalState::Open);
	});
}

#[test]
fn fails_when_it_should_lead_back() {
	build_and_execute(|| {
		let a = world(&alice());
		assert_noop!(
			Draft::out_of(a).two_way().propose_by(&alice()),
			Error::<Test>::ExternalIsOneWay
		);
		let door = Draft::out_of(a).opened();
		assert_noop!(
			door.amend(&alice(), |terms| terms.direction = Direction::TwoWay),
			Error::<Test>::ExternalIsOneWay
		);
		assert_noop!(door.travel_back(&carol()), Error::<Test>::WrongWay);
	});
}

#[test]
fn boundary_of_the_uri() {
	build_and_execute(|| {
		let mut draft = Draft::out_of(world(&alice()));
		let mut propose = |uri: Vec<u8>| {
			draft.destination = DestinationInput::External {
				uri,
				manifest: H256::zero(),
			};
			draft.propose_by(&alice())
		};
		assert_noop!(propose(vec![]), Error::<Test>::UriEmpty);
		assert_noop!(propose(vec![b'u'; 257]), Error::<Test>::UriTooLong);
		assert_noop!(propose(vec![0xc3, 0x28]), Error::<Test>::NotUtf8);
		assert_ok!(propose(vec![b'u']));
		assert_ok!(propose(vec![b'u'; 256]));
	});
}

#[test]
fn nobody_there_gets_a_part_of_the_toll() {
	on_both(|asset| {
		let a = world(&alice());
		let draft = Draft::out_of(a).tolled(&asset);
		assert_noop!(
			draft.propose_by(&alice()),
			Error::<Test>::SplitWithoutDestination
		);
		let door = draft
			.with(|terms| terms.toll.as_mut().unwrap().split = split(980_000, 0, 20_000))
			.opened();
		let had = [purse(a), treasury()].map(|who| wealth(&asset, &who));
		assert_ok!(door.travel(&carol()));
		let pass = door.pass(&carol()).unwrap();
		assert_eq!((pass.from, pass.to), (a, None));
		// The place that sends people there admits and refuses.
		assert_noop!(door.admit(&bob(), &carol()), Error::<Test>::NotGatekeeper);
		assert_ok!(door.admit(&alice(), &carol()));
		let has = [purse(a), treasury()].map(|who| wealth(&asset, &who));
		assert_eq!(has, [had[0] + 980, had[1] + 21]);
	});
}
