//! Who has announced a visit, which passes let somebody in, and who is here. All of it is bounded, and
//! none of it outlives the program: what must last is on chain.

use std::{
	collections::HashMap,
	sync::{Mutex, MutexGuard, PoisonError},
	time::{Duration, Instant},
};

use madang_primitives::portal::PortalId;
use madang_runtime::{AccountId, BlockNumber};

use crate::message::{Callbacks, Pin, TeleportId, Visit};

/// Most visits that are remembered at a time.
pub const MAX_VISITS: usize = 10_000;

/// Most passes that are remembered at a time.
const MAX_CLAIMS: usize = 100_000;

/// For how long a pass is remembered: far longer than any pass is good.
const CLAIM_TIME: Duration = Duration::from_secs(24 * 3_600);

/// Wrong pins after which a visit is forgotten.
const MAX_WRONG_PINS: u8 = 3;

/// How often what is over is thrown away, at most.
const SWEEP: Duration = Duration::from_secs(1);

/// Why a message does not fit what is remembered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Denied {
	/// Nobody announced this.
	#[error("this teleportId is unknown: send a Query first")]
	Unknown,
	/// It was announced too long ago.
	#[error("this teleportId has expired: send a Query again")]
	Expired,
	/// Somebody came with it.
	#[error("this teleportId was used already: make another one")]
	Done,
	/// It is being dealt with.
	#[error("this teleportId is being dealt with; try again in a moment")]
	Busy,
	/// Somebody else announced it.
	#[error("this teleportId belongs to somebody else: make another one")]
	Taken,
	/// There is no room.
	#[error("too many visits are announced; try again later")]
	TooMany,
	/// The pin is wrong.
	#[error("the teleportPin is not the one of the Query")]
	WrongPin,
	/// The pass belongs to another attempt.
	#[error("the visitor came in with this pass already, or is about to")]
	PassTaken,
}

/// An announced visit.
struct Announced {
	portal: PortalId,
	visit: Visit,
	until: Instant,
	stage: Stage,
	wrong_pins: u8,
	pass: Option<(PortalId, AccountId)>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Stage {
	Waiting,
	Busy,
	Done,
}

/// A pass that lets somebody in.
struct Claim {
	valid_until: BlockNumber,
	by: TeleportId,
	/// Whether the world of origin was told that they may come.
	told: bool,
	since: Instant,
}

/// What the server remembers.
pub struct Memory {
	ttl: Duration,
	stay: Duration,
	capacity: Option<u32>,
	notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
	visits: HashMap<TeleportId, Announced>,
	claims: HashMap<(PortalId, AccountId), Claim>,
	present: HashMap<TeleportId, Instant>,
	swept: Option<Instant>,
}

impl Memory {
	/// Remembers visits for `ttl`, and that visitors are present for `stay`, at most `capacity` at a time.
	pub fn new(ttl: Duration, stay: Duration, capacity: Option<u32>) -> Self {
		Self {
			ttl,
			stay,
			capacity,
			notes: Mutex::default(),
		}
	}

	/// Remembers a visit. The same visitor may announce it again until it begins.
	pub fn announce(&self, portal: PortalId, visit: Visit, now: Instant) -> Result<(), Denied> {
		let mut notes = self.notes();
		self.sweep(&mut notes, now);
		let id = visit.id;
		// Announcing it again gives nobody another guess.
		let wrong_pins = notes.visits.get(&id).map_or(0, |known| known.wrong_pins);
		match notes.visits.get(&id) {
			Some(known) if known.stage == Stage::Done => return Err(Denied::Done),
			Some(known) if known.stage == Stage::Busy => return Err(Denied::Busy),
			Some(known) if known.visit.user != visit.user => return Err(Denied::Taken),
			Some(_) => {}
			None if notes.visits.len() >= MAX_VISITS => return Err(Denied::TooMany),
			None => {}
		}
		let announced = Announced {
			portal,
			visit,
			until: now + self.ttl,
			stage: Stage::Waiting,
			wrong_pins,
			pass: None,
		};
		notes.visits.insert(id, announced);
		Ok(())
	}

	/// Begins a visit, so that nobody else does meanwhile: the portal that it was announced for, and who
	/// comes. Has to be followed by [`Memory::end`].
	pub fn begin(
		&self,
		id: TeleportId,
		pin: Option<Pin>,
		now: Instant,
	) -> Result<(PortalId, Visit), Denied> {
		let mut notes = self.notes();
		let known = notes.visits.get_mut(&id).ok_or(Denied::Unknown)?;
		match known.stage {
			Stage::Done => return Err(Denied::Done),
			Stage::Busy => return Err(Denied::Busy),
			Stage::Waiting => {}
		}
		if known.until <= now {
			return Err(Denied::Expired);
		}
		if pin.is_some_and(|pin| pin != known.visit.pin) {
			known.wrong_pins += 1;
			if known.wrong_pins >= MAX_WRONG_PINS {
				notes.visits.remove(&id);
			}
			return Err(Denied::WrongPin);
		}
		known.stage = Stage::Busy;
		Ok((known.portal, known.visit.clone()))
	}

	/// Ends what [`Memory::begin`] began, whatever came of it.
	pub fn end(&self, id: TeleportId) {
		if let Some(known) = self.notes().visits.get_mut(&id) {
			if known.stage == Stage::Busy {
				known.stage = Stage::Waiting;
			}
		}
	}

	/// The world of origin was told that the visitor may come: neither the visit nor the pass is good
	/// for another time.
	pub fn done(&self, id: TeleportId) {
		let mut notes = self.notes();
		let Some(known) = notes.visits.get_mut(&id) else {
			return;
		};
		known.stage = Stage::Done;
		let Some(pass) = known.pass.clone() else {
			return;
		};
		if let Some(claim) = notes.claims.get_mut(&pass).filter(|claim| claim.by == id) {
			claim.told = true;
		}
	}

	/// Whom to tell how a visit went, if the Teleport message names somebody else than the Query.
	pub fn callbacks(known: Callbacks, ack: Option<String>, nack: Option<String>) -> Callbacks {
		Callbacks {
			ack: ack.unwrap_or(known.ack),
			nack: nack.unwrap_or(known.nack),
		}
	}

	/// Takes a pass for a visit. Fails when it let somebody in, or is about to, in another one.
	pub fn claim(
		&self,
		id: TeleportId,
		pass: (PortalId, AccountId),
		valid_until: BlockNumber,
		now: Instant,
	) -> Result<(), Denied> {
		let mut notes = self.notes();
		if let Some(claim) = notes.claims.get(&pass) {
			let same_pass = claim.valid_until == valid_until;
			let busy = notes
				.visits
				.get(&claim.by)
				.is_some_and(|visit| visit.stage == Stage::Busy);
			if same_pass && claim.by != id && (claim.told || busy) {
				return Err(Denied::PassTaken);
			}
		} else if notes.claims.len() >= MAX_CLAIMS {
			return Err(Denied::TooMany);
		}
		if let Some(known) = notes.visits.get_mut(&id) {
			known.pass = Some(pass.clone());
		}
		let claim = Claim {
			valid_until,
			by: id,
			told: false,
			since: now,
		};
		notes.claims.insert(pass, claim);
		Ok(())
	}

	/// Whether this visit took this pass, so that it was used for nobody else.
	pub fn has_claimed(
		&self,
		id: TeleportId,
		pass: &(PortalId, AccountId),
		valid_until: BlockNumber,
	) -> bool {
		self.notes()
			.claims
			.get(pass)
			.is_some_and(|claim| claim.by == id && claim.valid_until == valid_until)
	}

	/// Gives a pass back that let nobody in.
	pub fn unclaim(&self, id: TeleportId, pass: &(PortalId, AccountId)) {
		let mut notes = self.notes();
		if notes.claims.get(pass).is_some_and(|claim| claim.by == id) {
			notes.claims.remove(pass);
		}
	}

	/// Whether nobody else may come now.
	pub fn is_full(&self, now: Instant) -> bool {
		self.full(&mut self.notes(), now)
	}

	/// Counts a visitor as present, once for each visit. `false` when there is no room.
	pub fn take_seat(&self, id: TeleportId, now: Instant) -> bool {
		if self.capacity.is_none() {
			return true;
		}
		let mut notes = self.notes();
		if !notes.present.contains_key(&id) {
			if self.full(&mut notes, now) {
				return false;
			}
			notes.present.insert(id, now + self.stay);
		}
		true
	}

	/// Does not count a visitor any more who was not let in after all.
	pub fn leave_seat(&self, id: TeleportId) {
		self.notes().present.remove(&id);
	}

	fn full(&self, notes: &mut Notes, now: Instant) -> bool {
		let Some(capacity) = self.capacity else {
			return false;
		};
		let is_full = |notes: &Notes| notes.present.len() >= capacity as usize;
		if is_full(notes) {
			notes.present.retain(|_, until| now < *until);
		}
		is_full(notes)
	}

	/// Throws away what is over. What has expired stays a while longer, so that whoever is late is told
	/// so.
	fn sweep(&self, notes: &mut Notes, now: Instant) {
		if notes.swept.is_some_and(|last| now < last + SWEEP) {
			return;
		}
		notes.swept = Some(now);
		notes
			.visits
			.retain(|_, known| known.stage == Stage::Busy || now < known.until + self.ttl);
		notes
			.claims
			.retain(|_, claim| now < claim.since + CLAIM_TIME);
	}

	fn notes(&self) -> MutexGuard<'_, Notes> {
		// Each change is made at once, so what somebody left behind who panicked is sound.
		self.notes.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	const TTL: Duration = Duration::from_secs(10);
	const STAY: Duration = Duration::from_secs(100);

	fn memory(capacity: Option<u32>) -> Memory {
		Memory::new(TTL, STAY, capacity)
	}

	fn visit(number: u32, user: &str, pin: u32) -> Visit {
		let query = json!({
			"location": "7", "teleportId": format!("{number:08x}-0000-4000-8000-000000000000"),
			"userId": user, "teleportPin": pin, "sourceAckUrl": "", "sourceNackUrl": "",
		});
		crate::message::Query::read(query.to_string().as_bytes())
			.ok()
			.and_then(|query| query.visit)
			.unwrap_or_else(|| panic!("{query}"))
	}

	fn pass(account: u8) -> (PortalId, AccountId) {
		(7, AccountId::from([account; 32]))
	}

	#[test]
	fn a_visit_is_good_once_and_for_its_time() {
		let (memory, now) = (memory(None), Instant::now());
		let ann = visit(1, "ann", 47);
		assert_eq!(memory.begin(ann.id, None, now), Err(Denied::Unknown));
		assert_eq!(memory.announce(7, ann.clone(), now), Ok(()));
		assert_eq!(
			memory.announce(7, ann.clone(), now),
			Ok(()),
			"as often as one likes"
		);
		assert_eq!(memory.begin(ann.id, None, now + TTL), Err(Denied::Expired));
		let last = now + TTL - Duration::from_millis(1);
		assert_eq!(memory.begin(ann.id, None, last), Ok((7, ann.clone())));
		assert_eq!(memory.begin(ann.id, None, last), Err(Denied::Busy));
		assert_eq!(memory.announce(7, ann.clone(), last), Err(Denied::Busy));
		memory.end(ann.id);
		assert!(
			memory.begin(ann.id, None, last).is_ok(),
			"it may be tried again"
		);
		memory.done(ann.id);
		memory.end(ann.id);
		assert_eq!(memory.begin(ann.id, None, last), Err(Denied::Done));
		assert_eq!(memory.announce(7, ann, last), Err(Denied::Done));
	}

	#[test]
	fn nobody_announces_in_the_name_of_another() {
		let (memory, now) = (memory(None), Instant::now());
		assert_eq!(memory.announce(7, visit(1, "ann", 47), now), Ok(()));
		assert_eq!(
			memory.announce(7, visit(1, "eve", 47), now),
			Err(Denied::Taken)
		);
	}

	#[test]
	fn wrong_pins_are_counted_and_the_right_one_counts() {
		let (memory, now) = (memory(None), Instant::now());
		let (ann, other) = (visit(1, "ann", 47), visit(2, "bob", 48));
		assert_eq!(memory.announce(7, ann.clone(), now), Ok(()));
		for _ in 0..MAX_WRONG_PINS {
			// Announcing it again does not start the count anew.
			assert_eq!(memory.announce(7, ann.clone(), now), Ok(()));
			let wrong = memory.begin(ann.id, Some(other.pin), now);
			assert_eq!(wrong, Err(Denied::WrongPin));
		}
		assert_eq!(
			memory.begin(ann.id, Some(ann.pin), now),
			Err(Denied::Unknown)
		);
		assert_eq!(memory.announce(7, other.clone(), now), Ok(()));
		assert!(memory.begin(other.id, Some(other.pin), now).is_ok());
	}

	#[test]
	fn the_number_of_visits_is_bounded_and_room_comes_back() {
		let (memory, now) = (memory(None), Instant::now());
		for number in 0..MAX_VISITS as u32 {
			assert_eq!(memory.announce(7, visit(number, "ann", 1), now), Ok(()));
		}
		let next = MAX_VISITS as u32;
		let full = memory.announce(7, visit(next, "ann", 1), now + TTL);
		assert_eq!(full, Err(Denied::TooMany));
		let later = now + TTL + TTL;
		assert_eq!(memory.announce(7, visit(next, "ann", 1), later), Ok(()));
		assert_eq!(memory.notes().visits.len(), 1);
	}

	#[test]
	fn a_pass_lets_somebody_in_once() {
		let (memory, now) = (memory(None), Instant::now());
		let (first, second) = (visit(1, "ann", 1), visit(2, "ann", 1));
		for visit in [&first, &second] {
			assert_eq!(memory.announce(7, visit.clone(), now), Ok(()));
		}
		assert!(memory.begin(first.id, None, now).is_ok());
		assert_eq!(memory.claim(first.id, pass(1), 300, now), Ok(()));
		assert_eq!(
			memory.claim(first.id, pass(1), 300, now),
			Ok(()),
			"it tries again"
		);
		let race = memory.claim(second.id, pass(1), 300, now);
		assert_eq!(race, Err(Denied::PassTaken), "the first is under way");
		memory.done(first.id);
		memory.end(first.id);
		let again = memory.claim(second.id, pass(1), 300, now);
		assert_eq!(again, Err(Denied::PassTaken), "the first came in");
		assert!(memory.has_claimed(first.id, &pass(1), 300));
		assert!(!memory.has_claimed(second.id, &pass(1), 300));
		assert_eq!(
			memory.claim(second.id, pass(2), 300, now),
			Ok(()),
			"somebody else's"
		);
		assert_eq!(
			memory.claim(second.id, pass(1), 301, now),
			Ok(()),
			"a later pass"
		);
	}

	#[test]
	fn a_pass_that_let_nobody_in_can_be_taken_again() {
		let (memory, now) = (memory(None), Instant::now());
		let (first, second) = (visit(1, "ann", 1), visit(2, "ann", 1));
		assert_eq!(memory.announce(7, first.clone(), now), Ok(()));
		assert!(memory.begin(first.id, None, now).is_ok());
		assert_eq!(memory.claim(first.id, pass(1), 300, now), Ok(()));
		memory.end(first.id);
		assert_eq!(memory.claim(second.id, pass(1), 300, now), Ok(()));
		memory.unclaim(first.id, &pass(1));
		assert!(
			memory.has_claimed(second.id, &pass(1), 300),
			"it is not the first one's any more"
		);
		memory.unclaim(second.id, &pass(1));
		assert!(!memory.has_claimed(second.id, &pass(1), 300));
	}

	#[test]
	fn seats_are_counted_once_and_come_back() {
		let (memory, now) = (memory(Some(1)), Instant::now());
		let (ann, bob) = (visit(1, "ann", 1).id, visit(2, "bob", 1).id);
		assert!(!memory.is_full(now));
		assert!(memory.take_seat(ann, now) && memory.take_seat(ann, now));
		assert!(memory.is_full(now) && !memory.take_seat(bob, now));
		memory.leave_seat(ann);
		assert!(memory.take_seat(bob, now));
		assert!(!memory.take_seat(ann, now + STAY - Duration::from_millis(1)));
		assert!(memory.take_seat(ann, now + STAY));
		let closed = Memory::new(TTL, STAY, Some(0));
		assert!(closed.is_full(now) && !closed.take_seat(ann, now));
	}
}
