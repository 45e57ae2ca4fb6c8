//! Chance that can be repeated: the same seed gives the same throws.

/// A generator of numbers (xorshift64*). Good enough to choose a node, and nothing secret.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
	/// Dice that throw what this seed gives.
	pub fn new(seed: u64) -> Self {
		// Zero would stay zero.
		Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
	}

	/// A number below `limit`, which is not zero.
	pub fn below(&mut self, limit: u64) -> u64 {
		self.0 ^= self.0 >> 12;
		self.0 ^= self.0 << 25;
		self.0 ^= self.0 >> 27;
		(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) % limit
	}

	/// One of several things, of which there is at least one.
	pub fn one_of<T: Clone>(&mut self, things: &[T]) -> T {
		things[self.below(things.len() as u64) as usize].clone()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_same_seed_gives_the_same_throws_and_another_gives_others() {
		let throws = |seed| {
			let mut dice = Dice::new(seed);
			(0..20).map(|_| dice.below(1_000)).collect::<Vec<_>>()
		};
		assert_eq!(throws(1), throws(1));
		assert_ne!(throws(1), throws(2));
	}

	#[test]
	fn every_number_below_the_limit_comes_up() {
		let mut dice = Dice::new(7);
		let mut seen = [false; 6];
		for _ in 0..200 {
			seen[dice.below(6) as usize] = true;
		}
		assert_eq!(seen, [true; 6]);
	}
}
