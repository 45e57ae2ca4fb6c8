//! Where parcels lie when a story gives only their sizes.

use madang_primitives::geometry::{Area, Size};

/// Reads `WxH`.
pub fn size(text: &str) -> Option<Size> {
	let (width, height) = text.split_once('x')?;
	Some(Size::new(number(width)?, number(height)?))
}

/// Reads `x,y,WxH`.
pub fn area(text: &str) -> Option<Area> {
	let mut parts = text.splitn(3, ',');
	let (x, y, size_text) = (parts.next()?, parts.next()?, parts.next()?);
	let Size { width, height } = size(size_text)?;
	Some(Area::new(number(x)?, number(y)?, width, height))
}

/// Reads `WxH` or `WxH*n`, which stands for `n` of them.
pub fn sizes(text: &str) -> Option<impl Iterator<Item = Size>> {
	let (one, count) = match text.split_once('*') {
		Some((one, count)) => (one, number(count)?),
		None => (text, 1),
	};
	Some(std::iter::repeat_n(size(one)?, usize::from(count)))
}

/// Puts parcels side by side, row under row, in the order in which they are given, and leaves a way
/// of `gap` cells between them. The same sizes always lie in the same places.
///
/// Fails with the number of the first one, counted from zero, for which there is no room.
pub fn rows(territory: Size, gap: u16, sizes: &[Size]) -> Result<Vec<Area>, usize> {
	let gap = u32::from(gap);
	let (mut x, mut y, mut height_of_row) = (0u32, 0u32, 0u32);
	sizes
		.iter()
		.enumerate()
		.map(|(number, size)| {
			if x > 0 && x + u32::from(size.width) > u32::from(territory.width) {
				(x, y, height_of_row) = (0, y + height_of_row + gap, 0);
			}
			let area = Area {
				x: u16::try_from(x).map_err(|_| number)?,
				y: u16::try_from(y).map_err(|_| number)?,
				width: size.width,
				height: size.height,
			};
			if !territory.contains(&area) {
				return Err(number);
			}
			x += u32::from(size.width) + gap;
			height_of_row = height_of_row.max(u32::from(size.height));
			Ok(area)
		})
		.collect()
}

fn number(text: &str) -> Option<u16> {
	text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn areas_and_sizes_are_read() {
		assert_eq!(area("3,4,5x6"), Some(Area::new(3, 4, 5, 6)));
		assert_eq!(area("3, 4, 5x6"), Some(Area::new(3, 4, 5, 6)));
		for wrong in [
			"",
			"3,4",
			"3,4,5",
			"3,4,5x",
			"a,4,5x6",
			"70000,4,5x6",
			"-1,4,5x6",
		] {
			assert_eq!(area(wrong), None, "{wrong:?}");
		}
		assert_eq!(
			sizes("2x3*2").map(|sizes| sizes.collect::<Vec<_>>()),
			Some(vec![Size::new(2, 3); 2])
		);
	}

	#[test]
	fn a_row_that_is_full_is_followed_by_another_one() {
		let sizes = [Size::new(4, 4), Size::new(3, 2), Size::new(4, 1)];
		assert_eq!(
			rows(Size::new(8, 6), 1, &sizes),
			Ok(vec![
				Area::new(0, 0, 4, 4),
				Area::new(5, 0, 3, 2),
				Area::new(0, 5, 4, 1)
			])
		);
	}

	#[test]
	fn fails_when_there_is_no_room() {
		assert_eq!(
			rows(Size::new(8, 4), 0, &[Size::new(8, 4), Size::new(1, 1)]),
			Err(1)
		);
		assert_eq!(rows(Size::new(8, 4), 0, &[Size::new(9, 1)]), Err(0));
	}
}
