//! Calls of campaigns: what makes sense in the phase in which each is.

use madang_primitives::escrow::{
	Amendment, Apathy, AssetKind, AssetRules, ClassLimit, Milestone, Phase, Policy, Position,
	PositionId, Ruling, State, Terms,
};
use madang_runtime::{
	genesis_config_presets::{TEST_DOLLAR, TUSD},
	AccountId, Address, Balance, BlockNumber,
};
use madang_runtime_common::units::MDG;
use pallet_escrow::Call;
use sp_core::H256;
use sp_runtime::Permill;

use super::{Actor, Choice, Chooser};
use crate::world::Round;

type Stake = (PositionId, Position<AccountId, BlockNumber>);

impl Chooser<'_> {
	pub(super) fn escrow(&mut self) -> Option<Choice> {
		let view = self.view;
		let running = |round: &&Round| {
			matches!(
				round.campaign.state,
				State::Draft | State::Funding | State::Active
			)
		};
		let live = view.campaigns.iter().filter(running).count();
		if live < 4 && self.dice.chance(25) || self.dice.chance(2) {
			return self.create();
		}
		if self.dice.chance(1) {
			return Some(self.set_asset());
		}
		let round = self.dice.pick(&view.campaigns)?;
		let stakes: Vec<&Stake> = view
			.positions
			.iter()
			.filter(|(_, position)| position.campaign == round.id)
			.collect();
		if self.dice.chance(4) {
			return self.out_of_place(round, &stakes);
		}
		match round.campaign.state {
			State::Draft => self.draft(round),
			State::Funding => self.funding(round, &stakes),
			State::Active => self.active(round, &stakes),
			State::Failed | State::WindDown | State::Completed => self.over(round, &stakes),
		}
	}

	fn founder(round: &Round) -> Actor {
		round.founder.clone().map_or(Actor::Anyone, Actor::Account)
	}

	fn by(stake: &Stake) -> Actor {
		Actor::Account(stake.1.owner.clone())
	}

	/// Terms within the rules, near their edges.
	fn terms(&mut self) -> Terms<BlockNumber> {
		let (asset, one) = if self.dice.chance(50) {
			(AssetKind::Native, MDG)
		} else {
			(AssetKind::WithId(TEST_DOLLAR), TUSD)
		};
		let goal = match self.dice.below(4) {
			0 => 100 * one,
			1 => 100 * one + self.dice.amount(50),
			_ => 100 * one + self.dice.amount(2_000 * one),
		};
		let cap = match self.dice.below(4) {
			0 => goal,
			1 => goal + 1,
			2 => goal + self.dice.amount(goal),
			_ => goal * 3,
		};
		let period = match self.dice.below(3) {
			0 => 3,
			_ => self.dice.between(3, 14) as u32,
		};
		let edge = |chooser: &mut Self| match chooser.dice.below(4) {
			0 => 0,
			1 => period - 1,
			_ => chooser.dice.below(u64::from(period) / 2 + 1) as u32,
		};
		let mut terms = Terms {
			asset,
			goal,
			cap,
			min_ticket: match self.dice.below(3) {
				0 => one,
				1 => one + self.dice.amount(7),
				_ => one + self.dice.amount(goal / 10),
			},
			bond: (goal / 50 + 2 + self.dice.amount(100)).min(goal),
			min_investors: self.dice.one(&[1, 1, 1, 2, 3]),
			opens_after: self.dice.one(&[0, 0, 0, 1, 4]),
			period,
			lock: edge(self),
			cooling_off: edge(self),
			voting: self.dice.one(&[3, 3, 4, 7]),
			grace: self.dice.one(&[3, 3, 5]),
			lock_up: self.dice.one(&[0, 0, 3, 20]),
			kickoff: Permill::from_parts(self.dice.one(&[0, 0, 1, 50_000, 199_999, 200_000])),
			on_apathy: if self.dice.chance(60) {
				Apathy::TacitApprove
			} else {
				Apathy::WindDown
			},
			documents: self.hash(),
		};
		if self.dice.chance(8) {
			self.spoil(&mut terms);
		}
		terms
	}

	/// Makes one mistake.
	fn spoil(&mut self, terms: &mut Terms<BlockNumber>) {
		match self.dice.below(10) {
			0 => terms.goal = terms.min_ticket,
			1 => terms.cap = Balance::MAX,
			2 => terms.min_ticket = 0,
			3 => terms.bond = terms.goal + 1,
			4 => terms.min_investors = u32::MAX,
			5 => terms.period = 2,
			6 => terms.lock = terms.period + 1,
			7 => terms.voting = u32::MAX,
			8 => terms.kickoff = Permill::one(),
			_ => terms.cooling_off = u32::MAX,
		}
	}

	fn create(&mut self) -> Option<Choice> {
		let view = self.view;
		let free = |world: &&crate::world::World| {
			world.owner().is_some()
				&& !view.campaigns.iter().any(|round| {
					round.campaign.metaverse == world.id
						&& matches!(
							round.campaign.state,
							State::Draft | State::Funding | State::Active
						)
				})
		};
		let worlds: Vec<_> = view.worlds.iter().filter(free).collect();
		let world = self.dice.pick(&worlds)?;
		let founder = world.owner()?.clone();
		let terms = self.terms();
		let count = self.dice.one(&[1, 1, 2, 2, 3, 12]);
		let milestones = (0..count)
			.map(|_| Milestone {
				weight: self.dice.one(&[1, 1, 2, 3, 7, 1_000, 4_000_000_000]),
				duration: self.dice.between(1, 20) as u32,
				promise: self.hash(),
			})
			.collect();
		let known: Vec<_> = view
			.attestations
			.iter()
			.filter(|record| record.1 == founder)
			.collect();
		let policy = match self.dice.pick(&known) {
			Some((attester, _, _)) if self.dice.chance(50) => {
				let goal = terms.goal;
				let limits = (0..3)
					.map(|class| ClassLimit {
						class,
						per_campaign: self.dice.one(&[goal, goal / 2 + 1, Balance::MAX]),
						per_year: self.dice.one(&[goal, goal * 3, Balance::MAX]),
					})
					.collect();
				Policy::Attested {
					attester: attester.clone(),
					limits,
					affiliates: (0..self.dice.below(2))
						.map(|_| H256::from_low_u64_be(self.dice.below(14) + 1))
						.collect(),
				}
			}
			_ => Policy::Open,
		};
		let call = Call::create {
			metaverse: world.id,
			terms,
			milestones,
			policy,
		};
		Some((Actor::Account(founder), call.into()))
	}

	fn set_asset(&mut self) -> Choice {
		let (asset, one) = self.dice.one(&[
			(AssetKind::Native, MDG),
			(AssetKind::WithId(TEST_DOLLAR), TUSD),
			(AssetKind::WithId(7), MDG),
		]);
		let rules = self.dice.chance(75).then_some(AssetRules {
			min_goal: 100 * one,
			min_ticket: one,
		});
		(Actor::Network, Call::set_asset { asset, rules }.into())
	}

	fn draft(&mut self, round: &Round) -> Option<Choice> {
		let campaign = round.id;
		let call = if self.dice.chance(85) {
			Call::open { campaign }
		} else {
			Call::discard { campaign }
		};
		Some((Self::founder(round), call.into()))
	}

	fn commit(&mut self, round: &Round) -> Choice {
		let terms = &round.agreement.terms;
		let room = terms.cap.saturating_sub(round.campaign.units);
		let amount = match self.dice.below(12) {
			0 => room,
			1 => room.saturating_sub(1),
			2 => room.saturating_add(1),
			3 => terms.min_ticket,
			4 => terms.min_ticket.saturating_sub(1),
			5 => Balance::MAX,
			_ => terms.min_ticket + self.dice.amount(terms.goal / 2 + 1),
		};
		let campaign = &round.campaign;
		let call = Call::commit {
			campaign: round.id,
			amount,
			min_accept: if self.dice.chance(90) { 0 } else { amount },
			version: campaign.version.wrapping_add(u8::from(self.dice.chance(2))),
			terms_hash: if self.dice.chance(98) {
				campaign.terms_hash
			} else {
				H256::zero()
			},
		};
		let who = match &round.agreement.policy {
			Policy::Attested { attester, .. } => {
				let view = self.view;
				let known: Vec<_> = view
					.attestations
					.iter()
					.filter(|record| record.0 == *attester)
					.collect();
				match self.dice.pick(&known) {
					Some(record) if self.dice.chance(90) => record.1.clone(),
					_ => self.person(),
				}
			}
			Policy::Open => self.person(),
		};
		(Actor::Account(who), call.into())
	}

	fn funding(&mut self, round: &Round, stakes: &[&Stake]) -> Option<Choice> {
		let id = round.id;
		let terms = &round.agreement.terms;
		if round.phase == Phase::Ended && self.dice.chance(70) {
			return Some((Actor::Anyone, Call::advance { campaign: id }.into()));
		}
		if round.phase == Phase::Reconfirm && self.dice.chance(60) {
			let stale: Vec<_> = stakes
				.iter()
				.filter(|stake| stake.1.version != round.campaign.version)
				.collect();
			let stake = self.dice.pick(&stale)?;
			let call = Call::reconfirm {
				position: stake.0,
				version: round.campaign.version,
				terms_hash: round.campaign.terms_hash,
			};
			return Some((Self::by(stake), call.into()));
		}
		Some(match self.dice.below(40) {
			0..30 => self.commit(round),
			30..32 => {
				let stake = self.dice.pick(stakes)?;
				let units = stake.1.units;
				let amount = match self.dice.below(4) {
					0 => units,
					1 => units.saturating_sub(terms.min_ticket),
					2 => self.near(units),
					_ => self.dice.amount(units.max(1)),
				};
				let call = Call::withdraw {
					position: stake.0,
					amount,
				};
				(Self::by(stake), call.into())
			}
			32..34 => {
				let goal = self.near(terms.goal);
				let call = Call::amend {
					campaign: id,
					amendment: Amendment {
						documents: self.hash(),
						goal,
						cap: terms.cap.max(goal).max(round.campaign.units),
						extend_by: self.dice.one(&[0, 5, 6, 8, 12, u32::MAX]),
					},
				};
				(Self::founder(round), call.into())
			}
			34..37 => {
				let least = 3 + terms.lock.max(terms.cooling_off);
				let call = Call::announce_early_close {
					campaign: id,
					after: self.block_near(least),
				};
				(Self::founder(round), call.into())
			}
			37 => {
				let actor = if self.dice.chance(50) {
					Actor::Network
				} else {
					Self::founder(round)
				};
				// Most campaigns should go on.
				if self.dice.chance(60) {
					return None;
				}
				(actor, Call::cancel { campaign: id }.into())
			}
			38 => {
				// Those who did not agree to changed terms.
				let stale: Vec<_> = stakes
					.iter()
					.filter(|stake| stake.1.version != round.campaign.version)
					.collect();
				let stake = self.dice.pick(&stale)?;
				(Self::by(stake), Call::claim { position: stake.0 }.into())
			}
			_ => (Actor::Anyone, Call::advance { campaign: id }.into()),
		})
	}

	fn active(&mut self, round: &Round, stakes: &[&Stake]) -> Option<Choice> {
		let id = round.id;
		let campaign = id;
		let common = self.dice.chance(25);
		if common {
			return self.while_active(round, stakes);
		}
		match round.phase {
			Phase::Working => Some(match self.dice.below(10) {
				0..7 => {
					let call = Call::submit_milestone {
						campaign,
						evidence: self.hash(),
					};
					(Self::founder(round), call.into())
				}
				7 => {
					let call = Call::request_extension {
						campaign,
						blocks: self.near(10) as u32,
						reason: self.hash(),
					};
					(Self::founder(round), call.into())
				}
				_ => {
					let stake = self.dice.pick(stakes)?;
					let call = Call::call_no_confidence { position: stake.0 };
					(Self::by(stake), call.into())
				}
			}),
			Phase::Voting => {
				let stake = self.dice.pick(stakes)?;
				let call = if self.dice.chance(8) {
					Call::raise_dispute { position: stake.0 }
				} else {
					Call::vote {
						position: stake.0,
						aye: self.dice.chance(62),
					}
				};
				Some((Self::by(stake), call.into()))
			}
			Phase::Grace => {
				let stake = self.dice.pick(stakes)?;
				let position = stake.0;
				let call = match self.dice.below(10) {
					0..5 => Call::exit { position },
					5..7 => Call::exit_to {
						position,
						dest: self.address(),
					},
					7..9 => Call::raise_dispute { position },
					_ => Call::advance { campaign },
				};
				Some((Self::by(stake), call.into()))
			}
			Phase::Disputed if self.dice.chance(60) => {
				Some((Actor::Network, self.ruling(campaign)))
			}
			_ => Some((Actor::Anyone, Call::advance { campaign }.into())),
		}
	}

	fn ruling(&mut self, campaign: u32) -> madang_runtime::RuntimeCall {
		let ruling = self.dice.one(&[
			Ruling::Dismiss,
			Ruling::Dismiss,
			Ruling::WindDown,
			Ruling::ReleaseAnyway,
			Ruling::RestartRound,
		]);
		Call::resolve_dispute { campaign, ruling }.into()
	}

	/// What may be done whatever the founder and the voters do.
	fn while_active(&mut self, round: &Round, stakes: &[&Stake]) -> Option<Choice> {
		let campaign = round.id;
		let stake = self.dice.pick(stakes)?;
		let position = stake.0;
		let call = match self.dice.below(20) {
			0..4 => Call::mint_receipt { position },
			4..7 => Call::transfer_position {
				position,
				to: self.address(),
			},
			7..11 => {
				let goal = round.agreement.terms.goal;
				let call = Call::deposit_revenue {
					campaign,
					amount: self.near(1 + goal / 20),
				};
				return Some((Actor::Account(self.person()), call.into()));
			}
			11..14 => Call::claim_revenue { position },
			14 => Call::allow_claim_for {
				position,
				allowed: self.dice.chance(40),
			},
			15 if self.dice.chance(30) => {
				return Some((Self::founder(round), Call::abandon { campaign }.into()));
			}
			16..18 => return Some((Actor::Network, self.ruling(campaign))),
			_ => {
				return Some((Actor::Anyone, Call::advance { campaign }.into()));
			}
		};
		Some((Self::by(stake), call.into()))
	}

	fn over(&mut self, round: &Round, stakes: &[&Stake]) -> Option<Choice> {
		let campaign = round.id;
		if stakes.is_empty() || self.dice.chance(8) {
			let call = if self.dice.chance(85) {
				Call::close { campaign }
			} else {
				Call::advance { campaign }
			};
			return Some((Actor::Anyone, call.into()));
		}
		let stake = self.dice.pick(stakes)?;
		let position = stake.0;
		if round.campaign.state == State::Completed {
			let call = match self.dice.below(10) {
				0..4 => Call::exit { position },
				4 => Call::exit_to {
					position,
					dest: self.address(),
				},
				5..7 => Call::claim_revenue { position },
				7 => {
					let call = Call::deposit_revenue {
						campaign,
						amount: 1 + self.dice.amount(MDG),
					};
					return Some((Actor::Account(self.person()), call.into()));
				}
				8 => Call::transfer_position {
					position,
					to: self.address(),
				},
				_ => Call::mint_receipt { position },
			};
			return Some((Self::by(stake), call.into()));
		}
		let call = match self.dice.below(10) {
			0..5 => Call::claim { position },
			5..7 => Call::claim_to {
				position,
				dest: self.address(),
			},
			7..9 => {
				let call = Call::claim_for { position };
				return Some((Actor::Anyone, call.into()));
			}
			_ => Call::allow_claim_for {
				position,
				allowed: self.dice.chance(50),
			},
		};
		Some((Self::by(stake), call.into()))
	}

	/// What is not allowed in this phase, by whom it would belong to.
	fn out_of_place(&mut self, round: &Round, stakes: &[&Stake]) -> Option<Choice> {
		let campaign = round.id;
		if self.dice.chance(40) {
			let call = match self.dice.below(6) {
				0 => Call::open { campaign },
				1 => Call::discard { campaign },
				2 => Call::cancel { campaign },
				3 => Call::submit_milestone {
					campaign,
					evidence: self.hash(),
				},
				4 => Call::close { campaign },
				_ => Call::abandon { campaign },
			};
			// Seldom by the founder, or no campaign would live long.
			let actor = if self.dice.chance(30) {
				Self::founder(round)
			} else {
				Actor::Anyone
			};
			return Some((actor, call.into()));
		}
		let stake = self.dice.pick(stakes)?;
		let position = stake.0;
		let call = match self.dice.below(8) {
			0 => Call::withdraw {
				position,
				amount: stake.1.units,
			},
			1 => Call::exit { position },
			2 => Call::claim { position },
			3 => Call::vote {
				position,
				aye: self.dice.chance(50),
			},
			4 => Call::transfer_position {
				position,
				to: Address::Id(self.person()),
			},
			5 => Call::mint_receipt { position },
			6 => Call::raise_dispute { position },
			_ => Call::claim_for { position },
		};
		Some((Self::by(stake), call.into()))
	}
}
