//! A naive model of portals, written from the design and not from the pallet.
//!
//! It keeps a ledger of its own and knows nothing of storage, hashes or indexes. For each call it
//! names every reason for which the call has to fail; a call without such a reason succeeds.

use std::collections::{BTreeMap, BTreeSet};

use crate::words::*;

/// Only this reason.
pub fn because(reason: &'static str) -> Reasons {
	Reasons::from([reason])
}

/// Fails for these reasons, if there are any.
pub fn unless(reasons: Reasons) -> Result<(), Reasons> {
	if reasons.is_empty() {
		Ok(())
	} else {
		Err(reasons)
	}
}

/// What the calls do. They write as they go: whoever asks gives a copy and drops it on failure.
impl Model {
	/// What comes out of a call, or why it has to fail.
	pub fn outcome(&self, call: &Call) -> Result<Self, Reasons> {
		let mut after = self.clone();
		after.apply(call)?;
		Ok(after)
	}

	pub fn apply(&mut self, call: &Call) -> Result<(), Reasons> {
		match call {
			Call::Propose {
				who,
				source,
				goal,
				deal,
			} => self.propose(*who, source, goal, deal),
			Call::Accept {
				who,
				portal,
				version,
			} => self.accept(*who, *portal, *version),
			Call::Amend { who, portal, deal } => self.amend(*who, *portal, deal),
			Call::Pause(who, id) => self.pause(*who, *id),
			Call::Resume(who, id) => self.resume(*who, *id),
			Call::Affirm(who, id) => self.affirm(*who, *id),
			Call::Close(who, id) => self.close(*who, *id),
			Call::Travel { .. } => self.travel(call),
			Call::Admit(who, id, guest) => self.admit(*who, *id, *guest),
			Call::Refuse(who, id, guest) => self.refuse(*who, *id, *guest),
			Call::Reap(_, id) => self.reap(*id),
			Call::ReapPass(_, id, guest) => self.reap_pass(*id, *guest),
			Call::Around(around) => self.around(around),
		}
	}

	pub fn propose(
		&mut self,
		who: Who,
		source: &Gate,
		goal: &Goal,
		deal: &Deal,
	) -> Result<(), Reasons> {
		let portal = Portal {
			source: source.clone(),
			goal: goal.clone(),
			version: 0,
			agreement: None,
			offer: None,
			payers: BTreeMap::new(),
		};
		unless(self.flaws_of_ends(&portal))?;
		let mut no = self.flaws_of_deal(&portal, deal);
		if portal.world(End::Source) == portal.world(End::Destination) {
			no.insert("ToItself");
		}
		if self.speaks(who, &portal).is_empty() {
			no.insert("NotAParty");
		}
		no.extend(self.lacks_room(&portal));
		unless(no)?;
		let id = self.next_portal;
		self.next_portal += 1;
		self.portals.insert(id, portal);
		self.offer(who, id, deal)
	}

	pub fn accept(&mut self, who: Who, id: u32, version: u32) -> Result<(), Reasons> {
		let portal = self.portal(id)?;
		let offer = portal.offer.clone().ok_or_else(|| because("NoOffer"))?;
		let mut no = self.is_past(&portal);
		if version != offer.version {
			no.insert("WrongVersion");
		}
		if offer.until <= self.now {
			no.insert("OfferExpired");
		}
		if self.speaks(who, &portal).is_empty() {
			no.insert("NotAParty");
		}
		unless(no)?;
		self.agree(who, id, offer)?;
		Ok(())
	}

	pub fn amend(&mut self, who: Who, id: u32, deal: &Deal) -> Result<(), Reasons> {
		let portal = self.portal(id)?;
		let mut no = self.is_past(&portal);
		no.extend(self.flaws_of_deal(&portal, deal));
		if self.speaks(who, &portal).is_empty() {
			no.insert("NotAParty");
		}
		unless(no)?;
		self.drop_offer(id);
		self.offer(who, id, deal)
	}

	/// Offers a deal in the name of somebody, who thereby agrees.
	pub fn offer(&mut self, who: Who, id: u32, deal: &Deal) -> Result<(), Reasons> {
		let portal = self.portals.get_mut(&id).expect("the caller has it");
		portal.version += 1;
		let offer = Offer {
			version: portal.version,
			deal: deal.clone(),
			consents: Consents::new(),
			until: self.now + rules::OFFER_LIFETIME,
			payer: None,
		};
		let done = self.agree(who, id, offer)?;
		if let (Who::Person(author), false) = (who, done) {
			self.deposit(For::Portal, author, self.deposits.offer)?;
			let portal = self.portals.get_mut(&id).expect("the caller has it");
			portal.offer.as_mut().expect("it waits").payer = Some(author);
		}
		Ok(())
	}

	/// Somebody agrees. Tells whether that was the last consent.
	pub fn agree(&mut self, who: Who, id: u32, mut offer: Offer) -> Result<bool, Reasons> {
		let portal = self.portal(id)?;
		// The rule of a town is asked anew each time.
		offer.consents.retain(|voice, consent| {
			*consent != Consent::Rule && self.counts(&portal, *voice, *consent)
		});
		let mut agreed = self.speaks(who, &portal);
		agreed.retain(|voice| !offer.consents.contains_key(voice));
		if agreed.is_empty() {
			return Err(because("AlreadyConsented"));
		}
		for voice in &agreed {
			let consent = self.consent(who, &portal, *voice);
			offer.consents.insert(*voice, consent);
		}
		for voice in portal.voices() {
			if !offer.consents.contains_key(&voice) && self.town_agrees(&portal, voice) {
				if portal.agreement.is_none() && self.between(&portal) >= rules::TOWN_PORTALS {
					return Err(because("TownQuotaReached"));
				}
				offer.consents.insert(voice, Consent::Rule);
			}
		}
		for end in End::BOTH {
			let new = agreed.iter().any(|voice| voice.0 == end);
			let payer = portal.payers.get(&end);
			let payer_agrees = offer.consents.iter().any(|(voice, consent)| {
				let by = payer.map(|payer| Who::Person(*payer));
				voice.0 == end
					&& matches!(consent, Consent::Signed { by: who, .. } if Some(*who) == by)
			});
			if new && !payer_agrees {
				self.take_over(id, end, who)?;
			}
		}
		let done = offer.consents.len() == portal.voices().len();
		if !done {
			self.portals.get_mut(&id).expect("it is there").offer = Some(offer);
			return Ok(false);
		}

		let mut no = self.cannot_be_paid(&portal, &offer.deal);
		if offer.deal.expires_at.is_some_and(|end| end <= self.now) {
			no.insert("ExpiresInPast");
		}
		if portal.agreement.is_none() {
			no.extend(self.lacks_room(&portal));
		}
		unless(no)?;
		let bucket = offer.deal.rate.map(|(_, _, burst)| Bucket {
			left: burst,
			since: self.now,
		});
		let (paused, opened) = match portal.agreement {
			Some(before) => (before.paused, before.opened),
			None => {
				self.opened += 1;
				(BTreeSet::new(), self.opened)
			}
		};
		self.drop_offer(id);
		self.portals.get_mut(&id).expect("it is there").agreement = Some(Agreement {
			version: offer.version,
			deal: offer.deal,
			consents: offer.consents,
			paused,
			closes_at: None,
			bucket,
			opened,
		});
		Ok(true)
	}

	pub fn pause(&mut self, who: Who, id: u32) -> Result<(), Reasons> {
		let voices = self.in_force_for(who, id)?;
		let paused = self.pauses(id);
		if voices.is_subset(paused) {
			return Err(because("AlreadyPaused"));
		}
		paused.extend(voices);
		Ok(())
	}

	pub fn resume(&mut self, who: Who, id: u32) -> Result<(), Reasons> {
		let voices = self.in_force_for(who, id)?;
		let paused = self.pauses(id);
		if voices.is_disjoint(paused) {
			return Err(because("NotPaused"));
		}
		paused.retain(|voice| !voices.contains(voice));
		Ok(())
	}

	pub fn affirm(&mut self, who: Who, id: u32) -> Result<(), Reasons> {
		let mut voices = self.in_force_for(who, id)?;
		let portal = self.portal(id)?;
		let agreement = portal.agreement.as_ref().expect("it is in force");
		voices.retain(|voice| !self.counts(&portal, *voice, agreement.consents[voice]));
		if voices.is_empty() {
			return Err(because("NothingToAffirm"));
		}
		for voice in &voices {
			let consent = self.consent(who, &portal, *voice);
			let portal = self.portals.get_mut(&id).expect("it is there");
			let agreement = portal.agreement.as_mut().expect("it is in force");
			agreement.consents.insert(*voice, consent);
		}
		for end in End::BOTH {
			if voices.iter().any(|voice| voice.0 == end) {
				self.take_over(id, end, who)?;
			}
		}
		Ok(())
	}

	pub fn close(&mut self, who: Who, id: u32) -> Result<(), Reasons> {
		let portal = self.portal(id)?;
		if self.speaks(who, &portal).is_empty() && !self.pays_for_another(who, &portal) {
			return Err(because("NotAParty"));
		}
		match &portal.agreement {
			Some(agreement) if !self.is_over(&portal) && !self.is_stale(&portal) => {
				if agreement.closes_at.is_some() {
					return Err(because("AlreadyClosing"));
				}
				let closes_at = self.now + agreement.deal.notice;
				self.drop_offer(id);
				let portal = self.portals.get_mut(&id).expect("it is there");
				portal.agreement.as_mut().expect("it is in force").closes_at = Some(closes_at);
			}
			_ => self.remove(id),
		}
		Ok(())
	}

	pub fn reap(&mut self, id: u32) -> Result<(), Reasons> {
		let portal = self.portal(id)?;
		let lapsed = portal
			.offer
			.as_ref()
			.is_none_or(|offer| offer.until <= self.now);
		if self.is_over(&portal) || (portal.agreement.is_none() && lapsed) {
			self.remove(id);
		} else if portal.offer.is_some() && lapsed {
			self.drop_offer(id);
		} else {
			return Err(because("NotOver"));
		}
		Ok(())
	}

	pub fn travel(&mut self, call: &Call) -> Result<(), Reasons> {
		let Call::Travel {
			who,
			portal: id,
			version,
			back,
			max_toll,
			proof,
		} = call
		else {
			unreachable!("only this call travels");
		};
		let portal = self.portal(*id)?;
		let Some(agreement) = portal.agreement.clone() else {
			return Err(because("NotInForce"));
		};
		let deal = &agreement.deal;
		let mut no = self.flaws_of_visit(*who, deal, proof);
		if *version != agreement.version {
			no.insert("WrongVersion");
		}
		if *back && !deal.two_way {
			no.insert("WrongWay");
		}
		if deal
			.toll
			.as_ref()
			.is_some_and(|toll| toll.amount > *max_toll)
		{
			no.insert("TollAboveLimit");
		}
		if self.is_over(&portal) {
			no.insert("PortalOver");
		}
		if self.is_stale(&portal) {
			no.insert("PortalStale");
		}
		if self.is_suspended(&portal) {
			no.insert("Suspended");
		}
		if !agreement.paused.is_empty() {
			no.insert("PortalPaused");
		}
		let mut bucket = agreement.bucket;
		if let (Some(bucket), Some(rate)) = (&mut bucket, deal.rate) {
			bucket.fill(rate, self.now);
			match bucket.left.checked_sub(1) {
				Some(left) => bucket.left = left,
				None => {
					no.insert("RateExhausted");
				}
			}
		}
		match self.passes.get(&(*id, *who)) {
			Some(pass) if !pass.used && !pass.refused && self.now < pass.until => {
				no.insert("AlreadyHasPass");
			}
			// What comes next may find money that this one gives back.
			Some(_) => no.extend(self.end_pass(*id, *who).err().unwrap_or_default()),
			None => {}
		}
		match self.deposit(For::Pass, *who, self.deposits.pass) {
			Err(reasons) => no.extend(reasons),
			Ok(()) => {
				if let Some(toll) = &deal.toll {
					if !self.hold(For::Toll, Account::Person(*who), toll.coin, toll.amount) {
						no.insert("TollNotCovered");
					}
				}
			}
		}
		unless(no)?;
		let pass = Pass {
			back: *back,
			source: portal.source.place,
			destination: portal.place(End::Destination),
			toll: deal.toll.clone(),
			used: false,
			refused: false,
			until: self.now + rules::PASS_LIFETIME,
		};
		self.passes.insert((*id, *who), pass);
		let portal = self.portals.get_mut(id).expect("it is there");
		portal.agreement.as_mut().expect("it is in force").bucket = bucket;
		Ok(())
	}

	pub fn admit(&mut self, who: Who, id: u32, guest: u8) -> Result<(), Reasons> {
		self.look_at_pass(who, id, guest)?;
		self.settle(id, guest)?;
		self.passes.get_mut(&(id, guest)).expect("it is there").used = true;
		Ok(())
	}

	pub fn refuse(&mut self, who: Who, id: u32, guest: u8) -> Result<(), Reasons> {
		self.look_at_pass(who, id, guest)?;
		if self.give_back(id, guest).is_err() {
			let pass = self.passes.get_mut(&(id, guest)).expect("it is there");
			pass.refused = true;
			return Ok(());
		}
		self.end_pass(id, guest)
	}

	pub fn reap_pass(&mut self, id: u32, guest: u8) -> Result<(), Reasons> {
		let pass = self.passes.get(&(id, guest));
		let pass = pass.ok_or_else(|| because("NoPass"))?;
		if self.now < pass.until && !pass.refused {
			return Err(because("PassNotOver"));
		}
		self.end_pass(id, guest)
	}

	/// Fails unless somebody may admit or refuse this pass now.
	pub fn look_at_pass(&self, who: Who, id: u32, guest: u8) -> Result<(), Reasons> {
		let pass = self.passes.get(&(id, guest));
		let pass = pass.ok_or_else(|| because("NoPass"))?;
		let mut no = Reasons::new();
		let place = pass.gatekeeper();
		if !self.speaks_for_world(who, place.world) && !self.speaks_for_land(who, place) {
			no.insert("NotGatekeeper");
		}
		if pass.refused {
			no.insert("PassRefused");
		} else if pass.until <= self.now {
			no.insert("PassOver");
		} else if pass.used {
			no.insert("PassUsed");
		}
		unless(no)
	}
}
