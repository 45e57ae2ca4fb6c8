use crate::support::*;
use pallet_metaverse::RECORD_BYTES;

/// What a slug and a name cost: each text has one byte for its length, the URI is empty, and
/// one byte says that there is no hash.
fn deposit_of(slug: &str, name: &str) -> Balance {
	METAVERSE_DEPOSIT
		+ BYTE_DEPOSIT * (RECORD_BYTES + 1 + slug.len() + 1 + name.len() + 1 + 1) as Balance
}

#[test]
fn founds_a_metaverse() {
	build_and_execute(|| {
		let (before, issued) = (free(&alice()), Balances::total_issuance());
		let price = Land::api_quote(200).unwrap().price;
		assert_ok!(tx(|| Metaverse::register(
			signed(alice()),
			b"moonlit-market".to_vec(),
			profile("달빛 시장"),
			20,
			10,
			price,
		)));
		expect_event(Event::Registered {
			id: FIRST_ID,
			owner: alice(),
			slug: b"moonlit-market".to_vec().try_into().unwrap(),
			paid: price,
		});

		let deposit_due = deposit_of("moonlit-market", "달빛 시장");
		assert_eq!(deposit(&alice()), deposit_due);
		assert_eq!(free(&alice()), before - price - EXISTENTIAL - deposit_due);
		assert_eq!(Balances::total_issuance(), issued - price / 2);
		assert_eq!(wealth(&purse(FIRST_ID)), EXISTENTIAL);

		let founded = record(FIRST_ID);
		assert_eq!(owner_of(FIRST_ID), Some(alice()));
		assert_eq!(founded.stage, Stage::Preparation);
		assert_eq!(founded.founded_at, 1);
		assert_eq!(founded.deposit, deposit_due);
		assert_eq!(founded.nominee, None);
	});
}

#[test]
fn ids_go_up_and_are_never_used_twice() {
	build_and_execute(|| {
		assert_eq!(world(), FIRST_ID);
		assert_eq!(world(), FIRST_ID + 1);
		assert_ok!(tx(|| Metaverse::close(signed(alice()), FIRST_ID + 1)));
		assert_eq!(world(), FIRST_ID + 2);
	});
}

#[test]
fn the_account_may_have_money_before_the_metaverse_exists() {
	build_and_execute(|| {
		give(FIRST_ID, 500);
		world();
		assert_eq!(wealth(&purse(FIRST_ID)), 500 + EXISTENTIAL);
	});
}

#[test]
fn fails_when_not_signed() {
	build_and_execute(|| {
		for origin in [root(), RuntimeOrigin::none()] {
			assert_noop!(
				tx(|| Metaverse::register(
					origin,
					b"somewhere".to_vec(),
					profile("Demo"),
					4,
					4,
					Balance::MAX
				)),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn fails_when_the_slug_is_not_fit() {
	build_and_execute(|| {
		let long = "x".repeat(33);
		for (slug, error) in [
			("", Error::<Test>::SlugTooShort),
			("ab", Error::SlugTooShort),
			(long.as_str(), Error::SlugTooLong),
			("Market", Error::SlugBadCharacter),
			("mar ket", Error::SlugBadCharacter),
			("시장시장", Error::SlugBadCharacter),
			("-market", Error::SlugBadHyphen),
			("market-", Error::SlugBadHyphen),
			("admin", Error::SlugReserved),
			("madang", Error::SlugReserved),
			("launch-town", Error::SlugReserved),
		] {
			assert_noop!(register(alice(), slug), error);
		}
	});
}

#[test]
fn boundary_of_the_slug() {
	build_and_execute(|| {
		assert_ok!(register(alice(), "abc"));
		assert_ok!(register(alice(), &"x".repeat(32)));
		assert_ok!(register(alice(), "0-9"));
		assert_ok!(register(alice(), "root-beer"));
	});
}

#[test]
fn fails_when_the_slug_is_taken() {
	build_and_execute(|| {
		assert_ok!(register(alice(), "market"));
		assert_noop!(register(alice(), "market"), Error::<Test>::SlugTaken);
		assert_noop!(register(bob(), "market"), Error::<Test>::SlugTaken);
	});
}

#[test]
fn fails_when_the_profile_is_not_fit() {
	build_and_execute(|| {
		let name = |name: Vec<u8>| ProfileInput {
			name,
			..Default::default()
		};
		let uri = |uri: Vec<u8>| ProfileInput {
			uri,
			..profile("Demo")
		};
		for (profile, error) in [
			(name(vec![]), Error::<Test>::NameEmpty),
			(name(b"  \t ".to_vec()), Error::NameEmpty),
			(name(vec![b'n'; 65]), Error::NameTooLong),
			(name(vec![0xff, 0xfe]), Error::NotUtf8),
			(uri(vec![b'u'; 257]), Error::UriTooLong),
			(uri(vec![0xc3]), Error::NotUtf8),
		] {
			assert_noop!(register_as(alice(), b"market", profile), error);
		}
	});
}

#[test]
fn boundary_of_the_profile() {
	build_and_execute(|| {
		let full = ProfileInput {
			name: vec![b'n'; 64],
			uri: vec![b'u'; 256],
			hash: Some(REASON),
		};
		assert_ok!(register_as(alice(), b"market", full));
		assert_ok!(register_as(alice(), b"kiosk", profile("k")));
	});
}

#[test]
fn price_paid_is_never_above_max_price() {
	build_and_execute(|| {
		let price = Land::api_quote(64).unwrap().price;
		let attempt = |max_price| {
			tx(|| {
				Metaverse::register(
					signed(alice()),
					b"market".to_vec(),
					profile("Demo"),
					8,
					8,
					max_price,
				)
			})
		};
		assert_noop!(attempt(0), pallet_land::Error::<Test>::PriceAboveLimit);
		assert_noop!(
			attempt(price - 1),
			pallet_land::Error::<Test>::PriceAboveLimit
		);

		let before = wealth(&alice());
		assert_ok!(attempt(price));
		assert_eq!(wealth(&alice()), before - price - EXISTENTIAL);
	});
}

#[test]
fn fails_when_the_territory_is_not_fit() {
	build_and_execute(|| {
		let attempt = |width, height| {
			tx(|| {
				Metaverse::register(
					signed(alice()),
					b"market".to_vec(),
					profile("Demo"),
					width,
					height,
					Balance::MAX,
				)
			})
		};
		assert_noop!(attempt(0, 4), pallet_land::Error::<Test>::EmptyArea);
		assert_noop!(attempt(4, 0), pallet_land::Error::<Test>::EmptyArea);
		assert_noop!(
			attempt(u16::MAX, u16::MAX),
			pallet_land::Error::<Test>::TerritoryTooLarge
		);
	});
}

#[test]
fn root_cannot_pass_the_cap_through_register() {
	build_and_execute(|| {
		register_demo(alice(), 200, 250);
		let attempt = |origin| {
			tx(|| {
				Metaverse::register(
					origin,
					b"too-much".to_vec(),
					profile("Demo"),
					200,
					250,
					Balance::MAX,
				)
			})
		};
		assert_noop!(attempt(root()), DispatchError::BadOrigin);
		assert_noop!(
			attempt(signed(bob())),
			pallet_land::Error::<Test>::SupplyExhausted
		);

		// What is left can be had to the last cell, and not one more.
		let left = Land::api_supply().cap - Land::api_supply().allocated;
		register_demo(bob(), left as u16, 1);
		assert_eq!(Land::api_supply().allocated, MAX_SUPPLY);
		assert_noop!(
			register(bob(), "one-more"),
			pallet_land::Error::<Test>::SupplyExhausted
		);
	});
}

#[test]
fn fails_when_the_money_does_not_reach() {
	build_and_execute(|| {
		let poor = stranger(1);
		assert_storage_noop!(assert!(register(poor.clone(), "market").is_err()));

		// The price, the existential deposits of both accounts, and the deposit less one unit.
		let price = Land::api_quote(16).unwrap().price;
		let enough = price + 2 * EXISTENTIAL + deposit_of("market", "Demo");
		Balances::set_balance(&poor, enough - 1);
		assert_noop!(
			register(poor.clone(), "market"),
			Error::<Test>::DepositNotCovered
		);

		Balances::set_balance(&poor, enough);
		assert_ok!(register(poor.clone(), "market"));
		assert_eq!(free(&poor), EXISTENTIAL);
	});
}

#[test]
fn fails_when_all_ids_are_given_out() {
	build_and_execute(|| {
		pallet_metaverse::NextId::<Test>::put(MetaverseId::MAX);
		assert_noop!(register(alice(), "market"), Error::<Test>::NoIdsLeft);
		pallet_metaverse::NextId::<Test>::put(FIRST_ID);
	});
}
