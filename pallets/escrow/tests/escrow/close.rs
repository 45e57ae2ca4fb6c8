//! `close`.

use crate::support::*;

#[test]
fn the_record_goes_and_every_deposit_comes_back() {
	on_both(|asset| {
		for phase in [Phase::Failed, Phase::WindDown] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				let network = venture.wealth(&treasury());
				let pot = venture.pot();
				assert_noop!(venture.close(), Error::<Test>::NotEmpty);
				venture.wrap_up(&[bob(), carol()]);
				for who in people() {
					assert_eq!(deposits(&who), 0);
				}
				// What the founder gave the pot to exist with.
				assert!(venture.wealth(&treasury()) >= network + least(&asset));
				for asset in accepted() {
					assert_eq!(wealth(&asset, &pot), 0);
				}
				assert_noop!(venture.close(), Error::<Test>::UnknownCampaign);
				assert_eq!(Escrow::api_campaign(venture.id), None);
				check_state();
			});
		}
	});
}

#[test]
fn a_completed_campaign_closes_when_all_have_given_up() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		venture.finish();
		for who in [bob(), carol()] {
			assert_ok!(venture.exit(&who));
			assert_noop!(venture.close(), Error::<Test>::NotEmpty);
			// The record of what stayed at work.
			assert_ok!(venture.exit(&who));
		}
		assert_ok!(venture.close());
	});
}

#[test]
fn a_donation_goes_to_the_treasury() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).committed();
		send(&asset, &dave(), &venture.pot(), 12_345);
		let network = venture.wealth(&treasury());
		assert_ok!(venture.cancel());
		venture.wrap_up(&[bob(), carol()]);
		assert_eq!(
			venture.wealth(&treasury()),
			network + 12_345 + least(&asset)
		);
		expect_event(Event::Closed {
			campaign: venture.id,
			swept: 12_345 + least(&asset),
		});
	});
}

#[test]
fn fails_before_the_campaign_is_over() {
	on_both(|asset| {
		for phase in [Phase::Draft, Phase::Open, Phase::Working, Phase::Payable] {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				assert_noop!(venture.close(), Error::<Test>::WrongState);
			});
		}
	});
}

#[test]
fn a_campaign_without_a_single_investor_closes() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed);
		assert_ok!(venture.close());
	});
}
