//! What `portal_get`, `portal_from`, `portal_to`, `portal_proposals` and `portal_pass` answer.

use crate::support::*;
use madang_primitives::MAX_PAGE;

fn proposals(
	metaverse: MetaverseId,
	cursor: Option<PortalId>,
	limit: u32,
) -> Result<(Vec<PortalId>, Option<PortalId>), PortalQueryError> {
	Portal::api_proposals(metaverse, cursor, limit).map(|page| {
		let ids = page.items.iter().map(|view| view.id).collect();
		(ids, page.next)
	})
}

fn ids(views: Result<Vec<PortalView<AccountId, BlockNumber>>, PortalQueryError>) -> Vec<PortalId> {
	views.unwrap().iter().map(|view| view.id).collect()
}

#[test]
fn a_view_says_everything() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let land = parcel(a, &carol(), 0);
		let draft = Draft::on_land((a, Some(land)), (b, None))
			.two_way()
			.tolled(&stable());
		assert_eq!(Portal::api_get(0), None);
		let door = draft.proposed_by(&carol());
		let view = door.view();
		assert_eq!((view.id, view.state), (0, PortalState::Proposed));
		assert_eq!(view.source.metaverse, a);
		assert_eq!(view.source.parcel, Some(land));
		assert_eq!(view.source.spawn, b"plaza");
		assert_eq!(view.agreement, None);
		let offer = view.offer.unwrap();
		assert_eq!(offer.version, 1);
		assert_eq!(offer.terms, draft.terms);
		assert_eq!(offer.expires_at, now() + OFFER_LIFETIME);
		let missing: Vec<_> = offer
			.consents
			.iter()
			.filter(|one| !one.counts)
			.map(|one| (one.party, one.by.clone()))
			.collect();
		assert_eq!(
			missing,
			[(Party::SourceWorld, None), (Party::DestinationWorld, None)]
		);
		let payers: Vec<_> = view.deposits.iter().map(|(who, _)| who.clone()).collect();
		assert_eq!(payers, [carol(), carol()]);

		assert_ok!(door.accept(&alice()));
		assert_ok!(door.accept(&bob()));
		assert_ok!(door.pause(&bob()));
		assert_ok!(door.close(&carol()));
		let view = door.view();
		assert_eq!(view.offer, None);
		let agreement = view.agreement.unwrap();
		assert_eq!(agreement.version, 1);
		assert_eq!(agreement.terms, draft.terms);
		assert_eq!(agreement.paused_by, [Party::DestinationWorld]);
		assert_eq!(agreement.closes_at, Some(now() + NOTICE));
		assert_eq!(agreement.passes_left, None);
		let payers: Vec<_> = view.deposits.iter().map(|(who, _)| who.clone()).collect();
		assert_eq!(payers, [carol(), bob()]);
	});
}

#[test]
fn the_portals_of_a_metaverse_oldest_first() {
	build_and_execute(|| {
		let (a, b, c) = (world(&alice()), world(&bob()), world(&alice()));
		let doors = [
			Draft::between(a, b),
			Draft::between(b, a),
			Draft::between(a, c),
			Draft::out_of(a),
			Draft::between(a, b),
		]
		.map(|draft| {
			let owner = owner_of(draft.source.metaverse);
			let door = draft.proposed_by(&owner);
			for who in [alice(), bob()] {
				let _ = tx(|| door.accept(&who));
			}
			assert_eq!(door.state(), PortalState::Open);
			door
		});
		assert_eq!(ids(Portal::api_from(a)), [0, 2, 3, 4]);
		assert_eq!(ids(Portal::api_to(b)), [0, 4]);
		assert_eq!(ids(Portal::api_from(b)), [1]);
		assert_eq!(ids(Portal::api_to(a)), [1]);
		assert_eq!(ids(Portal::api_to(c)), [2]);
		assert_eq!(ids(Portal::api_from(c)), [0; 0]);
		// One out of the middle leaves the others in their order.
		assert_ok!(doors[2].close(&alice()));
		pass(NOTICE);
		assert_eq!(ids(Portal::api_from(a)), [0, 2, 3, 4]);
		assert_ok!(doors[2].reap());
		assert_eq!(ids(Portal::api_from(a)), [0, 3, 4]);
		assert_eq!(ids(Portal::api_to(c)), [0; 0]);
		for answer in [Portal::api_from(99), Portal::api_to(99)] {
			assert_eq!(answer, Err(PortalQueryError::UnknownMetaverse));
		}
	});
}

#[test]
fn proposals_come_in_pages() {
	build_and_execute(|| {
		let (a, b, c) = (world(&alice()), world(&bob()), world(&carol()));
		for (source, destination) in [(a, b), (b, a), (a, c), (c, a), (a, b)] {
			Draft::between(source, destination).proposed_by(&owner_of(source));
		}
		// Not in force, so in no other list.
		assert_eq!(Portal::api_from(a), Ok(vec![]));
		let mut seen = Vec::new();
		let mut cursor = None;
		loop {
			let (page, next) = proposals(a, cursor, 2).unwrap();
			assert!(page.len() <= 2);
			seen.extend(page);
			cursor = next;
			if next.is_none() {
				break;
			}
		}
		seen.sort_unstable();
		assert_eq!(seen, [0, 1, 2, 3, 4]);
		let (mut of_c, next) = proposals(c, None, MAX_PAGE).unwrap();
		of_c.sort_unstable();
		assert_eq!((of_c, next), (vec![2, 3], None));
		// A page that ends with the list has no next one.
		assert_eq!(proposals(c, None, 2).unwrap().1, None);
		// What was agreed to is gone from both.
		assert_ok!(Door(2).accept(&carol()));
		assert_eq!(proposals(c, None, 9), Ok((vec![3], None)));
		assert!(!proposals(a, None, 9).unwrap().0.contains(&2));
	});
}

#[test]
fn all_portals_come_in_pages_in_the_order_of_their_ids() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let page = |cursor, limit| {
			Portal::api_portals(cursor, limit).map(|page| {
				let ids: Vec<_> = page.items.iter().map(|view| view.id).collect();
				(ids, page.next)
			})
		};
		assert_eq!(page(None, 9), Ok((vec![], None)));
		let doors: Vec<_> = (0..5)
			.map(|_| Draft::between(a, b).proposed_by(&alice()))
			.collect();
		assert_ok!(doors[1].accept(&bob()));
		// One that goes leaves a gap.
		assert_ok!(doors[2].close(&alice()));
		assert_eq!(Portal::api_get(2), None);
		assert_eq!(page(None, 2), Ok((vec![0, 1], Some(2))));
		assert_eq!(page(Some(2), 2), Ok((vec![3, 4], None)));
		assert_eq!(page(None, MAX_PAGE), Ok((vec![0, 1, 3, 4], None)));
		assert_eq!(page(Some(5), 2), Ok((vec![], None)));
		let states: Vec<_> = Portal::api_portals(None, 2)
			.unwrap()
			.items
			.iter()
			.map(|view| view.state)
			.collect();
		assert_eq!(states, [PortalState::Proposed, PortalState::Open]);
		assert_eq!(page(Some(6), 2), Err(PortalQueryError::BadCursor));
		for limit in [0, MAX_PAGE + 1] {
			assert_eq!(page(None, limit), Err(PortalQueryError::BadLimit));
		}
	});
}

#[test]
fn a_page_of_all_portals_looks_at_a_thousand_ids_at_most() {
	build_and_execute(|| {
		// As if so many had come and gone.
		pallet_portal::NextPortal::<Test>::put(2_500);
		let mut steps = Vec::new();
		let mut cursor = None;
		loop {
			let page = Portal::api_portals(cursor, 1).unwrap();
			assert!(page.items.is_empty());
			cursor = page.next;
			steps.push(cursor);
			if cursor.is_none() {
				break;
			}
		}
		assert_eq!(steps, [Some(1_000), Some(2_000), None]);
	});
}

#[test]
fn fails_when_the_page_makes_no_sense() {
	build_and_execute(|| {
		let a = world(&alice());
		for limit in [0, MAX_PAGE + 1, u32::MAX] {
			assert_eq!(proposals(a, None, limit), Err(PortalQueryError::BadLimit));
		}
		assert_eq!(
			proposals(99, None, 1),
			Err(PortalQueryError::UnknownMetaverse)
		);
		assert_eq!(proposals(a, None, 1), Ok((vec![], None)));
	});
}

#[test]
fn a_page_goes_on_when_its_last_proposal_is_gone() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		for _ in 0..3 {
			Draft::between(a, b).proposed_by(&alice());
		}
		let (first, next) = proposals(a, None, 1).unwrap();
		let last = next.expect("there are more");
		assert_eq!(first, [last]);
		assert_ok!(Door(last).close(&bob()));
		let (rest, next) = proposals(a, Some(last), 9).unwrap();
		let mut all = [first, rest].concat();
		all.sort();
		assert_eq!((all, next), (vec![0, 1, 2], None));
	});
}

#[test]
fn a_pass_says_where_it_leads_and_how_it_stands() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let door = Draft::between(a, b).two_way().tolled(&native()).opened();
		assert_eq!(door.pass(&carol()), None);
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.travel_back(&dave()));
		let valid_until = now() + PASS_LIFETIME;
		let expected = |way, from, to, state, toll| PassView {
			portal: door.0,
			way,
			from,
			to: Some(to),
			state,
			valid_until,
			toll,
		};
		let held = Some((native(), TOLL));
		assert_eq!(
			door.pass(&carol()).unwrap(),
			expected(Way::There, a, b, PassState::Valid, held.clone())
		);
		assert_eq!(
			door.pass(&dave()).unwrap(),
			expected(Way::Back, b, a, PassState::Valid, held.clone())
		);
		assert_ok!(door.admit(&bob(), &carol()));
		assert_eq!(
			door.pass(&carol()).unwrap(),
			expected(Way::There, a, b, PassState::Used, None)
		);
		pass(PASS_LIFETIME);
		assert_eq!(door.pass(&carol()).unwrap().state, PassState::Over);
		assert_eq!(
			door.pass(&dave()).unwrap(),
			expected(Way::Back, b, a, PassState::Over, held)
		);
	});
}
