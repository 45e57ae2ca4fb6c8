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

#[test]
fn a_price_named_by_a_former_owner_does_not_bind_the_next_one() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 0);
		assert_ok!(Metaverse::nominate_owner(by(&alice()), m, bob()));
		assert_ok!(Metaverse::accept_ownership(by(&bob()), m));
		assert_noop!(
			Land::claim(by(&alice()), m, Area::new(0, 0, 1, 1), Balance::MAX),
			Error::<Test>::SaleClosed
		);
		assert_refused!(Land::set_sale(
			by(&alice()),
			m,
			SalePolicy::Open { price_per_cell: 0 }
		));
	});
}

#[test]
fn a_dead_treasury_does_not_keep_anybody_from_buying() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 50);
		let all = wealth(&treasury());
		assert_ok!(Balances::transfer_allow_death(by(&treasury()), dave(), all));
		assert_eq!(wealth(&treasury()), 0);
		let issued = Balances::total_issuance();
		claim_by(&bob(), m, Area::new(0, 0, 1, 1));
		assert_eq!(
			Balances::total_issuance(),
			issued - 1,
			"the fee of 2 % of 50 is burned"
		);
		register_demo(bob(), 1, 1);
	});
}

#[test]
fn who_cannot_pay_the_price_or_the_deposit_is_told_which() {
	build_and_execute(|| {
		let m = world();
		open_sale(m, 50);
		let poor = stranger(1);
		assert_ok!(Balances::transfer_allow_death(
			by(&alice()),
			poor.clone(),
			40
		));
		let claim = || Land::claim(by(&poor), m, Area::new(0, 0, 1, 1), Balance::MAX);
		assert_noop!(claim(), Error::<Test>::PriceNotCovered);
		assert_ok!(Balances::transfer_allow_death(
			by(&alice()),
			poor.clone(),
			60
		));
		assert_noop!(claim(), Error::<Test>::DepositNotCovered);
	});
}
