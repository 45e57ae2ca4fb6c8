use crate::support::*;

#[test]
fn the_terms_change_at_once_and_are_announced() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 5);
		System::assert_last_event(
			Event::SaleSet {
				metaverse: m,
				policy: SalePolicy::Open { price_per_cell: 5 },
			}
			.into(),
		);
		claim_by(&bob(), m, Area::new(0, 0, 1, 1));
		open_sale(m, 7);
		assert_noop!(
			Land::claim(by(&bob()), m, Area::new(1, 0, 1, 1), 5),
			Error::<Test>::PriceAboveLimit
		);
	});
}

#[test]
fn a_free_sale_costs_the_deposit_only() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 0);
		let before = wealth(&bob());
		claim_by(&bob(), m, Area::new(0, 0, 64, 64));
		assert_eq!(wealth(&bob()), before);
	});
}

#[test]
fn a_price_of_one_unit_reaches_the_metaverse_whole() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 1);
		let (world_had, network_had) = (wealth(&treasury_of(m)), wealth(&treasury()));
		claim_by(&bob(), m, Area::new(0, 0, 1, 1));
		// 2 % of one unit rounds down: the fee never takes more than its share.
		assert_eq!(wealth(&treasury_of(m)), world_had + 1);
		assert_eq!(wealth(&treasury()), network_had);
	});
}
