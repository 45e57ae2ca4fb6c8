//! Blocks and hours.
//!
//! Both runtimes make a block every two seconds, so everything that is measured in blocks means the
//! same in both.

use crate::{BlockNumber, Moment};

/// Milliseconds from one block to the next.
pub const MILLISECS_PER_BLOCK: Moment = 2_000;

/// Milliseconds in which one author may make one block.
pub const SLOT_DURATION: Moment = MILLISECS_PER_BLOCK;

/// Blocks in a minute.
#[expect(clippy::cast_possible_truncation, reason = "2,000 fits")]
pub const MINUTES: BlockNumber = 60_000 / (MILLISECS_PER_BLOCK as BlockNumber);

/// Blocks in an hour.
pub const HOURS: BlockNumber = 60 * MINUTES;

/// Blocks in a day.
pub const DAYS: BlockNumber = 24 * HOURS;
