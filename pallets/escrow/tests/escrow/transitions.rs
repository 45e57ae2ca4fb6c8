//! The table: every call in every phase by everybody who could try.
//!
//! Exactly the cells that [`Call::allowed`] names succeed, and leave books that balance. Every other
//! call fails and changes nothing.

use crate::support::*;

/// Who tries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Who {
	/// Alice, who owns the metaverse.
	Founder,
	/// Bob, who has a position as soon as there are any and voted against the founder.
	Investor,
	/// Dave, who has money but no position.
	Stranger,
	/// Arbiter, guardian and network.
	Root,
}

const EVERYBODY: [Who; 4] = [Who::Founder, Who::Investor, Who::Stranger, Who::Root];

impl Who {
	fn origin(self) -> RuntimeOrigin {
		match self {
			Self::Founder => by(&alice()),
			Self::Investor => by(&bob()),
			Self::Stranger => by(&dave()),
			Self::Root => root(),
		}
	}

	fn signs(self) -> bool {
		self != Self::Root
	}
}

/// What is tried. Calls about a position name that of Bob.
#[derive(Clone, Copy, Debug)]
enum Call {
	Create,
	Open,
	Discard,
	Commit,
	Withdraw,
	Amend,
	Reconfirm,
	AnnounceEarlyClose,
	Cancel,
	Advance,
	SubmitMilestone,
	Vote,
	Exit,
	Claim,
	ClaimTo,
	ExitTo,
	ClaimFor,
	Abandon,
	RaiseDispute,
	Resolve(Ruling),
	NoConfidence,
	RequestExtension,
	MintReceipt,
	TransferPosition,
	DepositRevenue,
	ClaimRevenue,
	Close,
	AllowClaimFor,
	SetAsset,
}

const CALLS: [Call; 32] = [
	Call::Create,
	Call::Open,
	Call::Discard,
	Call::Commit,
	Call::Withdraw,
	Call::Amend,
	Call::Reconfirm,
	Call::AnnounceEarlyClose,
	Call::Cancel,
	Call::Advance,
	Call::SubmitMilestone,
	Call::Vote,
	Call::Exit,
	Call::Claim,
	Call::ClaimTo,
	Call::ExitTo,
	Call::ClaimFor,
	Call::Abandon,
	Call::RaiseDispute,
	Call::Resolve(Ruling::Dismiss),
	Call::Resolve(Ruling::WindDown),
	Call::Resolve(Ruling::ReleaseAnyway),
	Call::Resolve(Ruling::RestartRound),
	Call::NoConfidence,
	Call::RequestExtension,
	Call::MintReceipt,
	Call::TransferPosition,
	Call::DepositRevenue,
	Call::ClaimRevenue,
	Call::Close,
	Call::AllowClaimFor,
	Call::SetAsset,
];

impl Call {
	fn run(self, venture: &Venture, who: Who) -> DispatchResult {
		let origin = who.origin();
		let id = venture.id;
		let books = venture.books();
		let position = PositionOfOwner::<Test>::get(bob(), id).unwrap_or_default();
		match self {
			Self::Create => Escrow::create(
				origin,
				venture.metaverse,
				venture.draft.terms.clone(),
				venture.draft.milestones.clone(),
				venture.draft.policy.clone(),
			),
			Self::Open => Escrow::open(origin, id),
			Self::Discard => Escrow::discard(origin, id),
			Self::Commit => outcome(Escrow::commit(
				origin,
				id,
				1_000,
				1,
				books.version,
				books.terms_hash,
			)),
			Self::Withdraw => Escrow::withdraw(origin, position, 1_000),
			Self::Amend => Escrow::amend(origin, id, venture.amendment()),
			Self::Reconfirm => Escrow::reconfirm(origin, position, books.version, books.terms_hash),
			Self::AnnounceEarlyClose => Escrow::announce_early_close(origin, id, 30),
			Self::Cancel => Escrow::cancel(origin, id),
			Self::Advance => Escrow::advance(origin, id),
			Self::SubmitMilestone => Escrow::submit_milestone(origin, id, EVIDENCE),
			Self::Vote => Escrow::vote(origin, position, true),
			Self::Exit => outcome(Escrow::exit(origin, position)),
			Self::Claim => outcome(Escrow::claim(origin, position)),
			Self::ExitTo => outcome(Escrow::exit_to(origin, position, carol())),
			Self::ClaimTo => outcome(Escrow::claim_to(origin, position, carol())),
			Self::ClaimFor => outcome(Escrow::claim_for(origin, position)),
			Self::Abandon => Escrow::abandon(origin, id),
			Self::RaiseDispute => Escrow::raise_dispute(origin, position),
			Self::Resolve(ruling) => Escrow::resolve_dispute(origin, id, ruling),
			Self::NoConfidence => Escrow::call_no_confidence(origin, position),
			Self::RequestExtension => Escrow::request_extension(origin, id, 50, EVIDENCE),
			Self::MintReceipt => Escrow::mint_receipt(origin, position),
			Self::TransferPosition => Escrow::transfer_position(origin, position, dave()),
			Self::DepositRevenue => Escrow::deposit_revenue(origin, id, 1_000),
			Self::ClaimRevenue => Escrow::claim_revenue(origin, position),
			Self::Close => Escrow::close(origin, id),
			Self::AllowClaimFor => Escrow::allow_claim_for(origin, position, false),
			Self::SetAsset => Escrow::set_asset(origin, AssetKind::Native, None),
		}
	}

	/// The table.
	fn allowed(self, phase: Phase, who: Who) -> bool {
		use Phase::*;
		let founder = who == Who::Founder;
		let investor = who == Who::Investor;
		let active = matches!(
			phase,
			Working | Voting | Decided | Grace | Payable | Disputed | Overdue
		);
		let invested = !matches!(phase, Draft | Upcoming);
		match self {
			Self::Create => founder && matches!(phase, Failed | WindDown | Completed),
			Self::Open | Self::Discard => founder && phase == Draft,
			Self::Commit => (investor || who == Who::Stranger) && matches!(phase, Open | Locked),
			Self::Withdraw => investor && matches!(phase, Open | Reconfirm),
			Self::Amend => founder && matches!(phase, Upcoming | Open),
			Self::Reconfirm => investor && phase == Reconfirm,
			Self::AnnounceEarlyClose => founder && phase == Open,
			Self::Cancel => {
				(founder || who == Who::Root)
					&& matches!(phase, Upcoming | Open | Locked | Reconfirm | Ended)
			}
			Self::Advance => who.signs() && matches!(phase, Ended | Decided | Payable | Overdue),
			Self::SubmitMilestone | Self::RequestExtension => founder && phase == Working,
			Self::Vote => investor && phase == Voting,
			Self::Exit | Self::ExitTo => investor && matches!(phase, Grace | Completed),
			Self::Claim | Self::ClaimTo => {
				investor && matches!(phase, Reconfirm | Failed | WindDown)
			}
			Self::ClaimFor => who.signs() && matches!(phase, Failed | WindDown),
			Self::Abandon => founder && matches!(phase, Working | Voting | Decided | Overdue),
			Self::RaiseDispute => investor && matches!(phase, Voting | Grace | Payable),
			Self::Resolve(_) => who == Who::Root && phase == Disputed,
			Self::NoConfidence => investor && phase == Working,
			Self::MintReceipt => investor && (active || phase == Completed),
			Self::TransferPosition => investor && (active || phase == Completed),
			Self::DepositRevenue => who.signs() && (active || phase == Completed),
			Self::ClaimRevenue => investor && (active || matches!(phase, WindDown | Completed)),
			// Positions are left in all of them; see the tests of `close` for campaigns without any.
			Self::Close => false,
			Self::AllowClaimFor => investor && invested,
			Self::SetAsset => who == Who::Root,
		}
	}
}

/// Tries every call by everybody in this phase.
fn table(phase: Phase) {
	for asset in accepted() {
		build_and_execute(|| {
			let venture = Draft::new(asset.clone()).at(phase);
			check_state();
			let before = fingerprint();
			for call in CALLS {
				for who in EVERYBODY {
					let allowed = call.allowed(phase, who);
					let cell = format!("{call:?} in {phase:?} of {asset:?} by {who:?}");
					undone(|| {
						let before = fingerprint();
						match tx(|| call.run(&venture, who)) {
							Ok(()) => {
								assert!(allowed, "{cell} is forbidden and succeeds");
								check_state();
							}
							Err(error) => {
								assert!(!allowed, "{cell} is allowed and fails with {error:?}");
								assert!(
									fingerprint() == before,
									"{cell} fails and changes something"
								);
							}
						}
					});
					assert!(fingerprint() == before, "{cell} was not undone");
				}
			}
		});
	}
}

#[test]
fn draft() {
	table(Phase::Draft);
}

#[test]
fn upcoming() {
	table(Phase::Upcoming);
}

#[test]
fn open() {
	table(Phase::Open);
}

#[test]
fn locked() {
	table(Phase::Locked);
}

#[test]
fn reconfirm() {
	table(Phase::Reconfirm);
}

#[test]
fn ended() {
	table(Phase::Ended);
}

#[test]
fn working() {
	table(Phase::Working);
}

#[test]
fn voting() {
	table(Phase::Voting);
}

#[test]
fn decided() {
	table(Phase::Decided);
}

#[test]
fn grace() {
	table(Phase::Grace);
}

#[test]
fn payable() {
	table(Phase::Payable);
}

#[test]
fn disputed() {
	table(Phase::Disputed);
}

#[test]
fn overdue() {
	table(Phase::Overdue);
}

#[test]
fn failed() {
	table(Phase::Failed);
}

#[test]
fn wind_down() {
	table(Phase::WindDown);
}

#[test]
fn completed() {
	table(Phase::Completed);
}

/// Which states follow which. Every other pair is impossible, and the event says so.
#[test]
fn every_change_of_state_is_one_of_the_drawing() {
	use State::*;
	let drawing = [
		(Draft, Funding),
		(Funding, Active),
		(Funding, Failed),
		(Active, Completed),
		(Active, WindDown),
	];
	on_both(|asset| {
		for phase in PHASES {
			undone(|| {
				System::reset_events();
				let venture = crate::support::Draft::new(asset.clone()).at(phase);
				let changes: Vec<_> = System::events()
					.into_iter()
					.filter_map(|record| match record.event {
						RuntimeEvent::Escrow(Event::StateChanged { campaign, from, to }) => {
							assert_eq!(campaign, venture.id);
							Some((from, to))
						}
						_ => None,
					})
					.collect();
				for change in &changes {
					assert!(
						drawing.contains(change),
						"{change:?} on the way to {phase:?}"
					);
				}
				for pair in changes.windows(2) {
					assert_eq!(pair[0].1, pair[1].0);
				}
				if let Some((_, last)) = changes.last() {
					assert_eq!(*last, venture.state());
				}
			});
		}
	});
}
