//! A naive model beside the runtime.
//!
//! It knows single cells, single positions and the rules in their plainest form, and none of the
//! runtime's code. It follows the events, so it sees what happened however a call came in: signed, in
//! a batch, by a motion of the council or out of the scheduler. Each event is checked against the
//! rules, and after every block the model and the state must be the same. Calls on land that come
//! directly are judged before as well: those that the model sees no reason to refuse must not be
//! refused for that reason, and those that it would refuse must fail.

pub mod escrow;
pub mod land;
mod vote;

use madang_runtime::{AccountId, RuntimeCall, RuntimeEvent, System};
use sp_runtime::DispatchResult;

use crate::{chain::is_inconsistent, failure::Failure, must, stats::Stats};

/// Both models.
pub struct Model {
	land: land::Land,
	escrow: escrow::Escrow,
}

impl Model {
	/// The models of the state as it is.
	pub fn of_the_state() -> Result<Self, Failure> {
		Ok(Self {
			land: land::Land::of_the_state()?,
			escrow: escrow::Escrow::default(),
		})
	}

	/// What the model says of a call before it is dispatched.
	pub fn judge(&self, who: Option<&AccountId>, call: &RuntimeCall) -> Option<land::Judgement> {
		self.land.judge(who?, call)
	}

	/// Compares a judgement with what came of the call.
	pub fn compare(
		judgement: Option<land::Judgement>,
		result: &DispatchResult,
		stats: &mut Stats,
	) -> Result<(), Failure> {
		if let Err(error) = result {
			must!(
				!is_inconsistent(error),
				"a pallet found its own books in disorder: {error:?}"
			);
		}
		let Some(judgement) = judgement else {
			return Ok(());
		};
		stats.judged += 1;
		judgement.compare(result)
	}

	/// Follows the events since the last time.
	pub fn follow(&mut self, stats: &mut Stats) -> Result<(), Failure> {
		let events = System::read_events_no_consensus();
		let mut seen = false;
		for record in events {
			seen = true;
			let event = record.event;
			look_at(&event)?;
			let followed =
				self.land.follow(&event, &mut stats.looked_up)? | self.escrow.follow(&event)?;
			stats.followed += u64::from(followed);
		}
		if seen {
			System::reset_events();
		}
		Ok(())
	}

	/// Compares the models with the state.
	pub fn check(&mut self) -> Result<(), Failure> {
		self.land.check()?;
		self.escrow.check()
	}
}

/// Fails for an event that says that something is wrong.
fn look_at(event: &RuntimeEvent) -> Result<(), Failure> {
	let missing = matches!(
		event,
		RuntimeEvent::Land(pallet_land::Event::DepositMissing { .. })
			| RuntimeEvent::Metaverse(pallet_metaverse::Event::DepositMissing { .. })
			| RuntimeEvent::Escrow(pallet_escrow::Event::DepositMissing { .. })
			| RuntimeEvent::Portal(pallet_portal::Event::DepositMissing { .. })
			| RuntimeEvent::Attestation(pallet_attestation::Event::DepositMissing { .. })
			| RuntimeEvent::Validators(pallet_validators::Event::BondMissing { .. })
	);
	must!(!missing, "a deposit was not there any more: ({event:?})");
	let inner = match event {
		RuntimeEvent::Utility(
			pallet_utility::Event::ItemFailed { error }
			| pallet_utility::Event::BatchInterrupted { error, .. },
		) => Some(*error),
		RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => sudo_result.err(),
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => result.err(),
		RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. }) => {
			result.err()
		}
		RuntimeEvent::Council(
			pallet_collective::Event::Executed { result, .. }
			| pallet_collective::Event::MemberExecuted { result, .. },
		) => result.err(),
		RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched { result, .. }) => result.err(),
		_ => None,
	};
	if let Some(error) = inner {
		must!(
			!is_inconsistent(&error),
			"a pallet found its own books in disorder: {error:?}"
		);
	}
	Ok(())
}
