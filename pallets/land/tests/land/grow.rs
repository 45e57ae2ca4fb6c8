use crate::support::*;

fn used(width: u16, height: u16, rows: u16) -> MetaverseId {
	let m = register_demo(alice(), width, height);
	claim(m, Area::new(0, 0, width, rows));
	m
}

#[test]
fn a_used_territory_grows_at_the_price_of_the_day() {
	build_and_execute(|| {
		let m = used(10, 10, 8);
		let before = wealth(&alice());
		let price = Land::api_quote(25).unwrap().price;
		assert_noop!(
			Land::grow(by(&alice()), m, 10, 12, price / 25 * 20 - 1),
			Error::<Test>::PriceAboveLimit
		);
		assert_ok!(Land::grow(by(&alice()), m, 10, 12, price));
		assert_eq!(wealth(&alice()), before - price / 25 * 20);
		claim(m, Area::new(0, 8, 10, 4));
		System::assert_has_event(
			Event::TerritoryGrown {
				metaverse: m,
				size: Size::new(10, 12),
				paid: price / 25 * 20,
				by: alice(),
			}
			.into(),
		);
	});
}

#[test]
fn boundary_of_use() {
	build_and_execute(|| {
		let m = used(10, 10, 7);
		claim(m, Area::new(0, 7, 9, 1));
		let grow = || Land::grow(by(&alice()), m, 11, 10, Balance::MAX);
		assert_noop!(grow(), Error::<Test>::NotUsedEnough);
		claim(m, Area::new(9, 7, 1, 1));
		assert_ok!(grow());
	});
}

#[test]
fn boundary_of_growth() {
	build_and_execute(|| {
		let m = used(10, 10, 10);
		let grow = |w, h| Land::grow(by(&alice()), m, w, h, Balance::MAX);
		assert_noop!(grow(10, 10), Error::<Test>::NotLarger);
		assert_noop!(grow(9, 20), Error::<Test>::NotLarger);
		assert_noop!(grow(20, 9), Error::<Test>::NotLarger);
		assert_noop!(grow(13, 10), Error::<Test>::GrowsTooMuch);
		assert_noop!(grow(12, 11), Error::<Test>::GrowsTooMuch);
		assert_noop!(grow(u16::MAX, u16::MAX), Error::<Test>::GrowsTooMuch);
		assert_ok!(grow(12, 10));
	});
}

#[test]
fn only_a_land_manager_grows() {
	build_and_execute(|| {
		let m = used(10, 10, 10);
		assert_refused!(Land::grow(by(&bob()), m, 11, 10, Balance::MAX));
		assert_refused!(Land::grow(RuntimeOrigin::root(), m, 11, 10, Balance::MAX));
		assert_refused!(Land::grow(by(&alice()), m + 1, 11, 10, Balance::MAX));
	});
}
