//! A stream of numbers that depends on its seed only.

/// A generator known as SplitMix64: small, fast, and the same on every machine.
pub struct Dice(u64);

impl Dice {
	/// Begins with a seed.
	pub const fn new(seed: u64) -> Self {
		Self(seed)
	}

	/// The next number.
	pub fn roll(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	/// Less than `end`; 0 when that is 0.
	pub fn below(&mut self, end: u64) -> u64 {
		self.roll().checked_rem(end).unwrap_or(0)
	}

	/// From `low` to `high`, both included.
	pub fn between(&mut self, low: u64, high: u64) -> u64 {
		low + self.below(high.saturating_sub(low).saturating_add(1))
	}

	/// Less than `end`, for amounts of money.
	pub fn amount(&mut self, end: u128) -> u128 {
		let wide = (u128::from(self.roll()) << 64) | u128::from(self.roll());
		wide.checked_rem(end).unwrap_or(0)
	}

	/// True in so many of a hundred cases.
	pub fn chance(&mut self, percent: u64) -> bool {
		self.below(100) < percent
	}

	/// One of a list, if it has any.
	pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
		from.get(self.below(from.len() as u64) as usize)
	}

	/// One of a list that has some.
	pub fn one<T: Clone>(&mut self, from: &[T]) -> T {
		self.pick(from).expect("the list is not empty").clone()
	}

	/// So many bytes.
	pub fn bytes(&mut self, count: usize) -> Vec<u8> {
		(0..count).map(|_| self.roll() as u8).collect()
	}
}
