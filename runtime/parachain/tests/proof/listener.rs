//! Hears what the runtime says when it panics: Wasm ends with a trap, which gives no reason.

use std::{cell::RefCell, sync::Once};

use log::{Level, LevelFilter, Log, Metadata, Record};

thread_local! {
	/// What was said in this thread. The runtime runs in the thread that calls it.
	static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

struct Listener;

impl Log for Listener {
	fn enabled(&self, metadata: &Metadata) -> bool {
		metadata.level() == Level::Error
	}

	fn log(&self, record: &Record) {
		if self.enabled(record.metadata()) {
			HEARD.with_borrow_mut(|heard| heard.push(record.args().to_string()));
		}
	}

	fn flush(&self) {}
}

/// Calls something, and adds to its error what was said meanwhile.
pub fn listen<Answer, Error: ToString>(
	call: impl FnOnce() -> Result<Answer, Error>,
) -> Result<Answer, String> {
	static LISTENING: Once = Once::new();
	LISTENING.call_once(|| {
		log::set_logger(&Listener).expect("nobody else listens");
		log::set_max_level(LevelFilter::Error);
	});
	HEARD.take();
	let result = call();
	let heard = HEARD.take();
	result.map_err(|error| {
		let mut text = error.to_string();
		for line in heard {
			text.push_str("; ");
			text.push_str(&line);
		}
		text
	})
}
