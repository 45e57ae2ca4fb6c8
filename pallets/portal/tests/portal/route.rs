//! `portal_route`.

use crate::support::*;
use pallet_portal::{Link, Links};

/// So many metaverses of Alice.
fn worlds<const N: usize>() -> [MetaverseId; N] {
	[(); N].map(|_| register_demo(alice(), 1, 1))
}

/// An open portal with a toll in the native token, or free.
fn road(from: MetaverseId, to: MetaverseId, amount: Balance) -> Door {
	Draft::between(from, to)
		.with(|terms| {
			terms.toll = (amount > 0).then(|| Toll {
				asset: native(),
				amount,
				split: split(1_000_000, 0, 0),
			})
		})
		.opened()
}

/// The portals of the way, and what it costs.
fn route(
	from: MetaverseId,
	to: MetaverseId,
	max_hops: u32,
) -> Result<(Vec<PortalId>, Balance), PortalQueryError> {
	Portal::api_route(from, to, max_hops).map(|route| {
		let ids = route.steps.iter().map(|step| step.portal).collect();
		(ids, route.native_toll)
	})
}

#[test]
fn the_cheapest_way_wins_and_the_shortest_of_equals() {
	build_and_execute(|| {
		let [a, b, c, d] = worlds();
		let direct = road(a, d, 100);
		let (ab, bc, cd) = (road(a, b, 30), road(b, c, 0), road(c, d, 30));
		assert_eq!(
			route(a, d, 8),
			Ok((vec![ab.0, bc.0, cd.0], 60)),
			"three cheap steps"
		);
		let shorter = road(b, d, 30);
		assert_eq!(route(a, d, 8), Ok((vec![ab.0, shorter.0], 60)));
		// The number of hops comes first of all.
		assert_eq!(route(a, d, 1), Ok((vec![direct.0], 100)));
		assert_eq!(route(d, a, 8), Err(PortalQueryError::NoRoute));
	});
}

#[test]
fn the_steps_say_what_travel_has_to_name() {
	build_and_execute(|| {
		let [a, b, c] = worlds();
		let ab = road(a, b, 7);
		assert_ok!(ab.amend(&alice(), |terms| terms.notice = 10));
		let cb = Draft::between(c, b).two_way().tolled(&native()).opened();
		let steps = Portal::api_route(a, c, 8).unwrap().steps;
		assert_eq!(steps.len(), 2);
		assert_eq!(
			(steps[0].portal, steps[0].way, steps[0].to, steps[0].version),
			(ab.0, Way::There, b, 2)
		);
		assert_eq!(steps[0].toll, Some((native(), 7)));
		assert_eq!(
			(steps[1].portal, steps[1].way, steps[1].to, steps[1].version),
			(cb.0, Way::Back, c, 1)
		);
		for step in steps {
			assert_ok!(Portal::travel(
				by(&carol()),
				step.portal,
				step.version,
				step.way,
				step.toll.map_or(0, |(_, amount)| amount),
				Proof::None
			));
		}
	});
}

#[test]
fn boundary_of_the_hops() {
	build_and_execute(|| {
		let chain: [MetaverseId; MAX_HOPS as usize + 2] = worlds();
		let doors: Vec<_> = chain
			.windows(2)
			.map(|pair| road(pair[0], pair[1], 1).0)
			.collect();
		let last = *chain.last().unwrap();
		for hops in 1..=MAX_HOPS {
			let goal = chain[hops as usize];
			let way = doors[..hops as usize].to_vec();
			assert_eq!(route(chain[0], goal, hops), Ok((way, hops.into())));
			if hops > 1 {
				assert_eq!(
					route(chain[0], goal, hops - 1),
					Err(PortalQueryError::NoRoute)
				);
			}
		}
		assert_eq!(
			route(chain[0], last, MAX_HOPS),
			Err(PortalQueryError::NoRoute)
		);
		for hops in [0, MAX_HOPS + 1, u32::MAX] {
			assert_eq!(route(chain[0], last, hops), Err(PortalQueryError::BadHops));
		}
	});
}

#[test]
fn where_one_is_already_takes_no_step() {
	build_and_execute(|| {
		let [a] = worlds();
		assert_eq!(route(a, a, 1), Ok((vec![], 0)));
		for (from, to) in [(a, 99), (99, a), (99, 99)] {
			assert_eq!(route(from, to, 1), Err(PortalQueryError::UnknownMetaverse));
		}
	});
}

#[test]
fn tolls_in_other_assets_come_last() {
	build_and_execute(|| {
		let [a, b, c] = worlds();
		let foreign = Draft::between(a, c).tolled(&stable()).opened();
		assert_eq!(route(a, c, 8), Ok((vec![foreign.0], 0)));
		// However dear, the native token can be added up and compared.
		let (ab, bc) = (road(a, b, 1_000_000), road(b, c, 1_000_000));
		assert_eq!(route(a, c, 8), Ok((vec![ab.0, bc.0], 2_000_000)));
		assert_eq!(route(a, c, 1), Ok((vec![foreign.0], 0)));
	});
}

#[test]
fn doors_that_are_closed_in_any_way_are_walked_around() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let detour = world(&bob());
		let draft = Draft::between(a, b);
		let open = [
			Draft::between(a, detour).tolled(&native()).opened(),
			Draft::between(detour, b).tolled(&native()).opened(),
		];
		let way_around = Ok((open.map(|door| door.0).to_vec(), 2 * TOLL));
		let free = draft.opened();
		let direct = Ok((vec![free.0], 0));
		assert_eq!(route(a, b, 8), direct);
		// Paused.
		assert_ok!(free.pause(&bob()));
		assert_eq!(route(a, b, 8), way_around);
		assert_ok!(free.resume(&bob()));
		// For some only.
		undone(|| {
			for access in [
				Access::Holder { collection: 0 },
				Access::Allowlist {
					root: H256::zero(),
					leaves: 1,
				},
			] {
				assert_ok!(free.amend(&alice(), |terms| terms.access = access));
				assert_ok!(free.accept(&bob()));
				assert_eq!(route(a, b, 8), way_around);
			}
		});
		// Proposed only, and leading out of this chain.
		draft.proposed_by(&alice());
		Draft::out_of(a).opened();
		assert_eq!(route(a, b, 8), direct);
		// Closing still carries, closed does not.
		assert_ok!(free.close(&alice()));
		assert_eq!(route(a, b, 8), direct);
		pass(NOTICE);
		assert_eq!(route(a, b, 8), way_around);
		// Suspended: nothing leads there.
		undone(|| {
			suspend(b, 10);
			assert_eq!(route(a, b, 8), Err(PortalQueryError::NoRoute));
		});
		// Stale.
		sell_world(detour, &bob(), &carol());
		assert_eq!(route(a, b, 8), Err(PortalQueryError::NoRoute));
		for door in open {
			assert_ok!(door.affirm(&carol()));
		}
		assert_eq!(route(a, b, 8), way_around);
	});
}

#[test]
fn many_closed_doors_hide_no_open_one() {
	build_and_execute(|| {
		let [a, b] = worlds();
		for _ in 0..MAX_PORTALS - 1 {
			assert_ok!(road(a, b, 0).pause(&alice()));
		}
		let open = road(a, b, 5);
		assert_eq!(route(a, b, 8), Ok((vec![open.0], 5)));
	});
}

#[test]
fn a_two_way_portal_leads_back_and_a_one_way_one_does_not() {
	build_and_execute(|| {
		let [a, b] = worlds();
		let one_way = road(a, b, 0);
		assert_eq!(route(b, a, 8), Err(PortalQueryError::NoRoute));
		assert_ok!(one_way.amend(&alice(), |terms| terms.direction = Direction::TwoWay));
		assert_eq!(route(b, a, 8), Ok((vec![one_way.0], 0)));
		assert_ok!(one_way.amend(&alice(), |terms| terms.direction = Direction::OneWay));
		assert_eq!(route(b, a, 8), Err(PortalQueryError::NoRoute));
	});
}

#[test]
fn rings_end() {
	build_and_execute(|| {
		let [a, b, c, lonely] = worlds();
		for (from, to) in [(a, b), (b, c), (c, a), (b, a)] {
			road(from, to, 0);
		}
		assert_eq!(route(a, lonely, MAX_HOPS), Err(PortalQueryError::NoRoute));
	});
}

#[test]
fn a_search_that_is_too_large_says_so() {
	build_and_execute(|| {
		let [a, goal] = worlds();
		// A tree in which each metaverse leads to 64 others, written down without its portals.
		undone(|| {
			let children = |parent: MetaverseId| {
				(0..MAX_PORTALS).map(move |place| 1_000 + parent * MAX_PORTALS + place)
			};
			let lead = |parent: MetaverseId, names: Vec<MetaverseId>| {
				let links: Vec<_> = names
					.into_iter()
					.map(|child| Link {
						portal: child,
						other: Some(child),
						two_way: false,
						for_everyone: true,
						toll: None,
					})
					.collect();
				PortalsFrom::<Test>::insert(parent, Links::try_from(links).unwrap());
			};
			lead(a, children(0).collect());
			for child in children(0) {
				lead(child, children(child).collect());
			}
			assert_eq!(route(a, goal, 2), Err(PortalQueryError::NoRoute));
			assert_eq!(route(a, goal, 3), Err(PortalQueryError::SearchTooLarge));
		});
	});
}
