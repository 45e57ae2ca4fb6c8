//! The naive model: money, and how things end.

use crate::{reference::because, words::*};

/// Money, and how things end.
impl Model {
	pub fn purse(&mut self, account: Account, coin: Coin) -> &mut Purse {
		self.purses.entry((account, coin)).or_default()
	}

	/// What an account could put on hold.
	pub fn spendable(&self, account: Account, coin: Coin) -> u128 {
		let purse = self.purses.get(&(account, coin)).copied();
		let free = purse.unwrap_or_default().free;
		match coin {
			Coin::Native => free.saturating_sub(rules::EXISTENTIAL),
			_ if self.frozen || self.marks.contains_key(&account) => 0,
			_ => free.saturating_sub(rules::STABLE_MIN),
		}
	}

	pub fn hold(&mut self, what: For, who: Account, coin: Coin, amount: u128) -> bool {
		let covered = amount <= self.spendable(who, coin);
		if covered {
			let purse = self.purse(who, coin);
			purse.free -= amount;
			*purse.held(what) += amount;
		}
		covered
	}

	pub fn release(&mut self, what: For, who: u8, coin: Coin, amount: u128) {
		let purse = self.purse(Account::Person(who), coin);
		*purse.held(what) -= amount;
		purse.free += amount;
	}

	pub fn deposit(&mut self, what: For, who: u8, amount: u128) -> Result<(), Reasons> {
		if self.hold(what, Account::Person(who), Coin::Native, amount) {
			Ok(())
		} else {
			Err(because("DepositNotCovered"))
		}
	}

	/// What an end of a portal costs. Nobody pays for an end out of this chain, so the beginning costs
	/// that as well.
	pub fn side_deposit(&self, portal: &Portal) -> u128 {
		match &portal.goal {
			Goal::External { uri } => self.deposits.external + uri.len() as u128,
			Goal::Gate(_) => self.deposits.side,
		}
	}

	/// Makes somebody pay for an end, and gives back what somebody else paid. The network pays nothing.
	pub fn take_over(&mut self, id: u32, end: End, who: Who) -> Result<(), Reasons> {
		let portal = self.portal(id)?;
		let amount = self.side_deposit(&portal);
		let before = portal.payers.get(&end).copied();
		let after = match who {
			Who::Person(person) => Some(person),
			Who::Network => None,
		};
		if before.is_some() && before == after {
			return Ok(());
		}
		if let Some(person) = after {
			self.deposit(For::Portal, person, amount)?;
		}
		if let Some(person) = before {
			self.release(For::Portal, person, Coin::Native, amount);
		}
		let payers = &mut self.portals.get_mut(&id).expect("it is there").payers;
		match after {
			Some(person) => payers.insert(end, person),
			None => payers.remove(&end),
		};
		Ok(())
	}

	pub fn drop_offer(&mut self, id: u32) {
		let portal = self.portals.get_mut(&id).expect("the caller has it");
		if let Some(payer) = portal.offer.take().and_then(|offer| offer.payer) {
			self.release(For::Portal, payer, Coin::Native, self.deposits.offer);
		}
	}

	pub fn remove(&mut self, id: u32) {
		self.drop_offer(id);
		let portal = self.portals.remove(&id).expect("the caller has it");
		for payer in portal.payers.values() {
			let amount = self.side_deposit(&portal);
			self.release(For::Portal, *payer, Coin::Native, amount);
		}
	}

	pub fn can_receive(&self, account: Account, coin: Coin, amount: u128) -> bool {
		let purse = self.purses.get(&(account, coin)).copied();
		let free = purse.unwrap_or_default().free;
		let Some(sum) = free.checked_add(amount) else {
			return false;
		};
		match coin {
			Coin::Native => rules::EXISTENTIAL <= sum,
			_ => self.marks.get(&account) != Some(&Mark::Blocked) && rules::STABLE_MIN <= sum,
		}
	}

	/// Who gets what of a toll: a metaverse that is no more gets nothing.
	pub fn payees(
		&self,
		toll: &Toll,
		source: Place,
		destination: Option<Place>,
	) -> [(Option<Account>, u128); 3] {
		let account = |place: Place| {
			let there = self.worlds.contains_key(&place.world);
			there.then_some(Account::World(place.world))
		};
		let [first, second, third] = toll.shares();
		[
			(account(source), first),
			(destination.and_then(account), second),
			(Some(Account::Treasury), third),
		]
	}

	pub fn cannot_be_paid(&self, portal: &Portal, deal: &Deal) -> Reasons {
		let Some(toll) = &deal.toll else {
			return Reasons::new();
		};
		let payees = self.payees(toll, portal.source.place, portal.place(End::Destination));
		let all = payees.into_iter().all(|(payee, share)| {
			share == 0 || payee.is_some_and(|payee| self.can_receive(payee, toll.coin, share))
		});
		if all {
			Reasons::new()
		} else {
			because("PayeeCannotReceive")
		}
	}

	/// Pays the toll of a pass out; what somebody cannot receive goes back.
	pub fn settle(&mut self, id: u32, guest: u8) -> Result<(), Reasons> {
		let pass = self.passes.get_mut(&(id, guest)).expect("it is there");
		let Some(toll) = pass.toll.take() else {
			return Ok(());
		};
		let (source, destination) = (pass.source, pass.destination);
		let moves = toll.coin == Coin::Native || !self.frozen;
		let mut returned = 0;
		for (payee, share) in self.payees(&toll, source, destination) {
			match payee {
				Some(payee) if moves && self.can_receive(payee, toll.coin, share) => {
					self.purse(Account::Person(guest), toll.coin).tolls -= share;
					self.purse(payee, toll.coin).free += share;
				}
				_ => returned += share,
			}
		}
		self.return_toll(guest, toll.coin, returned)
	}

	pub fn return_toll(&mut self, guest: u8, coin: Coin, amount: u128) -> Result<(), Reasons> {
		let blocked = self.marks.get(&Account::Person(guest)) == Some(&Mark::Blocked);
		if amount > 0 && coin == Coin::Stable && (self.frozen || blocked) {
			return Err(because("TollStuck"));
		}
		self.release(For::Toll, guest, coin, amount);
		Ok(())
	}

	/// Gives all of a toll back, or leaves everything as it is.
	pub fn give_back(&mut self, id: u32, guest: u8) -> Result<(), Reasons> {
		let toll = self.passes[&(id, guest)].toll.clone();
		if let Some(toll) = toll {
			self.return_toll(guest, toll.coin, toll.amount)?;
		}
		let pass = self.passes.get_mut(&(id, guest)).expect("it is there");
		pass.toll = None;
		Ok(())
	}

	/// Ends a pass: its toll is paid out or, when it was refused, given back; its deposit goes back.
	pub fn end_pass(&mut self, id: u32, guest: u8) -> Result<(), Reasons> {
		if self.passes[&(id, guest)].refused {
			self.give_back(id, guest)?;
		}
		self.settle(id, guest)?;
		self.passes.remove(&(id, guest));
		self.release(For::Pass, guest, Coin::Native, self.deposits.pass);
		Ok(())
	}
}
