//! The chain in memory: its first state, its blocks and its clock.

use std::sync::OnceLock;

use codec::Encode;
use frame_support::{
	dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
	genesis_builder_helper::get_preset,
	storage::{with_transaction_unchecked, TransactionOutcome},
	weights::Weight,
};
use madang_runtime::{
	genesis_config_presets, AccountId, Address, Balances, BuildStorage, Executive, Hash, Header,
	Nonce, Runtime, RuntimeCall, RuntimeGenesisConfig, RuntimeOrigin, Signature, SignedPayload,
	System, TransactionPayment, TxExtension, UncheckedExtrinsic, VERSION,
};
use serde_json::Value;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::storage::Storage;
use sp_runtime::{
	generic::Era,
	traits::{Dispatchable, Header as _},
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	Digest, DigestItem, DispatchError, DispatchResult,
};

use crate::{
	failure::Failure,
	must,
	people::people,
	step::{Flaw, Origin, Transaction},
};
use madang_runtime_common::units::MDG;

/// Milliseconds of a slot.
const SLOT_MS: u64 = madang_runtime_common::time::SLOT_DURATION;
/// Blocks in a session.
const SESSION: u32 = 10 * madang_runtime_common::time::MINUTES;
/// The first slot: some day in 2026.
const FIRST_SLOT: u64 = 895_000_000;
/// No block after this one. The SDK adds periods to block numbers that would not fit their type
/// close to its end; the longest is a year of `pallet-nfts`.
const LAST_BLOCK: u32 = u32::MAX - 20_000_000;
/// No slot after this one: the year 20,000.
const LAST_SLOT: u64 = 285_000_000_000;
/// Most blocks that the scheduler makes up for after a leap. Those that are left out had nothing to do.
const MADE_UP: u32 = 2_000;

/// Lays `patch` over `base`: objects key by key, everything else as a whole.
fn merge(base: &mut Value, patch: Value) {
	match (base, patch) {
		(Value::Object(base), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

/// The state of the development preset.
pub fn genesis() -> &'static Storage {
	static GENESIS: OnceLock<Storage> = OnceLock::new();
	GENESIS.get_or_init(|| {
		let preset = |id: Option<&str>| -> Value {
			let id = id.map(Into::into);
			let bytes = get_preset::<RuntimeGenesisConfig>(&id, genesis_config_presets::get_preset)
				.expect("the preset exists");
			serde_json::from_slice(&bytes).expect("a preset is JSON")
		};
		let mut genesis = preset(None);
		merge(&mut genesis, preset(Some("development")));
		let genesis: RuntimeGenesisConfig =
			serde_json::from_value(genesis).expect("the preset is complete");
		genesis.build_storage().expect("the genesis builds")
	})
}

/// Where the chain is.
#[derive(Debug)]
pub struct Clock {
	/// The running block.
	pub block: u32,
	/// Its slot.
	pub slot: u64,
	parent: Hash,
}

impl Clock {
	/// Before the first block.
	pub fn new() -> Self {
		Self {
			block: 0,
			slot: FIRST_SLOT,
			parent: System::block_hash(0),
		}
	}

	/// Begins a block so many blocks and slots after the last one, with its inherent.
	pub fn begin(&mut self, blocks: u32, slots: u64) -> Result<(), Failure> {
		let block = self.block.saturating_add(blocks.max(1)).min(LAST_BLOCK);
		// At the end of time blocks follow one another.
		self.block = block.max(self.block.saturating_add(1));
		self.slot = self
			.slot
			.saturating_add(slots.max(1))
			.min(LAST_SLOT)
			.max(self.slot + 1);
		if blocks > 1 {
			self.leap();
		}
		let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(self.slot).encode());
		Executive::initialize_block(&Header::new(
			self.block,
			Default::default(),
			Default::default(),
			self.parent,
			Digest { logs: vec![slot] },
		));
		let now = pallet_timestamp::Call::set {
			now: self.slot * SLOT_MS,
		};
		let inherent = UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(now));
		let applied = Executive::apply_extrinsic(inherent);
		must!(applied == Ok(Ok(())), "the inherent of time: {applied:?}");
		Ok(())
	}

	/// Leaves blocks out: nothing happened in them.
	fn leap(&self) {
		System::set_block_number(self.block - 1);
		let waiting = pallet_scheduler::Agenda::<Runtime>::iter_keys().min();
		let from = waiting
			.unwrap_or(self.block)
			.clamp(self.block.saturating_sub(MADE_UP), self.block);
		pallet_scheduler::IncompleteSince::<Runtime>::put(from);
	}

	/// Ends the block.
	pub fn end(&mut self) {
		self.parent = Executive::finalize_block().hash();
	}

	/// Blocks until the next session begins.
	pub const fn to_next_session(&self) -> u32 {
		SESSION - self.block % SESSION
	}
}

impl Default for Clock {
	fn default() -> Self {
		Self::new()
	}
}

/// A call that reached its pallet.
pub struct Done {
	/// What came of it.
	pub result: DispatchResult,
	/// Whether it came with a signature through all extensions.
	pub signed: bool,
}

/// Dispatches a call from an origin, and looks at its weight.
pub fn dispatch(origin: &Origin, call: &RuntimeCall) -> Result<Done, Failure> {
	let info = call.get_dispatch_info();
	let result = call.clone().dispatch(runtime_origin(origin));
	let (post, result) = match result {
		Ok(post) => (post, Ok(())),
		Err(error) => (error.post_info, Err(error.error)),
	};
	check_weight(&info, &post, call)?;
	Ok(Done {
		result,
		signed: false,
	})
}

fn check_weight(
	info: &DispatchInfo,
	post: &PostDispatchInfo,
	call: &RuntimeCall,
) -> Result<(), Failure> {
	if let Some(actual) = post.actual_weight {
		let (pallet, name) = crate::step::name_of(call);
		must!(
			actual.all_lte(info.call_weight),
			"weight of {pallet}.{name} after is above the one before: ({actual:?} above {:?})",
			info.call_weight
		);
	}
	Ok(())
}

/// The origin as the runtime knows it.
pub fn runtime_origin(origin: &Origin) -> RuntimeOrigin {
	match origin {
		Origin::Root => RuntimeOrigin::root(),
		Origin::None => RuntimeOrigin::none(),
		Origin::Signed(who) => RuntimeOrigin::signed(who.clone()),
		Origin::Council(ayes, of) => {
			pallet_collective::RawOrigin::<AccountId, _>::Members(*ayes, *of).into()
		}
	}
}

/// Sends a transaction through the whole path. Nothing when it was refused, as it may be.
pub fn send(transaction: &Transaction) -> Result<Option<Done>, Failure> {
	let people = people();
	let person = &people[usize::from(transaction.who) % people.len()];
	let who = &person.account;
	let flaw = transaction.flaw;
	let nonce = System::account_nonce(who);
	let signed = sign(transaction, nonce)?;
	let length = signed.encoded_size() as u32;
	let quoted =
		TransactionPayment::compute_fee(length, &signed.get_dispatch_info(), transaction.tip);
	let declared = signed.get_dispatch_info().total_weight();
	let had = Balances::free_balance(who);
	let before = System::block_weight().total();

	// A node takes back what a refused transaction did.
	let applied = with_transaction_unchecked(|| {
		let applied = Executive::apply_extrinsic(signed);
		match applied {
			Ok(_) => TransactionOutcome::Commit(applied),
			Err(_) => TransactionOutcome::Rollback(applied),
		}
	});
	let outcome = match applied {
		Ok(outcome) => outcome,
		Err(error) => {
			must!(
				System::account_nonce(who) == nonce && Balances::free_balance(who) == had,
				"a refused transaction changed its signer's account: {error:?}"
			);
			// A rich signer has nothing to be refused for, where the block has room.
			let rich = had > quoted.saturating_add(10 * MDG)
				&& before.saturating_add(declared).all_lte(half_a_block());
			must!(
				!rich || flaw.is_some(),
				"a transaction with nothing wrong was refused: {error:?}"
			);
			must!(
				is_expected(error, flaw),
				"a transaction with {flaw:?} wrong was refused for another reason: {error:?}"
			);
			return Ok(None);
		}
	};
	must!(
		flaw.is_none(),
		"a transaction with {flaw:?} wrong was taken"
	);
	let after = System::account_nonce(who);
	must!(
		after == nonce.wrapping_add(1) || !System::account_exists(who) || after < nonce,
		"the nonce of a signer did not go up by one"
	);
	for record in System::read_events_no_consensus() {
		if let madang_runtime::RuntimeEvent::TransactionPayment(
			pallet_transaction_payment::Event::TransactionFeePaid { actual_fee, .. },
		) = record.event
		{
			must!(
				actual_fee <= quoted,
				"a fee is above the one that was quoted: ({actual_fee} above {quoted})"
			);
		}
	}
	let used = System::block_weight().total().saturating_sub(before);
	let base = madang_runtime::application::configs::system::RuntimeBlockWeights::get()
		.get(frame_support::dispatch::DispatchClass::Normal)
		.base_extrinsic;
	let most = declared.saturating_add(base).saturating_add(
		// The length counts as proof size.
		Weight::from_parts(0, length.into()),
	);
	must!(
		used.all_lte(most),
		"a transaction used more of the block than it declared: ({used:?} above {most:?})"
	);
	Ok(Some(Done {
		result: outcome,
		signed: true,
	}))
}

fn half_a_block() -> Weight {
	madang_runtime::MAXIMUM_BLOCK_WEIGHT / 2
}

fn is_expected(error: TransactionValidityError, flaw: Option<Flaw>) -> bool {
	let TransactionValidityError::Invalid(why) = error else {
		return false;
	};
	match why {
		// The block is full, or the signer cannot pay.
		InvalidTransaction::ExhaustsResources | InvalidTransaction::Payment => true,
		InvalidTransaction::Stale => flaw == Some(Flaw::OldNonce),
		// Of an account that has signed nothing yet, no nonce was used.
		InvalidTransaction::Future => matches!(flaw, Some(Flaw::NewNonce | Flaw::OldNonce)),
		InvalidTransaction::BadProof => {
			matches!(flaw, Some(Flaw::Forged | Flaw::OtherChain))
		}
		_ => false,
	}
}

fn sign(transaction: &Transaction, nonce: Nonce) -> Result<UncheckedExtrinsic, Failure> {
	let people = people();
	let who = usize::from(transaction.who) % people.len();
	let Transaction {
		call, tip, flaw, ..
	} = transaction;
	let nonce = match flaw {
		Some(Flaw::OldNonce) if nonce == 0 => Nonce::MAX,
		Some(Flaw::OldNonce) => nonce - 1,
		Some(Flaw::NewNonce) => nonce.saturating_add(3),
		_ => nonce,
	};
	let block = System::block_number();
	// The block in which a mortal transaction was born must not have been left out.
	let era = Era::mortal(64, u64::from(block) - 1);
	let birth = u32::try_from(era.birth(block.into())).unwrap_or_default();
	let born_in = System::block_hash(birth);
	let era = if transaction.mortal && born_in != Hash::zero() && birth < block {
		era
	} else {
		Era::Immortal
	};
	let genesis = System::block_hash(0);
	let birth_hash = if era == Era::Immortal {
		genesis
	} else {
		born_in
	};
	let tip = match flaw {
		Some(Flaw::Unpayable) => madang_runtime::Balance::MAX / 2,
		_ => *tip,
	};
	let checks = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(era),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
	);
	let extension: TxExtension = (checks, frame_system::WeightReclaim::new());
	let chain = if *flaw == Some(Flaw::OtherChain) {
		Hash::repeat_byte(7)
	} else {
		genesis
	};
	let checks = (
		(),
		(),
		VERSION.spec_version,
		VERSION.transaction_version,
		chain,
		birth_hash,
		(),
		(),
		(),
		None,
	);
	let implicit = (checks, ());
	let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
	let signer = if *flaw == Some(Flaw::Forged) {
		&people[(who + 1) % people.len()]
	} else {
		&people[who]
	};
	let signature = payload.using_encoded(|message| signer.sign(message));
	Ok(UncheckedExtrinsic::new_signed(
		call.clone(),
		Address::Id(people[who].account.clone()),
		Signature::Sr25519(signature),
		extension,
	))
}

/// Whether an error says that a pallet of ours found its own books in disorder.
pub fn is_inconsistent(error: &DispatchError) -> bool {
	let ours: [DispatchError; 3] = [
		pallet_land::Error::<Runtime>::Inconsistent.into(),
		pallet_escrow::Error::<Runtime>::Inconsistent.into(),
		pallet_portal::Error::<Runtime>::Inconsistent.into(),
	];
	let code = |error: &DispatchError| match error {
		DispatchError::Module(module) => Some((module.index, module.error)),
		_ => None,
	};
	ours.iter().any(|other| code(other) == code(error))
}
