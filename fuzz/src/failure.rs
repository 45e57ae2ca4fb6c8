//! What the fuzzer looks for.

use std::{cell::RefCell, fmt, panic};

/// Something that must never be.
#[derive(Clone, Debug)]
pub struct Failure(String);

impl Failure {
	/// Says what is wrong.
	pub fn new(what: impl Into<String>) -> Self {
		Self(what.into())
	}

	/// The same without what differs from run to run, by which two failures are known as one.
	pub fn kind(&self) -> String {
		let words = self.0.split(|c: char| c.is_ascii_digit() || c == '(');
		words.take(3).collect::<Vec<_>>().join("#")
	}
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(&self.0)
	}
}

/// Ends a function with a [`Failure`] unless something is so.
#[macro_export]
macro_rules! must {
	($condition:expr, $($message:tt)+) => {
		if !$condition {
			return Err($crate::failure::Failure::new(format!($($message)+)));
		}
	};
}

thread_local! {
	static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on panics are remembered instead of printed.
pub fn catch_panics() {
	panic::set_hook(Box::new(|info| {
		LAST_PANIC.with(|last| *last.borrow_mut() = Some(info.to_string().replace('\n', " ")));
	}));
}

/// Runs something; a panic in it is a failure.
pub fn without_panic(run: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
	panic::catch_unwind(panic::AssertUnwindSafe(run)).unwrap_or_else(|_| {
		let what = LAST_PANIC.with(|last| last.borrow_mut().take());
		Err(Failure::new(what.unwrap_or_else(|| {
			"panicked, and nobody was told where".into()
		})))
	})
}
